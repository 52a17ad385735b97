"""What changed rules would do, on stored rows and before they count."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from pipelines import contract
from pipelines.aanlevering import leesproces
from pipelines.kwaliteit import cli, proef
from tests.aanlevering.conftest import AFDELING, WACHTPLEK, csv_tekst

BESTAND = "bedden_2024-01_ZK20_06290000_v01.csv"


def _suite(map_: Path, *vervang: tuple[str, str], bron: str = "bedden") -> Path:
    tekst = (contract.VERWACHTINGEN / f"{bron}.yaml").read_text(encoding="utf-8")
    for oud, nieuw in vervang:
        assert oud in tekst
        tekst = tekst.replace(oud, nieuw)
    pad = map_ / f"{bron}-proef.yaml"
    pad.write_text(tekst, encoding="utf-8")
    return pad


STRENGER = ("{column: erkend, min_value: 0, max_value: 1000000}", "{column: erkend, min_value: 0, max_value: 20}")
RUIMER = (
    "value_set: [personeel, verbouwing, financieel, overig]",
    "value_set: [personeel, verbouwing, financieel, overig, brand]",
)


def test_de_proef_zegt_welke_rijen_van_wie_en_wat_dat_scheelt_zonder_een_aanlevering_te_lezen(
    instellingen, lever, tmp_path, monkeypatch
):
    lever(
        BESTAND,
        csv_tekst(
            AFDELING,
            AFDELING | {"afdeling_id": "A2", "erkend": "25", "operationeel": "23"},
            AFDELING | {"afdeling_id": "A3", "reden_sluiting": "brand"},
        ),
    )
    monkeypatch.setattr(leesproces, "lees", None)
    uitkomst = proef.beproef(instellingen, _suite(tmp_path, STRENGER, RUIMER))

    assert [(r.split(":")[0], *n) for r, *n in uitkomst.regels.rijen] == [
        ("erkend_between", 0, 1, 1, 0),
        ("reden_sluiting_in_set", 1, 0, 0, 1),
    ]
    assert uitkomst.leveranciers.rijen == [("06290000", "2024-01", "ZK20", 1, 1)]
    assert uitkomst.totaal.rijen == [("nu", 2, None, 31, None), ("met deze regels", 2, None, 16, None)]
    assert uitkomst.rijen.rijen == [
        ("nieuw afgekeurd", "06290000", "2024-01", BESTAND, 2, "erkend_between"),
        ("nieuw aangenomen", "06290000", "2024-01", BESTAND, 3, "reden_sluiting_in_set"),
    ]
    assert "1 rij wordt nieuw afgekeurd, 1 rij nieuw aangenomen." in uitkomst.slotzin


def test_een_rij_waarvan_een_cel_is_gewist_houdt_haar_oordeel(instellingen, lever, tmp_path):
    bsn = WACHTPLEK | {"wachtplek_id": "W2", "patient_pseudoniem": "123456782", "bemiddeling": "soms"}
    lever("wachtlijst_2024-01_ZK20_06290000_v01.csv", csv_tekst(WACHTPLEK, bsn))
    uitkomst = proef.beproef(instellingen, _suite(tmp_path, bron="wachtlijst"))
    assert uitkomst.leveranciers.rijen == []
    assert uitkomst.slotzin.startswith("2 rijen beoordeeld") and "Van 1 rij is een cel gewist" in uitkomst.slotzin


@pytest.mark.parametrize(
    ("tekst", "fout"),
    [
        ("suite: iets\nexpectations: []\n", "'iets' is geen bron"),
        ("zomaar tekst", "is geen suite met regels"),
        (
            "suite: bedden\nexpectations: [{type: unexpected_rows_expectation, naam: x, kolom: erkend, fout_als: bestaatniet > 1, code: A05, uitleg: x}]\n",
            "niet uit te voeren",
        ),
    ],
)
def test_wat_geen_suite_is_wordt_gezegd(instellingen, lever, tmp_path, tekst, fout):
    lever(BESTAND, csv_tekst(AFDELING))
    pad = tmp_path / "proef.yaml"
    pad.write_text(tekst, encoding="utf-8")
    with pytest.raises(proef.ProefFout, match=fout):
        proef.beproef(instellingen, pad)


def test_het_commando_toont_de_uitkomst_en_schrijft_de_rijen(instellingen, lever, tmp_path):
    lever(BESTAND, csv_tekst(AFDELING, AFDELING | {"afdeling_id": "A2", "erkend": "25", "operationeel": "23"}))
    boek = tmp_path / "uit.xlsx"
    gezien = CliRunner().invoke(cli.proef, [str(_suite(tmp_path, STRENGER)), "--xlsx", str(boek)])
    assert gezien.exit_code == 0, gezien.output
    assert "1 rij wordt nieuw afgekeurd" in gezien.output
    assert openpyxl.load_workbook(boek)["Rijen"].cell(2, 5).value == 2
