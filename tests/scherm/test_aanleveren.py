"""The page on which a supplier checks files: the verdict of ``ggz controleer``, and nothing is left of what was dropped."""

import io
import os

import openpyxl
import pytest

from pipelines.scherm.paginas import aanleveren
from tests.aanlevering.bericht573 import bericht, rij
from tests.aanlevering.conftest import HIC, csv_tekst

BSN = "604813005"


def _hic(**anders: str) -> bytes:
    return csv_tekst(HIC, HIC | {"eenheid_id": "H2"} | anders).encode()


def test_het_oordeel_staat_er_per_bestand_en_regel_met_de_rijen_en_wat_te_doen():
    goed, fout = (
        ("hic_monitor_2024-01_ZK09_06299999_v01.csv", _hic()),
        ("zomaar.csv", _hic(capaciteit="-1")),
    )
    (v, w), werkboek = aanleveren.controleer([goed, fout], "hic_monitor")
    assert v.goed and w.afgekeurd == 1
    html = aanleveren.als_html([v, w])
    assert "2 bestanden, waarvan goed: 1" in html and "zomaar.csv" in html and "1 rij" in html
    assert openpyxl.load_workbook(io.BytesIO(werkboek)).sheetnames[:2] == ["Bestanden", "Regels"]


def test_een_naam_die_niets_zegt_vraagt_wat_erin_staat():
    verdicten, _ = aanleveren.controleer([("zomaar.csv", _hic())], None)
    assert "kies hierboven wat erin staat" in aanleveren.als_html(verdicten)


def test_van_wat_is_neergelegd_blijft_niets_en_een_bsn_komt_nergens_terug(monkeypatch, tmp_path):
    monkeypatch.setattr(aanleveren, "GEHEUGEN", tmp_path)
    inhoud = bericht([rij(bsn=BSN, declaratie_id="1-1", begindatum="2026-10-01")])
    verdicten, werkboek = aanleveren.controleer([("declaraties_2026-10_ZK02_7001_v01.xml", inhoud)], None)
    assert verdicten[0].gelezen == 1
    assert list(tmp_path.iterdir()) == []
    boek = openpyxl.load_workbook(io.BytesIO(werkboek))
    cellen = {str(c.value) for blad in boek for r in blad.iter_rows() for c in r}
    assert not any(BSN in tekst for tekst in (*cellen, aanleveren.als_html(verdicten)))
    assert "GGZ_PSEUDONIEM_SLEUTEL" not in os.environ or os.environ["GGZ_PSEUDONIEM_SLEUTEL"]


def test_zonder_geheugen_om_in_te_leggen_wordt_er_niets_neergelegd(monkeypatch, tmp_path):
    monkeypatch.setattr(aanleveren, "GEHEUGEN", tmp_path / "niet")
    with pytest.raises(aanleveren.GeenGeheugen, match="ggz controleer"):
        aanleveren.controleer([("hic_monitor_2024-01_ZK09_06299999_v01.csv", _hic())], None)
