"""What is chosen on the national page: month, and metric with cluster."""

from datetime import date

import streamlit as st

from pipelines.blokken import opmaak
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import Stand, laatste_maand, maanden, metrieken, stand
from pipelines.blokken.opmaak import ALLE, LANDELIJK
from pipelines.fundament.maand import schrijf as maandcode
from pipelines.scherm.paginas import kiezen


def maand(g: Gegevens) -> date:
    return kiezen.keuze(
        "Maand", "landelijk_maand", maanden(g)[::-1], laatste_maand(g, LANDELIJK), opmaak.maand, maandcode
    )


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
        gekozen = maand(g)
    return stand(g, code), cluster, gekozen
