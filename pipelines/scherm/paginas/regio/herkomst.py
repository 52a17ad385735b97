"""Where patients come from, and where inhabitants are treated outside their region."""

from datetime import date

import streamlit as st

from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.woonregio import elders, woonregios
from pipelines.scherm import plaats


def toon(g: Gegevens, regio: str, maand: date) -> None:
    links, rechts = st.columns(2)
    with links:
        plaats.blok(woonregios(g, regio, maand))
    with rechts:
        if g.wie.ziet_alles:
            plaats.blok(elders(g, regio, maand))
        else:
            st.info(
                "Waar inwoners van uw regio elders worden behandeld, staat in cijfers van andere regio's; die kleine aantallen ziet alleen de landelijke tafel."
            )
