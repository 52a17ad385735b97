"""Scenarios of one region or of the country: what they would do, and what each of their measures contributes."""

import pandas as pd
import streamlit as st

from pipelines.blokken import opmaak, scenario
from pipelines.blokken.capaciteit import SOORTEN
from pipelines.blokken.gegevens import Gegevens
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen, scenario_maken


def toon(g: Gegevens, regio: str) -> None:
    """The blocks with their choices; ``regio`` may be the country."""
    cluster = kiezen.cluster(opmaak.clusters()[0])
    uitkomsten = g.tabel("scenario_resultaat", iza_regio=regio, cluster=cluster)
    if uitkomsten.empty:
        plaats.blok(scenario.leeg(g))
        scenario_maken.toon(g)
        return
    doorgerekend = set(uitkomsten["capaciteit_type"])
    soorten = [s for s in SOORTEN if s in doorgerekend]
    metrieken = list(scenario.METRIEKEN)
    links, rechts = st.columns(2)
    with links:
        soort = kiezen.keuze("Soort plaats", "soort", soorten, soorten[0], lambda s: SOORTEN[s].capitalize())
    with rechts:
        metriek = kiezen.keuze(
            "Wat laat het scenario zien?",
            "scenario_metriek",
            metrieken,
            metrieken[0],
            lambda m: scenario.METRIEKEN[m][0],
        )
    plaats.blok(scenario.verloop(g, regio, cluster, soort, metriek))
    _bijdragen(g, regio, cluster, soort)
    scenario_maken.toon(g)


def _bijdragen(g: Gegevens, regio: str, cluster: str, soort: str) -> None:
    bijdragen = g.tabel("scenario_bijdrage", iza_regio=regio, cluster=cluster, capaciteit_type=soort)
    if bijdragen.empty:
        return
    titels = dict(bijdragen[["scenario", "titel"]].drop_duplicates().itertuples(index=False, name=None))
    momenten = [m.date() for m in sorted(pd.to_datetime(bijdragen["maand"].unique()), reverse=True)]
    links, rechts = st.columns(2)
    with links:
        gekozen = kiezen.keuze("Scenario", "scenario", sorted(titels), min(titels), titels.get)
    with rechts:
        maand = kiezen.keuze("In welke maand?", "scenario_maand", momenten, momenten[0], opmaak.maand)
    plaats.blok(scenario.bijdrage(g, regio, cluster, soort, gekozen, maand))
