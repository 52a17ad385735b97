"""Sheets of a published workbook or csv file -> rows with our column names.

Belongs here: finding the header and the columns by the names of a mapping file, and cells as text. Does not belong here: what a
table must hold.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook


class Onbruikbaar(Exception):
    """A file that is not the table it should be; the message says in Dutch what is missing and where that is set."""


@dataclass(frozen=True)
class Rij:
    """A row of a sheet: its number there (from 1), its cells by our names, and every cell of it that is filled."""

    nummer: int
    waarden: dict[str, str]
    gevuld: list[str]


@dataclass(frozen=True)
class Tabel:
    """A sheet below its header, without empty rows, and the filled cells above it.

    ``afwezig`` says in Dutch which columns that may be absent are, and what that means; empty when none is.
    """

    rijen: list[Rij]
    boven: list[str]
    afwezig: str


def lees_bladen(bestand: Path) -> dict[str, list[list[str]]]:
    """All sheets of an xlsx or csv file (one, named after the file), as text; `Onbruikbaar` when it cannot be read."""
    if not bestand.is_file():
        raise Onbruikbaar(f"{bestand} bestaat niet")
    try:
        if bestand.suffix == ".csv":
            return {bestand.stem: _lees_csv(bestand)}
        werkboek = CalamineWorkbook.from_path(bestand)
        return {
            naam: [
                [_tekst(cel) for cel in rij]
                for rij in werkboek.get_sheet_by_name(naam).to_python(skip_empty_area=False)
            ]
            for naam in werkboek.sheet_names
        }
    except Exception as fout:  # calamine names no exceptions of its own for all that can be wrong with a workbook
        raise Onbruikbaar(f"{bestand.name} is niet te lezen als xlsx of csv: {fout}") from fout


def kies(rijen: list[list[str]], kolommen: dict[str, dict], waar: str, mapping: Path) -> Tabel:
    """The table in a sheet, by our names.

    ``kolommen`` (of the file ``mapping``): our name -> ``koppen`` (names it may have in the sheet, capitals and punctuation
    aside) and, only where it may be absent, ``zonder`` (what that means). The header is the row that holds most of
    them, those that may not be absent first; `Onbruikbaar` when one of these is missing.
    """
    rijen = rijen or [[]]
    plaatsen = [_plaatsen(rij, kolommen) for rij in rijen]
    verplicht = {naam for naam, kolom in kolommen.items() if "zonder" not in kolom}
    kop = max(range(len(rijen)), key=lambda nummer: (len(verplicht & plaatsen[nummer].keys()), len(plaatsen[nummer])))
    plaats, gevonden = plaatsen[kop], ", ".join(filter(None, rijen[kop])) or "geen"
    ontbreekt = [_gezocht(naam, kolommen[naam]) for naam in kolommen if naam in verplicht - plaats.keys()]
    if ontbreekt:
        raise Onbruikbaar(
            f"{waar}: geen kopregel met kolom {'; '.join(ontbreekt)}. Gevonden kolommen: {gevonden}. "
            f"Heet een kolom anders, zet haar naam dan bij `koppen` in {mapping}"
        )
    zonder = [f"{_gezocht(naam, kolom)}: {kolom['zonder']}" for naam, kolom in kolommen.items() if naam not in plaats]
    return Tabel(
        rijen=[
            Rij(
                nummer,
                {naam: rij[plaats[naam]] if plaats.get(naam, len(rij)) < len(rij) else "" for naam in kolommen},
                [cel for cel in rij if cel],
            )
            for nummer, rij in enumerate(rijen[kop + 1 :], start=kop + 2)
            if any(rij)
        ],
        boven=[cel for rij in rijen[:kop] for cel in rij if cel],
        afwezig=f"{waar} zonder kolom {'; '.join(zonder)}. Gevonden kolommen: {gevonden}" if zonder else "",
    )


def datum(tekst: str, vormen: list[str]) -> str:
    """A date as jjjj-mm-dd; empty for an empty cell; ValueError for anything else."""
    if not tekst:
        return ""
    for vorm in vormen:
        try:
            return datetime.strptime(tekst, vorm).date().isoformat()
        except ValueError:
            continue
    raise ValueError(tekst)


def _plaatsen(rij: list[str], kolommen: dict[str, dict]) -> dict[str, int]:
    """Where our columns stand in this row, were it the header."""
    koppen = [_kaal(cel) for cel in rij]
    plaatsen = {
        naam: next((koppen.index(_kaal(kop)) for kop in kolom["koppen"] if _kaal(kop) in koppen), None)
        for naam, kolom in kolommen.items()
    }
    return {naam: plaats for naam, plaats in plaatsen.items() if plaats is not None}


def _gezocht(naam: str, kolom: dict) -> str:
    return f"{naam} (gezocht: {' of '.join(kolom['koppen'])})"


def _lees_csv(bestand: Path) -> list[list[str]]:
    tekst = bestand.read_text(encoding="utf-8-sig")
    scheiding = max(";,", key=tekst[:100_000].count)
    return [[cel.strip() for cel in rij] for rij in csv.reader(io.StringIO(tekst), delimiter=scheiding)]


def _tekst(cel: object) -> str:
    if isinstance(cel, datetime | date):
        return (cel.date() if isinstance(cel, datetime) else cel).isoformat()
    if isinstance(cel, float) and cel.is_integer():
        return str(int(cel))
    return str(cel).strip()


def _kaal(kop: str) -> str:
    return "".join(teken for teken in kop.casefold() if teken.isalnum())
