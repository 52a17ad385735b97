"""The first visible worksheet of a workbook, row by row: cells as Python values, exactly as they are stored.

Belongs here: which sheet it is, and what the XML of a cell says (text, number, date, error, formula). Does not belong here:
which cell goes in which column (``xlsx``). The size that a sheet states of itself is not looked at.

Numbers stay exact: whole ones are digits, and beyond 2^53 a float, for there a sheet no longer tells one from the next.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import nextafter
from pathlib import Path

from pipelines.aanlevering.cellen import EXACT_MAX, Foutcel
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.readers.xlsx_pakket import Pakket, onleesbaar

KOLOMMEN_MAX, RIJEN_MAX = 16_384, 1_048_576
"""Of a sheet, by the standard."""

CELLEN_MAX = 50_000_000
"""Filled cells that are read; takes some minutes."""

TEKST_TEKENS_MAX = 1 << 20
"""Of one cell; a sheet holds 32,767."""

GETAL_TEKENS_MAX = 400
"""Of a number; the largest that a sheet can hold has 309 digits."""

TEKSTEN_BYTES_MAX = 512 << 20
"""Of the texts that cells share, which stay in memory."""

DAG_MAX = 2_957_003
"""The last day that both calendars of a workbook know, in the year 9999."""

FORMULE = "(formule zonder waarde: het bestand moet worden doorgerekend en opgeslagen)"

Cel = str | bool | int | float | date | datetime | Foutcel
_GETAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_ONTSNAPT = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATUM_NUMMERS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_GEEN_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hmsu]+\])[^\]]*\]', re.IGNORECASE)
_DATUM_WOORD = re.compile(r"(?:y+|j+|m+|d+|h+|u+|s+|am|pm|a|p)+", re.IGNORECASE)


def rijen(pad: Path) -> Iterator[list[tuple[int, Cel]]]:
    """The rows with a cell that is not empty, as (place from 0, value) of such cells; `Geweigerd` B01 where it cannot be read."""
    with Pakket(pad) as pakket:
        werkmap = _werkmap(pakket)
        yield from werkmap.lees_blad()


@dataclass
class _Teksten:
    """Texts that cells share, as one run of bytes: a string object for each would be ten times as large."""

    bytes_: bytearray = field(default_factory=bytearray)
    einden: array = field(default_factory=lambda: array("Q", [0]))

    def voeg_toe(self, tekst: str) -> None:
        self.bytes_ += tekst.encode("utf-8", "surrogatepass")
        self.einden.append(len(self.bytes_))

    def __getitem__(self, nummer: int) -> str:
        if not 0 <= nummer < len(self.einden) - 1:
            raise onleesbaar("een cel verwijst naar een tekst die er niet is")
        return self.bytes_[self.einden[nummer] : self.einden[nummer + 1]].decode("utf-8", "replace")


@dataclass(frozen=True)
class _Werkmap:
    pakket: Pakket
    blad: str
    teksten: _Teksten
    datum_stijlen: frozenset[int]
    begin: date
    """Day 0 of its dates."""

    def lees_blad(self) -> Iterator[list[tuple[int, Cel]]]:
        lezer = _Blad(self)
        for _ in self.pakket.loop(self.blad, lezer.begin, lezer.eind, lezer.tekst):
            yield from lezer.klaar
            lezer.klaar.clear()

    def getal(self, tekst: str, stijl: str) -> Cel:
        """The value of a number cell; what is no number is an error of the sheet."""
        if len(tekst) > GETAL_TEKENS_MAX or not _GETAL.fullmatch(tekst):
            return Foutcel(tekst)
        exact = Decimal(tekst)
        if stijl.isdecimal() and int(stijl[:9]) in self.datum_stijlen:
            return self._datum(exact, tekst)
        geheel = exact == exact.to_integral_value()
        if geheel and abs(exact) <= EXACT_MAX:
            return int(exact)
        waarde = float(exact)
        if geheel and abs(waarde) == EXACT_MAX:
            waarde = nextafter(waarde, 2 * waarde)  # what lies just above is no exact number either
        return Foutcel(tekst) if waarde in (float("inf"), float("-inf")) else waarde

    def _datum(self, dagen: Decimal, tekst: str) -> Cel:
        if not 0 <= dagen <= DAG_MAX:
            return Foutcel(tekst)
        milliseconden = round(dagen * 86_400_000)
        dag, rest = divmod(milliseconden, 86_400_000)
        if self.begin.year == 1899 and dag <= 60:
            if dag in (0, 60):  # a time, and 29 February 1900, which never was
                return Foutcel(tekst)
            dag += 1
        moment = datetime(self.begin.year, self.begin.month, self.begin.day) + timedelta(days=dag, milliseconds=rest)
        return moment if rest else moment.date()


class _Blad:
    """Turns the elements of a sheet into rows; those that are complete stand in ``klaar``."""

    def __init__(self, werkmap: _Werkmap):
        self.klaar: list[list[tuple[int, Cel]]] = []
        self._werkmap = werkmap
        self._rij: list[tuple[int, Cel]] = []
        self._plek = -1
        self._soort = self._stijl = ""
        self._in_gegevens = self._in_cel = self._fonetisch = self._formule = False
        self._waarde: str | None = None
        self._vang: list[str] | None = None
        self._tekens = self._cellen = self._rijen = 0

    def begin(self, naam: str, attributen: dict[str, str]) -> None:
        if not self._in_gegevens:
            self._in_gegevens = naam == "sheetData"
        elif naam == "c":
            self._plek = _kolom(attributen["r"]) if "r" in attributen else self._plek + 1
            if self._plek >= KOLOMMEN_MAX:
                raise onleesbaar("het werkblad heeft te veel kolommen")
            self._soort, self._stijl = attributen.get("t", "n"), attributen.get("s", "")
            self._in_cel, self._waarde, self._formule = True, None, False
        elif naam == "row":
            self._plek = -1
            self._rijen += 1
            if self._rijen > RIJEN_MAX:
                raise onleesbaar("het werkblad heeft te veel rijen")
        elif self._in_cel:
            if naam == "v" or (naam == "t" and not self._fonetisch):
                self._vang, self._tekens = [], 0
            elif naam == "f":
                self._formule = True
            elif naam == "rPh":
                self._fonetisch = True

    def tekst(self, tekst: str) -> None:
        if self._vang is not None:
            self._vang.append(tekst)
            self._tekens += len(tekst)
            if self._tekens > TEKST_TEKENS_MAX:
                raise onleesbaar("een cel is te lang")

    def eind(self, naam: str) -> None:
        if self._vang is not None and naam in ("v", "t"):
            self._waarde = (self._waarde or "") + "".join(self._vang)
            self._vang = None
        elif naam == "c":
            self._in_cel = self._fonetisch = False
            waarde = self._cel()
            if waarde != "":
                self._rij.append((self._plek, waarde))
                self._cellen += 1
                if self._cellen > CELLEN_MAX:
                    raise Geweigerd(
                        "B01",
                        f"het werkblad heeft meer dan {CELLEN_MAX // 1_000_000} miljoen gevulde cellen; lever aan als csv of parquet",
                    )
        elif naam == "row":
            if self._rij:
                self.klaar.append(self._rij)
                self._rij = []
        elif naam == "rPh":
            self._fonetisch = False
        elif naam == "sheetData":
            self._in_gegevens = False

    def _cel(self) -> Cel:
        tekst, soort = self._waarde, self._soort
        if soort == "e":
            return Foutcel(tekst or "#FOUT!")
        if tekst is None or (not tekst.strip() and soort != "str"):
            return Foutcel(FORMULE) if self._formule else ""
        if soort == "s":
            nummer = tekst.strip()
            if not nummer.isdecimal():
                raise onleesbaar("een cel verwijst naar een tekst die er niet is")
            return self._werkmap.teksten[int(nummer[:12])]
        if soort in ("str", "inlineStr"):
            return _zonder_ontsnapping(tekst).strip()
        tekst = tekst.strip()
        if soort == "b":
            return tekst.lower() in ("1", "true")
        if soort == "d":
            return _iso(tekst)
        return self._werkmap.getal(tekst, self._stijl)


def _kolom(verwijzing: str) -> int:
    """Place from 0 of a cell such as AB12."""
    nummer = 0
    for letter in verwijzing:
        waarde = ord(letter) | 0x20
        if not 97 <= waarde <= 122:
            break
        nummer = nummer * 26 + waarde - 96
        if nummer > KOLOMMEN_MAX:
            break
    if not nummer:
        raise onleesbaar("een cel heeft geen plaats")
    return nummer - 1


def _iso(tekst: str) -> Cel:
    try:
        moment = datetime.fromisoformat(tekst)
    except ValueError:
        return Foutcel(tekst)
    return moment.date() if moment.time() == datetime.min.time() and moment.tzinfo is None else moment


def _zonder_ontsnapping(tekst: str) -> str:
    return _ONTSNAPT.sub(lambda m: chr(int(m[1], 16)), tekst) if "_x" in tekst else tekst


def _werkmap(pakket: Pakket) -> _Werkmap:
    """What must be known of the workbook before its sheet is read."""
    hoofd = next((doel for soort, doel in pakket.relaties("").values() if soort == "officedocument"), "xl/workbook.xml")
    relaties = pakket.relaties(hoofd)
    bladen: list[tuple[bool, str]] = []
    jaar_1904 = False

    def begin(naam: str, attributen: dict[str, str]) -> None:
        nonlocal jaar_1904
        if naam == "sheet":
            verwijzing = next((w for a, w in attributen.items() if a.rpartition(":")[2] == "id"), "")
            soort, doel = relaties.get(verwijzing, ("", ""))
            if soort == "worksheet":
                bladen.append((attributen.get("state", "visible") != "visible", doel))
        elif naam == "workbookPr":
            jaar_1904 = attributen.get("date1904", "0").lower() in ("1", "true", "on")

    for _ in pakket.loop(hoofd, begin):
        pass
    if not bladen:
        raise onleesbaar("zij heeft geen werkblad")
    blad = next((doel for verborgen, doel in bladen if not verborgen), bladen[0][1])
    van_soort = dict(relaties.values())
    return _Werkmap(
        pakket,
        blad,
        _teksten(pakket, van_soort.get("sharedstrings")),
        _datum_stijlen(pakket, van_soort.get("styles")),
        date(1904, 1, 1) if jaar_1904 else date(1899, 12, 30),
    )


def _teksten(pakket: Pakket, deel: str | None) -> _Teksten:
    teksten = _Teksten()
    if deel is None or not pakket.bestaat(deel):
        return teksten
    stukken: list[str] = []
    vangt = fonetisch = False
    tekens = 0

    def begin(naam: str, _attributen: dict[str, str]) -> None:
        nonlocal vangt, fonetisch, tekens
        if naam == "si":
            stukken.clear()
            tekens = 0
        elif naam == "t":
            vangt = not fonetisch
        elif naam == "rPh":
            fonetisch = True

    def eind(naam: str) -> None:
        nonlocal vangt, fonetisch
        if naam == "t":
            vangt = False
        elif naam == "rPh":
            fonetisch = False
        elif naam == "si":
            teksten.voeg_toe(_zonder_ontsnapping("".join(stukken)).strip())

    def tekst(stuk: str) -> None:
        nonlocal tekens
        if vangt:
            stukken.append(stuk)
            tekens += len(stuk)
            if tekens > TEKST_TEKENS_MAX:
                raise onleesbaar("een cel is te lang")

    for _ in pakket.loop(deel, begin, eind, tekst, TEKSTEN_BYTES_MAX):
        pass
    return teksten


def _datum_stijlen(pakket: Pakket, deel: str | None) -> frozenset[int]:
    """Numbers of the cell styles that show a number as a date or time."""
    if deel is None or not pakket.bestaat(deel):
        return frozenset()
    codes: dict[str, str] = {}
    stijlen: list[str] = []
    in_stijlen = False

    def begin(naam: str, attributen: dict[str, str]) -> None:
        nonlocal in_stijlen
        if naam == "numFmt":
            codes[attributen.get("numFmtId", "")] = attributen.get("formatCode", "")
        elif naam == "cellXfs":
            in_stijlen = True
        elif naam == "xf" and in_stijlen:
            stijlen.append(attributen.get("numFmtId", "0"))

    def eind(naam: str) -> None:
        nonlocal in_stijlen
        in_stijlen = in_stijlen and naam != "cellXfs"

    for _ in pakket.loop(deel, begin, eind, grootste=TEKSTEN_BYTES_MAX):
        pass

    def is_datum(nummer: str) -> bool:
        if nummer in codes:
            return _is_datumcode(codes[nummer])
        return nummer.isdecimal() and int(nummer[:9]) in _DATUM_NUMMERS

    return frozenset(i for i, nummer in enumerate(stijlen) if is_datum(nummer))


def _is_datumcode(code: str) -> bool:
    """Whether a number format shows a date: all its words are of letters for year, month, day and time, in English or Dutch.

    A local name such as ``Standaard`` holds a d, and is none.
    """
    woorden = re.findall(r"[^\W\d_]+", _GEEN_CODE.sub(" ", code.split(";")[0]))
    return any(set("ymdhsju") & set(w.lower()) for w in woorden) and all(map(_DATUM_WOORD.fullmatch, woorden))
