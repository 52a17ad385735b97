"""The calendar of deliveries shows what the warehouse says of who owes what, for those who may see it."""

import pandas as pd

from pipelines.blokken import gegevens
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.scherm.paginas.datakwaliteit import kalender
from tests.scherm.schermwereld import ANDER, MIJN


def _rij(**velden) -> dict:
    return {
        "leverancier": "06000002",
        "verwacht": True,
        "termijn": pd.Timestamp("2026-09-10"),
        "ontvangen": False,
        "ontvangen_op": pd.NaT,
        "versies": 0,
        "versie": float("nan"),
        "open_weigeringen": 0,
    } | velden


def test_een_vakje_zegt_wie_wat_verschuldigd_is_en_tot_wanneer():
    kwam = {"ontvangen": True, "versie": 1.0, "rijen_geaccepteerd": 1200, "rijen_afgekeurd": 3}
    assert kalender._regel(_rij(status="ontbreekt")) == "06000002: niets geleverd, uiterlijk 10 september 2026"
    assert kalender._regel(_rij(status="nog_niet")) == "06000002: nog niets geleverd, uiterlijk 10 september 2026"
    assert kalender._regel(_rij(status="te_laat", ontvangen_op=pd.Timestamp("2026-09-11"), **kwam)) == (
        "06000002: versie 1, 1.200 rijen goed, 3 afgekeurd; kwam op 11 september 2026, uiterlijk was 10 september 2026"
    )
    assert kalender._regel(_rij(status="op_tijd", open_weigeringen=1, **kwam)) == (
        "06000002: versie 1, 1.200 rijen goed, 3 afgekeurd; 1 geweigerd en niet hersteld"
    )


def test_de_regiotafel_ziet_alleen_haar_eigen_regio(opname):
    alles = kalender.kalender(gegevens.voor(opname, Gebruiker("Lo", "landelijk")), "wachtlijst", "alle").data
    eigen = kalender.kalender(gegevens.voor(opname, Gebruiker("Ro", "regio", MIJN)), "wachtlijst", "alle").data
    ander = kalender.kalender(gegevens.voor(opname, Gebruiker("Ro", "regio", MIJN)), "wachtlijst", ANDER).data
    assert len(set(alles["Regio of leverancier"])) == 31
    assert set(alles["Toestand"]) == {"geleverd", "niet verwacht"}
    assert set(eigen["Regio of leverancier"]) == {"Amsterdam"} and set(eigen["Toestand"]) == {"geleverd"}
    assert len(ander) == 0
