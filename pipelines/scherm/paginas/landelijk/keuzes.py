"""What is chosen on the national page: month, and metric with cluster."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pipelines.blokken import opmaak
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import STROOM, Stand, eerste_keus, is_vast, maanden, metrieken, stand
from pipelines.blokken.opmaak import ALLE, LANDELIJK
from pipelines.scherm.paginas import kiezen


def maand(g: Gegevens, codes: Sequence[str] = STROOM) -> date:
    """``codes``: what the page shows."""
    standaard = eerste_keus(g, LANDELIJK, codes)
    return kiezen.maand("landelijk_maand", maanden(g)[::-1], standaard, lambda m: is_vast(g, m, LANDELIJK, codes))


def metriek_cluster_maand(g: Gegevens) -> tuple[Stand, str, date]:
    a, b, c = st.columns(3)
    with a:
        code = kiezen.keuze(
            "Cijfer", "cijfer", list(metrieken()), "aandeel_boven_treeknorm", lambda k: metrieken()[k].naam
        )
    with b:
        # what has no total has no figure over the six clusters
        clusters = ([ALLE] if metrieken()[code].heeft_totaal else []) + opmaak.clusters()
        cluster = kiezen.keuze("Cluster", "landelijk_cluster", clusters, clusters[0], opmaak.cluster)
    with c:
        gekozen = maand(g, [code])
    return stand(g, code), cluster, gekozen
