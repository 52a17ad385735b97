"""A region beside chosen others, the country and the spread of all regions; and the same figure of many regions over time.

Belongs here: the blocks and their words. Does not belong here: what is comparable and how far chance goes (``vergelijking``).
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import Cijfer, uitleg
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Punt, Strook
from pipelines.blokken.metrieken import Stand, metrieken
from pipelines.blokken.opmaak import ALLE, LANDELIJK, h
from pipelines.blokken.samenvatting import herkomst
from pipelines.blokken.vergelijking import Spreiding, reeksen, vergelijk

KERN = (
    "bezetting_bedden",
    "bezetting_ambulant",
    "operationeel",
    "operationeel_ambulant",
    "wachtplekken",
    "gemiddeld_weken",
    "aandeel_boven_treeknorm",
    "aandeel_uitgesteld",
    "instroom",
)
"""What the first page of a region shows beside others."""
_OORDEEL = {1: "hoger dan toeval verklaart", -1: "lager dan toeval verklaart", 0: "binnen toeval"}


def naast_anderen(
    g: Gegevens, regio: str, buren: Sequence[str], cluster: str, maand: date, codes: Sequence[str] = ()
) -> Blok:
    """Every metric of which something may be shown, or those of ``codes``: a strip each."""
    per = vergelijk(g, tuple(codes or metrieken()), cluster, maand)
    te_zien = {c: s for c, s in per.items() if any(v.cijfer.bekend for v in s.per.values())}
    titel = f"{opmaak.regio(regio)} naast andere regio's, {opmaak.in_zin(opmaak.cluster(cluster))}"
    sleutel = f"naast-{regio}-{cluster}-{maand:%Y-%m}-{len(codes)}"
    kolommen = [regio, *buren, LANDELIJK]
    cijfers = [s.per[r].cijfer for s in per.values() for r in kolommen]
    if not te_zien:
        waarom = sorted({uitleg(c) for c in cijfers if not c.bekend}) or ["er is niets geleverd"]
        return Blok.leeg(sleutel, titel, herkomst(g, "alles"), f"Niets te tonen: {h(opmaak.opsom(waarom))}.")
    namen = [opmaak.regio(r) for r in buren]
    return Blok(
        sleutel,
        titel,
        f"{opmaak.maand(maand).capitalize()}. Elke stip is een regio, elke strook heeft een eigen schaal vanaf nul; aantallen per 100.000 inwoners. De streep door {h(opmaak.regio(regio))}: waar het cijfer bij toeval net zo goed had kunnen liggen (95%).{_samen(g, regio)}",
        herkomst(g, "alles", [c for c in cijfers if c.bekend], maand),
        lambda b, k: grafiek.stroken(
            [_strook(s, regio, buren) for s in te_zien.values()], opmaak.regio(regio), namen, b, titel
        ),
        [
            "Cijfer",
            opmaak.regio(regio),
            "Naast Nederland",
            *namen,
            "Nederland",
            "Laagste tot hoogste",
            "Middelste helft",
            "Regio's te zien",
        ],
        [_rij(s, regio, buren) for s in per.values()],
        {s.metriek.naam: s.metriek.definitie() for s in per.values()},
        pd.DataFrame([_regel(s, r, cluster, maand) for s in per.values() for r in (*opmaak.regios(), LANDELIJK)]),
        inhoud=_verborgen(per, regio),
        breed=1080,
    )


def _samen(g: Gegevens, regio: str) -> str:
    if g.wie.ziet_alles:
        return ""
    eigen = "" if g.wie.iza_regio == regio else f" Ook {h(opmaak.regio(regio))} staat er zo in."
    return f" Van andere regio's staat hier de openbare versie.{eigen}"


def _verborgen(per: dict[str, Spreiding], regio: str) -> str:
    """Of each figure of which regions are not seen: how many, and why, in words of their own cells."""
    regels = []
    for s in per.values():
        redenen: dict[str, list[str]] = {}
        for r in (*opmaak.regios(), LANDELIJK):
            if not s.per[r].cijfer.bekend:
                redenen.setdefault(uitleg(s.per[r].cijfer), []).append(opmaak.regio(r))
        delen = [f"{_wie(namen)} {h(reden)}" for reden, namen in sorted(redenen.items(), key=lambda p: -len(p[1]))]
        if delen:
            regels.append(f"<li><strong>{h(s.metriek.naam)}</strong>: {'; '.join(delen)}.</li>")
    if not regels:
        return ""
    return f"<details><summary>Wat niet te zien is, en waarom</summary><ul>{''.join(regels)}</ul></details>"


def _wie(namen: Sequence[str]) -> str:
    return f"{h(opmaak.opsom(namen))}:" if len(namen) <= 3 else f"{len(namen)} regio's:"


def _punt(s: Spreiding, r: str) -> Punt | None:
    c = s.per[r].cijfer
    if not c.bekend:
        return None
    voorlopig = " (voorlopig)" if c.voorlopig else ""
    return Punt(opmaak.regio(r), c.waarde, f"{s.schrijf(c.waarde)}{voorlopig}")


def _strook(s: Spreiding, regio: str, buren: Sequence[str]) -> Strook:
    eigen, v, m = _punt(s, regio), s.per[regio], s.metriek
    anderen = [p for r in opmaak.regios() if r not in (regio, *buren) and (p := _punt(s, r))]
    land = _punt(s, LANDELIJK)
    achter = [eigen.tekst if eigen else uitleg(v.cijfer).split(":")[0]]
    achter += [f"Nederland {land.tekst}"] if land else []
    achter += [] if s.heeft_spreiding else [f"{s.regios} van {len(opmaak.regios())} regio's te zien"]
    return Strook(
        f"{m.naam}{' per 100.000' if s.per_inwoners else ''}",
        ", ".join(achter),
        eigen,
        (v.laag, v.hoog) if v.laag is not None and v.hoog is not None else None,
        [_punt(s, r) for r in buren],
        land,
        anderen,
        (s.kwart, s.driekwart) if s.heeft_spreiding else None,
        Punt(m.normnaam, m.norm, m.schrijf(m.norm)) if m.norm is not None and not s.per_inwoners else None,
    )


def _rij(s: Spreiding, regio: str, buren: Sequence[str]) -> list[str]:
    cel = lambda r: blok.cijfer(s.per[r].cijfer, s.schrijf)  # noqa: E731
    oordeel = s.per[regio].oordeel
    tussen = lambda a, b: f"{s.schrijf(a)} tot {s.schrijf(b)}" if s.heeft_spreiding else "te weinig regio's"  # noqa: E731
    return [
        h(f"{s.metriek.naam} ({s.eenheid})"),
        cel(regio),
        h(_OORDEEL[oordeel]) if oordeel is not None else "–",
        *map(cel, buren),
        cel(LANDELIJK),
        h(tussen(s.laagste, s.hoogste)),
        h(tussen(s.kwart, s.driekwart)),
        f"{s.regios} van {len(opmaak.regios())}",
    ]


def _regel(s: Spreiding, r: str, cluster: str, maand: date) -> dict[str, object]:
    v = s.per[r]
    return {
        "Maand": pd.Timestamp(maand),
        "Regio": opmaak.regio(r),
        "Cluster": opmaak.cluster(cluster),
        "Cijfer": s.metriek.naam,
        "Waarde": v.cijfer.waarde,
        "Eenheid": s.eenheid,
        "Bij toeval van": v.laag,
        "Bij toeval tot": v.hoog,
        "Naast Nederland": _OORDEEL.get(v.oordeel),
        "Toestand": uitleg(v.cijfer),
        "Voorlopig": v.cijfer.voorlopig,
    }


def veelvoud(g: Gegevens, s: Stand, cluster: str, maand: date, regios: Sequence[str], breed: int = 150) -> Blok:
    """A small line per region, all on one scale from zero, counts per 100,000 inhabitants."""
    alle = reeksen(g, s.metriek.code, cluster, maand)
    sp = vergelijk(g, (s.metriek.code,), cluster, maand).get(s.metriek.code)
    schrijf, eenheid = (sp.schrijf, sp.eenheid) if sp else (s.schrijf, s.metriek.eenheid)
    van = {r: alle[r] for r in regios}
    hoogste = max((c.waarde for punten in van.values() for c in punten if c.bekend), default=None)
    tijd = sorted({c.maand for punten in van.values() for c in punten})
    delen, rijen = [], []
    for r, punten in van.items():
        per_maand = {c.maand: c for c in punten}
        nu = per_maand.get(maand) or s.bij(maand, r, cluster)
        tekening = grafiek.vonk(punten, breed, 44, hoogste=hoogste)
        delen.append(
            f'<div><div class="naam" title="{h(opmaak.regio(r))}">{h(opmaak.regio(r))}</div><div class="w">{blok.cijfer(nu, schrijf)}</div>{tekening}</div>'
        )
        rijen.append(
            [
                h(opmaak.regio(r)),
                *[blok.cijfer(per_maand.get(t) or s.bij(t, r, cluster), schrijf) for t in tijd[-6:]],
            ]
        )
    m = s.metriek
    return Blok(
        f"veelvoud-{m.code}-{cluster}-{maand:%Y-%m}-{len(regios)}",
        f"{m.naam}, {opmaak.in_zin(opmaak.cluster(cluster))}, {opmaak.maand(maand)}",
        f"{_periode(tijd, maand)}: {eenheid}. Alle regio's op één schaal, van nul tot {schrijf(hoogste)}; het cijfer is dat van de gekozen maand. Een maand zonder cijfer is een gat in de lijn.",
        herkomst(g, m.mart, [c for punten in van.values() for c in punten[-1:]], maand),
        None,
        ["Regio", *[opmaak.maand_kort(t) for t in tijd[-6:]]],
        rijen,
        {m.naam: m.definitie()},
        pd.DataFrame([_maandregel(c, r, cluster, m.naam, eenheid) for r, punten in van.items() for c in punten]),
        inhoud=f'<div class="veelvoud">{"".join(delen)}</div>',
    )


def _maandregel(c: Cijfer, r: str, cluster: str, cijfer: str, eenheid: str) -> dict[str, object]:
    return {
        "Maand": pd.Timestamp(c.maand),
        "Regio": opmaak.regio(r),
        "Cluster": opmaak.cluster(cluster),
        "Cijfer": cijfer,
        "Waarde": c.waarde,
        "Eenheid": eenheid,
        "Toestand": uitleg(c),
        "Voorlopig": c.voorlopig,
    }


def _periode(tijd: Sequence[date], maand: date) -> str:
    """The months that the lines cover, which are fewer than two years where the figures are younger."""
    return f"{opmaak.maand(tijd[0]) if tijd else opmaak.maand(maand)} tot en met {opmaak.maand(maand)}".capitalize()


def standaardburen(regio: str) -> list[str]:
    """The regions to begin with: those that share a border, three at most."""
    return list(grafiek.buren(regio))[:3]


def te_kiezen(cluster: str) -> list[str]:
    """The metrics that have a figure for a cluster, or for the six together."""
    return [c for c, m in metrieken().items() if m.heeft_totaal or cluster != ALLE]
