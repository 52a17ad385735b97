"""Sheets of a published workbook or csv file -> rows with our column names.

Belongs here: finding the header and the columns by the names of a mapping file, and cells as text. Does not belong here: what a
table must hold.
"""

import csv
import io
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook


class Onbruikbaar(Exception):
    """A file that is not the table it should be; the message says in Dutch what is missing and where that is set."""


def lees_bladen(bestand: Path) -> dict[str, list[list[str]]]:
    """All sheets of an xlsx or csv file (one, named after the file), as text; `Onbruikbaar` when it cannot be read."""
    if not bestand.is_file():
        raise Onbruikbaar(f"{bestand} bestaat niet")
    try:
        if bestand.suffix == ".csv":
            return {bestand.stem: _lees_csv(bestand)}
        werkboek = CalamineWorkbook.from_path(bestand)
        return {
            naam: [[_tekst(cel) for cel in rij] for rij in werkboek.get_sheet_by_name(naam).to_python()]
            for naam in werkboek.sheet_names
        }
    except Exception as fout:  # calamine names no exceptions of its own for all that can be wrong with a workbook
        raise Onbruikbaar(f"{bestand.name} is niet te lezen als xlsx of csv: {fout}") from fout


def kies(rijen: list[list[str]], kolommen: dict[str, dict], waar: str) -> list[dict[str, str]]:
    """The rows below the header, by our names; empty rows are skipped.

    ``kolommen``: our name -> ``koppen`` (names it may have in the file, capitals and punctuation aside) and ``verplicht``.
    The header is the first row that has every required column; `Onbruikbaar` when there is none.
    """
    for nummer, rij in enumerate(rijen):
        koppen = [_kaal(cel) for cel in rij]
        plaats = {
            naam: next((koppen.index(_kaal(kop)) for kop in kolom["koppen"] if _kaal(kop) in koppen), None)
            for naam, kolom in kolommen.items()
        }
        if all(plaats[naam] is not None for naam, kolom in kolommen.items() if kolom.get("verplicht")):
            return [
                {naam: rij[p] if p is not None and p < len(rij) else "" for naam, p in plaats.items()}
                for rij in rijen[nummer + 1 :]
                if any(rij)
            ]
    nodig = "; ".join(" of ".join(kolom["koppen"]) for kolom in kolommen.values() if kolom.get("verplicht"))
    raise Onbruikbaar(f"{waar}: geen kopregel met de kolommen {nodig}. Heten zij anders, pas dan de mapping aan")


def datum(tekst: str, vormen: list[str], open_einde: list[str]) -> str:
    """A date as jjjj-mm-dd; empty for an empty cell and for what the mapping calls an open end; ValueError for anything else."""
    if not tekst or tekst in open_einde:
        return ""
    for vorm in vormen:
        try:
            return datetime.strptime(tekst, vorm).date().isoformat()
        except ValueError:
            continue
    raise ValueError(tekst)


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
