"""What kinds of facilities there are and how full, the HIC-monitor, and per location three sources of the same HIC.

Belongs here: the blocks and their words. Does not belong here: the figures (marts ``voorziening_maand`` and ``hic_maand``, for the
country those on ``_land``, and ``hic_naast_elkaar`` for stewards).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.capaciteit import SOORTEN
from pipelines.blokken.cijfer import BEKEND, LEEG, ONBEKEND, Cijfer, cel, uitleg
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Reeks, Staaf
from pipelines.blokken.metrieken import definitie, maanden, waarom_niets
from pipelines.blokken.opmaak import LANDELIJK, getal, h, procent
from pipelines.blokken.samenvatting import herkomst

VOORZIENING, HIC, NAAST = "voorziening_maand", "hic_maand", "hic_naast_elkaar"
NIET_GEZEGD = (
    "Een plaats is geen behandeling: wat er op een HIC of bij IHT gebeurt, en of het de juiste plek is, staat er niet in. "
    "Per maand gaat het om kleine aantallen: één opname of separatie meer verandert een aandeel sterk."
)
BEDTYPEN = {
    "HIC": "HIC: high & intensive care",
    "IHT": "IHT: intensieve behandeling thuis",
    "CRISISDIENST": "Crisisdienst",
    "ACUTE_DAGBEHANDELING": "Acute dagbehandeling",
    "PAAZ": "PAAZ: afdeling in een ziekenhuis",
    "PUK": "PUK: afdeling in een academisch ziekenhuis",
    "MPU": "MPU: medisch-psychiatrische unit",
    "KLINIEK": "Kliniek",
    "KIB": "KIB: kliniek voor intensieve behandeling",
    "BEVEILIGD": "Beveiligde afdeling",
    "TOPGGZ": "TopGGz",
    "FACT": "FACT: wijkteam",
    "LIZ": "LIZ: langdurige intensieve zorg",
    "BESCHERMD_WONEN": "Beschermd wonen",
}
_HEEL, _EEN = (lambda x: getal(x)), (lambda x: getal(x, 1))  # noqa: E731
_KOLOMMEN: dict[str, tuple[str, Callable[[float], str]]] = {
    "vestigingen": ("Vestigingen", _HEEL),
    "erkend": ("Erkend", _HEEL),
    "operationeel": ("Operationeel", _HEEL),
    "gesloten": ("Gesloten", _HEEL),
    "gesloten_personeel": ("waarvan door personeelstekort", _HEEL),
    "bezettingsgraad": ("Bezetting", procent),
    "opnames": ("Opnames", _HEEL),
    "vrij_te_spelen": ("Kan al weg (plaatsen)", _EEN),
}
_MONITOR: dict[str, tuple[str, str, Callable[[float], str]]] = {
    "eenheden": ("Eenheden of teams", "", _HEEL),
    "gecertificeerd": ("… gecertificeerd (modelgetrouwheid 3,2 of meer)", "", _HEEL),
    "voorlopig_gecertificeerd": ("… voorlopig gecertificeerd (3,0 tot 3,2)", "", _HEEL),
    "niet_gecertificeerd": ("… niet gecertificeerd (onder 3,0)", "", _HEEL),
    "zonder_score": ("… zonder score", "", _HEEL),
    "capaciteit": ("Plaatsen", "", _HEEL),
    "bezettingsgraad": ("Bezetting", "er zijn geen plaatsen", procent),
    "opnames": ("Opnames", "", _HEEL),
    "aandeel_buiten_regio": ("Opnames van buiten de regio", "er waren geen opnames", procent),
    "ontslagen": ("Ontslagen", "", _HEEL),
    "aandeel_heropname_30d": ("Heropnames binnen 30 dagen, van de ontslagen", "er waren geen ontslagen", procent),
    "aandeel_uitgesteld": ("Deel van de bezette dagen dat iemand weg kon", "er waren geen bezette dagen", procent),
    "separaties": ("Separaties", "", _HEEL),
    "separaties_per_1000_dagen": ("Separaties per 1.000 bezette dagen", "er waren geen bezette dagen", _EEN),
    "separatie_uren_per_1000_dagen": ("Separatie-uren per 1.000 bezette dagen", "er waren geen bezette dagen", _EEN),
    "gedwongen_medicatie_per_1000_dagen": (
        "Gedwongen medicatie per 1.000 bezette dagen",
        "er waren geen bezette dagen",
        _EEN,
    ),
}
_BRONNEN = {
    "monitor_capaciteit": ("Capaciteit, monitor", "hic_monitor"),
    "bedden_operationeel": ("Operationeel, bedden", "bedden"),
    "monitor_bezette_dagen": ("Bezette dagen, monitor", "hic_monitor"),
    "bedden_bezette_dagen": ("Bezette dagen, bedden", "bedden"),
    "verblijfsdagen_h": ("Verblijfsdagen H, declaraties", "declaraties"),
}


LAND = {VOORZIENING: "voorziening_land", HIC: "hic_land"}
"""Where the country stands: in the public version too, unlike the regions."""


def _van(mart: str, gebied: str) -> str:
    return LAND[mart] if gebied == LANDELIJK else mart


def _rijen(g: Gegevens, mart: str, gebied: str, maand: date) -> list[dict]:
    return g.tabel(_van(mart, gebied), iza_regio=gebied, maand=maand).to_dict("records")


def _cijfer(rij: Mapping, kolom: str, zonder: str) -> Cijfer:
    """Every row was delivered: what is empty lacks a denominator."""
    c = cel({**rij, "geleverd": True}, kolom)
    regios = (int(rij["regios_geleverd"]), len(opmaak.regios())) if opmaak.bekend(rij.get("regios_geleverd")) else None
    return Cijfer(
        c.waarde, c.toestand, regios=regios, waarom=f"niet te berekenen: {zonder}" if c.toestand == LEEG else ""
    )


def voorzieningen(g: Gegevens, gebied: str, maand: date) -> Blok:
    """Every kind of facility, each law apart: places, how full, and who could leave."""
    sleutel, titel = (
        f"voorzieningen-{gebied}-{maand:%Y-%m}",
        f"Voorzieningen in {opmaak.regio(gebied)}, {opmaak.maand(maand)}",
    )
    volgorde = {b: i for i, b in enumerate(BEDTYPEN)}
    rijen = sorted(
        _rijen(g, VOORZIENING, gebied, maand),
        key=lambda r: (volgorde.get(r["bedtype"], len(volgorde)), r["wet"] != "Zvw", r["wet"], r["beveiligingsniveau"]),
    )
    if not rijen:
        return Blok.leeg(
            sleutel, titel, herkomst(g, VOORZIENING), h(waarom_niets(g, _van(VOORZIENING, gebied), gebied, maand))
        )
    kolommen = {k: v for k, v in _KOLOMMEN.items() if k in rijen[0]}
    uit, staven, alle = [], [], []
    for r in rijen:
        c = {k: _cijfer(r, k, "er waren geen beschikbare dagen") for k in kolommen}
        alle.extend(c.values())
        soort = SOORTEN[r["capaciteit_type"]]
        niveau = f", niveau {r['beveiligingsniveau']}" if r["beveiligingsniveau"] else ""
        naam = f"{BEDTYPEN.get(r['bedtype'], opmaak.woord(r['bedtype']))}{niveau}"
        telt = "telt niet mee" if r["cluster"] == "buiten_afbakening" else opmaak.cluster(r["cluster"])
        uit.append([h(naam), h(r["wet"]), h(soort), h(telt), *[blok.cijfer(c[k], kolommen[k][1]) for k in kolommen]])
        staven.append(
            Staaf(f"{naam.split(':')[0]}, {r['wet']}{'' if soort == 'bedden' else ', ambulant'}", c["operationeel"])
        )
    return Blok(
        sleutel,
        titel,
        "Operationele plaatsen naar bedtype en wet. Bedden en ambulante plaatsen zijn niet vergelijkbaar, en wat onder Wlz, Wfz of Wmo valt telt niet mee in de zes clusters.",
        herkomst(g, VOORZIENING, alle, maand),
        lambda b, k: grafiek.staven(staven, getal, b, titel, k, hoogte=22),
        definities={
            naam: definitie(VOORZIENING, k)
            for k, (naam, _) in kolommen.items()
            if k in ("erkend", "operationeel", "bezettingsgraad", "vrij_te_spelen")
        },
        data=pd.DataFrame(rijen),
        inhoud=f'<div class="heel-lang">{blok.tabel(["Bedtype", "Wet", "Soort", "Cluster", *[n for n, _ in kolommen.values()]], uit, links=4, klasse="smalle-kop")}</div>'
        f'<p class="onder"><strong>Wat dit niet zegt.</strong> {NIET_GEZEGD}</p>',
        breed=760,
    )


def hicmonitor(g: Gegevens, gebied: str, maand: date) -> Blok:
    """The HIC-monitor: HIC units and IHT teams beside each other, of a region and beside them those of the country."""
    sleutel, titel = f"hicmonitor-{gebied}-{maand:%Y-%m}", f"HIC-monitor, {opmaak.regio(gebied)}, {opmaak.maand(maand)}"
    rijen = {(w, r["eenheid_type"]): r for w in dict.fromkeys((gebied, LANDELIJK)) for r in _rijen(g, HIC, w, maand)}
    waarom = "" if any(w == gebied for w, _ in rijen) else waarom_niets(g, _van(HIC, gebied), gebied, maand)
    if not rijen:
        return Blok.leeg(sleutel, titel, herkomst(g, HIC), h(waarom))
    kolommen = sorted(rijen, key=lambda k: (k[0] != gebied, k[1]))
    alle = {
        (w, k): _cijfer(rijen[w], k, zonder)
        for w in kolommen
        for k, (_, zonder, _) in _MONITOR.items()
        if k in rijen[w]
    }
    tabel = [
        [h(naam), *[_monitorcel(alle.get((w, k)), schrijf) for w in kolommen]]
        for k, (naam, _, schrijf) in _MONITOR.items()
        if any((w, k) in alle for w in kolommen)
    ]
    kop = ["Cijfer", *[soort if w == gebied else f"{soort}, {opmaak.regio(w)}" for w, soort in kolommen]]
    return Blok(
        sleutel,
        titel,
        f"{h(waarom)} Wat HIC’s en IHT-teams zelf aan de monitor opgaven; een aandeel van een klein aantal zegt weinig.",
        herkomst(g, HIC, list(alle.values()), maand),
        definities={
            _MONITOR[k][0]: definitie(HIC, k)
            for k in ("bezettingsgraad", "aandeel_buiten_regio", "separaties_per_1000_dagen")
        },
        data=pd.DataFrame(list(rijen.values())),
        inhoud=f'<div class="heel-lang">{blok.tabel(kop, tabel)}</div>',
    )


def _monitorcel(c: Cijfer | None, schrijf: Callable[[float], str]) -> str:
    """A figure that is not made for the country is no gap in it."""
    return blok.cijfer(c or Cijfer(None, LEEG, waarom="niet openbaar, of niet voor het land gemaakt"), schrijf)


def hicverloop(g: Gegevens, gebied: str, maand: date, kolom: str = "bezettingsgraad") -> Blok:
    """A figure of the HIC-monitor over the last two years, of a region and of the country; a month without a report is a gap."""
    naam, zonder, schrijf = _MONITOR[kolom]
    titel, sleutel = f"{naam}, {opmaak.regio(gebied)}, HIC-monitor", f"hicverloop-{kolom}-{gebied}-{maand:%Y-%m}"
    venster = [m for m in maanden(g) if m <= maand][-24:]
    reeksen, rijen = [], []
    for waar in dict.fromkeys((gebied, LANDELIJK)):
        df = g.tabel(_van(HIC, waar), iza_regio=waar)
        for soort in sorted(set(df["eenheid_type"])) if kolom in df else ():
            van = {pd.Timestamp(r["maand"]).date(): r for r in df[df["eenheid_type"] == soort].to_dict("records")}
            punten = [
                replace(_cijfer(van[m], kolom, zonder), maand=m) if m in van else Cijfer(None, ONBEKEND, maand=m)
                for m in venster
            ]
            i = len(reeksen)
            reeksen.append(Reeks(f"{soort}, {opmaak.regio(waar)}", punten, grafiek.KLEUREN[i], grafiek.STREPEN[i]))
            rijen += [
                {"Maand": pd.Timestamp(c.maand), "Regio": opmaak.regio(waar), "Soort": soort, "Cijfer": naam}
                | {"Waarde": c.waarde, "Toestand": uitleg(c)}
                for c in punten
            ]
    if not reeksen:
        return Blok.leeg(sleutel, titel, herkomst(g, HIC), h(waarom_niets(g, _van(HIC, gebied), gebied, maand)))
    return Blok(
        sleutel,
        titel,
        "Per maand; een gat is een maand waarin niemand het opgaf, of waarvan het cijfer is afgeschermd: de tabel zegt welk van de twee.",
        herkomst(g, HIC, [c for r in reeksen for c in r.punten]),
        lambda b, k: grafiek.lijn(reeksen, schrijf, b, titel, k),
        ["Maand", *[r.naam for r in reeksen]],
        [
            [h(opmaak.maand_kort(m)), *[blok.cijfer(r.punten[i], schrijf) for r in reeksen]]
            for i, m in enumerate(venster)
        ][::-1],
        {naam: definitie(HIC, kolom)},
        pd.DataFrame(rijen),
        breed=1080,
    )


def naast_elkaar(g: Gegevens, regio: str, maand: date) -> Blok:
    """Three sources of the same HIC beside each other, per location (ZPM-05 and ZPM-07)."""
    sleutel, titel = f"hicnaast-{regio}-{maand:%Y-%m}", f"Dezelfde HIC in drie bronnen, {opmaak.maand(maand)}"
    df = g.tabel(NAAST, iza_regio=regio, maand=maand)
    if df.empty:
        return Blok.leeg(sleutel, titel, herkomst(g, NAAST), "Geen bron noemt over deze maand een HIC in deze regio.")
    rijen = [
        [h(r["agb_vestiging"]), *[blok.cijfer(_van_bron(r, k, b), getal) for k, (_, b) in _BRONNEN.items()]]
        for r in df.to_dict("records")
    ]
    return Blok(
        sleutel,
        titel,
        "Per vestiging. Capaciteit die niet gelijk is, is ZPM-07; dagen die meer dan een tiende schelen zijn ZPM-05, zodra de declaraties definitief zijn.",
        herkomst(
            g, NAAST, [_van_bron(r, k, b) for r in df.to_dict("records") for k, (_, b) in _BRONNEN.items()], maand
        ),
        data=df,
        inhoud=blok.tabel(["Vestiging (AGB)", *[n for n, _ in _BRONNEN.values()]], rijen),
    )


def _van_bron(rij: Mapping, kolom: str, bron: str) -> Cijfer:
    if opmaak.bekend(rij[kolom]) and not pd.isna(rij[kolom]):
        return Cijfer(float(rij[kolom]), BEKEND, bron == "declaraties" and rij["declaraties_status"] == "voorlopig")
    if rij[f"geleverd_{bron}"]:
        return Cijfer(None, LEEG, waarom="niet genoemd: deze bron is geleverd en noemt de vestiging niet")
    return Cijfer(None, ONBEKEND, waarom="onbekend: deze bron is over deze maand niet geleverd")
