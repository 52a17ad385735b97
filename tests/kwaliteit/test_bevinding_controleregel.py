"""What a 573 message breaks is seen by the steward, in the results of every run, and by the supplier."""

import pytest

from pipelines.kwaliteit import resultaat
from pipelines.kwaliteit.bevinding import Bevindingen
from pipelines.kwaliteit.terugkoppeling import verzamel
from pipelines.warehouse import verbinding
from tests.aanlevering.bericht573 import bericht, rij

BESTAND = "declaraties_2024-05_ZK20_3311_v01.xml"
PLAATS = f"'declaraties', '2024-05', 'ZK20', '3311', '{BESTAND}'"
GETELD = ", ".join(
    f"({PLAATS}, '{regel}', '{oordeel}', 'wat hij vraagt', 'waarom', 1)"
    for regel, oordeel in [("VC093", "geweigerd"), ("VC016", "gesignaleerd"), ("VC171", "informatief")]
)


@pytest.fixture
def bericht_ingenomen(lever, warehouse, monkeypatch):
    monkeypatch.setenv("GGZ_PSEUDONIEM_SLEUTEL", "een sleutel van precies 32 bytes")
    lever(
        BESTAND,
        bericht([rij(declaratie_id="N1"), rij(declaratie_id="N2")]).decode().replace("<Aantal>1<", "<Aantal>2<", 1),
    )
    warehouse(kwaliteit__controleregel=GETELD)


@pytest.mark.usefixtures("bericht_ingenomen")
def test_elke_controleregel_is_een_bevinding_met_de_ernst_van_haar_oordeel(instellingen):
    with Bevindingen(instellingen.warehouse, instellingen.register) as open_:
        gevonden = {b["code"]: (b["ernst"], b["oorzaak"], b["omvang"], b["toelichting"]) for b in open_.lijst()}
    assert gevonden == {
        "GDS-01": ("blokkerend", "VC093", 1, "VC093 wat hij vraagt; waarom"),
        "GDS-02": ("waarschuwing", "VC016", 1, "VC016 wat hij vraagt; waarom"),
        "GDS-03": ("informatie", "VC171", 1, "VC171 wat hij vraagt; waarom"),
    }


@pytest.mark.usefixtures("bericht_ingenomen")
def test_elke_controleregel_van_een_bericht_is_een_uitkomst_van_de_run_ook_als_zij_niet_is_gebroken(instellingen):
    with verbinding.schrijf(instellingen.warehouse) as con:
        resultaat.na_bouw(instellingen, con, "run1")
        uitkomst = con.execute(
            "SELECT expectation, ernst, geslaagd, aantal_onverwacht, aantal FROM kwaliteit.resultaat "
            "WHERE suite = 'gds801' AND expectation IN ('VC001', 'VC093') ORDER BY ALL"
        ).fetchall()
        regels = con.execute(
            "SELECT count(*), (SELECT count(*) FROM referentie.gds801_oordeel) FROM kwaliteit.resultaat "
            "WHERE suite = 'gds801'"
        ).fetchone()
    assert uitkomst == [("VC001", "waarschuwing", True, 0, 2), ("VC093", "blokkerend", False, 1, 2)]
    assert regels[0] == regels[1] > 30


@pytest.mark.usefixtures("bericht_ingenomen")
def test_de_leverancier_krijgt_rijen_en_regels_terug(instellingen):
    inhoud = verzamel(instellingen, "3311", "2024-05")
    assert [(r["rijnummer"], r["code"], r["eis"]) for r in inhoud["afgekeurd"]] == [(1, "A05", "VC093 Aantal = 1")]
    assert [(r["code"], r["titel"].rsplit(": ")[1], r["rijen"]) for r in inhoud["signalen"]] == [
        ("GDS-02", "VC016 wat hij vraagt", 1),
        ("GDS-03", "VC171 wat hij vraagt", 1),
    ]
