"""Use of care by where people live: all regions on the map and ranked."""

import streamlit as st

from pipelines.blokken import opmaak
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.inwoners import MATEN, NIET_GEZEGD, kaart, ranglijst
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.landelijk import keuzes


def toon(g: Gegevens) -> None:
    a, b, c = st.columns(3)
    with a:
        maat = kiezen.keuze("Cijfer", "inwonersmaat", list(MATEN), next(iter(MATEN)), lambda m: MATEN[m][0])
    with b:
        cluster = kiezen.cluster(opmaak.clusters()[0])
    with c:
        maand = keuzes.maand(g, ["instroom"])
    links, rechts = st.columns([5, 6])
    with links:
        plaats.blok(kaart(g, cluster, maat, maand, g.wie.iza_regio))
    with rechts:
        plaats.blok(ranglijst(g, cluster, maat, maand, g.wie.iza_regio))
    plaats.html(f'<p class="onder"><strong>Wat dit niet zegt.</strong> {NIET_GEZEGD}</p>', "niet-gezegd")
