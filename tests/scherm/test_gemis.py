"""The page that says what the figures of a region lack."""

from datetime import date, datetime
from types import SimpleNamespace

import pandas as pd

from pipelines.blokken.gebruiker import Gebruiker
from pipelines.scherm.paginas.datakwaliteit import gemis

G = SimpleNamespace(wie=Gebruiker("Lo", "landelijk"), bron=SimpleNamespace(moment=datetime(2026, 11, 1)))
RIJ = {
    "maand": pd.Timestamp("2026-10-01"),
    "iza_regio": "ZK09",
    "soort": "levering",
    "code": None,
    "bron": "bedden",
    "leverancier": "06900900",
    "reden": "geweigerd",
    "geschat_uit": pd.Timestamp("2026-09-01"),
    "rijen": 15,
    "personen": None,
    "plaatsen": 196,
    "bedrag_eur": None,
    "volgorde": 1,
}


def test_wat_er_niet_is_staat_er_als_schatting_en_wat_is_afgekeurd_als_telling():
    afgekeurd = {"soort": "rijen", "reden": "afgekeurd", "geschat_uit": pd.NaT, "plaatsen": 4, "rijen": 1}
    b = gemis.gemis(G, pd.DataFrame([RIJ, RIJ | afgekeurd]), "ZK09", date(2026, 10, 1))
    assert "± 196" in b.inhoud and "geschat naar september 2026" in b.inhoud and ">4<" in b.inhoud
    assert b.onder.startswith("1 aanlevering ontbreekt en van 1 aanlevering zijn rijen afgekeurd.")


def test_een_kanttekening_zegt_wat_zij_met_de_cijfers_doet():
    b = gemis.kanttekeningen(G, pd.DataFrame([RIJ | {"code": "W03", "rijen": 2}]), "ZK09", date(2026, 10, 1))
    assert "Woonregio onbekend (W03)" in b.inhoud and "niet in cijfers naar woonregio" in b.inhoud
