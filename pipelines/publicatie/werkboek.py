"""The Excel workbook of one audience: cover sheet with status and reading guide, then one sheet per table.

Belongs here: how a table looks in a spreadsheet. Does not belong here: which rows and tables it holds (``export``).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from html import escape
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipelines.publicatie import beschrijving

NULPUNT = date(1899, 12, 30)  # day 0 of a workbook
TEKSTBREEDTE = 110
MEESTE_RIJEN = 1_048_575  # what a sheet can hold under its heading
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
    "Grijs met een x: achtergehouden. Kolom onderdrukt zegt waarom: primair = een telling onder de drempel; secundair = het getal"
    " zou een ander prijsgeven. Onderdrukte_kolommen noemt de cellen.",
    "Status voorlopig: declaraties over deze maand komen nog binnen. Een daling in de laatste maanden is geen daling van de vraag.",
    "Een wachtplek is geen persoon: ongeveer een op de vijf wachtenden staat op meer dan een lijst.",
    "Tabellen op _totaal bevatten totalen: iza_regio NL is het land, cluster zes_clusters de zes cruciale clusters samen en"
    " zes_clusters_en_niet_cruciaal die met niet_cruciaal erbij. Ze rusten op de regio's die aanleverden (regios_geleverd van regios).",
]


class Blad(Worksheet):
    """A sheet whose rows below the heading are text already: cell by cell, half a million of them take four seconds."""

    def vul(self, rijen: Iterable[str], aantal: int, breedte: int) -> None:
        """``rijen``: pieces of sheet XML, asked for when the workbook is closed."""
        self.rijen = rijen
        self._check_dimensions(aantal, breedte - 1)

    def _write_rows(self) -> None:
        super()._write_rows()
        for stuk in getattr(self, "rijen", ()):
            self.fh.write(stuk)


def schrijf(
    con, pad: Path, vragen: dict[str, str], kolommen: dict[str, list[tuple[str, str]]], kop: dict[str, str]
) -> None:
    """``vragen``: per table the query whose columns are ``kolommen`` (name and type)."""
    boek = xlsxwriter.Workbook(str(pad))
    boek.set_properties({"title": f"Monitor cruciale ggz {kop['Publicatie']}"})
    stijl = {naam: boek.add_format(opmaak) for naam, opmaak in OPMAAK.items()}
    nummer = {naam: opmaak._get_xf_index() for naam, opmaak in stijl.items()}
    aantallen = {t: con.execute(f"SELECT count(*) FROM ({vraag})").fetchone()[0] for t, vraag in vragen.items()}
    _voorblad(boek.add_worksheet("Lees mij"), stijl, kop, aantallen)
    for tabel, vraag in vragen.items():
        aantal = min(aantallen[tabel], MEESTE_RIJEN)
        blad = boek.add_worksheet(tabel[:31], worksheet_class=Blad)
        _kop(blad, stijl, tabel, kolommen[tabel], aantal)
        blad.vul(_stukken(con, f"{vraag} LIMIT {MEESTE_RIJEN}", kolommen[tabel], nummer), aantal, len(kolommen[tabel]))
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


def _stukken(con, vraag: str, velden: list[tuple[str, str]], nummer: dict[str, int]) -> Iterator[str]:
    """The rows as sheet XML, some thousands at a time."""
    namen = [naam for naam, _ in velden]
    letters = [xl_col_to_name(k) for k in range(len(velden))]
    cellen = [_cel(letter, soort, nummer) for letter, (_, soort) in zip(letters, velden, strict=True)]
    dicht = namen.index("onderdrukte_kolommen") if "onderdrukte_kolommen" in namen else None
    uitkomst, r = con.execute(vraag), 1
    while rijen := uitkomst.fetchmany(5000):
        stuk = []
        for waarden in rijen:
            r += 1
            weg = waarden[dicht].split() if dicht is not None and waarden[dicht] else ()
            stuk.append(f'<row r="{r}">')
            for k, waarde in enumerate(waarden):
                if waarde is not None:
                    stuk.append(cellen[k](waarde, r))
                elif weg and namen[k] in weg:
                    stuk.append(_tekstcel(f"{letters[k]}{r}", "x", nummer["dicht"]))
            stuk.append("</row>")
        yield "".join(stuk)


def _cel(letter: str, soort: str, nummer: dict[str, int]) -> Callable[[object, int], str]:
    """How a value of this type becomes a cell."""
    if soort == "DATE":
        return lambda w, r: f'<c r="{letter}{r}" s="{nummer["datum"]}"><v>{(w - NULPUNT).days}</v></c>'
    if soort == "BOOLEAN":
        return lambda w, r: f'<c r="{letter}{r}" t="b"><v>{int(w)}</v></c>'
    if "INT" in soort:
        return lambda w, r: f'<c r="{letter}{r}" s="{nummer["geheel"]}"><v>{w}</v></c>'
    if soort == "DOUBLE" or "DEC" in soort:
        return lambda w, r: f'<c r="{letter}{r}" s="{nummer["getal"]}"><v>{w}</v></c>'
    return lambda w, r: _tekstcel(f"{letter}{r}", str(w), 0)


def _tekstcel(plaats: str, tekst: str, opmaak: int) -> str:
    return f'<c r="{plaats}" s="{opmaak}" t="inlineStr"><is><t>{escape(tekst, quote=False)}</t></is></c>'
