"""A metric on the map and ranked, and the chosen region over time beside the country."""

from datetime import date

import streamlit as st

from pipelines.blokken import opmaak
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.kaart import kaartblok, naast_nederland, ranglijst
from pipelines.blokken.metrieken import Stand
from pipelines.blokken.vergelijking import PER_INWONERS
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.landelijk import keuzes


def toon(g: Gegevens) -> None:
    s, cluster, maand = keuzes.metriek_cluster_maand(g)
    if st.session_state.get("kaartregio") not in opmaak.regios():
        st.session_state["kaartregio"] = g.wie.iza_regio or _hoogste(s, cluster, maand)
    per_inwoners = s.metriek.soort in PER_INWONERS and kiezen.per_inwoners()
    links, rechts = st.columns([5, 6])
    with links:
        gekozen = plaats.blok(kaartblok(g, s, cluster, maand, st.session_state["kaartregio"], per_inwoners))
    with rechts:
        gekozen = plaats.blok(ranglijst(g, s, cluster, maand, st.session_state["kaartregio"], per_inwoners)) or gekozen
    if gekozen in opmaak.regios() and gekozen != st.session_state["kaartregio"]:
        st.session_state["kaartregio"] = gekozen
        st.rerun()
    plaats.blok(naast_nederland(g, s, cluster, maand, st.session_state["kaartregio"]))


def _hoogste(s: Stand, cluster: str, maand: date) -> str:
    """The region to begin with: where the figure is highest."""
    return max(opmaak.regios(), key=lambda r: s.bij(maand, r, cluster).waarde or 0)
