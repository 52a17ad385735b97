"""Data Docs: what Great Expectations found, as a site that opens from disk without a network.

Belongs here: pages made by Great Expectations' own renderers, stripped of all that it would load from elsewhere, and an index.
Does not belong here: results themselves (``resultaat``). No page holds a value of a row: expectations only count.
"""

import html
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipelines import contract
from pipelines.fundament import schrijven
from pipelines.kwaliteit.toets import Toets, suite
from pipelines.settings import Instellingen

SITE = Path(__file__).parent / "site"

_BUITEN = re.compile(
    r"<script\b.*?</script>|<link\b[^>]*>|<img\b[^>]*>|<style\b.*?</style>|<footer\b.*?</footer>|<title></title>",
    re.DOTALL | re.IGNORECASE,
)
_WOORDEN = {
    "Data documentation compiled by Great Expectations": "Data Docs cruciale ggz",
    "Expectation Validation Result": "Uitslag van een suite",
    "Evaluates whether a batch of data matches expectations.": "Alle rijen van de aanleveringen die in deze run nieuw waren, tegen de regels van de bron.",
    "Expectation Suite": "Suite",
    "A collection of Expectations defined for batches of data.": "De regels waarop een rij van deze bron wordt afgekeurd.",
    "Great Expectations Version": "Versie van Great Expectations",
    "Suite Name": "Bron",
    "Expectation Suite Name": "Bron",
    "Data asset": "Bron",
    "Notes": "Toelichting",
    "Table of Contents": "Inhoud",
    "Validation Filter:": "Toon:",
    "Show All": "alles",
    "Failed Only": "alleen niet goed",
    "Actions": "Weergave",
    "Overview": "Overzicht",
    "Expectations": "Regels",
    "Expectation": "Regel",
    "Observed Value": "Waargenomen",
    "Statistics": "Tellingen",
    "Evaluated": "Uitgevoerde",
    "Unsuccessful": "Niet gehaalde",
    "Successful": "Gehaalde",
    "Success Percent": "Aandeel gehaald",
    "Failed": "Niet goed",
    "Succeeded": "Goed",
    "Validations": "Uitslagen",
    "Home": "Overzicht",
    "Status": "Uitslag",
    "Show more info...": "Technische gegevens",
    "Info": "Gegevens",
}
_WOORD = re.compile("|".join(rf"(?<![\w./-]){re.escape(w)}(?![\w/-])" for w in sorted(_WOORDEN, key=len, reverse=True)))
_ZINNEN = [
    (re.compile(r"(\d+) unexpected values found\. [^ ]+ of (\d+) total rows\."), r"\1 van \2 rijen breken deze regel."),
    (
        re.compile(r"This Expectation suite currently contains (\d+) total Expectations across \d+ columns\."),
        r"De suite heeft \1 regels.",
    ),
    (re.compile(r"([^\s>]+%) unexpected"), r"\1 afwijkend"),
    (re.compile(r"([^\s>]+%) null"), r"\1 in orde"),
]


def schrijf(instellingen: Instellingen, run: str, t: Toets) -> None:
    """Writes the page of an outcome, and that of its suite."""
    from great_expectations.render.renderer import ExpectationSuitePageRenderer, ValidationResultsPageRenderer

    regels = contract.lees(t.bron).regels
    _schrijf_gx_pagina(
        instellingen, Path("suites") / f"{t.bron}.html", ExpectationSuitePageRenderer().render(suite(t.bron, regels))
    )
    _schrijf_gx_pagina(
        instellingen, Path("uitslagen") / t.bron / f"{run}.html", ValidationResultsPageRenderer().render(t.uitslag)
    )


def _schrijf_gx_pagina(instellingen: Instellingen, pad: Path, inhoud) -> None:
    from great_expectations.render.view import DefaultJinjaPageView

    wortel = "../" * (len(pad.parts) - 1)
    schrijven.schrijf(instellingen.datadocs / pad, zelfstandig(DefaultJinjaPageView().render(inhoud), wortel))


def zelfstandig(pagina: str, wortel: str) -> str:
    """The page with our own styles and script in the place of everything from elsewhere, in Dutch; ``wortel`` leads to the index."""
    pagina = _BUITEN.sub("", pagina)
    for zin, nederlands in _ZINNEN:
        pagina = zin.sub(nederlands, pagina)
    pagina = re.sub(r">([^<>]+)<", lambda m: f">{_WOORD.sub(lambda w: _WOORDEN[w[0]], m[1])}<", pagina)
    pagina = re.sub(r'href="(\.\./)*(\./)?index\.html"', f'href="{wortel}index.html"', pagina)
    pagina = re.sub(r'href="(?:\.\./)*expectations/(\w+)\.html"', rf'href="{wortel}suites/\1.html"', pagina)
    return pagina.replace("<html>", '<html lang="nl">').replace("</head>", f"{_kop(wortel)}</head>")


def _kop(wortel: str) -> str:
    return f'<link rel="stylesheet" href="{wortel}static/datadocs.css"><script defer src="{wortel}static/datadocs.js"></script>'


def schrijf_index(instellingen: Instellingen) -> None:
    """Writes the front page: the suites, and every outcome that has a page, newest first."""
    bron = "suite = bron AND bron IS NOT NULL"
    with duckdb.connect() as con:
        suites = con.execute(
            f"SELECT DISTINCT bron, bron FROM ({_resultaten(instellingen)}) WHERE {bron} ORDER BY bron"
        ).fetchall()
        uitslagen = con.execute(
            f"SELECT strftime(any_value(moment), '%Y-%m-%d %H:%M'), run, bron, count(DISTINCT bestand), count(DISTINCT expectation), "
            f"count(DISTINCT CASE WHEN NOT geslaagd THEN expectation END), sum(aantal_onverwacht)::BIGINT "
            f"FROM ({_resultaten(instellingen)}) WHERE {bron} GROUP BY run, bron ORDER BY any_value(moment) DESC, run, bron"
        ).fetchall()
    rijen = [
        (m, f'<a href="uitslagen/{b}/{run}.html">{b}</a>', n, regels, f"{niet} niet gehaald", geraakt)
        for m, run, b, n, regels, niet, geraakt in uitslagen
        if (instellingen.datadocs / "uitslagen" / b / f"{run}.html").exists()
    ]
    lijst = "".join(f'<li><a href="suites/{b}.html">{html.escape(b)}</a></li>' for b, _ in suites)
    schrijf_pagina(
        instellingen,
        "index.html",
        "Data Docs cruciale ggz",
        f"""
<p>Wat Great Expectations vond in de aanleveringen: per bron de regels, en per run hoeveel rijen een regel breken. Deze pagina's
tellen alleen; waarden van rijen staan er niet in. Na een run staat hier ook <a href="kerncijfers.html">hoe de cijfers zich
verhouden tot wat er is gepubliceerd</a>.</p>
<h2>Regels per bron</h2><ul>{lijst}</ul>
<h2>Uitslagen</h2>
{tabel(("moment (UTC)", "bron", "aanleveringen", "regels", "uitslag", "overtredingen"), rijen)}""",
    )


def schrijf_pagina(instellingen: Instellingen, naam: str, titel: str, inhoud: str) -> None:
    """Writes a page of our own at the root of the site, with its styles."""
    for bestand in ("datadocs.css", "datadocs.js"):
        doel = instellingen.datadocs / "static" / bestand
        doel.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SITE / bestand, doel)
    schrijven.schrijf(
        instellingen.datadocs / naam,
        f"""<!DOCTYPE html>
<html lang="nl"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>{titel}</title>{_kop("")}</head><body><main>
<h1>{titel}</h1>{inhoud}
</main></body></html>
""",
    )


def _resultaten(instellingen: Instellingen) -> str:
    return f"SELECT * FROM read_parquet('{instellingen.data}/kwaliteit/resultaat/inname/*/*.parquet')"


def tabel(koppen: Iterable[str], rijen: Iterable[tuple]) -> str:
    """A table of HTML; the cells are HTML already."""
    kop = "".join(f"<th>{k}</th>" for k in koppen)
    lijf = "".join("<tr>" + "".join(f"<td>{cel}</td>" for cel in rij) + "</tr>" for rij in rijen)
    return f"<table><thead><tr>{kop}</tr></thead><tbody>{lijf}</tbody></table>"
