"""Care of the people who live in a region, wherever they are treated; and where the patients of its providers live."""

from datetime import date

import streamlit as st

from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.inwoners import MATEN, behandeld, inwoners, kaart, te_kiezen
from pipelines.blokken.woonregio import elders, woonregios
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen


def toon(g: Gegevens, regio: str, maand: date) -> None:
    plaats.blok(inwoners(g, regio, maand))
    a, b = st.columns(2)
    with a:
        cluster = kiezen.cluster(te_kiezen(g, regio, maand))
    with b:
        maat = kiezen.keuze("Op de kaart", "inwonersmaat", list(MATEN), next(iter(MATEN)), lambda m: MATEN[m][0])
    links, rechts = st.columns([5, 6])
    with links:
        plaats.blok(kaart(g, cluster, maat, maand, regio))
    with rechts:
        plaats.blok(behandeld(g, regio, cluster, maand))
    if g.wie.ziet_alles:
        plaats.blok(elders(g, regio, maand))
    plaats.blok(woonregios(g, regio, maand))
