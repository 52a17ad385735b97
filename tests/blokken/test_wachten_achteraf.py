"""Waits from the claims: the figures of the mart, with unit and spread."""

import re
from datetime import date
from types import SimpleNamespace

import pandas as pd

from pipelines.blokken import wachten_achteraf


def test_de_wachttijd_achteraf_toont_spreiding_met_eenheid(monkeypatch):
    rij = {"maand": pd.Timestamp("2026-08-01"), "iza_regio": "ZK02", "cluster": "klinisch", "trajecten": 40}
    rij |= {"mediaan_weken": 6.04, "gemiddeld_weken": 9.5, "p90_weken": 30.2, "boven_treeknorm": 12}
    rij |= {"zonder_verwijsdatum": 3, "status": "definitief"}
    monkeypatch.setattr(wachten_achteraf, "herkomst", lambda *_: None)
    g = SimpleNamespace(tabel=lambda *_, **__: pd.DataFrame([rij]))
    inhoud = wachten_achteraf.achteraf(g, "ZK02", date(2026, 8, 1)).inhoud
    assert re.findall(r"<td[^>]* class=g>([^<]*)", inhoud) == ["40", "6,0", "9,5", "30,2", "12", "3"]
    assert "Mediaan (weken)" in inhoud and "Negen van de tien binnen (weken)" in inhoud
    assert "Acuut" not in inhoud
