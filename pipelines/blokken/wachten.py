"""Waiting lists: how long per phase against the Treeknorm and the IZA goal, and what it would take to get there."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak, waarom
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import Cijfer, cel, uitleg
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Reeks, Staaf, Verdeling
from pipelines.blokken.metrieken import NIET_CRUCIAAL, definitie, metrieken, stand, van_gebied
from pipelines.blokken.opmaak import ALLE, LANDELIJK, getal, h
from pipelines.blokken.samenvatting import herkomst
from pipelines.publicatie.regels import TOTAAL

FASEN = {
    "aanmelding": "Aanmelding tot intake",
    "behandeling": "Intake tot behandeling",
    "totaal": "Aanmelding tot behandeling",
}


_PER_FASE = {
    "wachtplekken": "Wachtplekken",
    "unieke_wachtenden": "Personen",
    "gemiddeld_weken": "Gemiddeld (weken)",
    "mediaan_weken": "Mediaan",
    "p90_weken": "9 van de 10 binnen",
    "boven_treeknorm": "Boven norm",
}


_STROMEN = {
    "aangemeld": "Aangemeld",
    "intakes": "Intakes",
    "gestart": "Gestart",
    "uitval": "Uitval",
    "uitval_exclusie": "waarvan exclusie",
    "bemiddeld_gelukt": "Bemiddeld",
    "bemiddeld_mislukt": "Bemiddeling mislukt",
    "wachtplekken": "Wachtplekken",
    "doelwachtrij": "Doelwachtrij",
    "extra_capaciteit_per_week": "Extra starts per week",
}


_TIENDEN = {"gemiddeld_weken", "mediaan_weken", "p90_weken", "doelwachtrij", "extra_capaciteit_per_week"}


def _weken(x: float) -> str:
    return getal(x, 0 if x == int(x) else 1)


def _schrijf(kolom: str):
    return lambda x: getal(x, 1 if kolom in _TIENDEN else 0)


_VERDEELD = ("mediaan_weken", "gemiddeld_weken", "p90_weken")
_SPREIDING = (*_VERDEELD, "boven_treeknorm", "wachtplekken")
_WACHTTIJD = ("gemiddeld_weken", "mediaan_weken", "p90_weken")


def wachtlijn(g: Gegevens, regio: str, cluster: str, maand: date) -> Blok:
    """The wait from referral to treatment over time: mean, median and nine of ten, against the norms of that whole wait."""
    reeksen = [
        Reeks(
            metrieken()[code].naam,
            stand(g, code).reeks(regio, cluster, maand),
            grafiek.KLEUREN[i],
            grafiek.STREPEN[i],
        )
        for i, code in enumerate(_WACHTTIJD)
    ]
    titel, bron = f"Wachttijd tot behandeling, {opmaak.in_zin(opmaak.cluster(cluster))}", herkomst(g, "wachttijd_maand")
    if not reeksen[0].punten:
        return Blok.leeg(f"wachttijd-{regio}-{cluster}", titel, bron, "Dit is van deze regio niet te tonen.")
    doel, tree = opmaak.norm("doelwachttijd_weken"), opmaak.treeknorm_weken("totaal")
    normen = [(f"IZA-doel {getal(doel)} weken gemiddeld", doel), (f"Treeknorm {getal(tree)} weken", tree)]
    tijd = [c.maand for c in reeksen[0].punten]
    return Blok(
        f"wachttijd-{regio}-{cluster}",
        titel,
        "Weken sinds de aanmelding van wie nu wacht, beide fasen samen. De normen zijn die van de hele wachttijd; per fase staan ze hiernaast.",
        herkomst(g, "wachttijd_maand", [p for r in reeksen for p in r.punten]),
        lambda b, k: grafiek.lijn(reeksen, _weken, b, titel, k, normen, hoogte=290),
        ["Maand", *[r.naam for r in reeksen]],
        [
            [h(opmaak.maand_kort(m)), *[blok.cijfer(r.punten[i], _schrijf("gemiddeld_weken")) for r in reeksen]]
            for i, m in enumerate(tijd)
        ][::-1],
        {metrieken()[code].naam: metrieken()[code].definitie() for code in _WACHTTIJD},
        pd.DataFrame([stand(g, code).regel(m, regio, cluster) for code in _WACHTTIJD for m in tijd]),
        breed=640,
    )


def wachtspreiding(g: Gegevens, regio: str, maand: date) -> Blok:
    """How the waits of each cluster are spread: half, nine of ten and the mean, with how many are above the norm; the country beside it."""
    gebieden = [regio] if regio == LANDELIJK else [regio, LANDELIJK]
    rijen, staven, cijfers = [], [], []
    for cluster in [ALLE, *opmaak.clusters()]:
        for gebied in gebieden:
            van = {code: stand(g, code).bij(maand, gebied, cluster) for code in _SPREIDING}
            cijfers.extend(van.values())
            naam = opmaak.cluster(cluster) if gebied == regio else "Nederland"
            staven.append(Verdeling(naam, *(van[k] for k in _VERDEELD), _boven(van), gebied == regio))
            cellen = [blok.cijfer(c, stand(g, k).schrijf) for k, c in van.items()]
            rijen.append([h(f"{opmaak.cluster(cluster)}, {opmaak.regio(gebied)}"), *cellen])
    tree = opmaak.treeknorm_weken("totaal")
    normen = [
        (f"IZA-doel {getal(opmaak.norm('doelwachttijd_weken'))} weken gemiddeld", opmaak.norm("doelwachttijd_weken"))
    ]
    normen.append((f"Treeknorm {getal(tree)} weken", tree))
    titel = f"Hoe de wachttijd verdeeld is, {opmaak.regio(regio)}"
    return Blok(
        f"wachtspreiding-{regio}-{maand:%Y-%m}",
        titel,
        f"Weken sinds de aanmelding van wie einde {opmaak.maand(maand)} wacht, beide fasen samen. Het gemiddelde ligt vaak ver boven de helft: enkelen wachten heel lang.",
        herkomst(g, "wachttijd_maand", cijfers, maand),
        lambda b, k: grafiek.spreiding(staven, _weken, b, titel, k, normen),
        ["Cluster", *[metrieken()[k].naam for k in _SPREIDING]],
        rijen,
        {metrieken()[k].naam: metrieken()[k].definitie() for k in _SPREIDING},
        pd.DataFrame(
            [stand(g, k).regel(maand, r, c) for c in [ALLE, *opmaak.clusters()] for r in gebieden for k in _SPREIDING]
        ),
        breed=1080,
    )


def _boven(van: Mapping[str, Cijfer]) -> str:
    """How many wait longer than the norm, of how many, as far as both are known."""
    boven, alle = van["boven_treeknorm"], van["wachtplekken"]
    if not (boven.bekend and alle.bekend):
        return "boven de Treeknorm: " + next(uitleg(c) for c in (boven, alle) if not c.bekend).split(":")[0]
    return f"{getal(boven.waarde)} van {getal(alle.waarde)} boven de Treeknorm"


def _te_zien(g: Gegevens, gebied: str, df: pd.DataFrame, kolommen: Mapping[str, str]) -> dict[str, str]:
    """Not everything that a region has is made public of the country: what is of nobody to see has no column."""
    openbaar = waarom.openbare_kolommen("wachttijd_maand", is_totaal=gebied == LANDELIJK)
    alles = g.wie.ziet_alles or gebied == g.wie.iza_regio
    return {k: n for k, n in kolommen.items() if df.empty or k in df and (alles or k in openbaar)}


def fasen(g: Gegevens, regio: str, cluster: str, maand: date) -> Blok:
    """Share above the Treeknorm of each phase."""
    df = van_gebied(g, "wachttijd_maand", regio, cluster, maand=maand)
    per_fase = {r["fase"]: r for r in df.to_dict("records")}
    kolommen = _te_zien(g, regio, df, _PER_FASE)
    staven, rijen = [], []
    for fase, naam in FASEN.items():
        rij = per_fase.get(fase)
        staven.append(Staaf(naam, cel(rij, "aandeel_boven_treeknorm")))
        norm = f"{h(naam)} (norm {getal(opmaak.treeknorm_weken(fase))} weken)"
        rijen.append([norm, *[blok.cijfer(cel(rij, k), _schrijf(k)) for k in kolommen]])
    titel = "Boven de Treeknorm, per fase"
    return Blok(
        f"fasen-{regio}-{cluster}-{maand:%Y-%m}",
        titel,
        f"Deel van de wachtplekken in {opmaak.maand(maand)}.",
        herkomst(g, "wachttijd_maand", [s.cijfer for s in staven], maand),
        lambda b, k: grafiek.staven(staven, opmaak.procent, min(b, 420), titel, k, hoogte=34),
        ["Fase", *kolommen.values()],
        rijen,
        {
            "Boven Treeknorm": definitie("wachttijd_maand", "boven_treeknorm"),
            "Unieke wachtenden": definitie("wachttijd_maand", "unieke_wachtenden"),
        },
        df,
        breed=420,
    )


def wachtclusters(g: Gegevens, regio: str, maand: date) -> Blok:
    """All clusters: what came in, what started, and the starts needed to get to the IZA goal in half a year."""
    mart = f"wachttijd_maand{TOTAAL}" if regio == LANDELIJK else "wachttijd_maand"
    df = g.tabel(mart, iza_regio=regio, fase="totaal", maand=maand)
    stromen = _te_zien(g, regio, df, _STROMEN)
    per_cluster = {r["cluster"]: r for r in df.to_dict("records")}
    rijen, cijfers = [], []
    for cluster in [*opmaak.clusters(), NIET_CRUCIAAL]:
        per = {k: cel(per_cluster.get(cluster), k) for k in stromen}
        cijfers.extend(per.values())
        rijen.append([h(opmaak.cluster(cluster)), *[blok.cijfer(c, _schrijf(k)) for k, c in per.items()]])
    return Blok(
        f"wachtstromen-{regio}-{maand:%Y-%m}",
        "Aanmelden, starten en wat er nodig is",
        f"Per cluster in {opmaak.maand(maand)}; extra starts brengen de gemiddelde wachttijd in 26 weken naar het IZA-doel.",
        herkomst(g, "wachttijd_maand", cijfers, maand),
        definities={n: definitie("wachttijd_maand", k) for k, n in stromen.items()},
        data=df,
        inhoud=blok.tabel(["Cluster", *stromen.values()], rijen),
    )
