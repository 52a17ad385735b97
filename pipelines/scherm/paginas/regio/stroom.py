"""Who comes in and goes out of each cluster, and from where people come on."""

from datetime import date

import streamlit as st

from pipelines.blokken import opmaak
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.stroom import doorstroomblok, sankeyblok
from pipelines.blokken.verloop import van_regio
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen

_PERIODEN = {1: "Deze maand", 12: "Laatste 12 maanden"}


def toon(g: Gegevens, regio: str, maand: date) -> None:
    periode = st.segmented_control(
        "Periode", list(_PERIODEN), format_func=_PERIODEN.get, default=12, key="periode", required=True
    )
    plaats.blok(sankeyblok(g, regio, maand, periode))
    cluster = kiezen.cluster()
    naam = opmaak.in_zin(opmaak.cluster(cluster))
    links, rechts = st.columns(2)
    with links:
        titel = f"Instroom en uitstroom, {naam}"
        codes = ["instroom", "uitstroom"]
        onder = "Episodes per maand. Wat nog niet te bepalen is, en de aanloop van de reeks, staan er niet in."
        plaats.blok(van_regio(g, "instroom-uitstroom", titel, onder, codes, regio, cluster, maand))
    with rechts:
        titel = f"In zorg aan het einde van de maand, {naam}"
        plaats.blok(van_regio(g, "stand", titel, "Lopende episodes.", ["stand_eind"], regio, cluster, maand))
    plaats.blok(doorstroomblok(g, regio, maand))
