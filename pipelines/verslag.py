"""What the operator reads: progress during a run, its summary, and how the deliveries stand.

Belongs here: words and tables on the terminal, and the log file for the rest. Does not belong here: any judgement.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from pipelines.aanlevering import stand
from pipelines.aanlevering.register import Register
from pipelines.settings import Instellingen

MEESTE = 15  # lines of a list on the terminal; the whole list stands in the warehouse


class Voortgang(logging.Handler):
    """Info becomes a line, debug a passing status (on a terminal only)."""

    def __init__(self, console: Console):
        super().__init__(logging.DEBUG)
        self._console, self._begin, self._status = console, time.monotonic(), console.status("bezig")

    def __enter__(self) -> "Voortgang":
        self._status.start()
        logger = logging.getLogger("ggz")
        logger.setLevel(logging.DEBUG)
        logger.addHandler(self)
        return self

    def __exit__(self, *_fout) -> None:
        logging.getLogger("ggz").removeHandler(self)
        self._status.stop()

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.INFO:
            self._status.update(record.getMessage())
            return
        self._console.print(f"[dim]{time.monotonic() - self._begin:5.0f} s[/] ", record.getMessage(), highlight=False)


def meld(console: Console) -> Callable[[str], None]:
    return lambda tekst: console.print(tekst, highlight=False)


@contextmanager
def alles_naar(logbestand: Path) -> Iterator[Console]:
    """Everything that this process and its children print goes to the log file; what is returned is the terminal."""
    logbestand.parent.mkdir(parents=True, exist_ok=True)
    scherm = [os.dup(1), os.dup(2)]
    with logbestand.open("ab") as log, os.fdopen(os.dup(1), "w", buffering=1) as terminal:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        try:
            yield Console(file=terminal)
        finally:
            for nummer, oud in enumerate(scherm, start=1):
                os.dup2(oud, nummer)
                os.close(oud)


def draai_met_verslag(bron: str | None, maand: str | None, iza_regio: str | None) -> int:
    """Runs, shows progress and a summary; returns the exit status."""
    instellingen = Instellingen()
    scherm = Console()
    if not instellingen.landing.is_dir():
        scherm.print(f"[red]Er is geen map {instellingen.landing}.[/] Leg daar de aanleveringen, of maak ze met: ggz demo-data")
        return 1
    begin = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    logbestand = instellingen.data / "logs" / f"run_{begin:%Y%m%d_%H%M%S}.log"
    with alles_naar(logbestand) as terminal, Voortgang(terminal):
        logging.getLogger("ggz").debug("Dagster laden")
        try:
            from pipelines.uitvoering import draai

            uitslag = draai(instellingen, bron, maand, iza_regio)
        except Exception as fout:
            logging.getLogger("ggz.fout").exception("De run is afgebroken")
            terminal.print(f"[red]De run is afgebroken:[/] {fout}\nMeer staat in {logbestand}", highlight=False)
            return 1
    for stap, reden in uitslag.gebroken:
        scherm.print(f"[red]{stap} is mislukt:[/] {reden}", highlight=False)
    for toets in uitslag.gezakt:
        scherm.print(f"[red]Blokkerende toets gezakt:[/] {toets}", highlight=False)
    _samenvatting(scherm, instellingen, begin)
    scherm.print(f"\nLog: {logbestand}", highlight=False, soft_wrap=True)
    return 0 if uitslag.geslaagd else 1


def _samenvatting(scherm: Console, instellingen: Instellingen, begin: datetime) -> None:
    with duckdb.connect(str(instellingen.warehouse), read_only=True) as con:
        nieuw = con.execute(
            "SELECT count(*) FILTER (code IS NULL), count(*) FILTER (code IS NOT NULL), "
            "coalesce(sum(rijen_gelezen), 0) FROM aanlevering.levering WHERE moment >= ?", [begin]
        ).fetchone()
        scherm.print(f"\n[bold]Aanleveringen[/]: {nieuw[0]} ingenomen ({_getal(nieuw[2])} rijen), {nieuw[1]} geweigerd")


def _getal(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def toon_status() -> int:
    """Shows per region and bron what came and what did not; returns the exit status."""
    instellingen = Instellingen()
    scherm = Console()
    if not instellingen.register.exists():
        scherm.print(f"Er is nog niets ingenomen in {instellingen.data}. Begin met: ggz run")
        return 0
    with Register(instellingen.register) as register:
        leveringen = register.leveringen()
    standen = stand.bepaal(leveringen)
    for landelijk in (False, True):
        _tabel(scherm, {sleutel: s for sleutel, s in standen.items() if (sleutel[0] == "NL") == landelijk})
    geweigerd = [lev for s in standen.values() for lev in s.geweigerd] + [lev for lev in leveringen if lev.bron is None]
    if geweigerd:
        scherm.print("\n[bold]Geweigerd en nog niet hersteld[/]")
        for lev in sorted(geweigerd, key=lambda lev: lev.pad):
            scherm.print(f"  {lev.pad}\n    {lev.code}: {lev.toelichting}", highlight=False)
    return 0


def _tabel(scherm: Console, standen: dict[tuple[str, str], stand.Stand]) -> None:
    bronnen = sorted({bron for _, bron in standen})
    if not bronnen:
        return
    tabel = Table("regio", *bronnen, title="Maanden geleverd per regio en bron", title_justify="left")
    for regio in sorted({regio for regio, _ in standen}):
        tabel.add_row(regio, *(_cel(standen.get((regio, bron), stand.Stand())) for bron in bronnen))
    scherm.print(tabel)


def _cel(s: stand.Stand) -> str:
    delen = [f"{len(s.geleverd)}"]
    if s.ontbreekt:
        delen.append(f"[red]ontbreekt {_reeks(s.ontbreekt)}[/]")
    if s.te_laat:
        delen.append(f"[yellow]te laat {_reeks(s.te_laat)}[/]")
    if s.geweigerd:
        delen.append(f"[red]{len(s.geweigerd)} geweigerd[/]")
    return ", ".join(delen)


def _reeks(maanden: set[str]) -> str:
    """Months in words: one or two by name, more as first..last with their number."""
    volgorde = sorted(maanden)
    return " en ".join(volgorde) if len(volgorde) <= 2 else f"{volgorde[0]}..{volgorde[-1]} ({len(volgorde)})"
