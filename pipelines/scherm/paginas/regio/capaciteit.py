"""Needed against available places, the years ahead, and what scenarios would do to them."""

from datetime import date

import pandas as pd
import streamlit as st

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.capaciteit import SOORTEN, balans, schrijver
from pipelines.blokken.cijfer import BEKEND, LEEG, Cijfer
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Band, Reeks
from pipelines.blokken.meerjaren import meerjarenbeeld
from pipelines.blokken.metrieken import definitie, metrieken, stand
from pipelines.blokken.opmaak import h
from pipelines.blokken.samenvatting import BEZETTING, herkomst
from pipelines.blokken.verloop import van_regio
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen

BASIS = "basis"


MEESTE_SCENARIOS = 6
_NODIG = {"bed": ["benodigd", "operationeel"], "ambulante_plek": ["benodigd_ambulant", "operationeel_ambulant"]}


# metric of the simulation: name, decimals (None: a share)
_SCENARIO_METRIEKEN = {
    "benodigde_capaciteit": ("Benodigde plaatsen", 0),
    "tekort": ("Over of te kort", 0),
    "bezettingsgraad": ("Bezetting", None),
    "wachtlijst": ("Wachtlijst", 0),
    "wacht_weken": ("Wachttijd (weken)", 1),
}


def toon(g: Gegevens, regio: str, maand: date) -> None:
    plaats.blok(balans(g, regio, maand))
    meest = max(opmaak.clusters(), key=lambda c: stand(g, "tekort").bij(maand, regio, c).waarde or 0)
    cluster = kiezen.cluster(meest)
    naam = opmaak.in_zin(opmaak.cluster(cluster))
    links, rechts = st.columns(2)
    with links:
        for soort, codes in _NODIG.items():
            if any(stand(g, code).reeks(regio, cluster, maand) for code in codes):
                titel, onder = f"Nodig en beschikbaar, {naam}", f"{SOORTEN[soort].capitalize()} per maand."
                plaats.blok(van_regio(g, f"nodig-{soort}", titel, onder, codes, regio, cluster, maand))
    with rechts:
        titel, onder = f"Bezetting, {naam}", "Deel van de beschikbare dagen; bedden en ambulante plaatsen apart."
        plaats.blok(van_regio(g, "bezetting", titel, onder, list(BEZETTING), regio, cluster, maand))
    plaats.blok(meerjarenbeeld(g, regio, [cluster]))
    plaats.blok(scenarios(g, regio, cluster))


def scenarios(g: Gegevens, regio: str, cluster: str) -> Blok:
    """Outcomes of scenarios beside unchanged policy, with their interval."""
    df = g.tabel("scenario_resultaat", iza_regio=regio, cluster=cluster)
    if df.empty:
        uitleg = "Er zijn voor deze regio en dit cluster geen scenario's doorgerekend, of niet voor uw rol. Dat kan met <code>ggz scenario BESTAND.yaml</code>; de volgende run zet de uitkomst hier neer."
        return Blok.leeg("scenario", "Scenario's", herkomst(g, "scenario_resultaat"), uitleg)
    opties = [m for m in _SCENARIO_METRIEKEN if m in set(df["metriek"])]
    metriek = kiezen.keuze(
        "Wat laat het scenario zien?", "scenario_metriek", opties, opties[0], lambda m: _SCENARIO_METRIEKEN[m][0]
    )
    return scenarioblok(g, df[df["metriek"] == metriek].sort_values("maand"), regio, cluster, metriek)


def scenarioblok(g: Gegevens, df: pd.DataFrame, regio: str, cluster: str, metriek: str) -> Blok:
    """One metric of all scenarios over the months ahead."""
    naam, decimalen = _SCENARIO_METRIEKEN[metriek]
    schrijf = metrieken()["tekort"].schrijf if metriek == "tekort" else schrijver(decimalen)
    tijd = [m.date() for m in pd.to_datetime(df["maand"]).drop_duplicates()]
    namen = sorted(df["scenario"].unique(), key=lambda n: (n != BASIS, n))[:MEESTE_SCENARIOS]
    reeksen, banden, rijen = [], [], []
    for i, scenario in enumerate(namen):
        per = {pd.Timestamp(r["maand"]).date(): r for r in df[df["scenario"] == scenario].to_dict("records")}
        titel = next(iter(per.values()))["titel"]
        punten = [_uitkomst(per.get(m), m) for m in tijd]
        reeksen.append(Reeks(titel, punten, grafiek.KLEUREN[i], grafiek.STREPEN[i]))
        if (scenario == BASIS or len(namen) <= 2) and all(p.bekend for p in punten):
            banden.append(Band([per[m]["laag"] for m in tijd], [per[m]["hoog"] for m in tijd], grafiek.KLEUREN[i]))
        eind = punten[-1]
        interval = f"{schrijf(per[tijd[-1]]['laag'])} – {schrijf(per[tijd[-1]]['hoog'])}" if eind.bekend else ""
        rijen.append([h(titel), blok.cijfer(eind, schrijf), interval])
    return Blok(
        f"scenario-{regio}-{cluster}-{metriek}",
        f"Scenario's: {opmaak.in_zin(naam)}, {opmaak.in_zin(opmaak.cluster(cluster))}",
        f"Simulatie vooruit tot en met {opmaak.maand(tijd[-1])}. De band is het interval van 90%{' van ongewijzigd beleid; dat van de andere staat in de tabel' if len(namen) > 2 else ''}.",
        herkomst(g, "scenario_resultaat"),
        lambda b, k: grafiek.lijn(reeksen, schrijf, b, naam, k, banden=banden),
        ["Scenario", f"{naam} in {opmaak.maand_kort(tijd[-1])}", "Interval"],
        rijen,
        {"Scenario": definitie("scenario_resultaat", "midden")},
        df,
        breed=1080,
    )


def _uitkomst(rij: dict | None, maand: date) -> Cijfer:
    bekend = rij is not None and pd.notna(rij["midden"])
    return Cijfer(float(rij["midden"]), BEKEND, False, maand) if bekend else Cijfer(None, LEEG, False, maand)
