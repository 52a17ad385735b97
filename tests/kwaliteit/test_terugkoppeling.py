"""A supplier reads its own rows and findings, and of the others no more than the middle of their scores."""

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from pipelines.kwaliteit import cli
from pipelines.kwaliteit.terugkoppeling import GeenTerugkoppeling, schrijf, verzamel
from tests.aanlevering.conftest import WACHTPLEK, csv_tekst

MIJ, ANDER = "06290000", "06290999"
BSN = "123456782"
MIJN_BESTAND = f"wachtlijst_2024-01_ZK20_{MIJ}_v01.csv"


@pytest.fixture
def twee_leveranciers(lever, warehouse) -> Callable[..., None]:
    """Two suppliers with a refused row each, mine with an A06 value; other tables as given."""

    def _twee(**tabellen: str) -> None:
        lever(
            MIJN_BESTAND,
            csv_tekst(
                WACHTPLEK,
                {**WACHTPLEK, "wachtplek_id": "W2", "patient_pseudoniem": BSN},
                {**WACHTPLEK, "wachtplek_id": "W3", "bemiddeling": "soms"},
            ),
        )
        lever(
            MIJN_BESTAND.replace(MIJ, ANDER),
            csv_tekst({**WACHTPLEK, "wachtplek_id": "V9", "agb_vestiging": "06290998", "zorgvorm": "anders"}),
        )
        warehouse(**tabellen)

    return _twee


def test_de_leverancier_krijgt_haar_afgekeurde_rijen_met_nummer_kolom_en_code_in_woorden(
    instellingen, twee_leveranciers
):
    twee_leveranciers()
    inhoud = verzamel(instellingen, MIJ, "2024-01")

    assert [(r["bestand"], r["rijnummer"], r["code"], r["kolom"], r["titel"]) for r in inhoud["afgekeurd"]] == [
        (MIJN_BESTAND, 2, "A06", "patient_pseudoniem", "Geen pseudoniem"),
        (MIJN_BESTAND, 3, "A03", "bemiddeling", "Waarde staat niet in de codelijst"),
    ]
    assert [r["bestand"] for r in inhoud["leveringen"]] == [MIJN_BESTAND]


def test_werkboek_en_pagina_noemen_geen_ander_en_geen_waarde_van_een_rij(
    instellingen, twee_leveranciers, tmp_path: Path
):
    twee_leveranciers(
        marts__zpm_mismatch="('2024-01-01', 'ZK20', '06290998', 'ZPM-10', 'outreachend', 4711, NULL, NULL, NULL)",
        staging__stg_wachtlijst=f"('06290998', '{ANDER}', '2024-01-01')",
        kwaliteit__score=", ".join(
            f"('2024-01-01', 'wachtlijst', '{lev}', 1, 1, 3, 2, 1, 1, NULL, {s})"
            for lev, s in [
                (MIJ, 60.0),
                (ANDER, 61.0),
                ("06290901", 70.0),
                ("06290902", 80.0),
                ("06290903", 90.0),
                ("06290904", 99.0),
            ]
        ),
    )
    werkboek, pagina = schrijf(instellingen, MIJ, "2024-01", tmp_path / "uit")
    cellen = [
        str(cel)
        for blad in openpyxl.load_workbook(werkboek).worksheets
        for rij in blad.iter_rows(values_only=True)
        for cel in rij
        if cel
    ]
    tekst = pagina.read_text() + "\n".join(cellen)

    assert MIJN_BESTAND in tekst and "Geen pseudoniem" in tekst
    for verboden in (ANDER, "06290998", "4711", BSN, "soms", "a" * 64, "V9"):
        assert verboden not in tekst
    assert re.findall(r'(?:src|href)="[^"]*//', pagina.read_text()) == []


def test_naast_de_eigen_score_staan_kwartielen_en_mediaan_van_de_anderen(instellingen, twee_leveranciers):
    scores = [
        (MIJ, 60.0),
        ("06290901", 61.0),
        ("06290902", 70.0),
        ("06290903", 80.0),
        ("06290904", 90.0),
        ("06290905", 99.0),
    ]
    twee_leveranciers(
        kwaliteit__score=", ".join(
            f"('2024-01-01', 'wachtlijst', '{lev}', 1, 1, 3, 2, 1, 1, NULL, {s})" for lev, s in scores
        )
    )

    (score,) = verzamel(instellingen, MIJ, "2024-01")["scores"]
    assert (score["score"], score["kwart1"], score["mediaan"], score["kwart3"]) == (60, 70, 80, 90)


def test_bij_minder_dan_vijf_anderen_blijft_hun_midden_weg(instellingen, twee_leveranciers):
    twee_leveranciers(
        kwaliteit__score=", ".join(
            f"('2024-01-01', 'wachtlijst', '0629090{i}', 1, 1, 3, 2, 1, 1, NULL, 50)" for i in range(4)
        )
        + f", ('2024-01-01', 'wachtlijst', '{MIJ}', 1, 1, 3, 2, 1, 1, NULL, 60)"
    )

    (score,) = verzamel(instellingen, MIJ, "2024-01")["scores"]
    assert (score["score"], score["kwart1"], score["mediaan"], score["kwart3"]) == (60, None, None, None)


@pytest.mark.parametrize(
    ("declaraties_van", "verwacht"), [(MIJ, (50, 230, 180, False)), (ANDER, (None, 230, None, True))]
)
def test_een_cijfer_waaraan_een_ander_bijdroeg_staat_er_niet(
    instellingen, twee_leveranciers, declaraties_van, verwacht
):
    twee_leveranciers(
        marts__zpm_mismatch="('2024-01-01', 'ZK20', '06290001', 'ZPM-05', NULL, 50, 230, 180, 0.217)",
        staging__stg_hic_monitor=f"('06290001', '{MIJ}', '2024-01-01')",
        staging__stg_declaraties=f"('06290001', '{declaraties_van}', '2024-01-31')",
    )

    (r,) = verzamel(instellingen, MIJ, "2024-01")["mismatches"]
    assert (r["aantal"], r["waarde_a"], r["waarde_b"], r["met_gegevens_van_anderen"]) == verwacht


@pytest.mark.parametrize(
    ("leverancier", "maand", "fout"),
    [
        ("06291234", "2024-01", "leverancier 06291234 heeft nooit geleverd"),
        (MIJ, "2024-07", f"over 2024-07 is er niets van leverancier {MIJ}; bekend is 2024-01 tot en met 2024-01"),
        (MIJ, "januari", "'januari' is geen maand; schrijf jjjj-mm, zoals 2026-09"),
    ],
)
def test_wat_er_niet_is_wordt_gezegd(instellingen, twee_leveranciers, leverancier, maand, fout):
    twee_leveranciers()
    with pytest.raises(GeenTerugkoppeling) as gevangen:
        verzamel(instellingen, leverancier, maand)

    assert str(gevangen.value) == fout


def test_het_commando_noemt_de_twee_bestanden(instellingen, twee_leveranciers):
    twee_leveranciers()
    uitkomst = CliRunner().invoke(cli.terugkoppeling, ["--leverancier", MIJ, "--maand", "2024-01"])

    map_ = instellingen.data / "terugkoppeling"
    assert uitkomst.output.split() == [
        str(map_ / f"terugkoppeling_2024-01_{MIJ}.{soort}") for soort in ("xlsx", "html")
    ]
    assert all(Path(pad).exists() for pad in uitkomst.output.split())
