"""What is chosen on the national page (month, metric with cluster), and the title and download that belong to it."""

from datetime import date

import pandas as pd
import streamlit as st

from pipelines.fundament.maand import schrijf as maandcode
from pipelines.scherm import opmaak
from pipelines.scherm.gegevens import Gegevens
from pipelines.scherm.metrieken import Stand, laatste_maand, maanden, metrieken, stand
from pipelines.scherm.opmaak import ALLE, LANDELIJK
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


def titel(s: Stand, cluster: str, maand: date) -> str:
    return f"{s.metriek.naam}, {opmaak.in_zin(opmaak.cluster(cluster))}, {opmaak.maand(maand)}"


def alle_regios(s: Stand, cluster: str, maand: date) -> pd.DataFrame:
    """The figure of the country and of each region, for a download."""
    return pd.DataFrame([s.regel(maand, r, cluster) for r in (LANDELIJK, *opmaak.regios())])
