"""The country in sentences and in the six clusters, as the page of a region has them."""

import streamlit as st

from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import stand
from pipelines.blokken.opmaak import ALLE, LANDELIJK
from pipelines.scherm.paginas.landelijk import keuzes
from pipelines.scherm.paginas.regio import overzicht


def toon(g: Gegevens) -> None:
    maand = keuzes.maand(g)
    if not stand(g, "instroom").reeks(LANDELIJK, ALLE) and not stand(g, "wachtplekken").reeks(LANDELIJK, ALLE):
        st.info("Landelijke cijfers staan in de openbare versie, en die is er nog niet.")
        return
    overzicht.toon(g, LANDELIJK, maand)
