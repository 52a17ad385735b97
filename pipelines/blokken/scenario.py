"""What scenarios would do: their course beside unchanged policy, and what each measure of one contributes.

Belongs here: the two blocks. Does not belong here: computing a scenario (``analyse``), and choosing what is shown (``scherm``).
"""

from datetime import date

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.capaciteit import SOORTEN
from pipelines.blokken.cijfer import BEKEND, LEEG, Cijfer
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Band, Reeks, Trede
from pipelines.blokken.metrieken import definitie, metrieken
from pipelines.blokken.opmaak import h
from pipelines.blokken.samenvatting import herkomst
from pipelines.fundament.nederlands import getal, verschil

BASIS = "basis"
MEESTE_SCENARIOS = 6

# metric of the simulation: name, decimals (None: a share)
METRIEKEN = {
    "benodigde_capaciteit": ("Benodigde plaatsen", 0),
    "tekort": ("Plaatsen over of te kort", 0),
    "bezettingsgraad": ("Bezetting", None),
    "wachtlijst": ("Wachtlijst (wachtplekken)", 0),
    "wacht_weken": ("Wachttijd (weken)", 1),
}


def leeg(g: Gegevens) -> Blok:
    """What there is to do where no scenario was computed, or not for this role."""
    uitleg = "Er zijn voor deze regio en dit cluster geen scenario's doorgerekend, of niet voor uw rol. Dat kan hieronder, of met <code>ggz scenario BESTAND.yaml</code>; dan zet de volgende verwerking de uitkomst hier neer."
    return Blok.leeg("scenario", "Scenario's", herkomst(g, "scenario_resultaat"), uitleg)


def verloop(g: Gegevens, regio: str, cluster: str, soort: str, metriek: str) -> Blok:
    """One metric of all scenarios over the months ahead, for a kind of place, with the interval."""
    df = g.tabel("scenario_resultaat", iza_regio=regio, cluster=cluster, capaciteit_type=soort, metriek=metriek)
    if df.empty:
        return leeg(g)
    df = df.sort_values("maand")
    naam, decimalen = METRIEKEN[metriek]
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
    wat = f"{opmaak.in_zin(opmaak.cluster(cluster))}, {SOORTEN[soort]}"
    andere = " van ongewijzigd beleid; dat van de andere staat in de tabel" if len(namen) > 2 else ""
    return Blok(
        f"scenario-{regio}-{cluster}-{soort}-{metriek}",
        f"Scenario's: {opmaak.in_zin(naam)}, {wat}",
        f"{opmaak.regio(regio)}, tot en met {opmaak.maand(tijd[-1])}. De band is het interval van 90%{andere}.",
        herkomst(g, "scenario_resultaat"),
        lambda b, k: grafiek.lijn(reeksen, schrijf, b, naam, k, banden=banden),
        ["Scenario", f"{naam} in {opmaak.maand_kort(tijd[-1])}", "Interval"],
        rijen,
        {"Scenario": definitie("scenario_resultaat", "midden")},
        df,
        breed=1080,
    )


def bijdrage(g: Gegevens, regio: str, cluster: str, soort: str, scenario: str, maand: date) -> Blok:
    """What each measure of a scenario contributes to need and shortage: one after the other as a waterfall, and alone in the table."""
    df = g.tabel(
        "scenario_bijdrage", iza_regio=regio, cluster=cluster, capaciteit_type=soort, scenario=scenario, maand=maand
    )
    bron = herkomst(g, "scenario_bijdrage")
    per = {(r["metriek"], r["volgorde"]): r for r in df.to_dict("records")}
    nodig = [r for (metriek, _), r in sorted(per.items()) if metriek == "benodigde_capaciteit"]
    if not nodig:
        return Blok.leeg("bijdrage", "Wat elke maatregel bijdraagt", bron, "Van deze regio is dit niet te berekenen.")
    tekort = [per.get(("tekort", r["volgorde"])) for r in nodig]
    heel, over_of_te_kort = schrijver(0), metrieken()["tekort"].schrijf
    treden = [Trede("Zonder maatregelen", Cijfer(nodig[0]["ongewijzigd"], BEKEND))]
    rijen = [
        [
            "Zonder maatregelen",
            heel(nodig[0]["ongewijzigd"]),
            "",
            _of_leeg(tekort[0], "ongewijzigd", over_of_te_kort),
            "",
        ]
    ]
    for r, t in zip(nodig, tekort, strict=True):
        treden.append(
            Trede(r["maatregel"], Cijfer(abs(r["op_volgorde"]), BEKEND), "eraf" if r["op_volgorde"] < 0 else "erbij")
        )
        cellen = [verschil(r["op_volgorde"]), verschil(r["alleen"])]
        cellen += [_of_leeg(t, kolom, verschil) for kolom in ("op_volgorde", "alleen")]
        rijen.append([h(r["maatregel"]), *cellen])
    treden.append(Trede("Alle maatregelen samen", Cijfer(nodig[0]["samen"], BEKEND)))
    rijen.append(
        ["Alle maatregelen samen", heel(nodig[0]["samen"]), "", _of_leeg(tekort[0], "samen", over_of_te_kort), ""]
    )
    titel = nodig[0]["titel"]
    return Blok(
        f"bijdrage-{regio}-{cluster}-{soort}-{scenario}-{maand:%Y-%m}",
        f"Wat elke maatregel bijdraagt: {opmaak.in_zin(titel)}",
        f"{opmaak.regio(regio)}, {opmaak.in_zin(opmaak.cluster(cluster))}, {SOORTEN[soort]}, {opmaak.maand(maand)}: benodigde plaatsen, "
        "de maatregelen na elkaar in de volgorde van het scenario.",
        bron,
        lambda b, k: grafiek.waterval(treden, heel, b, "Benodigde plaatsen", k),
        ["Maatregel (plaatsen)", "Nodig: na elkaar", "Nodig: alleen", "Te kort: na elkaar", "Te kort: alleen"],
        rijen,
        {
            "Na elkaar": definitie("scenario_bijdrage", "op_volgorde"),
            "Alleen": definitie("scenario_bijdrage", "alleen"),
        },
        df,
        breed=1080,
        tabel_open=True,
    )


def schrijver(decimalen: int | None):
    return opmaak.procent if decimalen is None else lambda x: getal(x, decimalen)


def _of_leeg(rij: dict | None, kolom: str, schrijf) -> str:
    """A figure of a row that may not be there: a region whose places are not known has no shortage."""
    return h(schrijf(rij[kolom])) if rij else ""


def _uitkomst(rij: dict | None, maand: date) -> Cijfer:
    bekend = rij is not None and pd.notna(rij["midden"])
    return Cijfer(float(rij["midden"]), BEKEND, False, maand) if bekend else Cijfer(None, LEEG, False, maand)
