"""Care by where people live: how many inhabitants use it, what their ages explain, and where they are treated.

Belongs here: the blocks and their words. Does not belong here: the figures (marts ``behoefte_inwoners`` and
``herkomst_bestemming``), and where the patients of a region come from (``woonregio``).
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import AFGESCHERMD, BEKEND, LEEG, ONBEKEND, Cijfer, cel, uitleg
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Staaf
from pipelines.blokken.metrieken import definitie
from pipelines.blokken.opmaak import getal, h
from pipelines.blokken.samenvatting import herkomst

MART, PAREN, ONBEKENDE = "behoefte_inwoners", "herkomst_bestemming", "onbekend"
NIET_GEZEGD = (
    "Gebruik is geen behoefte: waar weinig aanbod is of lang wordt gewacht, is weinig gebruik, ook als er veel nodig is. "
    "Wat te verwachten is volgt alleen uit leeftijd (CBS, in hele procenten per gemeente), niet uit armoede, stad of ziekte."
)
_HEEL, _EEN, _TWEE = partial(getal, decimalen=0), partial(getal, decimalen=1), partial(getal, decimalen=2)
MATEN: dict[str, tuple[str, str, Callable[[float], str]]] = {
    "patienten_per_100k": ("Inwoners in zorg per 100.000", "inwoners in zorg per 100.000 inwoners", _EEN),
    "verhouding": ("Gebruik naast wat leeftijd verklaart", "keer wat de leeftijden doen verwachten", _TWEE),
    "verblijfsdagen_per_100k": ("Verblijfsdagen per 100.000", "verblijfsdagen per 100.000 inwoners", _EEN),
    "wachtplekken_per_100k": ("Wachtplekken per 100.000", "wachtplekken per 100.000 inwoners", _EEN),
}
_TABEL = {
    "patienten": ("Inwoners in zorg", _HEEL),
    "patienten_per_100k": ("Per 100.000", _EEN),
    "verwacht_patienten": ("Te verwachten naar leeftijd", _EEN),
    "verhouding": ("Verhouding", _TWEE),
    "patienten_elders": ("Ook of alleen elders behandeld", _HEEL),
    "afstand_elders_km": ("Hoe ver elders (km)", _HEEL),
    "verblijfsdagen": ("Verblijfsdagen", _HEEL),
    "contacten": ("Contacten", _HEEL),
    "wachtplekken": ("Wachtplekken", _HEEL),
    "unieke_wachtenden": ("Wachtende personen", _HEEL),
}
_VAN_DE_LIJST = {"wachtplekken", "unieke_wachtenden", "wachtplekken_per_100k"}
_PAAR = {
    "patienten": "Patiënten",
    "verblijfsdagen": "Verblijfsdagen",
    "contacten": "Contacten",
    "afstand_km": "Afstand (km)",
}


def cijfer(rij: Mapping | None, kolom: str) -> Cijfer:
    """A figure of the inhabitants of a region; where there is none it says why. Every region has a row; one that is not there is not
    for this reader."""
    if rij is None:
        return Cijfer(None, AFGESCHERMD, waarom="afgeschermd: niet openbaar")
    if kolom not in rij:
        return Cijfer(None, AFGESCHERMD, waarom="afgeschermd: niet openbaar")
    c, lijst = cel(rij, kolom), kolom in _VAN_DE_LIJST
    if c.bekend:
        regios = None if lijst or kolom == "inwoners" else (int(rij["regios_geleverd"]), len(opmaak.regios()))
        return Cijfer(c.waarde, BEKEND, c.voorlopig and not lijst, regios=regios)
    if c.toestand == AFGESCHERMD:
        return c
    return Cijfer(None, *_waarom(rij, kolom, lijst))


def _waarom(rij: Mapping, kolom: str, lijst: bool) -> tuple:
    def zonder(toestand: str, waarom: str) -> tuple:
        return toestand, False, None, None, None, waarom

    if rij["woonregio"] == ONBEKENDE and kolom not in (
        "wachtplekken",
        "unieke_wachtenden",
        "patienten",
        "verblijfsdagen",
        "contacten",
    ):
        return zonder(LEEG, "niet van toepassing: van deze mensen is de woonregio onbekend")
    if lijst:
        return zonder(ONBEKEND, "onbekend: geen enkele regio leverde over deze maand een wachtlijst")
    if not rij["regios_geleverd"]:
        return zonder(ONBEKEND, "onbekend: geen enkele regio leverde over deze maand declaraties")
    if kolom == "afstand_elders_km":
        return zonder(
            LEEG, "niet te berekenen: niemand werd elders behandeld, of van niemand is de woongemeente bekend"
        )
    return zonder(LEEG, "niet te berekenen: in het hele land kreeg niemand deze zorg")


def inwoners(g: Gegevens, regio: str, maand: date) -> Blok:
    """The six clusters for the inhabitants of a region: a sentence each, and a table."""
    sleutel, titel = (
        f"inwoners-{regio}-{maand:%Y-%m}",
        f"Zorg aan inwoners van {opmaak.regio(regio)} in {opmaak.maand(maand)}",
    )
    df = g.tabel(MART, woonregio=[regio, ONBEKENDE], maand=maand)
    if df.empty:
        return Blok.leeg(sleutel, titel, herkomst(g, MART), h(_niets(g, maand)))
    per = {(r["woonregio"], r["cluster"]): r for r in df.to_dict("records")}
    eigen = {c: per.get((regio, c)) for c in opmaak.clusters()}
    rijen, cijfers = [], []
    for c, rij in eigen.items():
        van = {k: cijfer(rij, k) for k in _TABEL}
        cijfers += [x for k, x in van.items() if k not in _VAN_DE_LIJST]
        nergens = cijfer(per.get((ONBEKENDE, c)), "patienten")
        cellen = [blok.cijfer(van[k], schrijf) for k, (_, schrijf) in _TABEL.items()]
        rijen.append([h(opmaak.cluster(c)), *cellen, blok.cijfer(nergens, _HEEL)])
    zinnen = "".join(f"<li>{h(zin(c, rij))}</li>" for c, rij in eigen.items())
    aantal = cijfer(next(iter(eigen.values())), "inwoners")
    kop = ["Cluster", *[naam for naam, _ in _TABEL.values()], "Woonregio onbekend, hele land"]
    return Blok(
        sleutel,
        titel,
        f"Waar zij ook werden behandeld. {f'De regio telt {getal(aantal.waarde)} inwoners (CBS).' if aantal.bekend else ''} Personen kunnen in meer clusters zorg krijgen: de rijen tellen niet op.",
        herkomst(g, MART, cijfers, maand),
        definities={
            _TABEL[k][0]: definitie(MART, k)
            for k in ("patienten", "verwacht_patienten", "verhouding", "patienten_elders", "afstand_elders_km")
        },
        data=df,
        inhoud=f'<ul>{zinnen}</ul><div class="heel-lang">{blok.tabel(kop, rijen, klasse="smalle-kop")}</div><p class="onder"><strong>Wat dit niet zegt.</strong> {NIET_GEZEGD}</p>',
    )


def _niets(g: Gegevens, maand: date) -> str:
    if g.heeft(MART):
        return f"Over {opmaak.maand(maand)} is er niets over inwoners."
    return "Zorg aan inwoners telt over alle regio's van behandeling. Uw rol ziet daarvan de openbare versie, en daar staat het nog niet in."


def zin(cluster: str, rij: Mapping | None) -> str:
    """A cluster in words, as far as it may be seen."""
    c = {
        k: cijfer(rij, k)
        for k in (
            "patienten",
            "patienten_per_100k",
            "verwacht_patienten",
            "verhouding",
            "patienten_elders",
            "afstand_elders_km",
        )
    }
    naam = opmaak.cluster(cluster)
    if not c["patienten"].bekend:
        return f"{naam}: hoeveel inwoners zorg kregen is {uitleg(c['patienten'])}."
    if not c["patienten"].waarde:
        return f"{naam}: geen inwoners in zorg."
    uit = f"{naam}: {getal(c['patienten'].waarde)} inwoners in zorg"
    if c["patienten_per_100k"].bekend:
        uit += f", {_EEN(c['patienten_per_100k'].waarde)} per 100.000"
    if c["verhouding"].bekend and c["verwacht_patienten"].bekend:
        uit += f"; naar leeftijd waren er {_EEN(c['verwacht_patienten'].waarde)} te verwachten, dus {_TWEE(c['verhouding'].waarde)} keer zo veel als verwacht"
    if c["patienten_elders"].bekend:
        elders = c["patienten_elders"].waarde
        uit += f"; {getal(elders) if elders else 'niemand'} van hen (ook) in een andere regio"
        ver = c["afstand_elders_km"]
        uit += f", gemiddeld {_HEEL(ver.waarde)} km van huis" if elders and ver.bekend else ""
    return f"{uit}."


def kaart(g: Gegevens, cluster: str, maat: str, maand: date, gekozen: str | None = None) -> Blok:
    """A figure of the inhabitants of every region, on the map."""
    naam, eenheid, schrijf = MATEN[maat]
    titel = f"{naam}, {opmaak.in_zin(opmaak.cluster(cluster))}, {opmaak.maand(maand)}"
    sleutel = f"inwonerskaart-{maat}-{cluster}-{maand:%Y-%m}"
    df = g.tabel(MART, cluster=cluster, maand=maand)
    if df.empty:
        return Blok.leeg(sleutel, titel, herkomst(g, MART), h(_niets(g, maand)))
    rijen = {r["woonregio"]: r for r in df.to_dict("records")}
    per = {r: cijfer(rijen.get(r), maat) for r in opmaak.regios()}
    return Blok(
        sleutel,
        titel,
        f"{eenheid.capitalize()}, naar waar mensen wonen. Donkerder is hoger{f'; {h(opmaak.regio(gekozen))} is omlijnd' if gekozen else ''}.",
        herkomst(g, MART, list(per.values()), maand),
        lambda b, k: grafiek.kaart(per, schrijf, titel, k, gekozen, kiesbaar=False),
        ["Regio", naam],
        [[h(opmaak.regio(r)), blok.cijfer(c, schrijf)] for r, c in per.items()],
        {naam: definitie(MART, maat)},
        df,
        breed=400,
    )


def ranglijst(g: Gegevens, cluster: str, maat: str, maand: date, gekozen: str | None = None) -> Blok:
    """The regions from high to low, for their inhabitants."""
    naam, eenheid, schrijf = MATEN[maat]
    titel = f"Van hoog naar laag: {opmaak.in_zin(naam)}"
    rijen = {r["woonregio"]: r for r in g.tabel(MART, cluster=cluster, maand=maand).to_dict("records")}
    per = {r: cijfer(rijen.get(r), maat) for r in opmaak.regios()}
    volgorde = sorted(per, key=lambda r: (not per[r].bekend, -(per[r].waarde or 0)))
    staven = [Staaf(opmaak.regio(r), per[r], r == gekozen) for r in volgorde]
    norm = ("zoals verwacht", 1.0) if maat == "verhouding" else None
    return Blok(
        f"inwonersrang-{maat}-{cluster}-{maand:%Y-%m}",
        titel,
        f"{eenheid.capitalize()}, naar waar mensen wonen.",
        herkomst(g, MART, list(per.values()), maand),
        lambda b, k: grafiek.staven(staven, schrijf, b, titel, k, norm, hoogte=20),
        ["Regio", naam],
        [[h(opmaak.regio(r)), blok.cijfer(per[r], schrijf)] for r in volgorde],
        breed=540,
    )


def behandeld(g: Gegevens, regio: str, cluster: str, maand: date) -> Blok:
    """In which regions the inhabitants were treated in a month, and how far from home that is."""
    titel = f"Waar werden zij behandeld? {opmaak.cluster(cluster)}, {opmaak.maand(maand)}"
    sleutel = f"behandeld-{regio}-{cluster}-{maand:%Y-%m}"
    df = g.tabel(PAREN, woonregio=regio, cluster=cluster, maand=maand)
    # in a public table every row says what is withheld; without it this reader has the rows of the own region alone
    alleen_eigen = not g.wie.ziet_alles and "onderdrukte_kolommen" not in df
    if df.empty:
        waarom = (
            "Zorg in andere regio's ziet uw rol alleen in de openbare versie, en daar staat zij nog niet in."
            if alleen_eigen
            else "Geen zorg bekend in deze maand."
        )
        return Blok.leeg(sleutel, titel, herkomst(g, PAREN), waarom)
    rijen = sorted(
        df.to_dict("records"), key=lambda r: (r["iza_regio"] != regio, -(cel_van(r, "patienten").waarde or 0))
    )
    staven = [Staaf(opmaak.regio(r["iza_regio"]), cel_van(r, "patienten"), r["iza_regio"] == regio) for r in rijen]
    voorbehoud = (
        " Behandeling in andere regio’s ziet uw rol alleen in de openbare versie, en daar staat zij nog niet in."
        if alleen_eigen
        else ""
    )
    return Blok(
        sleutel,
        titel,
        f"Patiënten per regio van behandeling; wie in twee regio’s zorg kreeg, telt in beide. Afstand is hemelsbreed, van het punt van de woongemeente naar het midden van de regio.{voorbehoud}",
        herkomst(g, PAREN, [s.cijfer for s in staven], maand),
        lambda b, k: grafiek.staven(staven, getal, min(b, 620), titel, k),
        ["Regio van behandeling", *_PAAR.values()],
        [[h(opmaak.regio(r["iza_regio"])), *[blok.cijfer(cel_van(r, k), _HEEL) for k in _PAAR]] for r in rijen],
        {"Afstand": definitie(PAREN, "afstand_km")},
        df,
        breed=620,
    )


def cel_van(rij: Mapping, kolom: str) -> Cijfer:
    """A figure of a pair of regions: a row stands only where there was care."""
    if kolom not in rij:
        return Cijfer(None, AFGESCHERMD, waarom="afgeschermd: niet openbaar")
    c = cel({**rij, "geleverd": True}, kolom)
    if c.toestand == LEEG and kolom == "afstand_km":
        return Cijfer(
            None, LEEG, waarom="niet te berekenen: van geen patiënt heeft de woongemeente een punt op de kaart"
        )
    return c


def te_kiezen(g: Gegevens, regio: str, maand: date) -> str:
    """The cluster with most inhabitants in care, to begin with."""
    df = g.tabel(MART, woonregio=regio, maand=maand)
    if df.empty or "patienten" not in df:
        return opmaak.clusters()[0]
    per = pd.to_numeric(df.set_index("cluster")["patienten"]).astype("Float64").astype(float).fillna(-1)
    return max(opmaak.clusters(), key=lambda c: per.get(c, -1))
