"""Data Docs: what the suites ask and found, as a site in Dutch that opens from disk without a network.

Belongs here: pages made from the contracts and from the kept results. Does not belong here: results themselves (``resultaat``). No
page holds a value of a row: the results only count.
"""

import html
import shutil
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import duckdb
from markdown_it import MarkdownIt

from pipelines import contract
from pipelines.contract import Contract, Regel, uitleg
from pipelines.fundament import schrijven, seeds, sql
from pipelines.fundament.nederlands import getal, procent
from pipelines.settings import Instellingen

SITE = Path(__file__).parent / "site"
SOORTEN = {
    "expect_column_values_to_not_be_null": "gevuld",
    "expect_column_values_to_be_null": "leeg",
    "expect_column_values_to_be_in_set": "in een lijst",
    "expect_column_values_to_be_between": "binnen grenzen",
    "expect_column_values_to_match_regex": "vorm van de tekst",
    "expect_column_value_lengths_to_be_between": "lengte van de tekst",
    "expect_column_pair_values_a_to_be_greater_than_b": "twee kolommen op volgorde",
    "unexpected_rows_expectation": "SQL",
}
_PER_REGEL = """
SELECT expectation, count(*), count(*) FILTER (NOT geslaagd), sum(aantal)::BIGINT, sum(aantal_onverwacht)::BIGINT,
    sum(aantal_onverwacht) / nullif(sum(aantal), 0)
FROM {resultaten} WHERE run = ? AND suite = ? AND bestand IS NOT NULL GROUP BY expectation"""
_PER_RUN = """
SELECT strftime(any_value(moment), '%Y-%m-%d %H:%M'), run, suite, count(DISTINCT bestand), count(DISTINCT expectation),
    count(DISTINCT CASE WHEN NOT geslaagd THEN expectation END), sum(aantal_onverwacht)::BIGINT
FROM {resultaten} WHERE suite = bron AND bestand IS NOT NULL GROUP BY run, suite ORDER BY any_value(moment) DESC, run, suite"""


def schrijf(instellingen: Instellingen, run: str, bron: str) -> None:
    """Writes the page of what the suite of ``bron`` found in this run, and that of the suite itself."""
    grens = contract.lees(bron)
    _pagina(instellingen, Path("suites") / f"{bron}.html", f"Regels van {grens.naam}", _suite(grens))
    _pagina(
        instellingen,
        Path("uitslagen") / bron / f"{run}.html",
        f"Uitslag van {grens.naam}",
        _uitslag(grens, run, _vraag(instellingen, _PER_REGEL, [run, bron])),
    )


def _suite(grens: Contract) -> str:
    rijen = [
        (_link(r.code), html.escape(r.uitleg), html.escape(r.kolom), SOORTEN[r.type], html.escape(_grens(r)))
        for r in grens.regels
    ]
    return f"""
<p>{html.escape(grens.omschrijving)} Een rij is {html.escape(grens.korrel)}. Een rij die een regel breekt wordt afgekeurd. De inname
keurt af, en Great Expectations {version("great-expectations")} oordeelt er los van over de cellen zoals zij zijn aangeleverd; zijn zij het over
een rij niet eens, dan stopt de run.</p>
{tabel(("code", "regel", "kolom", "verwachting", "grens"), rijen)}"""


def _link(code: str, wortel: str = "../") -> str:
    return f'<a href="{wortel}codes/{code}.html">{code}</a>'


def _codes(instellingen: Instellingen) -> str:
    """Writes a page per code, and gives the list of links to them."""
    lijst = ""
    for code in (rij["code"] for rij in seeds.lees("kwaliteit_code")):
        pagina = uitleg.lees(code)
        _pagina(instellingen, Path("codes") / f"{code}.html", pagina.titel, MarkdownIt().render(pagina.tekst))
        lijst += f"<li>{_link(code, '')} {html.escape(pagina.titel.partition(': ')[2])}</li>"
    return f"<ul>{lijst}</ul>"


def _grens(regel: Regel) -> str:
    """What a rule asks, as a steward wrote it; a condition between brackets."""
    kolommen = ("column", "column_A", "column_B")
    wat = regel.fout_als and f"fout als {regel.fout_als}"
    if wat is None:
        wat = ", ".join(f"{k}: {w}" for k, w in regel.kwargs.items() if k not in kolommen)
    return wat + (f" (als {regel.als})" if regel.als else "")


def _uitslag(grens: Contract, run: str, gevonden: list[tuple]) -> str:
    geteld = {regel: rest for regel, *rest in gevonden}
    rijen = []
    for r in grens.regels:
        leveringen, niet_goed, getoetst, breken, deel = geteld.get(r.naam, (0, 0, 0, 0, None))
        rijen.append(
            (
                '<span class="fout">✗ niet goed</span>' if niet_goed else '<span class="goed">✓ goed</span>',
                _link(r.code, "../../"),
                html.escape(r.uitleg),
                getal(getoetst),
                getal(breken),
                "" if deel is None else procent(deel, 2),
                f"{niet_goed} van {leveringen}",
            )
        )
    koppen = ("uitslag", "code", "regel", "rijen getoetst", "breken de regel", "aandeel", "aanleveringen met fouten")
    return f"""
<p>Alle rijen van de aanleveringen die in run {html.escape(run)} nieuw waren, tegen de <a href="../../suites/{grens.bron}.html">regels van de
bron</a>.</p>
<p><label><input type="checkbox" id="alleen-fout"> toon alleen wat niet goed is</label></p>
{tabel(koppen, rijen)}"""


def schrijf_index(instellingen: Instellingen) -> None:
    """Writes the front page: the suites, and every outcome that has a page, newest first."""
    uitslagen = _vraag(instellingen, _PER_RUN, [])
    rijen = [
        (
            moment,
            f'<a href="uitslagen/{bron}/{run}.html">{html.escape(contract.lees(bron).naam)}</a>',
            leveringen,
            regels,
            f"{niet} niet gehaald",
            getal(geraakt),
        )
        for moment, run, bron, leveringen, regels, niet, geraakt in uitslagen
        if (instellingen.datadocs / "uitslagen" / bron / f"{run}.html").exists()
    ]
    suites = sorted({bron for _, _, bron, *_ in uitslagen})
    lijst = "".join(f'<li><a href="suites/{b}.html">{html.escape(contract.lees(b).naam)}</a></li>' for b in suites)
    schrijf_pagina(
        instellingen,
        "index.html",
        "Data Docs cruciale ggz",
        f"""
<p>Wat de inname en Great Expectations vonden in de aanleveringen: per bron de regels, en per run hoeveel rijen een regel breken. Deze
pagina's tellen alleen; waarden van rijen staan er niet in. Na een run staat hier ook <a href="kerncijfers.html">hoe de cijfers zich
verhouden tot wat er is gepubliceerd</a>.</p>
<h2>Regels per bron</h2><ul>{lijst}</ul>
<h2>Wat elke code betekent</h2>{_codes(instellingen)}
<h2>Uitslagen</h2>
{tabel(("moment (UTC)", "bron", "aanleveringen", "regels", "uitslag", "overtredingen"), rijen)}""",
    )


def schrijf_pagina(instellingen: Instellingen, naam: str, titel: str, inhoud: str) -> None:
    """Writes a page at the root of the site, with its styles."""
    for bestand in ("datadocs.css", "datadocs.js"):
        doel = instellingen.datadocs / "static" / bestand
        doel.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SITE / bestand, doel)
    _pagina(instellingen, Path(naam), titel, inhoud)


def _pagina(instellingen: Instellingen, pad: Path, titel: str, inhoud: str) -> None:
    wortel = "../" * (len(pad.parts) - 1)
    overzicht = f'<nav><a href="{wortel}index.html">Overzicht</a></nav>' if wortel else ""
    schrijven.schrijf(
        instellingen.datadocs / pad,
        f"""<!DOCTYPE html>
<html lang="nl"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>{html.escape(titel)}</title><link rel="stylesheet" href="{wortel}static/datadocs.css">
<script defer src="{wortel}static/datadocs.js"></script></head><body><main>{overzicht}
<h1>{html.escape(titel)}</h1>{inhoud}
</main></body></html>
""",
    )


def _vraag(instellingen: Instellingen, vraag: str, waarden: list) -> list[tuple]:
    bestanden = sql.letterlijk(sql.bestanden(instellingen.resultaten, "inname/*/*.parquet"))
    with duckdb.connect() as con:
        return con.execute(
            vraag.format(resultaten=f"read_parquet({bestanden}, union_by_name = true)"), waarden
        ).fetchall()


def tabel(koppen: Iterable[str], rijen: Iterable[tuple]) -> str:
    """A table of HTML; the cells are HTML already."""
    kop = "".join(f"<th>{k}</th>" for k in koppen)
    lijf = "".join("<tr>" + "".join(f"<td>{cel}</td>" for cel in rij) + "</tr>" for rij in rijen)
    return f"<table><thead><tr>{kop}</tr></thead><tbody>{lijf}</tbody></table>"
