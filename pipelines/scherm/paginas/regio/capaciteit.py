"""Needed against available places, and what scenarios would do to them."""

from datetime import date

import pandas as pd
import streamlit as st

from pipelines.scherm import blok, grafiek, opmaak
from pipelines.scherm.blok import Blok
from pipelines.scherm.cijfer import BEKEND, LEEG, ONBEKEND, Cijfer, cel
from pipelines.scherm.gegevens import Gegevens
from pipelines.scherm.grafiek import Band, Reeks, Staaf
from pipelines.scherm.metrieken import definitie, metrieken, stand, zonder_rij
from pipelines.scherm.opmaak import getal, h
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.verloop import van_regio
from pipelines.scherm.samenvatting import BEZETTING, herkomst

BASIS = "basis"
MEESTE_SCENARIOS = 6
# metric of the simulation: name, decimals (None: a share)
_SCENARIO_METRIEKEN = {
    "benodigde_capaciteit": ("Benodigde plaatsen", 0),
    "tekort": ("Tekort", 0),
    "bezettingsgraad": ("Bezetting", None),
    "wachtlijst": ("Wachtlijst", 0),
    "wacht_weken": ("Wachttijd (weken)", 1),
}


def toon(g: Gegevens, regio: str, maand: date) -> None:
    blok.toon(nodig(g, regio, maand))
    meest = max(opmaak.clusters(), key=lambda c: stand(g, "tekort").bij(maand, regio, c).waarde or 0)
    cluster = kiezen.cluster(meest)
    naam = opmaak.in_zin(opmaak.cluster(cluster))
    links, rechts = st.columns(2)
    with links:
        titel, codes = f"Nodig en beschikbaar, {naam}", ["benodigd_erlang", "operationeel"]
        blok.toon(van_regio(g, "nodig-tijd", titel, "Plaatsen per maand.", codes, regio, cluster, maand))
    with rechts:
        titel, onder = f"Bezetting, {naam}", "Deel van de beschikbare dagen; bedden en ambulante plaatsen apart."
        blok.toon(van_regio(g, "bezetting", titel, onder, list(BEZETTING), regio, cluster, maand))
    blok.toon(scenarios(g, regio, cluster))


def nodig(g: Gegevens, regio: str, maand: date) -> Blok:
    """Needed against available places per cluster, by both norms."""
    df = g.tabel("benodigde_capaciteit", iza_regio=regio, maand=maand)
    per_cluster = {r["cluster"]: r for r in df.to_dict("records")}
    bezetting, weigeren = opmaak.procent(opmaak.norm("bezettingsnorm")), opmaak.procent(opmaak.norm("blokkeringsnorm"))
    kolommen = {
        "aankomsten_per_dag": ("Aankomsten per dag", 2),
        "gemiddelde_duur_dagen": ("Gemiddelde duur (dagen)", 0),
        "belasting": ("Belasting (erlang)", 1),
        "benodigd_bezetting": (f"Nodig bij {bezetting} bezetting", 0),
        "benodigd_erlang": (f"Nodig bij {weigeren} weigeren", 0),
        "beschikbaar": ("Beschikbaar", 0),
        "tekort": ("Tekort", 0),
        "kans_vol": ("Kans op vol", None),
    }
    rijen, staven, cijfers = [], [], []
    for cluster in opmaak.clusters():
        per = {k: _cijfer(g, per_cluster.get(cluster), k, regio) for k in kolommen}
        rijen.append(
            [
                h(opmaak.cluster(cluster)),
                *[
                    blok.cijfer(per[k], metrieken()["tekort"].schrijf if k == "tekort" else _schrijf(d))
                    for k, (_, d) in kolommen.items()
                ],
            ]
        )
        staven.append(Staaf(opmaak.cluster(cluster), per["beschikbaar"], nodig=per["benodigd_erlang"]))
        cijfers.extend(per.values())
    tabel = blok.tabel(["Cluster", *[n for n, _ in kolommen.values()]], rijen)
    return Blok(
        f"nodig-{regio}-{maand:%Y-%m}",
        f"Nodige en beschikbare capaciteit in {opmaak.maand(maand)}",
        "Uit aankomsten en duur van de laatste 12 maanden. Waar er meer zijn dan nodig staat ruimte.",
        herkomst(g, "benodigde_capaciteit", cijfers, maand),
        lambda b, k: grafiek.staven(staven, getal, min(b, 760), "Beschikbare en nodige plaatsen", k, hoogte=28),
        definities={n: definitie("benodigde_capaciteit", k) for k, (n, _) in kolommen.items()},
        data=df,
        inhoud=f'{tabel}<p class="vraag"><strong>Beschikbare plaatsen</strong>; het streepje is wat nodig is om hooguit {weigeren} te weigeren, wat ontbreekt is omlijnd.</p>',
    )


def _schrijf(decimalen: int | None):
    return opmaak.procent if decimalen is None else lambda x: getal(x, decimalen)


def _cijfer(g: Gegevens, rij: dict | None, kolom: str, regio: str) -> Cijfer:
    """What follows from available places is unknown, not incomputable, where the beds were not delivered."""
    if not rij:
        return Cijfer(None, zonder_rij(g, regio))
    c = cel(rij, kolom)
    if kolom == "beschikbaar":
        return Cijfer(c.waarde, c.toestand if c.bekend else ONBEKEND)
    zonder_bedden = kolom in ("tekort", "kans_vol") and cel(rij, "beschikbaar").waarde is None
    return Cijfer(None, ONBEKEND) if zonder_bedden else c


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
    schrijf = _schrijf(decimalen)
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
