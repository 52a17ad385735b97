"""The page that sets our figures beside the published ones (spec 4.4), in the site of Data Docs.

Belongs here: words and layout. Does not belong here: the comparison itself (``kwaliteit.kerncijfer_vergelijking``).
"""

import html

import duckdb

from pipelines.fundament.nederlands import kort
from pipelines.kwaliteit import datadocs
from pipelines.settings import Instellingen

PAGINA = "kerncijfers.html"

_KOPPEN = (
    "kerncijfer",
    "gepubliceerd",
    "peildatum",
    "bron",
    "hier",
    "maand",
    "verhouding",
    "bekend verschil van definitie",
)


def na_bouw(instellingen: Instellingen, con: duckdb.DuckDBPyConnection) -> None:
    """Writes the page from the warehouse in ``con``."""
    rijen = con.execute(
        "SELECT kerncijfer, gepubliceerd, peildatum, bron, waarde, maand, verhouding, definitieverschil, eenheid "
        "FROM kwaliteit.kerncijfer_vergelijking ORDER BY kerncijfer, peildatum DESC"
    ).fetchall()
    regels = [
        (
            html.escape(naam),
            f"{_getal(gepubliceerd)} {html.escape(eenheid)}",
            peildatum,
            html.escape(bron or ""),
            _getal(waarde),
            f"{maand:%Y-%m}" if maand else "",
            _getal(verhouding),
            html.escape(verschil or ""),
        )
        for naam, gepubliceerd, peildatum, bron, waarde, maand, verhouding, verschil, eenheid in rijen
    ]
    datadocs.schrijf_pagina(
        instellingen,
        PAGINA,
        "Naast gepubliceerde cijfers",
        f"""
<p>De cijfers van NZa, Trimbos, Vektis en het ministerie, met wat de marts in de laatste landelijk geleverde maand zeggen. De verhouding
staat er alleen als alle regio's leverden. Een verhouding naast 1 is geen fout: lees eerst het verschil van definitie, en let op de
peildatum.</p>
{datadocs.tabel(_KOPPEN, regels)}""",
    )


def _getal(waarde: float | None) -> str:
    return "" if waarde is None else kort(waarde)
