"""Needed against available places: per cluster and kind of place a sentence and a waterfall, and all of them in one table.

Belongs here: the block and its words. Does not belong here: the figures, which stand in mart ``capaciteit_balans``.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.botsing import botsingen
from pipelines.blokken.cijfer import BEKEND, LEEG, ONBEKEND, Cijfer, cel
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Trede
from pipelines.blokken.metrieken import definitie, stand, waarom_niets
from pipelines.blokken.opmaak import LANDELIJK, getal, h, procent
from pipelines.blokken.samenvatting import herkomst
from pipelines.publicatie.regels import TOTAAL

MART, OPENBAAR = "capaciteit_balans", "benodigde_capaciteit"
_OPENBAAR = {"benodigd": "Nodig", "beschikbaar": "Operationeel", "tekort_som": "Te kort, regio’s opgeteld"}
SOORTEN = {"bed": "bedden", "ambulante_plek": "ambulante plaatsen"}
_REDENEN = {
    "gesloten_personeel": "personeelstekort",
    "gesloten_verbouwing": "verbouwing",
    "gesloten_financieel": "geld",
    "gesloten_overig": "andere reden",
}
_VAN_DEZE_MAAND = {"beschikbaar", "erkend", "te_kort", "over", "te_kort_tijdig", "over_tijdig", *_REDENEN}
NIET_GEZEGD = (
    "Wie nooit is verwezen of de zoektocht opgaf, zit niet in wat nodig is; een wachtplek is bovendien geen persoon, en wordt omgerekend. "
    "Of een plaats past bij wie haar nodig heeft (personeel, beveiliging, afstand) zegt de telling niet, en over in de ene regio helpt een andere pas als mensen erheen kunnen."
)


def meest_te_kort(g: Gegevens, gebied: str, maand: date) -> str:
    """The cluster to begin with: that which lacks most, of those that have places at all."""

    def waarde(code: str, cluster: str) -> float:
        gevonden = stand(g, code).bij(maand, gebied, cluster).waarde
        return -math.inf if gevonden is None else gevonden

    met = [c for c in opmaak.clusters() if any(waarde(k, c) > 0 for k in ("operationeel", "operationeel_ambulant"))]
    return max(met or opmaak.clusters(), key=lambda c: waarde("tekort", c))


def balans(g: Gegevens, gebied: str, maand: date, met_link: bool = True) -> Blok:
    """All clusters of a region or the country. ``met_link``: whether notes lead to the page on the definition."""
    df = g.tabel(MART, iza_regio=gebied, maand=maand)
    sleutel, titel = f"balans-{gebied}-{maand:%Y-%m}", f"Nodig en beschikbaar in {opmaak.maand(maand)}"
    if df.empty:
        openbaar = g.tabel(f"{OPENBAAR}{TOTAAL}", iza_regio=gebied, maand=maand, cluster=opmaak.clusters())
        if len(openbaar):
            return _openbaar(g, openbaar, sleutel, titel, maand)
        return Blok.leeg(sleutel, titel, herkomst(g, MART), h(waarom_niets(g, MART, gebied, maand)))
    rijen = _op_volgorde(df.to_dict("records"))
    noten = botsingen(g, gebied, maand)
    kaarten, zonder = [], []
    for r in rijen:
        if _heeft_niets(r) and r["cluster"] not in noten:
            zonder.append(naam(r))
            continue
        noot = noten.pop(r["cluster"], None)
        onder = [_gepland(g, gebied, r, maand), noot(met_link) if noot else ""]
        extra = "".join(f'<p class="onder">{tekst}</p>' for tekst in onder if tekst)
        kaarten.append(_kaart(r, f"{sleutel}-{r['cluster']}-{r['capaciteit_type']}", extra))
    cijfers = [cijfer(r, k) for r in rijen for k in ("bezet", "benodigd", "beschikbaar")]
    return Blok(
        sleutel,
        titel,
        f"Plaatsen in {h(opmaak.regio(gebied))}{_regios(rijen)}; in gebruik, geweigerd en uitgesteld zijn het gemiddelde van de {_venster(rijen)} tot en met {opmaak.maand(maand)}.",
        herkomst(g, MART, cijfers, maand),
        definities={naam: definitie(MART, kolom) for naam, kolom in _KOPPEN.items()},
        data=df,
        inhoud=f'<div class="balans">{"".join(kaarten)}</div>{_zonder(zonder)}<div class="heel-lang">{tabel(rijen)}</div><p class="onder"><strong>Wat dit niet zegt.</strong> {NIET_GEZEGD}</p>',
    )


def cijfer(rij: Mapping, kolom: str) -> Cijfer:
    """A figure of the balance; where there is none it says which delivery lacks, or that it cannot be computed."""
    regios = (int(rij["regios_geleverd"]), int(rij["regios"]))
    if opmaak.bekend(rij[kolom]):
        return Cijfer(float(rij[kolom]), BEKEND, regios=regios)
    if kolom in _VAN_DEZE_MAAND:
        return Cijfer(None, ONBEKEND, waarom="onbekend: over deze maand is geen beddenopgave geleverd")
    if not rij["maanden_basis"]:
        return Cijfer(None, ONBEKEND, waarom="onbekend: in dit venster is geen beddenopgave geleverd")
    if kolom == "onvervuld" and not rij["regios_wachtlijst"]:
        return Cijfer(None, ONBEKEND, waarom="onbekend: in dit venster is geen wachtlijst geleverd")
    return Cijfer(None, LEEG, waarom="niet te berekenen: te weinig opnames om te weten hoe lang iemand blijft")


def plaatsen(x: float) -> str:
    """A number of places: whole, with a decimal where it is small and not whole."""
    return getal(x, 1 if x < 10 and x != int(x) else 0)


def naam(rij: Mapping) -> str:
    return f"{opmaak.cluster(rij['cluster'])}, {SOORTEN[rij['capaciteit_type']]}"


def _heeft_niets(rij: Mapping) -> bool:
    c = [cijfer(rij, k) for k in ("bezet", "beschikbaar", "benodigd", "erkend")]
    return all(x.bekend and not x.waarde for x in c)


def _zonder(namen: Sequence[str]) -> str:
    """What has nothing to draw, in one line."""
    if not namen:
        return ""
    tekst = "; ".join(map(opmaak.in_zin, namen))
    return f'<p class="onder">Geen plaatsen, en niemand die er een nodig had: {h(tekst)}.</p>'


def zin(rij: Mapping) -> str:
    """The row in words, from what is in use to what is over or te kort."""
    c = {k: cijfer(rij, k) for k in _ZINDELEN}
    if all(c[k].bekend and not c[k].waarde for k in ("bezet", "beschikbaar", "benodigd")):
        return "Geen plaatsen, en niemand die er een nodig had."
    if not c["bezet"].bekend:
        return f"{c['bezet'].waarom.capitalize()}."
    delen = [
        f"{plaatsen(c['bezet'].waarde)} plaatsen in gebruik"
        + (f" van {plaatsen(c['beschikbaar'].waarde)}" if c["beschikbaar"].bekend else "")
    ]
    delen.append(
        f"{plaatsen(c['onvervuld'].waarde)} nodig voor wie nu wordt geweigerd of in de rij blijft"
        if c["onvervuld"].bekend
        else f"wat nodig is voor wie wordt geweigerd of in de rij blijft is {c['onvervuld'].waarom}"
    )
    tijdig = c["uitgesteld"].bekend and c["uitgesteld"].waarde > 0
    if tijdig:
        vrij = plaatsen(c["uitgesteld"].waarde)
        delen.append(f"{vrij} {'komt' if vrij == '1' else 'komen'} vrij als de uitstroom op tijd is")
    uit = f"{'; '.join(delen)}. Bij de norm van {procent(rij['bezettingsnorm'])} zijn er {plaatsen(c['benodigd'].waarde)} nodig: {oordeel(rij)}."
    return uit + (
        f" Met uitstroom op tijd {plaatsen(c['benodigd_tijdig'].waarde)}: {oordeel(rij, '_tijdig')}." if tijdig else ""
    )


def oordeel(rij: Mapping, uitgang: str = "", met_regios: bool = True) -> str:
    """``12 over``, ``3 te kort`` or both, as many places as regions have over or lack; never a negative number. ``met_regios``: with how
    many regions that are, of the country."""
    kort, over = cijfer(rij, f"te_kort{uitgang}"), cijfer(rij, f"over{uitgang}")
    if not kort.bekend:
        return "over of te kort is onbekend, want over deze maand is geen beddenopgave geleverd"
    delen = [f"{plaatsen(c.waarde)} {woord}" for c, woord in ((kort, "te kort"), (over, "over")) if c.waarde]
    if met_regios and rij["iza_regio"] == LANDELIJK and not uitgang:
        regios = (rij["regios_te_kort"], rij["regios_over"])
        delen = [
            f"{plaatsen(c.waarde)} {woord} in {n} {'regio' if n == 1 else 'regio’s'}"
            for c, woord, n in zip((kort, over), ("te kort", "over"), regios, strict=True)
            if c.waarde
        ]
    return opmaak.opsom(delen) if delen else "precies genoeg"


_ZINDELEN = ("bezet", "onvervuld", "uitgesteld", "benodigd", "benodigd_tijdig", "beschikbaar")
_KOPPEN = {
    "In gebruik": "bezet",
    "Geweigerd of in de rij": "onvervuld",
    "Kan al weg": "uitgesteld",
    "Nodig": "benodigd",
    "Operationeel": "beschikbaar",
    "Nodig bij tijdige uitstroom": "benodigd_tijdig",
    "Erkend": "erkend",
}


def tabel(rijen: list[dict]) -> str:
    """The balance of all clusters, as HTML."""
    kop = [
        "Cluster",
        "In gebruik",
        "+ Geweigerd of in de rij",
        "− Kan al weg",
        "Nodig bij tijdige uitstroom",
        "Nodig",
        "Operationeel",
    ]
    kop += ["Over of te kort", "Over of te kort bij tijdige uitstroom", "Gesloten, en waarom", "Erkend"]
    cellen = []
    for r in rijen:
        toon = lambda k, r=r: blok.cijfer(cijfer(r, k), plaatsen)  # noqa: E731
        kort = cijfer(r, "te_kort")
        oordelen = (
            [h(oordeel(r, u, met_regios=False)) for u in ("", "_tijdig")]
            if kort.bekend
            else [blok.cijfer(kort, plaatsen)] * 2
        )
        cellen.append(
            [
                h(naam(r)),
                *[toon(k) for k in ("bezet", "onvervuld", "uitgesteld", "benodigd_tijdig", "benodigd", "beschikbaar")],
                *oordelen,
                _gesloten(r),
                toon("erkend"),
            ]
        )
    return blok.tabel(kop, cellen, klasse="smalle-kop")


def _gesloten(rij: Mapping) -> str:
    c = {k: cijfer(rij, k) for k in _REDENEN}
    if not c["gesloten_personeel"].bekend:
        return blok.cijfer(c["gesloten_personeel"], plaatsen)
    return (
        h(opmaak.opsom(f"{plaatsen(x.waarde)} {_REDENEN[k]}" for k, x in c.items() if x.waarde))
        if any(x.waarde for x in c.values())
        else "0"
    )


def _kaart(rij: Mapping, sleutel: str, extra: str) -> str:
    leeg = not any(cijfer(rij, k).waarde for k in ("bezet", "onvervuld", "beschikbaar", "erkend"))
    kort, woorden = cijfer(rij, "te_kort"), f"{naam(rij)}: {zin(rij)}"
    merk = (
        f'<span class="merk{" let" if kort.waarde else ""}">{h(oordeel(rij))}</span>'
        if kort.bekend and not leeg
        else ""
    )
    beelden = "".join(
        f'<div class="{klasse}">{grafiek.waterval(_treden(rij), plaatsen, breed, woorden, f"{sleutel}-{klasse}")}</div>'
        for klasse, breed in (("breed", 540), ("smal", 320))
        if not leeg
    )
    return f"<div><h4>{h(naam(rij))} {merk}</h4><p>{h(zin(rij))}</p>{beelden}{extra}</div>"


def _treden(rij: Mapping) -> list[Trede]:
    norm = procent(rij["bezettingsnorm"])
    treden = [
        Trede("In gebruik", cijfer(rij, "bezet")),
        Trede("Geweigerd of in de rij", cijfer(rij, "onvervuld"), "erbij"),
        Trede("Kan al weg", cijfer(rij, "uitgesteld"), "eraf"),
        Trede(f"Nodig bij norm {norm}", cijfer(rij, "benodigd"), "norm"),
        Trede("… en uitstroom op tijd", cijfer(rij, "benodigd_tijdig"), "norm"),
        Trede("Operationeel", cijfer(rij, "beschikbaar")),
    ]
    gesloten = [(f"Gesloten: {reden}", cijfer(rij, k)) for k, reden in _REDENEN.items()]
    treden += [Trede(reden, c, "erbij") for reden, c in gesloten if c.waarde]
    return [*treden, Trede("Erkend", cijfer(rij, "erkend"))]


def _op_volgorde(rijen: list[dict]) -> list[dict]:
    volgorde = {c: i for i, c in enumerate(opmaak.clusters())}
    return sorted(rijen, key=lambda r: (volgorde[r["cluster"]], list(SOORTEN).index(r["capaciteit_type"])))


def _venster(rijen: list[dict]) -> str:
    maanden = max(int(r["maanden_basis"] or 0) for r in rijen)
    return f"{maanden} geleverde maanden" if maanden != 1 else "ene geleverde maand"


def _openbaar(g: Gegevens, df: pd.DataFrame, sleutel: str, titel: str, maand: date) -> Blok:
    """What is public of the country: needed, there, and what regions lack together."""
    kolommen = {k: naam for k, naam in _OPENBAAR.items() if k in df}
    rijen = _op_volgorde(df.to_dict("records"))
    cijfers = [[cel(r, k, maand) for k in kolommen] for r in rijen]
    return Blok(
        sleutel,
        titel,
        "Plaatsen in Nederland. Openbaar is wat nodig is, wat er is en wat regio’s samen te kort komen; hoe dat is opgebouwd zien de tafels.",
        herkomst(g, OPENBAAR, [c for rij in cijfers for c in rij], maand),
        definities={naam: definitie(f"{OPENBAAR}{TOTAAL}", k) for k, naam in kolommen.items()},
        data=df,
        inhoud=blok.tabel(
            ["Cluster", *kolommen.values(), "Regio’s"],
            [
                [
                    h(naam(r)),
                    *[blok.cijfer(c, plaatsen) for c in rij],
                    f"{getal(r['regios_geleverd'])} van {getal(r['regios'])}",
                ]
                for r, rij in zip(rijen, cijfers, strict=True)
            ],
        )
        + f'<p class="onder"><strong>Wat dit niet zegt.</strong> {NIET_GEZEGD}</p>',
    )


def _regios(rijen: list[dict]) -> str:
    over = cijfer(rijen[0], "bezet").van_regios()
    return f" ({over} regio’s leverden over deze maand)" if over else ""


def _gepland(g: Gegevens, gebied: str, rij: Mapping, maand: date) -> str:
    """What care that is planned above the region needs when its regions plan it together."""
    if gebied != LANDELIJK:
        return ""
    df = g.tabel(
        "benodigde_capaciteit_gebied",
        zorggebied=LANDELIJK,
        maand=maand,
        cluster=rij["cluster"],
        capaciteit_type=rij["capaciteit_type"],
    )
    if df.empty or not opmaak.bekend(df["benodigd"].iloc[0]):
        return ""
    r = df.to_dict("records")[0]
    return f"Als geheel gepland, over de grenzen van de regio’s heen: {plaatsen(r['benodigd'])} nodig, {plaatsen(r['samenvoegwinst'])} minder dan de regio’s opgeteld."
