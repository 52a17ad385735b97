"""The Excel workbook of one audience: cover sheet with status and reading guide, then one sheet per table.

Belongs here: how a table looks in a spreadsheet. Does not belong here: which rows and tables it holds (``export``).
"""

from collections.abc import Callable
from itertools import chain
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipelines.fundament import sql
from pipelines.publicatie import beschrijving

TEKSTBREEDTE = 110
MEESTE_RIJEN = 1_048_575  # what a sheet can hold under its heading
MEESTE_TEKENS = 32_767  # of a cell; xlsxwriter leaves out a longer text as a whole
EERSTE_DAG = "DATE '1899-12-30'"  # day 0 of a spreadsheet
OPMAAK = {
    "titel": {"bold": True, "font_size": 16},
    "kop": {"bold": True, "bottom": 1, "bg_color": "#D9E2EC", "text_wrap": True, "valign": "top"},
    "tekst": {"text_wrap": True, "valign": "top"},
    "datum": {"num_format": "mm-yyyy", "align": "left"},
    "geheel": {"num_format": "#,##0"},
    "getal": {"num_format": "#,##0.00"},
    "dicht": {"bg_color": "#BFBFBF", "align": "right"},
    "wijzer": {"font_color": "#0B5394", "underline": 1, "valign": "top"},
}
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


def schrijf(
    con, pad: Path, vragen: dict[str, str], kolommen: dict[str, list[tuple[str, str]]], kop: dict[str, str]
) -> None:
    """``vragen``: per table the query whose columns are ``kolommen`` (name and type)."""
    # row after row to disk: a workbook of half a million cells is not held in memory
    boek = xlsxwriter.Workbook(str(pad), {"constant_memory": True})
    boek.set_properties({"title": f"Monitor cruciale ggz {kop['Publicatie']}"})
    stijl = {naam: boek.add_format(opmaak) for naam, opmaak in OPMAAK.items()}
    aantallen = {t: con.execute(f"SELECT count(*) FROM ({vraag})").fetchone()[0] for t, vraag in vragen.items()}
    _voorblad(boek.add_worksheet("Lees mij"), stijl, kop, aantallen)
    for tabel, vraag in vragen.items():
        aantal = min(aantallen[tabel], MEESTE_RIJEN)
        blad = boek.add_worksheet(tabel[:31])
        _kop(blad, stijl, tabel, kolommen[tabel], aantal)
        velden = ", ".join(_veld(*veld) for veld in kolommen[tabel])
        _vul(blad, stijl, con.execute(f"SELECT {velden} FROM ({vraag} LIMIT {MEESTE_RIJEN})"), kolommen[tabel])
    boek.close()


def _voorblad(blad: Worksheet, stijl: dict, kop: dict[str, str], aantallen: dict[str, int]) -> None:
    blad.set_column(0, 0, 32)
    blad.set_column(1, 1, TEKSTBREEDTE)
    blad.hide_gridlines(2)
    _druk_af(blad)
    blad.fit_to_pages(1, 0)
    blad.write(0, 0, "Monitor cruciale ggz", stijl["titel"])
    regels = [*kop.items(), None, *(("" if i else "Leeswijzer", regel) for i, regel in enumerate(LEESWIJZER)), None]
    for tabel, aantal in aantallen.items():
        te_veel = (
            f" De eerste {MEESTE_RIJEN} van {aantal} rijen; de csv bevat ze alle." if aantal > MEESTE_RIJEN else ""
        )
        regels.append((tabel, beschrijving.tabel(tabel) + te_veel))
    for rij, regel in enumerate(regels, 2):
        if regel is None:
            continue
        naam, tekst = regel
        # a spreadsheet does not make room for wrapped text by itself
        blad.set_row(rij, 15 * -(-len(tekst) // TEKSTBREEDTE))
        if naam in aantallen:
            blad.write_url(rij, 0, f"internal:'{naam[:31]}'!A1", stijl["wijzer"], naam)
        elif naam:
            blad.write(rij, 0, naam, stijl["kop"])
        blad.write(rij, 1, tekst, stijl["tekst"])


def _kop(blad: Worksheet, stijl: dict, tabel: str, velden: list[tuple[str, str]], aantal: int) -> None:
    blad.freeze_panes(1, 0)
    _druk_af(blad)
    blad.repeat_rows(0)
    for k, (veld, soort) in enumerate(velden):
        ruimte_voor_filter = len(veld) + 4
        blad.set_column(k, k, max(ruimte_voor_filter, 28 if soort == "VARCHAR" and len(veld) > 6 else 10))
        blad.write_string(0, k, veld, stijl["kop"])
        if tekst := beschrijving.kolom(tabel, veld):
            blad.write_comment(0, k, tekst, {"x_scale": 2, "y_scale": 1 + len(tekst) / 200})
    if aantal:
        blad.autofilter(0, 0, aantal, len(velden) - 1)


def _druk_af(blad: Worksheet) -> None:
    blad.set_landscape()
    blad.set_paper(8)  # A3


def _vul(blad: Worksheet, stijl: dict, uitkomst, velden: list[tuple[str, str]]) -> None:
    """The rows below the heading: an empty cell where nothing is known, a grey x where it is withheld."""
    namen = [naam for naam, _ in velden]
    schrijvers = [_schrijver(blad, stijl, soort) for _, soort in velden]
    dicht = namen.index("onderdrukte_kolommen") if "onderdrukte_kolommen" in namen else None
    rijen = chain.from_iterable(iter(lambda: uitkomst.fetchmany(5000), []))
    for r, waarden in enumerate(rijen, 1):
        weg = waarden[dicht].split() if dicht is not None and waarden[dicht] else ()
        for k, waarde in enumerate(waarden):
            if waarde is not None:
                schrijvers[k](r, k, waarde)
            elif weg and namen[k] in weg:
                blad.write_string(r, k, "x", stijl["dicht"])


def _veld(veld: str, soort: str) -> str:
    """SQL of a column as a sheet holds it: a date is its number of days, and a text has an end."""
    naam = sql.naam(veld)
    if soort == "DATE":
        return f"{naam} - {EERSTE_DAG} AS {naam}"
    return f"left({naam}, {MEESTE_TEKENS}) AS {naam}" if soort == "VARCHAR" else naam


def _schrijver(blad: Worksheet, stijl: dict, soort: str) -> Callable[[int, int, object], object]:
    """How a value of this type is written."""
    if soort == "DATE":
        return lambda r, k, w: blad.write_number(r, k, w, stijl["datum"])
    if soort == "BOOLEAN":
        return blad.write_boolean
    if "INT" in soort:
        return lambda r, k, w: blad.write_number(r, k, w, stijl["geheel"])
    if soort == "DOUBLE" or "DEC" in soort:
        return lambda r, k, w: blad.write_number(r, k, w, stijl["getal"])
    if soort == "VARCHAR":
        return blad.write_string
    return lambda r, k, w: blad.write_string(r, k, str(w)[:MEESTE_TEKENS])
