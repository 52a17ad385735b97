"""Years ahead: what was in use, needed and there, what is expected and what was agreed, one line per year.

Belongs here: the block and its words. Does not belong here: the figures, which stand in ``meerjarenbeeld``.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pandas as pd

from pipelines.blokken import blok, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.capaciteit import SOORTEN
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import definitie
from pipelines.blokken.opmaak import LANDELIJK, getal, h
from pipelines.blokken.samenvatting import herkomst

TABEL = "meerjarenbeeld"
VERWACHT = "verwacht"
VOORSPELLING = (
    "Jaren die nog komen zijn een voorspelling uit wat tot nu toe werd geleverd, geen meting en geen plan: zij weet niets van wat nog wordt besloten. "
    "Waar zij het niet beter doet dan vorig jaar herhalen, of de historie te kort is, staat er geen cijfer."
)
_REDEN = {
    "historie_te_kort": "minder dan 18 maanden achter elkaar geleverd",
    "geen_geleverde_maand": "de laatste maand is nog niet door genoeg regio's geleverd",
    "geen_definitieve_maand": "nog geen definitieve maand",
    "geen_belasting": "er was niets in gebruik",
    "geen_aankomsten": "niemand begon",
    "slechter_dan_naief": "vorig jaar herhalen deed het in de toets beter",
    "verder_dan_historie": "verder vooruit dan er historie is",
}


def meerjarenbeeld(g: Gegevens, gebied: str, clusters: Sequence[str]) -> Blok:
    """The years of these clusters, per kind of place."""
    df = g.tabel(TABEL, iza_regio=gebied, cluster=list(clusters))
    welke = (
        opmaak.in_zin(opmaak.cluster(clusters[0]))
        if len(clusters) == 1
        else "waar is afgesproken of het meest ontbreekt"
    )
    sleutel, titel = f"meerjaren-{gebied}-{'-'.join(clusters)}", f"Jaren vooruit en wat is afgesproken, {welke}"
    if df.empty:
        waarom = "Voor deze regio en rol is er geen meerjarenbeeld, of de laatste verwerking heeft er nog geen gemaakt."
        return Blok.leeg(sleutel, titel, herkomst(g, TABEL), waarom)
    volgorde = {c: i for i, c in enumerate(opmaak.clusters())}
    df = df.sort_values(
        ["cluster", "capaciteit_type", "jaar"], key=lambda k: k.map(volgorde) if k.name == "cluster" else k
    )
    delen = [_deel(gebied, paar, deel.to_dict("records")) for paar, deel in _per_soort(df)]
    land = (
        " Afgesproken, en wat daarnaast staat, gaat alleen over regio’s met een afspraak."
        if gebied == LANDELIJK
        else ""
    )
    return Blok(
        sleutel,
        titel,
        f"Plaatsen in {h(opmaak.regio(gebied))}, gemiddeld over de maanden van een jaar.{land} {h(VOORSPELLING)}",
        herkomst(g, TABEL),
        definities={"Meerjarenbeeld": definitie(TABEL)},
        data=df,
        inhoud="".join(delen),
    )


def _per_soort(df: pd.DataFrame) -> list[tuple[tuple[str, str], pd.DataFrame]]:
    paren = df[["cluster", "capaciteit_type"]].drop_duplicates().itertuples(index=False, name=None)
    return [((c, s), df[(df["cluster"] == c) & (df["capaciteit_type"] == s)]) for c, s in paren]


def _deel(gebied: str, paar: tuple[str, str], rijen: Sequence[Mapping]) -> str:
    """One cluster and kind of place: the years, and the months below what was agreed."""
    kop = [
        "Jaar",
        "In gebruik",
        "Verwachte belasting",
        "Nodig",
        "Beschikbaar",
        "Afgesproken",
        "Beschikbaar naast de afspraak",
        "Afgesproken naast nodig",
    ]
    if gebied == LANDELIJK:
        kop.append("Regio’s")
    leeg = [r["jaar"] for r in rijen if not any(opmaak.bekend(r[k]) for k in ("bezet", "benodigd", "afgesproken"))]
    tabel = blok.tabel(kop, [_regel(gebied, r) for r in rijen if r["jaar"] not in leeg])
    onder = [
        f"{r['jaar']}: {_maanden(r['maanden_onder_afspraak'])}"
        for r in rijen
        if opmaak.bekend(r["maanden_onder_afspraak"])
    ]
    noten = []
    if onder:
        noten.append(f"Maanden met minder plaatsen dan afgesproken: {'; '.join(onder)}.")
    if not any(opmaak.bekend(r["afgesproken"]) for r in rijen):
        noten.append("Hier is niets over afgesproken.")
    if leeg:
        noten.append(f"Voor {opmaak.opsom(str(jaar) for jaar in leeg)} is er geen voorspelling en geen afspraak.")
    redenen = dict.fromkeys(_REDEN.get(r["reden"], r["reden"]) for r in rijen if opmaak.bekend(r["reden"]))
    noten.extend(f"Waarom er geen voorspelling is: {reden}." for reden in redenen)
    noot = " ".join(noten)
    titel = f"{opmaak.cluster(paar[0])}, {SOORTEN[paar[1]]}"
    return f"<h4>{h(titel)}</h4>{tabel}" + (f'<p class="onder">{h(noot)}</p>' if noot else "")


def _regel(gebied: str, r: Mapping) -> list[str]:
    vooruit = r["soort"] == VERWACHT
    waarom = "geen voorspelling" if vooruit else "niet geleverd"
    geen_afspraak, nog_niet, voorbij = "niets afgesproken", "nog niet", "gemeten jaar"
    naast = waarom if opmaak.bekend(r["afgesproken"]) else geen_afspraak
    maanden = f"{r['maanden']} {'maand' if r['maanden'] == 1 else 'maanden'}"
    belasting = _toon(r["belasting"] if vooruit else None, waarom if vooruit else voorbij)
    if vooruit and opmaak.bekend(r["belasting"]):
        belasting += f'<div class="ten">{_een(r["belasting_laag"])} tot {_een(r["belasting_hoog"])}</div>'
    return [
        f'{r["jaar"]} <span class="onder">{h("verwachting" if vooruit else maanden)}</span>',
        _toon(r["bezet"], nog_niet if vooruit else waarom),
        belasting,
        _toon(r["benodigd"], waarom),
        _toon(r["beschikbaar"], nog_niet if vooruit else waarom),
        _toon(r["afgesproken"], geen_afspraak),
        _toon(r["verschil_afspraak"], nog_niet if vooruit else naast, lambda x: _zij(x, "boven", "onder")),
        _toon(r["tekort_bij_afspraak"], naast, lambda x: _zij(x, "te kort", "over")),
        *([getal(r["regios"])] if gebied == LANDELIJK else []),
    ]


def _toon(x: object, waarom: str, schrijf: Callable[[float], str] | None = None) -> str:
    """A figure as HTML, or in words why there is none."""
    return h((schrijf or _een)(float(x))) if opmaak.bekend(x) else f'<span class="c-leeg">{h(waarom)}</span>'


def _een(x: float) -> str:
    return getal(x, 0 if x == int(x) else 1)


def _zij(x: float, meer: str, minder: str) -> str:
    return f"{_een(abs(x))} {meer if x > 0 else minder}" if x else "precies genoeg"


def _maanden(tekst: str) -> str:
    """`2026-01, 2026-02` as the names of months."""
    return opmaak.opsom(opmaak.maand_kort(date.fromisoformat(f"{m}-01")).split()[0] for m in tekst.split(", "))
