"""The Excel workbook of one audience: cover sheet with status and reading guide, what every column means, then one sheet per table.

Belongs here: how a table looks in a spreadsheet. Does not belong here: which rows and tables it holds (``export``).
"""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import xlsxturbo
from xlsxwriter.utility import xl_rowcol_to_cell

from pipelines.fundament import sql
from pipelines.publicatie import beschrijving

VOORBLAD, KOLOMMEN = "Lees mij", "Kolommen"
NAAMBREEDTE, TEKSTBREEDTE, REGELHOOGTE = 30, 80, 15
MEESTE_RIJEN = 1_048_575  # what a sheet can hold under its heading
MEESTE_TEKENS = 32_767  # of a cell
EERSTE_DAG = "DATE '1899-12-30'"  # day 0 of a spreadsheet
TITEL = {"bold": True, "font_size": 16}
KOP = {"bold": True, "bg_color": "#D9E2EC", "wrap_text": True, "align_vertical": "top"}
TEKST = {"wrap_text": True, "align_vertical": "top"}
DICHT = {"value": "x", "format": {"bg_color": "#BFBFBF", "align_horizontal": "right"}}
DATUM = {"num_format": "mm-yyyy", "align_horizontal": "left"}
GEHEEL, GETAL = {"num_format": "#,##0"}, {"num_format": "#,##0.00"}
LEESWIJZER = [
    "Leeg: onbekend, er is niet aangeleverd. 0: er is aangeleverd en het was nul.",
    "Grijs met een x: achtergehouden, omdat het getal zelf klein is of omdat het een klein getal zou verraden. Welk van beide staat er"
    " niet bij: dat zou het ook verraden. Onderdrukte_kolommen noemt de cellen.",
    "Status voorlopig: declaraties over deze maand komen nog binnen. Een daling in de laatste maanden is geen daling van de vraag.",
    "Tekort is wat nodig is min wat beschikbaar is: boven nul is er te kort, onder nul is er over. In capaciteit_balans zijn dat twee kolommen.",
    "Een wachtplek is geen persoon: ongeveer een op de vijf wachtenden staat op meer dan een lijst.",
    "Tabellen op _totaal bevatten totalen: iza_regio NL is het land, cluster zes_clusters de zes cruciale clusters samen en"
    " zes_clusters_en_niet_cruciaal die met niet_cruciaal erbij. Ze rusten op de regio's die aanleverden (regios_geleverd van regios).",
]

Blad = tuple[pd.DataFrame, str, dict[str, Any]]


def schrijf(
    con: duckdb.DuckDBPyConnection,
    pad: Path,
    vragen: dict[str, str],
    kolommen: dict[str, list[tuple[str, str]]],
    kop: dict[str, str],
) -> None:
    """``vragen``: per table the query whose columns are ``kolommen`` (name and type)."""
    aantallen = {t: con.execute(f"SELECT count(*) FROM ({vraag})").fetchone()[0] for t, vraag in vragen.items()}
    bladen = [_voorblad(kop, aantallen), _kolommen(kolommen)]
    bladen += [_tabel(con, tabel, vraag, kolommen[tabel]) for tabel, vraag in vragen.items()]
    xlsxturbo.dfs_to_xlsx(bladen, pad)


def _voorblad(kop: dict[str, str], aantallen: dict[str, int]) -> Blad:
    regels = [*kop.items(), None, *(("" if i else "Leeswijzer", regel) for i, regel in enumerate(LEESWIJZER)), None]
    regels.append((KOLOMMEN, "Wat elke kolom van elk blad betekent."))
    for tabel, aantal in aantallen.items():
        te_veel = (
            f" De eerste {MEESTE_RIJEN} van {aantal} rijen; de csv bevat ze alle." if aantal > MEESTE_RIJEN else ""
        )
        regels.append((tabel, beschrijving.tabel(tabel) + te_veel))
    cellen, hoogtes, wijzers = {"A1": {"value": "Monitor cruciale ggz", "format": TITEL}}, {0: 24}, []
    for rij, (naam, tekst) in ((rij, regel) for rij, regel in enumerate(regels, 2) if regel):
        # a spreadsheet does not make room for wrapped text by itself
        hoogtes[rij] = REGELHOOGTE * -(-len(tekst) // TEKSTBREEDTE)
        cellen[f"B{rij + 1}"] = {"value": tekst, "format": TEKST}
        if naam in aantallen or naam == KOLOMMEN:
            wijzers.append((f"A{rij + 1}", f"internal:'{_bladnaam(naam)}'!A1", naam))
        elif naam:
            cellen[f"A{rij + 1}"] = {"value": naam, "format": KOP}
    keuzes = {"header": False, "cells": cellen, "row_heights": hoogtes, "hyperlinks": wijzers}
    return pd.DataFrame(), VOORBLAD, keuzes | {"column_widths": {0: NAAMBREEDTE, 1: TEKSTBREEDTE}}


def _kolommen(kolommen: dict[str, list[tuple[str, str]]]) -> Blad:
    rijen = [
        (_bladnaam(tabel), veld, beschrijving.kolom(tabel, veld))
        for tabel, velden in kolommen.items()
        for veld, _ in velden
    ]
    hoogtes = {i: REGELHOOGTE * -(-len(tekst) // TEKSTBREEDTE) for i, (*_, tekst) in enumerate(rijen, 1) if tekst}
    keuzes = {"column_formats": {"*": TEKST}, "column_widths": {0: NAAMBREEDTE, 1: NAAMBREEDTE, 2: TEKSTBREEDTE}}
    return (
        pd.DataFrame(rijen, columns=["blad", "kolom", "betekenis"]),
        KOLOMMEN,
        keuzes | _staande_kop() | {"row_heights": hoogtes},
    )


def _tabel(con: duckdb.DuckDBPyConnection, tabel: str, vraag: str, velden: list[tuple[str, str]]) -> Blad:
    """The rows below the heading: an empty cell where nothing is known, a grey x where it is withheld."""
    kiezen = ", ".join(_veld(*veld) for veld in velden)
    rijen = con.execute(f"SELECT {kiezen} FROM ({vraag} LIMIT {MEESTE_RIJEN})").df()
    opmaak = {veld: vorm for veld, soort in velden if (vorm := _opmaak(soort))}
    breedtes = {
        # room for the button of the filter
        k: max(len(veld) + 4, 28 if soort == "VARCHAR" and len(veld) > 6 else 10)
        for k, (veld, soort) in enumerate(velden)
    }
    keuzes = {"column_widths": breedtes, "column_formats": opmaak, "cells": _dicht(rijen)}
    return rijen, _bladnaam(tabel), keuzes | _staande_kop()


def _dicht(rijen: pd.DataFrame) -> dict[str, dict]:
    """The empty cells that ``onderdrukte_kolommen`` of their row names, by their place on the sheet."""
    if "onderdrukte_kolommen" not in rijen:
        return {}
    weg = rijen["onderdrukte_kolommen"].dropna()
    plaats = {veld: (k, rijen[veld].isna().to_numpy()) for k, veld in enumerate(rijen.columns)}
    return {
        xl_rowcol_to_cell(rij + 1, plaats[veld][0]): DICHT
        for rij, namen in weg.items()
        for veld in namen.split()
        if veld in plaats and plaats[veld][1][rij]
    }


def _staande_kop() -> dict[str, Any]:
    return {"header_format": KOP, "freeze_panes": True, "autofilter": True}


def _bladnaam(tabel: str) -> str:
    return tabel[:31]


def _veld(veld: str, soort: str) -> str:
    """SQL of a column as a sheet holds it: a date is its number of days, and a text has an end."""
    naam = sql.naam(veld)
    if soort == "DATE":
        return f"{naam} - {EERSTE_DAG} AS {naam}"
    return naam if soort == "BOOLEAN" or _opmaak(soort) else f"left({naam}::VARCHAR, {MEESTE_TEKENS}) AS {naam}"


def _opmaak(soort: str) -> dict[str, str] | None:
    """How a value of this type is shown; None where a spreadsheet shows it as it is."""
    if soort == "DATE":
        return DATUM
    if "INT" in soort:
        return GEHEEL
    return GETAL if soort == "DOUBLE" or "DEC" in soort else None
