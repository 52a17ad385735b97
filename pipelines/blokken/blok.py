"""A figure on the page: title, drawing in two widths, table, definition, source line and downloads, all in one way.

Belongs here: HTML around a drawing, figures in words with their state, and the legend. Does not belong here: drawing itself
(``grafiek``) and choosing what is shown (``paginas/``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from pipelines.blokken import opmaak
from pipelines.blokken.cijfer import AANLOOP, AFGESCHERMD, BEKEND, LEEG, NOG_NIET, ONBEKEND, TEKENS, Cijfer, uitleg
from pipelines.blokken.opmaak import h
from pipelines.blokken.samenvatting import Kern
from pipelines.blokken.uitvoer import Herkomst

MIDDELEN = Path(__file__).parent / "middelen"
SMAL, BREED = 360, 760


def cijfer(c: Cijfer, schrijf: Callable[[float], str]) -> str:
    """A figure as HTML; a screen reader is told its state in words."""
    if c.bekend:
        uit = h(schrijf(c.waarde))
        return f'<span class="c-voorlopig">{uit}<span class="teken"> voorlopig</span></span>' if c.voorlopig else uit
    zichtbaar = "" if c.toestand == AFGESCHERMD else TEKENS[c.toestand]
    woorden = h(uitleg(c))
    return f'<span class="c-{c.toestand}" title="{woorden}"><span aria-hidden="true">{zichtbaar}</span><span class="teken">{woorden}</span></span>'


def tabel(kop: Sequence[str], rijen: Sequence[Sequence[str]], links: int = 1, klasse: str = "") -> str:
    """A table of HTML cells; the first ``links`` columns are text, the others figures. With more than one column of text each row is a
    card where there is no room for them all."""
    koppen = "".join(f'<th scope="col"{"" if i < links else " class=g"}>{h(k)}</th>' for i, k in enumerate(kop))
    regels = []
    for rij in rijen:
        cellen = [f'<th scope="row">{rij[0]}</th>'] + [
            f'<td data-kop="{h(kop[i])}"{"" if i < links else " class=g"}>{c}</td>' for i, c in enumerate(rij[1:], 1)
        ]
        regels.append(f"<tr>{''.join(cellen)}</tr>")
    return f'<div class="rol" tabindex="0" role="region" aria-label="Tabel"><table class="{klasse}{" stapel" if links > 1 else ""}"><thead><tr>{koppen}</tr></thead><tbody>{"".join(regels)}</tbody></table></div>'


def legenda() -> str:
    """How zero, unknown, withheld and provisional look; the same everywhere."""
    s = lambda x: opmaak.getal(x)  # noqa: E731
    voorbeelden = [
        (cijfer(Cijfer(0.0, BEKEND), s), "echt nul"),
        (cijfer(Cijfer(12.0, BEKEND, True), s), "voorlopig: kan nog veranderen (in grafieken gestippeld of gestreept)"),
        (cijfer(Cijfer(None, ONBEKEND), s), "onbekend: niet geleverd (gearceerd)"),
        (cijfer(Cijfer(None, AFGESCHERMD), s), "afgeschermd: te klein of niet openbaar"),
        (
            cijfer(Cijfer(None, NOG_NIET), s),
            "nog niet te bepalen: episodes van deze maand kunnen nog blijken te zijn geëindigd",
        ),
        (cijfer(Cijfer(None, AANLOOP), s), "begin van de reeks: wie al in zorg was lijkt in te stromen"),
        (cijfer(Cijfer(None, LEEG), s), "niet van toepassing, of niet te berekenen"),
    ]
    return '<p class="legenda">' + "".join(f"<span>{a}&ensp;{h(b)}</span>" for a, b in voorbeelden) + "</p>"


def punten(kern: Sequence[Kern]) -> str:
    """Sentences of the summary as a list; nothing where there are none."""
    regels = "".join(f"<li><strong>{h(k.kop)}:</strong> {h(k.tekst)}</li>" for k in kern)
    return f"<ul>{regels}</ul>" if regels else ""


@dataclass(frozen=True)
class Blok:
    """All that one figure needs. ``teken`` draws it for a width and a key; ``data`` is what is downloaded."""

    sleutel: str
    titel: str
    onder: str
    herkomst: Herkomst
    teken: Callable[[int, str], str] | None = None
    kop: Sequence[str] = ()
    rijen: Sequence[Sequence[str]] = ()
    definities: dict[str, str] = field(default_factory=dict)
    data: pd.DataFrame | None = None
    links: int = 1
    inhoud: str = ""
    breed: int = BREED
    tabel_open: bool = False

    @classmethod
    def leeg(cls, sleutel: str, titel: str, herkomst: Herkomst, waarom: str) -> "Blok":
        """Where there is nothing to show; ``waarom`` is HTML."""
        return cls(sleutel, titel, "", herkomst, inhoud=f"<p>{waarom}</p>")

    def _woordenboek(self) -> str:
        """The way to the entry of this figure in the dictionary."""
        if not self.herkomst.tabel:
            return '<p><a href="uitleg" target="_self">Waar elk cijfer staat</a></p>'
        return f'<p><a href="uitleg?tabel={h(self.herkomst.tabel)}" target="_self">Elke kolom, en waar zij uit komt</a></p>'

    def als_html(self, met_knoppen: bool = True) -> str:
        """Title, drawing, source line, and beneath it the table and the definitions."""
        uit = [f"<h3>{h(self.titel)}</h3>", f'<p class="onder">{self.onder}</p>' if self.onder else "", self.inhoud]
        if self.teken:
            uit.append(f'<div class="breed">{self.teken(self.breed, self.sleutel + "-b")}</div>')
            if met_knoppen:
                uit.append(f'<div class="smal">{self.teken(SMAL, self.sleutel + "-s")}</div>')
        uit.append(f'<p class="bron">{h(" · ".join(self.herkomst.regels[:3]))}</p>')
        if met_knoppen:
            voet = []
            if self.rijen:
                open_ = " open" if self.tabel_open else ""
                voet.append(
                    f"<details{open_}><summary>Bekijk als tabel</summary>{tabel(self.kop, self.rijen, self.links)}</details>"
                )
            if self.definities or self.data is not None or self.teken:
                regels = "".join(
                    f"<p><strong>{h(n)}</strong>: {h(d or 'nog zonder omschrijving')}</p>"
                    for n, d in self.definities.items()
                )
                voet.append(f"<details><summary>Wat betekent dit?</summary>{regels}{self._woordenboek()}</details>")
            if self.teken:
                bron = "\n".join(self.herkomst.regels)
                voet.append(
                    f'<button class="knop" type="button" data-png="{h(self.sleutel)}.png" data-titel="{h(self.titel)}" data-bron="{h(bron)}">Afbeelding (png)</button>'
                )
            uit.append(f'<div class="voet">{"".join(voet)}</div>')
        return "".join(uit)


def tegel(naam: str, waarde: str, uitleg: str, let_op: bool = False) -> str:
    klasse = "tegel let" if let_op else "tegel"
    return f'<div class="{klasse}"><div class="naam">{h(naam)}</div><div class="groot">{waarde}</div><div class="uitleg">{uitleg}</div></div>'
