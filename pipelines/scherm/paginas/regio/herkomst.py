"""Where patients come from, and where inhabitants are treated outside their region."""

from datetime import date

import streamlit as st

from pipelines.fundament.maand import venster
from pipelines.scherm import blok, grafiek, opmaak
from pipelines.scherm.blok import Blok
from pipelines.scherm.cijfer import BEKEND, Cijfer
from pipelines.scherm.gegevens import Gegevens
from pipelines.scherm.grafiek import Staaf
from pipelines.scherm.metrieken import definitie
from pipelines.scherm.opmaak import getal, h
from pipelines.scherm.samenvatting import declaratiejaar, herkomst

MEESTE = 12


def toon(g: Gegevens, regio: str, maand: date) -> None:
    links, rechts = st.columns(2)
    with links:
        blok.toon(woonregios(g, regio, maand))
    with rechts:
        if g.wie.ziet_alles:
            blok.toon(elders(g, regio, maand))
        else:
            st.info(
                "Waar inwoners van uw regio elders worden behandeld, staat in cijfers van andere regio's; die kleine aantallen ziet alleen de landelijke tafel."
            )


def woonregios(g: Gegevens, regio: str, maand: date) -> Blok:
    titel = f"Waar komen patiënten in {opmaak.regio(regio)} vandaan?"
    return _verdeling(g, "van-buiten", titel, "iza_regio", "woonregio", regio, maand)


def elders(g: Gegevens, regio: str, maand: date) -> Blok:
    titel = f"Waar worden inwoners van {opmaak.regio(regio)} behandeld?"
    return _verdeling(g, "naar-buiten", titel, "woonregio", "iza_regio", regio, maand)


def _verdeling(g: Gegevens, sleutel: str, titel: str, vast: str, over: str, regio: str, maand: date) -> Blok:
    """Care of which the column ``vast`` is the region, divided over the regions in the column ``over``."""
    df = g.tabel("herkomst_bestemming", **{vast: regio}, maand=venster(maand, 12))
    if df.empty:
        return Blok.leeg(
            f"{sleutel}-{regio}", titel, herkomst(g, "herkomst_bestemming"), "Geen zorg bekend in deze periode."
        )
    per = df.groupby(over)[["verblijfsdagen", "contacten"]].sum()
    samen = per.sum(axis=1)
    buiten = samen.drop(index=[regio], errors="ignore").sort_values(ascending=False)
    staven = [Staaf(opmaak.regio(r), Cijfer(float(w), BEKEND)) for r, w in buiten.head(MEESTE).items()]
    binnen = opmaak.procent(samen.get(regio, 0) / samen.sum() if samen.sum() else 0)
    rest = "" if buiten.empty else f" Hieronder de {'grootste van de ' if len(buiten) > MEESTE else ''}rest."
    return Blok(
        f"{sleutel}-{regio}-{maand:%Y-%m}",
        titel,
        f"Laatste 12 maanden: {binnen} van de verblijfsdagen en contacten bleef binnen de regio.{rest}",
        herkomst(g, "herkomst_bestemming", declaratiejaar(g, regio, maand)),
        (lambda b, k: grafiek.staven(staven, getal, min(b, 520), titel, k)) if staven else None,
        ["Regio", "Verblijfsdagen", "Contacten"],
        [
            [h(opmaak.regio(r)), *[getal(per.loc[r, kolom]) for kolom in per]]
            for r in [regio, *buiten.index]
            if r in per.index
        ],
        {"Bovenregionaal": definitie("herkomst_bestemming", "bovenregionaal") or definitie("herkomst_bestemming")},
        df,
        breed=520,
    )
