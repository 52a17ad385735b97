"""Needed against available places, and the years ahead."""

from datetime import date

import streamlit as st

from pipelines.blokken import opmaak
from pipelines.blokken.capaciteit import SOORTEN, balans, meest_te_kort
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.meerjaren import meerjarenbeeld
from pipelines.blokken.metrieken import stand
from pipelines.blokken.samenvatting import BEZETTING
from pipelines.blokken.verloop import van_regio
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen

_NODIG = {"bed": ["benodigd", "operationeel"], "ambulante_plek": ["benodigd_ambulant", "operationeel_ambulant"]}


def toon(g: Gegevens, regio: str, maand: date) -> None:
    plaats.blok(balans(g, regio, maand))
    meest = meest_te_kort(g, regio, maand)
    cluster = kiezen.cluster(meest)
    naam = opmaak.in_zin(opmaak.cluster(cluster))
    links, rechts = st.columns(2)
    with links:
        for soort, codes in _NODIG.items():
            if any(stand(g, code).reeks(regio, cluster, maand) for code in codes):
                titel, onder = f"Nodig en beschikbaar, {naam}", f"{SOORTEN[soort].capitalize()} per maand."
                plaats.blok(van_regio(g, f"nodig-{soort}", titel, onder, codes, regio, cluster, maand))
    with rechts:
        titel, onder = f"Bezetting, {naam}", "Deel van de beschikbare dagen; bedden en ambulante plaatsen apart."
        plaats.blok(van_regio(g, "bezetting", titel, onder, list(BEZETTING), regio, cluster, maand))
    plaats.blok(meerjarenbeeld(g, regio, [cluster]))
