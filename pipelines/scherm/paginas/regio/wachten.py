"""Waiting: first the people and their way, then the places on the lists, per phase and against the goal."""

from datetime import date

import streamlit as st

from pipelines.blokken import opmaak, wachtenden
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import stand
from pipelines.blokken.openbaar import echte_wachttijd
from pipelines.blokken.verloop import van_regio
from pipelines.blokken.wachten import fasen, wachtclusters, wachtlijn, wachtspreiding
from pipelines.blokken.wachten_achteraf import achteraf
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen


def toon(g: Gegevens, regio: str, maand: date) -> None:
    plaats.blok(wachtenden.wachtendenblok(g, regio, maand))
    plaats.blok(wachtenden.wegblok(g, regio, maand))
    plaats.blok(wachtspreiding(g, regio, maand))
    meeste = max(opmaak.clusters(), key=lambda c: stand(g, "wachtplekken").bij(maand, regio, c).waarde or 0)
    cluster = kiezen.cluster(meeste)
    links, rechts = st.columns([3, 2])
    with links:
        plaats.blok(wachtlijn(g, regio, cluster, maand))
    with rechts:
        plaats.blok(fasen(g, regio, cluster, maand))
    plaats.blok(wachtclusters(g, regio, maand))
    titel = f"Wachtplekken, {opmaak.in_zin(opmaak.cluster(cluster))}"
    onder = "Open wachtplekken aan het einde van de maand; één persoon kan er meer hebben."
    codes = ["wachtplekken", "boven_treeknorm"]
    plaats.blok(van_regio(g, "wachtplekken", titel, onder, codes, regio, cluster, maand, 1080))
    plaats.blok(achteraf(g, regio, maand))
    plaats.blok(echte_wachttijd(g, [regio], maand))
    plaats.blok(wachtenden.bemiddelingblok(g, regio, maand))
