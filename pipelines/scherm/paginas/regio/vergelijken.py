"""A region beside neighbours of choice, the country and the spread of all regions."""

from datetime import date

import streamlit as st

from pipelines.blokken import opmaak
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import stand
from pipelines.blokken.naast_elkaar import naast_anderen, standaardburen, te_kiezen, veelvoud
from pipelines.blokken.opmaak import LANDELIJK
from pipelines.blokken.verloop import jaar
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen

MEESTE_BUREN = 4


def toon(g: Gegevens, regio: str, maand: date) -> None:
    links, rechts = st.columns([2, 3])
    with links:
        cluster = kiezen.cluster()
    with rechts:
        anderen = [r for r in opmaak.regios() if r != regio]
        # neighbours belong to the region: of another one they begin anew
        naam = f"buren_{regio}"
        buren = kiezen.regios("Naast", naam, anderen, standaardburen(regio), MEESTE_BUREN)
    plaats.blok(naast_anderen(g, regio, buren, cluster, maand))
    opties = te_kiezen(cluster)
    code = kiezen.keuze("Door de tijd", "vergelijkcijfer", opties, opties[0], lambda k: stand(g, k).metriek.naam)
    plaats.blok(veelvoud(g, stand(g, code), cluster, maand, [regio, LANDELIJK, *buren], 220))
    plaats.blok(jaar(g, code, regio, cluster, maand))
