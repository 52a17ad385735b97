"""One region in one month: how full, who waits, where outflow sticks, how much lacks, how sure (for the regiotafel).

Belongs here: the choice of region, month and subject. Each subject is a module of its own, with a function ``toon``.
"""

import streamlit as st

from pipelines.blokken import opmaak
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import STROOM, eerste_keus, is_vast, maanden
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.regio import (
    aanbieders,
    capaciteit,
    inwoners,
    overzicht,
    scenarios,
    stroom,
    uitgesteld,
    vergelijken,
    voorzieningen,
    wachten,
)

ONDERWERPEN = {
    "overzicht": ("Overzicht", overzicht),
    "vergelijken": ("Vergelijken", vergelijken),
    "stroom": ("In- en uitstroom", stroom),
    "uitgesteld": ("Uitstroom", uitgesteld),
    "wachten": ("Wachten", wachten),
    "inwoners": ("Inwoners", inwoners),
    "capaciteit": ("Capaciteit", capaciteit),
    "scenarios": ("Scenario's", scenarios),
    "voorzieningen": ("Voorzieningen", voorzieningen),
    "aanbieders": ("Aanbieders", aanbieders),
}


# what each subject shows: its month opens where all of that is final
_TOONT = {
    "overzicht": STROOM,
    "vergelijken": STROOM,
    "stroom": STROOM,
    "inwoners": ("instroom",),
    "voorzieningen": ("bezetting_bedden",),
    "uitgesteld": ("bezetting_bedden",),
    "capaciteit": ("bezetting_bedden",),
    "scenarios": ("bezetting_bedden",),
    "wachten": ("wachtplekken",),
    "aanbieders": ("wachtplekken",),
}


def pagina(g: Gegevens) -> None:
    opties = sorted(opmaak.regios(), key=lambda r: r != g.wie.iza_regio)
    st.title("Regio")
    links, rechts = st.columns([3, 2])
    with links:
        regio = kiezen.keuze("Regio", "regio", opties, opties[0], opmaak.regio)
    met_cijfers = maanden(g)
    if not met_cijfers:
        st.info("Er zijn nog geen cijfers die u mag zien.")
        return
    deel = kiezen.onderwerp("onderwerp", {code: naam for code, (naam, _) in ONDERWERPEN.items()})
    toont = _TOONT[deel]
    with rechts:
        maand = kiezen.maand(
            "maand", met_cijfers[::-1], eerste_keus(g, regio, toont), lambda m: is_vast(g, m, regio, toont)
        )
    if g.wie.rol == "regio" and regio != g.wie.iza_regio and g.bron.publicatie is None:
        st.info(
            f"Van {opmaak.regio(regio)} ziet u alleen de openbare versie, en die is er nog niet. Uw eigen regio is {opmaak.regio(g.wie.iza_regio)}."
        )
        return
    ONDERWERPEN[deel][1].toon(g, regio, maand)
    plaats.zegt_niet(f"regio-{deel}")
