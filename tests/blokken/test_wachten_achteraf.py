"""Waits from the claims: the figures of the mart, with unit and spread."""

import re
from datetime import date
from types import SimpleNamespace

import pandas as pd

from pipelines.blokken import wachten_achteraf


def _cellen(monkeypatch, **anders: object) -> tuple[list[str], str]:
    rij = {"maand": pd.Timestamp("2026-08-01"), "iza_regio": "ZK02", "cluster": "klinisch", "trajecten": 40}
    rij |= {"mediaan_weken": 6.04, "gemiddeld_weken": 9.5, "p90_weken": 30.2, "boven_treeknorm": 12}
    rij |= {"zonder_verwijsdatum": 3, "status": "definitief"} | anders
    monkeypatch.setattr(wachten_achteraf, "herkomst", lambda *_: None)
    g = SimpleNamespace(tabel=lambda *_, **__: pd.DataFrame([rij]))
    inhoud = wachten_achteraf.achteraf(g, "ZK02", date(2026, 8, 1)).inhoud
    cellen = re.findall(r"<td[^>]* class=g>(.*?)</td>", inhoud)
    return [re.sub("<[^>]*>", "", cel) for cel in cellen], inhoud


def test_de_wachttijd_achteraf_toont_spreiding_met_eenheid(monkeypatch):
    cellen, inhoud = _cellen(monkeypatch)
    assert cellen == ["40", "6,0", "9,5", "30,2", "12", "3"]
    assert "Mediaan (weken)" in inhoud and "Negen van de tien binnen (weken)" in inhoud
    assert "Acuut" not in inhoud


def test_een_maand_waarin_niemand_een_verwijsdatum_had_is_leeg_en_breekt_de_pagina_niet(monkeypatch):
    nergens = {k: float("nan") for k in ("mediaan_weken", "gemiddeld_weken", "p90_weken")}
    cellen, _ = _cellen(monkeypatch, trajecten=0, boven_treeknorm=0, zonder_verwijsdatum=3, **nergens)
    assert cellen == ["0", *["n.v.t.niet van toepassing, of niet te berekenen"] * 3, "0", "3"]
