"""What the quarterly report of a region or the country says, as one HTML page that stands alone.

Belongs here: hotspots, changes, uncertainty and layout. Does not belong here: figures and drawing (``pipelines.blokken``).
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd

from pipelines.blokken import aanbieder, beweging, blok, opmaak, samenvatting
from pipelines.blokken.capaciteit import balans, meest_te_kort
from pipelines.blokken.cijfer import BEKEND, LEEG, Cijfer
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import letters
from pipelines.blokken.kaart import kaartblok, ranglijst
from pipelines.blokken.meerjaren import meerjarenbeeld
from pipelines.blokken.metrieken import heeft_cijfers, maanden, metrieken, stand
from pipelines.blokken.opmaak import ALLE, LANDELIJK, getal, h
from pipelines.blokken.stroom import sankeyblok
from pipelines.blokken.transfer import leider
from pipelines.blokken.uitgesteld import redenenblok
from pipelines.blokken.wachten import wachtlijn
from pipelines.blokken.woonregio import woonregios
from pipelines.fundament.maand import venster

_KERN = (
    "bezetting_bedden",
    "bezetting_ambulant",
    "stand_eind",
    "instroom",
    "uitstroom",
    "wachtplekken",
    "aandeel_boven_treeknorm",
    "gemiddeld_weken",
    "uitgestelde_dagen",
    "tekort",
)
LAATSTE_MAAND = {1: 3, 2: 6, 3: 9, 4: 12}
MEESTE_BRANDPUNTEN = 6
PAPIER = 680  # pixels across an A4 between its margins
LINKS, RECHTS = 290, 380  # of two blocks beside each other


class GeenRapport(Exception):
    """Of this region or quarter nothing can be reported; the message says why."""


@dataclass(frozen=True)
class Kwartaal:
    """A calendar quarter; ``maand`` is its last month."""

    jaar: int
    nummer: int

    @classmethod
    def lees(cls, tekst: str) -> "Kwartaal":
        """From ``2026K3``. Raises ValueError."""
        jaar, k, nummer = tekst.upper().partition("K")
        if not (k and jaar.isdigit() and len(jaar) == 4 and nummer in ("1", "2", "3", "4")):
            raise ValueError(f"{tekst!r} is geen kwartaal; schrijf jjjjKn, zoals 2026K3")
        return cls(int(jaar), int(nummer))

    @classmethod
    def van(cls, maand: date) -> "Kwartaal":
        """The quarter that a month is in."""
        return cls(maand.year, next(nummer for nummer, laatste in LAATSTE_MAAND.items() if maand.month <= laatste))

    @property
    def code(self) -> str:
        return f"{self.jaar}K{self.nummer}"

    @property
    def maanden(self) -> tuple[date, date, date]:
        return tuple(venster(date(self.jaar, LAATSTE_MAAND[self.nummer], 1), 3))

    def __str__(self) -> str:
        return f"{self.nummer}e kwartaal {self.jaar}"


@dataclass(frozen=True)
class Brandpunt:
    """A figure of a cluster that is beyond its norm or ought to be zero, or that worsened more than it usually moves (marts.brandpunt)."""

    code: str
    cluster: str
    cijfer: Cijfer
    verandering: float | None


def brandpunten(g: Gegevens, regio: str, maand: date) -> list[Brandpunt]:
    """Where waiting, occupancy, blocked outflow or capacity is furthest from norm, furthest first; then what worsened more than
    it usually moves."""
    df = g.tabel("brandpunt", maand=maand, iza_regio=regio)
    rijen = df.sort_values("rang").to_dict("records") if len(df) else []
    return [
        Brandpunt(
            r["code"],
            r["cluster"],
            stand(g, r["code"]).bij(maand, regio, r["cluster"]),
            stand(g, r["code"]).verandering(maand, regio, r["cluster"]),
        )
        for r in rijen[:MEESTE_BRANDPUNTEN]
    ]


def rapport(g: Gegevens, regio: str, kwartaal: Kwartaal) -> str:
    """The report as HTML without anything from elsewhere. Raises GeenRapport."""
    maand = laatste_bekende(g, regio, kwartaal)
    delen = [
        _kop(g, regio, kwartaal, maand),
        _essentie(g, regio, maand),
        _brandpunten(g, regio, maand),
        _verandering(g, regio, maand),
        _zekerheid(g, regio, maand),
        _transfer(g, regio, maand),
        '<section class="nieuw"><h2>Bijlage</h2>',
        *_bijlage(g, regio, maand),
        "</section>",
        _verantwoording(g),
    ]
    return als_pagina(f"Kwartaalrapportage cruciale ggz, {opmaak.regio(regio)}, {kwartaal}", delen)


def op_papier(b: blok.Blok, breed: int = PAPIER) -> str:
    """A block as it stands in the annex: not wider than the paper, nothing to click."""
    return f'<div class="ggz-plek bijlage">{replace(b, breed=min(b.breed, breed)).als_html(met_knoppen=False)}</div>'


def naast_elkaar(links: blok.Blok, rechts: blok.Blok) -> str:
    """Two narrow blocks beside each other on one page."""
    return f'<div class="naast">{op_papier(links, LINKS)}{op_papier(rechts, RECHTS)}</div>'


def als_pagina(titel: str, delen: Sequence[str]) -> str:
    """The parts as one HTML page that carries its style and letters."""
    stijl = "".join(
        [_letters(), *((blok.MIDDELEN / f"{m}.css").read_text(encoding="utf-8") for m in ("stijl", "rapport"))]
    )
    return (
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{h(titel)}</title><style>{stijl}</style></head><body><main>{''.join(delen)}</main></body></html>"
    )


def _letters() -> str:
    """The typeface in which texts were measured; the report carries it."""
    inhoud = b64encode(letters.BESTAND.read_bytes()).decode()
    return f"@font-face{{font-family:'Source Sans';font-weight:200 900;src:url(data:font/woff2;base64,{inhoud}) format('woff2')}}"


def laatste_bekende(g: Gegevens, regio: str, kwartaal: Kwartaal) -> date:
    """The last month of the quarter of which something is known."""
    for m in reversed(kwartaal.maanden):
        if m in maanden(g) and heeft_cijfers(g, m, regio):
            return m
    raise GeenRapport(f"over {kwartaal} is van {opmaak.regio(regio)} niets geleverd, of niets dat deze rol mag zien")


def _kop(g: Gegevens, regio: str, kwartaal: Kwartaal, maand: date) -> str:
    gemist = "" if maand == kwartaal.maanden[-1] else f" De laatste maand met cijfers is {opmaak.maand(maand)}."
    return (
        f'<header><p class="boven">Kwartaalrapportage cruciale ggz</p><h1>{h(opmaak.regio(regio))}, {kwartaal}</h1>'
        f"<p>Stand einde {opmaak.maand(maand)}, vergeleken met drie maanden eerder.{gemist} {h(g.bron.omschrijving().capitalize())}.</p></header>"
    )


def _essentie(g: Gegevens, regio: str, maand: date) -> str:
    tegels = []
    for code in ("bezetting_bedden", "gemiddeld_weken", "vrij_te_spelen", "tekort"):
        s = stand(g, code)
        c, d, m = s.bij(maand, regio, ALLE), s.verandering(maand, regio, ALLE), s.metriek
        delen = [f"{m.normnaam} {m.schrijf(m.norm, kort=True)}"] if m.norm is not None else []
        delen += [m.eenheid] + ([f"{m.schrijf_verschil(d)} in drie maanden"] if d is not None else [])
        tegels.append(blok.tegel(m.naam, blok.cijfer(c, m.schrijf), h("; ".join(delen)), m.boven(c)))
    punten = blok.punten(samenvatting.kernpunten(g, regio, maand))
    return f'<section class="ggz-plek"><h2>In het kort, {opmaak.maand(maand)}</h2><div class="tegels">{"".join(tegels)}</div>{punten}</section>'


def _brandpunten(g: Gegevens, regio: str, maand: date) -> str:
    rijen = []
    for b in brandpunten(g, regio, maand):
        m = metrieken()[b.code]
        norm = m.schrijf(m.norm, kort=True) if m.norm is not None else "zo laag als kan"
        koers = beweging.koers(g, b.code, regio, b.cluster, maand)
        d = "onbekend" if b.verandering is None else m.schrijf_verschil(b.verandering)
        rijen.append(
            [h(opmaak.cluster(b.cluster)), h(m.naam), blok.cijfer(b.cijfer, m.schrijf), h(norm), h(d), h(koers)]
        )
    tekst = (
        blok.tabel(["Cluster", "Wat", "Nu", "Norm", "In drie maanden", "Naast de maanden ervoor"], rijen, links=2)
        if rijen
        else "<p>Geen cijfer van een cluster ligt boven zijn norm, en geen verslechterde meer dan het gewoonlijk beweegt.</p>"
    )
    return f'<section class="ggz-plek"><h2>Brandpunten</h2><p class="onder">Waar wachten, bezetting, uitstroom of capaciteit het verst van de norm ligt, het verst bovenaan; daarna wat binnen de norm ligt en slechter is dan gewoonlijk. Gewoonlijk: tussen de grenzen waarbinnen het cijfer in de twaalf maanden ervoor bewoog (regelkaart).</p>{tekst}</section>'


def _verandering(g: Gegevens, regio: str, maand: date) -> str:
    """Per cluster the figures now, with the change since the quarter before."""
    kop = ["Cluster", *[metrieken()[c].naam for c in _KERN]]
    rijen = []
    for cluster in [*opmaak.clusters(), ALLE]:
        cellen = [h(opmaak.cluster(cluster))]
        cellen += [_nu_en_verschil(g, code, regio, cluster, maand) for code in _KERN]
        rijen.append(cellen)
    tijd = f"{opmaak.maand(venster(maand, 3)[0])} tot en met {opmaak.maand(maand)}"
    onder = (
        f"Stand van {opmaak.maand(maand)}, met het verschil met drie maanden eerder (pp: procentpunt). Wat per maand wordt geteld ({opmaak.opsom(opmaak.in_zin(metrieken()[c].naam) for c in _KERN if metrieken()[c].per_kwartaal)}): "
        f"{tijd} samen, met het verschil met de drie maanden daarvoor. Vet: het cijfer ligt buiten zijn gewone beweging."
    )
    return f'<section class="ggz-plek klein"><h2>Wat veranderde</h2><p class="onder">{h(onder)}</p>{blok.tabel(kop, rijen)}{blok.legenda()}</section>'


def _nu_en_verschil(g: Gegevens, code: str, regio: str, cluster: str, maand: date) -> str:
    """A figure of the month, or of the quarter where it counts what happened, with what changed below it."""
    s = stand(g, code)
    m, c, d = s.metriek, s.bij(maand, regio, cluster), s.verandering(maand, regio, cluster)
    buiten = beweging.oordeel(g, code, regio, cluster, maand)
    if m.per_kwartaal:
        k, buiten = beweging.kwartaalcijfers(g, regio, maand).get((code, cluster)), None
        if k is not None:
            c, d = replace(c, waarde=k.waarde, toestand=BEKEND, regios=None), k.verschil
        elif c.bekend:
            leeg = "niet te berekenen: niet van elk van de drie maanden is het bekend"
            c, d = Cijfer(None, LEEG, False, maand, waarom=leeg), None
    nu = blok.cijfer(c, lambda x: m.schrijf(x, kort=True))
    if d is None:
        return nu
    tekst = h(m.schrijf_verschil(d).replace(" procentpunt", " pp"))
    return f'{nu}<div class="ten">{f"<strong>{tekst}</strong>" if buiten else tekst}</div>'


def _zekerheid(g: Gegevens, regio: str, maand: date) -> str:
    punten = "".join(
        f"<li><strong>{h(k.kop)}:</strong> {h(k.tekst)}</li>" for k in samenvatting.zekerheid(g, regio, maand)
    )
    z = g.tabel("zpm_mismatch", maand=maand, **({} if regio == LANDELIJK else {"iza_regio": regio}))
    if len(z):
        codes = ", ".join(sorted(z["code"].unique()))
        punten += f"<li><strong>Definitie:</strong> op {getal(z['agb_vestiging'].nunique())} vestigingen botsen werkdefinitie en registratie ({h(codes)}); zie de pagina Datakwaliteit.</li>"
    return f'<section class="ggz-plek"><h2>Wat is onzeker</h2><ul>{punten}</ul></section>'


def _transfer(g: Gegevens, regio: str, maand: date) -> str:
    """Who leads the transfermechanisme: the providers of a region in order, or of the country those who lead."""
    land = regio == LANDELIJK
    df = g.tabel("transfermechanisme", maand=maand, **({"rang": 1} if land else {"iza_regio": regio}))
    df = df[df["boven_treeknorm"] > 0] if len(df) else df
    if df.empty:
        tekst = "<p>Geen aanbieder heeft wachtplekken boven de Treeknorm, of er is geen wachtlijst geleverd.</p>"
    else:
        eerst = df.sort_values(
            ["boven_treeknorm", "iza_regio"] if land else "rang", ascending=[False, True] if land else True
        )
        rijen = [
            [
                h(opmaak.regio(r.iza_regio)) if land else f"{r.rang}",
                h(aanbieder.met_code(r.aanbieder)),
                *[getal(x) for x in (r.boven_treeknorm, r.overschrijding_weken, r.wachtplekken)],
            ]
            for r in eerst.head(10).itertuples()
        ]
        kop = ["Regio" if land else "Rang", "Aanbieder", "Boven Treeknorm", "Weken te lang, samen", "Wachtplekken"]
        zin = "" if land else f"<p><strong>{h(leider(g, regio, maand))}</strong></p>"
        tekst = f"{zin}{blok.tabel(kop, rijen, links=2)}"
    onder = "De aanbieder met de meeste wachtplekken boven de Treeknorm leidt, over haar vestigingen en de zes clusters samen."
    return f'<section class="ggz-plek"><h2>Wie leidt het transfermechanisme</h2><p class="onder">{onder}</p>{tekst}</section>'


def _bijlage(g: Gegevens, regio: str, maand: date) -> list[str]:
    capaciteit = [balans(g, regio, maand, met_link=False), meerjarenbeeld(g, regio, _besproken(g, regio, maand))]
    if regio == LANDELIJK:
        kaarten = [
            naast_elkaar(kaartblok(g, s, ALLE, maand, ""), ranglijst(g, s, ALLE, maand, ""))
            for s in (stand(g, "bezetting_bedden"), stand(g, "aandeel_boven_treeknorm"))
        ]
        return [*map(op_papier, capaciteit), *kaarten]
    uit = [
        sankeyblok(g, regio, maand, 12),
        redenenblok(g, regio, ALLE, maand),
        *capaciteit,
    ]
    drukste = sorted(opmaak.clusters(), key=lambda c: -(stand(g, "wachtplekken").bij(maand, regio, c).waarde or 0))[:2]
    uit += [wachtlijn(g, regio, c, maand) for c in drukste]
    return [op_papier(b) for b in (*uit, woonregios(g, regio, maand))]


def _besproken(g: Gegevens, regio: str, maand: date) -> list[str]:
    """The clusters whose years ahead are in the report: those with an agreement, else that which lacks most beds."""
    df = g.tabel("meerjarenbeeld", iza_regio=regio)
    afgesproken = set(df.loc[df["afgesproken"].notna() & (df["jaar"] >= maand.year), "cluster"]) if len(df) else set()
    meest = meest_te_kort(g, regio, maand)
    return [c for c in opmaak.clusters() if c in (afgesproken or {meest})]


def _verantwoording(g: Gegevens) -> str:
    regels = "".join(
        f"<p><strong>{h(metrieken()[c].naam)}</strong>: {h(metrieken()[c].definitie())}</p>" for c in _KERN
    )
    return (
        f'<section class="ggz-plek klein"><h2>Definities en bron</h2>{regels}<p class="bron">{h(g.bron.omschrijving().capitalize())}, gemaakt '
        f"{opmaak.datum(pd.Timestamp(g.bron.moment).to_pydatetime())}; rapport van {opmaak.datum(datetime.now())}; voor {h(g.wie.omschrijving())}. "
        "Cijfers van kleine aantallen in de eigen regio zijn niet openbaar.</p></section>"
    )
