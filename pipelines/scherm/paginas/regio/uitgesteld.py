"""Outflow: what people wait for beside the places of that kind, where they go, how long they stay and who comes back."""

from datetime import date

import streamlit as st

from pipelines.blokken import bestemming
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.uitgesteld import redenenblok, redennu
from pipelines.blokken.verloop import van_regio
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen


def toon(g: Gegevens, regio: str, maand: date) -> None:
    plaats.blok(bestemming.bestemmingblok(g, regio, maand))
    cluster = kiezen.cluster()
    links, rechts = st.columns([3, 2])
    with links:
        plaats.blok(redenenblok(g, regio, cluster, maand))
    with rechts:
        plaats.blok(redennu(g, regio, cluster, maand))
    titel, onder = (
        "Deel van de bezette beddagen dat iemand weg kon",
        "Uitgestelde dagen gedeeld door bezette dagen, van bedden.",
    )
    codes = ["aandeel_uitgesteld"]
    plaats.blok(van_regio(g, "aandeel-uitgesteld", titel, onder, codes, regio, cluster, maand, 1080))
    plaats.blok(bestemming.vervolgblok(g, regio, maand))
    plaats.blok(bestemming.verblijfblok(g, regio, maand))
