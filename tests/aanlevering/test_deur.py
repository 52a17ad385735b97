"""At the door: 573 messages and the table verzekerden become rows with pseudonyms, and no BSN gets further."""

import pytest

from pipelines.aanlevering.pseudoniem import Pseudonimiseerder
from tests.aanlevering.bericht573 import bericht, rij
from tests.aanlevering.conftest import DECLARATIE, csv_tekst

SLEUTEL = "0123456789abcdef0123456789abcdef"
BSN = "111222333"
VERZEKERDEN = "verzekerden_2024-01_ZK02_0403_v01.csv"


@pytest.fixture
def met_sleutel(monkeypatch):
    monkeypatch.setenv("GGZ_PSEUDONIEM_SLEUTEL", SLEUTEL)


def test_een_bsn_in_verzekerden_wordt_een_pseudoniem(lever, neem_in, rijen, met_sleutel):
    pseudoniem = Pseudonimiseerder(SLEUTEL.encode()).van_bsn(BSN)
    lever(
        f"declaraties/2024-01/ZK02/{VERZEKERDEN}",
        f"patient;gemeente_code\n{BSN};GM0363\n{'b' * 64};GM0599\n123456789;GM0363\n",
    )
    gelezen = rijen(neem_in()[VERZEKERDEN])
    assert [(r["patient"], r["codes"]) for r in gelezen] == [(pseudoniem, None), ("b" * 64, None), (None, "A06")]
    assert BSN not in str(gelezen) and "123456789" not in str(gelezen)


def test_zonder_sleutel_wordt_een_levering_met_bsn_geweigerd_tot_er_een_is(lever, neem_in, monkeypatch):
    lever(f"declaraties/2024-01/ZK02/{VERZEKERDEN}", f"patient;gemeente_code\n{BSN};GM0363\n")
    levering = neem_in()[VERZEKERDEN]
    assert (
        levering.code == "B01" and "GGZ_PSEUDONIEM_SLEUTEL" in levering.toelichting and BSN not in levering.toelichting
    )
    monkeypatch.setenv("GGZ_PSEUDONIEM_SLEUTEL", SLEUTEL)
    assert neem_in()[VERZEKERDEN].code is None


def test_verzekerden_met_alleen_pseudoniemen_heeft_geen_sleutel_nodig(lever, neem_in):
    lever(f"declaraties/2024-01/ZK02/{VERZEKERDEN}", f"patient;gemeente_code\n{'b' * 64};GM0363\n")
    assert neem_in()[VERZEKERDEN].code is None


def test_een_csv_met_een_credit_zonder_zijn_gegevens_blijft_a01(lever, neem_in, rijen):
    naam = "declaraties_2024-01_ZK02_0403_v01.csv"
    lever(naam, csv_tekst(DECLARATIE | {"debet_credit": "C", "gerelateerd_declaratie_id": "D0", "prestatiecode": ""}))
    assert rijen(neem_in()[naam])[0]["codes"] == "A01"


def test_een_573_bericht_geeft_dezelfde_rijen_als_csv(lever, neem_in, rijen, met_sleutel):
    debet = rij(declaratie_id="N1", bsn=BSN, begindatum="2024-01-15", verwijsdatum="2023-12-01")
    credit = {
        "declaratie_id": "N2",
        "debet_credit": "C",
        "gerelateerd_declaratie_id": "N0",
        "bsn": BSN,
        "geboortedatum": "1949-04-05",
        "begindatum": "2024-01-10",
        "bedrag": "10.00",
    }
    bestand, csv = "declaraties_2024-01_ZK02_3311_v01.xml", "declaraties_2024-01_ZK02_3312_v01.csv"
    lever(bestand, bericht([debet, credit]))
    lever(
        csv,
        csv_tekst(
            DECLARATIE
            | {
                "declaratie_id": "N1",
                "patient_pseudoniem": Pseudonimiseerder(SLEUTEL.encode()).van_bsn(BSN),
                "geboortejaar": "1949",
                "gemeente_code": "",
                "agb_onderneming": "06290300",
                "agb_vestiging": "06290304",
                "zorgtrajectnummer": "T22-1",
                "prestatiecode": "XCO0897",
                "bedrag": "480.38",
                "zorgvraagtype": "12",
                "zorglabel": "ZL07",
            }
        ),
    )
    register = neem_in()
    uit_bericht, uit_csv = rijen(register[bestand]), rijen(register[csv])
    anders = {k: (uit_bericht[0][k], uit_csv[0][k]) for k in uit_csv[0] if uit_bericht[0][k] != uit_csv[0][k]}
    assert anders == {"bestand": (bestand, csv), "uit_bericht": (True, False)}
    assert (uit_bericht[1]["codes"], uit_bericht[1]["prestatiecode"], uit_bericht[1]["debet_credit"]) == (
        None,
        None,
        "C",
    )


def test_een_bericht_zonder_bsn_geeft_a01_op_zijn_rijen(lever, neem_in, rijen, met_sleutel):
    naam = "declaraties_2024-01_ZK02_3311_v01.xml"
    lever(naam, bericht([rij(bsn=None, begindatum="2024-01-15", verwijsdatum="2023-12-01")]))
    assert "A01" in rijen(neem_in()[naam])[0]["codes"]
