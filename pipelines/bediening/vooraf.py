"""What a run would do and why, before it starts: files and their months, tables and tests, and how long such a run took.

Belongs here: asking what is due, and saying it. Does not belong here: what decides that (``inname``, ``bouw``, ``selectie``).

How long runs took is kept under ``<GGZ_DATA>/logs``; who throws that away loses only the expectation.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines import contract
from pipelines.aanlevering import inname
from pipelines.fundament.maand import is_maand
from pipelines.fundament.nederlands import getal, telwoord
from pipelines.settings import Instellingen
from pipelines.warehouse import bouw, dbt, verbinding
from pipelines.warehouse.selectie import MODEL, SEED, TEST, geraakt

REDEN = {
    bouw.CODE: "de code, een norm of een regel is gewijzigd",
    bouw.SCENARIOS: "er is een scenario gevraagd of gewijzigd",
    bouw.AFSPRAKEN: "er zijn andere afspraken",
    bouw.OORDELEN: "er is een bevinding beoordeeld",
    bouw.GEWEIGERD: "er zijn leveringen geweigerd",
    bouw.TERMIJN: "er is een termijn van aanleveren verstreken",
}


@dataclass(frozen=True)
class Werk:
    """What is due. ``bestanden``: per intake the paths in landing to look at (none where what was read is to be checked again).
    ``redenen``: besides deliveries. ``tabellen`` and ``toetsen``: how many dbt would make and run."""

    bestanden: dict[str, list[PurePosixPath]]
    redenen: tuple[str, ...]
    tabellen: int
    toetsen: int

    @property
    def niets(self) -> bool:
        return not (self.bestanden or self.redenen or self.tabellen)

    @property
    def aantal(self) -> int:
        """How many files are looked at."""
        return sum(map(len, self.bestanden.values()))


def bedenk(instellingen: Instellingen) -> Werk:
    """What a run would do now; changes nothing. Raises NietTeOpenen when all is taken in and another program keeps the warehouse."""
    nieuw = inname.nieuw(instellingen)
    bestanden = {naam: nieuw.get(naam, []) for naam in sorted(bouw.te_innemen(instellingen, nieuw))}
    anders = {bron for bron in contract.bronnen() if contract.lees(bron).map in bestanden}
    anders |= {bouw.GEWEIGERD} if inname.VERDWAALD in bestanden else set()
    eerder = instellingen.warehouse.exists()
    try:
        plan = bouw.te_bouwen(instellingen, 0 if bestanden else verbinding.GEDULD) if eerder else None
        redenen = plan.gewijzigd if plan else frozenset()
    except verbinding.NietTeOpenen:  # another run builds: what is left for this one only shows after it
        if not bestanden:
            raise
        redenen = frozenset()
    alles = {bouw.CODE} if bestanden and not eerder else set()
    knopen = geraakt(dbt.manifest(), gewijzigd) if (gewijzigd := anders | redenen | alles) else []
    soorten = [dbt.manifest()["nodes"][knoop]["resource_type"] for knoop in knopen]
    return Werk(
        bestanden if eerder else {naam: paden for naam, paden in bestanden.items() if paden},
        tuple(woorden for naam, woorden in REDEN.items() if naam in redenen),
        sum(soort in (SEED, MODEL) for soort in soorten),
        soorten.count(TEST),
    )


def in_woorden(werk: Werk, instellingen: Instellingen) -> Iterator[str]:
    """The lines that say it: a line per intake, the reasons besides, the size of the build and what it may take."""
    for naam, paden in werk.bestanden.items():
        if not paden:
            yield f"{naam}: wat al is ingenomen wordt opnieuw getoetst"
            continue
        maanden = sorted({deel for pad in paden for deel in pad.parts[1:2] if is_maand(deel)})
        over = f" ({_periode(maanden)})" if maanden else ""
        yield f"{naam}: {telwoord(len(paden), 'bestand', 'bestanden')} nieuw, gewijzigd of verdwenen{over}"
    for reden in werk.redenen:
        yield f"ook omdat {reden}"
    duur = verwacht(instellingen, werk)
    eerder = f"; een run als deze duurde {_tijd(duur)}" if duur else ""
    tabellen, toetsen = telwoord(werk.tabellen, "tabel", "tabellen"), telwoord(werk.toetsen, "toets", "toetsen")
    yield f"te bouwen: {tabellen} en {toetsen}{eerder}"


def _periode(maanden: list[str]) -> str:
    if len(maanden) == 1:
        return maanden[0]
    return f"{getal(len(maanden))} maanden van {maanden[0]} tot en met {maanden[-1]}"


def _tijd(seconden: float) -> str:
    return f"{seconden:.0f} s" if seconden < 120 else f"{seconden / 60:.0f} minuten"


def onthoud(instellingen: Instellingen, werk: Werk, seconden: float) -> None:
    """Keeps what a run that went well took."""
    pad = _pad(instellingen)
    nieuw = not pad.exists()
    with pad.open("a", newline="") as bestand:
        schrijver = csv.writer(bestand)
        if nieuw:
            schrijver.writerow(["bestanden", "tabellen", "seconden"])
        schrijver.writerow([werk.aantal, werk.tabellen, round(seconden, 1)])


def verwacht(instellingen: Instellingen, werk: Werk) -> float | None:
    """Seconds of the earlier run most like it (the newest of those); None before the first."""
    pad = _pad(instellingen)
    if not pad.exists():
        return None
    with pad.open(newline="") as bestand:
        runs = [{k: float(v) for k, v in rij.items()} for rij in csv.DictReader(bestand)]
    verschil = [(abs(run["tabellen"] - werk.tabellen), abs(run["bestanden"] - werk.aantal)) for run in runs]
    return min(zip(verschil, range(0, -len(runs), -1), runs, strict=True), key=lambda v: v[:2])[2]["seconden"]


def _pad(instellingen: Instellingen) -> Path:
    map_ = instellingen.data / "logs"
    map_.mkdir(parents=True, exist_ok=True)
    return map_ / "duur.csv"
