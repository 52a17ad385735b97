"""What regions have agreed on places (spec 1.10): the csv files that the landelijke tafel keeps in ``<GGZ_DATA>/afspraken``.

Belongs here: reading and judging them, row by row. Does not belong here: what is set beside them (``meerjarenbeeld``). It is no
delivery: no version, no register; the files as they stand are what was agreed.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

KOLOMMEN = ("iza_regio", "cluster", "capaciteit_type", "jaar", "plaatsen", "partijen", "bron", "vastgesteld_op")
SLEUTEL = ["iza_regio", "cluster", "capaciteit_type", "jaar"]
CAPACITEIT_TYPEN = ("bed", "ambulante_plek")
JAREN = range(2015, 2101)


def bestanden(map_: Path) -> list[Path]:
    """The files that are read, in order of their name."""
    return sorted(map_.glob("*.csv"))


def lees(map_: Path, regios: set[str], clusters: set[str]) -> tuple[pd.DataFrame, list[str]]:
    """The agreement that counts per region, cluster, kind of place and year: the one that was made last.

    Returns them (columns of KOLOMMEN; ``plaatsen`` in places) and, for the user, what was left out: file, row and why. A bad
    row leaves the rest standing; of two rows with the same key and date the first counts.
    """
    goed: dict[tuple, dict] = {}
    fouten: list[str] = []
    for bestand in bestanden(map_):
        try:
            rijen = list(_rijen(bestand))
        except (ValueError, csv.Error) as fout:
            fouten.append(f"{bestand.name}: {fout}")
            continue
        for nummer, cellen in rijen:
            rij, waarom = _oordeel(cellen, regios, clusters)
            sleutel = tuple(rij.get(k) for k in (*SLEUTEL, "vastgesteld_op"))
            if not waarom and sleutel in goed:
                waarom = f"dezelfde afspraak met dezelfde datum staat al in {goed[sleutel]['waar']}"
            if waarom:
                fouten.append(f"{bestand.name}, rij {nummer}: {waarom}; de rij telt niet mee")
            else:
                goed[sleutel] = rij | {"waar": f"{bestand.name}, rij {nummer}"}
    alle = pd.DataFrame(list(goed.values()), columns=KOLOMMEN).sort_values([*SLEUTEL, "vastgesteld_op"])
    return alle.drop_duplicates(SLEUTEL, keep="last").reset_index(drop=True), fouten


def _rijen(bestand: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number (from 1, without header and blank rows) and trimmed cells; raises ValueError when the file is no such table."""
    try:
        regels = bestand.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as fout:
        raise ValueError("is geen tekst in UTF-8; bewaar het als csv (UTF-8)") from fout
    regels = [regel for regel in regels if regel.strip(" ;,\t")]
    if not regels:
        raise ValueError("is leeg; de eerste regel hoort de namen van de kolommen te hebben")
    lezer = csv.DictReader(regels, delimiter=";" if ";" in regels[0] else ",")
    lezer.fieldnames = [naam.strip() for naam in lezer.fieldnames or ()]
    ontbreekt = [kolom for kolom in KOLOMMEN if kolom not in lezer.fieldnames]
    if ontbreekt:
        raise ValueError(f"mist de kolom {', '.join(ontbreekt)}; niets van het bestand telt mee")
    for nummer, rij in enumerate(lezer, start=1):
        yield nummer, {kolom: (rij[kolom] or "").strip() for kolom in KOLOMMEN}


def _oordeel(cellen: dict[str, str], regios: set[str], clusters: set[str]) -> tuple[dict, str]:
    """The row with its types, and why it does not count (empty when it does)."""
    rij: dict = dict(cellen)
    for kolom, lijst in (("iza_regio", regios), ("cluster", clusters), ("capaciteit_type", CAPACITEIT_TYPEN)):
        if cellen[kolom] not in lijst:
            return rij, f"{kolom} {cellen[kolom] or '(leeg)'} bestaat niet"
    for kolom in ("jaar", "plaatsen"):
        if not (cellen[kolom].isascii() and cellen[kolom].isdigit()):
            return rij, f"{kolom} {cellen[kolom] or '(leeg)'} is geen geheel getal van nul of meer"
        rij[kolom] = int(cellen[kolom])
    if rij["jaar"] not in JAREN:
        return rij, f"jaar {rij['jaar']} ligt niet tussen {JAREN[0]} en {JAREN[-1]}"
    try:
        rij["vastgesteld_op"] = date.fromisoformat(cellen["vastgesteld_op"])
    except ValueError:
        return rij, f"vastgesteld_op {cellen['vastgesteld_op'] or '(leeg)'} is geen datum (jjjj-mm-dd)"
    return rij, ""
