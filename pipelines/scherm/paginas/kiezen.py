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


def per_inwoners() -> bool:
    """Whether counts are stated per 100,000 inhabitants; so it begins, for a region with more people counts more of everything."""
    if "per_inwoners" not in st.session_state:
        st.session_state["per_inwoners"] = st.query_params.get("per_inwoners") != "nee"
    gekozen = st.toggle("Per 100.000 inwoners", key="per_inwoners")
    st.query_params["per_inwoners"] = "ja" if gekozen else "nee"
    return gekozen


def regios(label: str, naam: str, opties: Sequence[str], standaard: Sequence[str], hoogstens: int) -> list[str]:
    """Several regions, kept in the URL."""
    if naam not in st.session_state:
        gevraagd = st.query_params.get(naam)
        uit = [r for r in gevraagd.split(" ") if r in opties] if gevraagd is not None else list(standaard)
        st.session_state[naam] = uit[:hoogstens]
    st.session_state[naam] = [r for r in st.session_state[naam] if r in opties]
    gekozen = st.multiselect(
        label, opties, format_func=opmaak.regio, key=naam, max_selections=hoogstens, placeholder="Kies regio's"
    )
    st.query_params[naam] = " ".join(gekozen)
    return gekozen


def onderwerp(naam: str, opties: dict[str, str]) -> str:
    """A row of subjects, one of which is on."""
    if st.session_state.get(naam) not in opties:
        st.session_state[naam] = uit_url(naam, list(opties), next(iter(opties)))
    gekozen = st.segmented_control(
        "Onderwerp", list(opties), format_func=opties.get, key=naam, label_visibility="collapsed", required=True
    )
    st.query_params[naam] = gekozen
    return gekozen
