"""Waiting in the country: how waits are spread, and their course against the norms."""

import streamlit as st

from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.opmaak import LANDELIJK
from pipelines.blokken.wachten import fasen, wachtclusters, wachtlijn, wachtspreiding
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.landelijk import keuzes


def toon(g: Gegevens) -> None:
    maand = keuzes.maand(g, ["wachtplekken"])
    plaats.blok(wachtspreiding(g, LANDELIJK, maand))
    cluster = kiezen.cluster()
    links, rechts = st.columns([3, 2])
    with links:
        plaats.blok(wachtlijn(g, LANDELIJK, cluster, maand))
    with rechts:
        plaats.blok(fasen(g, LANDELIJK, cluster, maand))
    plaats.blok(wachtclusters(g, LANDELIJK, maand))
