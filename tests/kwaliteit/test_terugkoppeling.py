"""The report to a supplier in words: a workbook and a page. What stands in it is dbt's (tests/dbt/test_bevinding.py)."""

import re
from pathlib import Path

import docx
import duckdb
import openpyxl
import pytest
from click.testing import CliRunner

from pipelines.kwaliteit import cli
from pipelines.kwaliteit.terugkoppeling import DELEN, GeenTerugkoppeling, schrijf, verzamel
from tests.kwaliteit.conftest import hand_warehouse

MIJ, ANDER = "06290000", "06290999"
BESTAND = f"wachtlijst_2024-01_ZK20_{MIJ}_v01.csv"
AFGEKEURD = """CREATE TABLE kwaliteit.terugkoppeling_afgekeurd AS SELECT '{0}' AS leverancier, '2024-01' AS maand, 'wachtlijst' AS bron, 'ZK20' AS
  iza_regio, replace('{1}', '06290000', '{0}') AS bestand, 2 AS rijnummer, 'A06' AS code, 'patient_pseudoniem' AS kolom, 'een pseudoniem' AS eis,
  'Geen pseudoniem' AS titel, 'pseudonimiseer' AS actie"""
SCORE = """INSERT INTO kwaliteit.terugkoppeling_score VALUES ('{}', '{}', 'wachtlijst', 1, 1, 3, 0.5, 1.0, NULL, {}, 61.0, 70.0, 80.0)"""

GETYPEERD = """
ALTER TABLE kwaliteit.terugkoppeling_regel ALTER rijen TYPE BIGINT; ALTER TABLE kwaliteit.terugkoppeling_regel ALTER voorbeeld_rij TYPE BIGINT;
ALTER TABLE kwaliteit.terugkoppeling_termijn ALTER termijn TYPE DATE; ALTER TABLE kwaliteit.terugkoppeling_termijn ALTER herstel_voor TYPE DATE;
ALTER TABLE kwaliteit.terugkoppeling_termijn ALTER volgende_termijn TYPE DATE"""
REGEL = """INSERT INTO kwaliteit.terugkoppeling_regel BY NAME SELECT '{0}' AS leverancier, '2024-01' AS maand, 'wachtlijst' AS bron, 'A06' AS code,
  'Geen pseudoniem' AS titel, 'een pseudoniem' AS eis, 1 AS rijen, replace('{1}', '06290000', '{0}') AS voorbeeld_bestand, 2 AS voorbeeld_rij,
  'pseudonimiseer' AS actie"""
TERMIJN = """INSERT INTO kwaliteit.terugkoppeling_termijn BY NAME SELECT '{0}' AS leverancier, '2024-01' AS maand, 'bedden' AS bron, 'ZK20' AS iza_regio,
  'ontbreekt' AS status, DATE '2024-02-10' AS termijn, DATE '2024-03-01' AS herstel_voor, '2024-02' AS volgende_maand,
  DATE '2999-03-10' AS volgende_termijn"""


@pytest.fixture
def twee_leveranciers(instellingen) -> None:
    """Two suppliers with a refused row and scores; other parts are empty."""
    hand_warehouse(instellingen.warehouse)
    with duckdb.connect(str(instellingen.warehouse)) as con:
        con.execute("CREATE TABLE kwaliteit.bevinding_basis (bevinding VARCHAR)")
        for deel in DELEN:
            if deel.tabel not in ("aanlevering", "terugkoppeling_afgekeurd"):
                kolommen = ["leverancier", "maand", *(k for k in deel.koppen if k not in ("leverancier", "maand"))]
                con.execute(f"CREATE TABLE kwaliteit.{deel.tabel} ({', '.join(f'{k} VARCHAR' for k in kolommen)})")
        con.execute("DROP TABLE kwaliteit.terugkoppeling_score")
        con.execute(GETYPEERD)
        con.execute(
            "CREATE TABLE kwaliteit.terugkoppeling_score (leverancier VARCHAR, maand VARCHAR, bron VARCHAR, verwachte_leveringen BIGINT, "
            "leveringen BIGINT, rijen_gelezen BIGINT, dekking DOUBLE, geldigheid DOUBLE, tijdigheid DOUBLE, score DOUBLE, kwart1 DOUBLE, "
            "mediaan DOUBLE, kwart3 DOUBLE)"
        )
        con.execute(AFGEKEURD.format(MIJ, BESTAND))
        con.execute(
            AFGEKEURD.format(ANDER, BESTAND).replace(
                "CREATE TABLE kwaliteit.terugkoppeling_afgekeurd AS", "INSERT INTO kwaliteit.terugkoppeling_afgekeurd"
            )
        )
        for leverancier in (MIJ, ANDER):
            con.execute(REGEL.format(leverancier, BESTAND))
            con.execute(TERMIJN.format(leverancier))
            con.execute(
                f"INSERT INTO kwaliteit.aanlevering VALUES ('wachtlijst', '2024-01', 'ZK20', '{leverancier}', 1, "
                f"replace('{BESTAND}', '{MIJ}', '{leverancier}'), 'x', 'actief', NULL, NULL, 3, 2, 1, '2024-02-01')"
            )
        for leverancier, maand, score in (
            (MIJ, "2023-12", 50.5),
            (MIJ, "2024-01", 60),
            (MIJ, "2024-02", 70),
            (ANDER, "2024-01", 61),
        ):
            con.execute(SCORE.format(leverancier, maand, score))


@pytest.mark.usefixtures("twee_leveranciers")
def test_een_leverancier_krijgt_alleen_het_hare_van_die_maand_en_scores_tot_en_met_die_maand(instellingen):
    inhoud = verzamel(instellingen, MIJ, "2024-01")
    assert [r["bestand"] for r in inhoud["aanlevering"]] == [BESTAND]
    assert [(r["bestand"], r["rijnummer"], r["kolom"]) for r in inhoud["terugkoppeling_afgekeurd"]] == [
        (BESTAND, 2, "patient_pseudoniem")
    ]
    assert [(r["maand"], r["score"]) for r in inhoud["terugkoppeling_score"]] == [("2024-01", 60.0), ("2023-12", 50.5)]


@pytest.mark.usefixtures("twee_leveranciers")
def test_werkboek_en_pagina_zijn_in_woorden_en_noemen_geen_ander(instellingen, tmp_path: Path):
    werkboek, pagina, _ = schrijf(instellingen, MIJ, "2024-01", tmp_path / "uit")
    cellen = [
        str(cel)
        for blad in openpyxl.load_workbook(werkboek).worksheets
        for rij in blad.iter_rows(values_only=True)
        for cel in rij
        if cel
    ]
    tekst = pagina.read_text() + "\n".join(cellen)

    assert BESTAND in tekst and "Geen pseudoniem" in tekst and "Er zijn geen signalen." in tekst
    assert "<td>50,0%</td>" in tekst and "<td>50,5</td>" in tekst
    assert ANDER not in tekst
    assert re.findall(r'(?:src|href)="[^"]*//', pagina.read_text()) == []


@pytest.mark.usefixtures("twee_leveranciers")
def test_de_brief_zegt_per_regel_een_rij_wat_te_doen_en_tot_wanneer_en_noemt_geen_ander(instellingen, tmp_path: Path):
    *_, brief = schrijf(instellingen, MIJ, "2024-01", tmp_path)
    tekst = "\n".join(alinea.text for alinea in docx.Document(str(brief)).paragraphs)

    assert (
        f"Wachtlijst: een pseudoniem. Dat is niet zo in 1 rij, zoals rij 2 van {BESTAND}. Pseudonimiseer voor" in tekst
    )
    assert "niet aangeleverd, terwijl de laatste dag 10 februari 2024 was" in tekst
    assert "Wat hierboven staat ontvangen wij graag voor 1 maart 2024." in tekst
    assert "Uw aanleveringen over februari 2024 ontvangen wij graag uiterlijk op 10 maart 2999." in tekst
    assert ANDER not in tekst and "`" not in tekst


@pytest.mark.parametrize(
    ("leverancier", "maand", "fout"),
    [
        ("06291234", "2024-01", "leverancier 06291234 heeft nooit geleverd"),
        (MIJ, "2024-07", f"over 2024-07 is er niets van leverancier {MIJ}; bekend is 2024-01 tot en met 2024-01"),
        (MIJ, "januari", "'januari' is geen maand; schrijf jjjj-mm, zoals 2026-09"),
    ],
)
@pytest.mark.usefixtures("twee_leveranciers")
def test_wat_er_niet_is_wordt_gezegd(instellingen, leverancier, maand, fout):
    with pytest.raises(GeenTerugkoppeling) as gevangen:
        verzamel(instellingen, leverancier, maand)

    assert str(gevangen.value) == fout


@pytest.mark.usefixtures("twee_leveranciers")
def test_het_commando_noemt_de_drie_bestanden(instellingen):
    uitkomst = CliRunner().invoke(cli.terugkoppeling, ["--leverancier", MIJ, "--maand", "2024-01"])

    map_ = instellingen.data / "terugkoppeling"
    assert uitkomst.output.split() == [
        str(map_ / f"terugkoppeling_2024-01_{MIJ}.{soort}") for soort in ("xlsx", "html", "docx")
    ]
    assert all(Path(pad).exists() for pad in uitkomst.output.split())
