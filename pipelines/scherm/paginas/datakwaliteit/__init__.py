"""What was delivered and what is wrong with it: a steward works down the findings, others see how sure the figures are.

Belongs here: the choice of subject. Each subject is a module of its own, with a function ``toon``.
"""

import streamlit as st

from pipelines.blokken.gegevens import Gegevens
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.datakwaliteit import bevindingen, gemis, kalender, leveranciers, vulling, zpm

ONDERWERPEN = {
    "kalender": ("Aanleveringen", kalender),
    "gemis": ("Wat ontbreekt", gemis),
    "bevindingen": ("Bevindingen", bevindingen),
    "zpm": ("Definitie (ZPM)", zpm),
    "vulling": ("Vulling", vulling),
    "leveranciers": ("Leveranciers", leveranciers),
}


def pagina(g: Gegevens) -> None:
    st.title("Datakwaliteit")
    if not g.heeft("aanlevering"):
        st.info("Over de aanleveringen is er voor uw rol niets te tonen, of er is nog niets ingenomen.")
        return
    deel = kiezen.onderwerp("kwaliteit_onderwerp", {code: naam for code, (naam, _) in ONDERWERPEN.items()})
    ONDERWERPEN[deel][1].toon(g)
    plaats.zegt_niet(f"datakwaliteit-{deel}")
