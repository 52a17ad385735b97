"""The page on how a supplier fills its columns."""

from datetime import date, datetime
from types import SimpleNamespace

import pandas as pd

from pipelines.blokken.gebruiker import Gebruiker
from pipelines.scherm.paginas.datakwaliteit import vulling

G = SimpleNamespace(wie=Gebruiker("Lo", "landelijk"), bron=SimpleNamespace(moment=datetime(2026, 11, 1)))
RIJ = {
    "maand": pd.Timestamp("2026-10-01"),
    "bron": "bedden",
    "leverancier": "06900900",
    "plek": 1,
    "kolom": "reden_sluiting",
    "rijen": 20,
    "gevuld": 10,
    "leeg": 8,
    "plaatshouder": 1,
    "onleesbaar": 1,
    "verschillend": 2,
    "aandeel_gevuld": 0.5,
    "aandeel_ervoor": 1.0,
    "afwijkend": True,
}


def test_een_kolom_die_anders_is_gevuld_dan_ervoor_is_gemerkt_en_een_andere_maand_staat_er_niet():
    vorige = RIJ | {"maand": pd.Timestamp("2026-09-01"), "aandeel_gevuld": 1.0, "afwijkend": False, "leeg": 777}
    b = vulling.vulling(G, pd.DataFrame([vorige, RIJ]), "bedden", "06900900", date(2026, 10, 1))
    assert "▲ 50%" in b.inhoud and "100%" in b.inhoud and "777" not in b.inhoud
    assert "1 kolom is anders gevuld" in b.onder and len(b.data) == 2
