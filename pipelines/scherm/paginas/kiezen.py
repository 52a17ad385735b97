"""Choices that stand in the URL, so that a view can be sent to a colleague: region, month, cluster, subject.

Belongs here: widgets that follow and write query parameters. A value from a URL is only ever one of the options given.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from pipelines.blokken import opmaak
from pipelines.blokken.opmaak import ALLE
from pipelines.fundament.maand import schrijf as maandcode

T = TypeVar("T")


def uit_url(naam: str, opties: Sequence[T], standaard: T, als_tekst: Callable[[T], str] = str) -> T:
    """The option that the URL names, or the default."""
    gevraagd = st.query_params.get(naam)
    return next((o for o in opties if als_tekst(o) == gevraagd), standaard)


def keuze(
    label: str,
    naam: str,
    opties: Sequence[T],
    standaard: T,
    tekst: Callable[[T], str],
    als_tekst: Callable[[T], str] = str,
) -> T:
    """A list to choose from, kept in the URL."""
    if naam not in st.session_state or st.session_state[naam] not in opties:
        st.session_state[naam] = uit_url(naam, opties, standaard, als_tekst)
    gekozen = st.selectbox(label, opties, format_func=tekst, key=naam)
    st.query_params[naam] = als_tekst(gekozen)
    return gekozen


def maand(naam: str, opties: Sequence[date], standaard: date, vast: Callable[[date], bool]) -> date:
    """A month; until somebody chooses one it follows the page. Those that may still change say so."""
    gekozen = f"{naam}_gekozen"
    if gekozen not in st.session_state:
        st.session_state[gekozen] = naam in st.query_params
        st.session_state[naam] = uit_url(naam, opties, standaard, maandcode)
    if not st.session_state[gekozen] or st.session_state.get(naam) not in opties:
        st.session_state[naam] = standaard
    uit = st.selectbox(
        "Maand",
        opties,
        format_func=lambda m: opmaak.maand(m) + ("" if vast(m) else " (nog niet definitief)"),
        key=naam,
        on_change=lambda: st.session_state.update({gekozen: True}),
    )
    st.query_params[naam] = maandcode(uit)
    return uit


def cluster(standaard: str = ALLE) -> str:
    """One of the six, the same from subject to subject; all of them together too, where that is what the page begins with."""
    opties = ([ALLE] if standaard == ALLE else []) + opmaak.clusters()
    return keuze("Cluster", "cluster", opties, standaard, opmaak.cluster)


def onderwerp(naam: str, opties: dict[str, str]) -> str:
    """A row of subjects, one of which is on."""
    if st.session_state.get(naam) not in opties:
        st.session_state[naam] = uit_url(naam, list(opties), next(iter(opties)))
    gekozen = st.segmented_control(
        "Onderwerp", list(opties), format_func=opties.get, key=naam, label_visibility="collapsed", required=True
    )
    st.query_params[naam] = gekozen
    return gekozen
