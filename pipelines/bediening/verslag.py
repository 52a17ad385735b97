"""What the operator reads: progress during a run, and its lists in the log.

Belongs here: progress on the terminal, and words and tables in the log file; how a run ends on the terminal is ``einde``. Does not belong here: any judgement.
"""

import logging
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines import contract
from pipelines.aanlevering import landing
from pipelines.aanlevering.naam import als_tekst
from pipelines.aanlevering.opslag import opslagpad
from pipelines.aanlevering.readers.gds801_regels import oordelen
from pipelines.aanlevering.register import Levering, Register
from pipelines.bediening import einde, vooraf
from pipelines.bediening.woorden import bewaar_fout, in_woorden, regel, zichtbaar
from pipelines.fundament import sql
from pipelines.fundament.nederlands import getal
from pipelines.settings import Instellingen, van_project
from pipelines.warehouse import verbinding

if TYPE_CHECKING:  # loading Dagster takes seconds
    from pipelines.bediening.uitvoering import Uitslag

logger = logging.getLogger("ggz")

MEESTE = 15  # lines of a list; the whole list stands in the warehouse
NIETS_NIEUWS = "Niets nieuws: alles in landing is al ingenomen en het warehouse is daarvan gebouwd."
BREED = 160  # columns of a line in the log


class Voortgang(logging.Handler):
    """Info becomes a line, debug a passing status (on a terminal only)."""

    def __init__(self, console: Console):
        super().__init__(logging.DEBUG)
        self._console, self._begin, self._status = console, time.monotonic(), console.status("bezig")

    def __enter__(self) -> "Voortgang":
        self._status.start()
        logger.setLevel(logging.DEBUG)
        logger.addHandler(self)
        return self

    def __exit__(self, *_fout) -> None:
        logger.removeHandler(self)
        self._status.stop()

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.INFO:
            self._status.update(Text(zichtbaar(record.getMessage())))
            return
        verstreken = f"{time.monotonic() - self._begin:5.0f} s"
        regel(self._console, (verstreken, "dim"), f"  {record.getMessage()}")


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
    instellingen, scherm, begin = Instellingen(), Console(), time.monotonic()
    rust = landing.RUST_GEVRAAGD if instellingen.rust is None else instellingen.rust
    instellingen = instellingen.model_copy(update={"rust": rust})
    if not instellingen.landing.is_dir():
        regel(
            scherm,
            (f"Er is geen map {instellingen.landing}.", "red"),
            " Leg daar aanleveringen neer, of maak ze: ggz demo-data",
        )
        return 1
    logbestand = instellingen.data / "logs" / f"run_{datetime.now(UTC):%Y%m%d_%H%M%S}.log"
    try:
        landing.wacht_op_rust(instellingen.landing, rust)
        werk = vooraf.bedenk(instellingen)
        if werk.niets:
            regel(scherm, NIETS_NIEUWS)
            storingen = _toon_later(scherm, instellingen, begin)
            einde.toon_waar(scherm, instellingen)
            return 1 if storingen else 0
        with alles_naar(logbestand) as terminal, Voortgang(terminal):
            for woorden in vooraf.in_woorden(werk, instellingen):
                logger.info(woorden)
            logger.debug("Dagster laden")
            from pipelines.bediening.uitvoering import draai

            uitslag = draai(bron, maand, iza_regio, rust)
        if uitslag.geslaagd and not (bron or maand or iza_regio):
            vooraf.onthoud(instellingen, werk, time.monotonic() - begin)
        return _toon_uitslag(scherm, instellingen, uitslag, logbestand, begin)
    except Exception as fout:
        regel(scherm, ("De run is afgebroken:", "red"), f" {in_woorden(fout)}\n{bewaar_fout(logbestand)}")
        return 1


def toon_werk() -> int:
    """Shows what a run would do and why; returns the exit status."""
    instellingen, scherm = Instellingen(), Console()
    werk = vooraf.bedenk(instellingen)
    for woorden in [NIETS_NIEUWS] if werk.niets else vooraf.in_woorden(werk, instellingen):
        regel(scherm, woorden)
    return 0


def _toon_uitslag(
    scherm: Console, instellingen: Instellingen, uitslag: "Uitslag", logbestand: Path, begin: float
) -> int:
    """The summary of a run; returns the exit status."""
    for stap, reden in uitslag.gebroken:
        regel(scherm, (f"{stap} is mislukt:", "red"), f" {in_woorden(reden)}")
    for bestand in uitslag.beschadigd[:MEESTE]:
        regel(
            scherm, ("Ingelezen rijen waren beschadigd", "yellow"), f" en zijn opnieuw uit landing gelezen: {bestand}"
        )
    for toets in uitslag.gezakt:
        regel(scherm, ("Een toets houdt de bouw tegen:", "red"), f" {toets}")
    einde.toon_leveringen(scherm, uitslag.beoordeeld)
    storingen = _toon_later(scherm, instellingen, begin)
    with logbestand.open("a") as log:
        lijsten = Console(file=log, width=BREED)
        _toon_leveringen(lijsten, instellingen, uitslag.beoordeeld)
        if uitslag.geslaagd:
            with verbinding.lees(instellingen.warehouse, verbinding.GEDULD) as con:
                einde.toon_cijfers(scherm, con)
                einde.toon_echt(scherm, con)
                _toon_cijfers(lijsten, con)
            einde.toon_veranderd(scherm, instellingen)
            einde.toon_gemeld(scherm, instellingen)
    einde.toon_waar(scherm, instellingen, logbestand)
    return 0 if uitslag.geslaagd and not storingen else 1


def _toon_later(scherm: Console, instellingen: Instellingen, begin: float) -> int:
    """What was not looked at since ``begin`` and what could not be read, with why; returns how many for trouble of ours."""
    with Register(instellingen.register) as register:
        storingen, gezien = register.storingen(), register.gezien()
    rust = instellingen.rust and instellingen.rust + time.monotonic() - begin
    wachten = landing.kijk(instellingen.landing, rust=rust).later
    later = storingen | {
        als_tekst(pad): reden
        for pad, reden in wachten.items()
        if reden != landing.JONG or not _is_gezien(instellingen.landing / pad, gezien.get(als_tekst(pad)))
    }
    if later:
        regel(scherm, ("\nLater opnieuw", "bold"), ": niet ingenomen, en bij de volgende run weer bekeken")
    for pad, reden in sorted(later.items())[:MEESTE]:
        regel(scherm, "  ", (pad, "yellow"), f": {reden}")
    if len(later) > MEESTE:
        regel(scherm, f"  en nog {len(later) - MEESTE}")
    return len(storingen)


def _is_gezien(bestand: Path, stand: tuple[int, int, str] | None) -> bool:
    try:
        nu = bestand.stat()
    except OSError:
        return False
    return stand is not None and stand[:2] == (nu.st_size, nu.st_mtime_ns)


def maak_demo(uit: Path | None, schaal: float, maanden: int, seed: int, laatste_maand: str) -> int:
    """Makes synthetic deliveries with progress; returns the exit status."""
    from pipelines.demo import maak

    scherm = Console()
    with Voortgang(scherm):
        gemaakt = maak(uit or Instellingen().data, schaal, maanden, seed, laatste_maand, logger.debug)
    for bron, aantal in gemaakt.leveringen.items():
        regel(scherm, f"{bron}: {getal(aantal)} leveringen, {getal(gemaakt.rijen[bron])} rijen")
    regel(scherm, f"Aanleveringen: {gemaakt.landing}\nIngebouwde gebreken: {gemaakt.waarheid}")
    return 0


def draai_demo(schaal: float, maanden: int, laatste_maand: str) -> int:
    """Synthetic deliveries with the real workbook of the NZa beside them, and a run over all of it; returns the exit status."""
    instellingen = Instellingen()
    maak_demo(None, schaal, maanden, 1, laatste_maand)
    doel = instellingen.landing / "wachttijden_open" / "2018-02" / "NL"
    doel.mkdir(parents=True, exist_ok=True)
    for werkboek in van_project("voorbeelden/nza_wachttijden_2018").glob("*.xlsx"):
        shutil.copyfile(werkboek, doel / werkboek.name)
    return draai_met_verslag(None, None, None)


def _toon_leveringen(scherm: Console, instellingen: Instellingen, beoordeeld: Iterable[Levering]) -> None:
    """What this run took in and refused: each delivery with its reason, rows by rule with the first of them."""
    ingenomen = [lev for lev in beoordeeld if lev.code is None and not lev.ingetrokken]
    ingetrokken = sorted((lev for lev in beoordeeld if lev.ingetrokken), key=lambda lev: lev.pad)
    geweigerd = sorted((lev for lev in beoordeeld if lev.code is not None), key=lambda lev: lev.pad)
    rijen = sum(lev.rijen_gelezen for lev in ingenomen)
    regel(
        scherm,
        ("\nAanleveringen", "bold"),
        f" van deze run: {getal(len(ingenomen))} ingenomen ({getal(rijen)} rijen), {len(geweigerd)} geweigerd",
    )
    for lev in geweigerd[:MEESTE]:
        regel(scherm, "  ", (lev.code, "red"), f" {lev.pad}: {lev.toelichting}")
    for lev in ingetrokken[:MEESTE]:
        regel(scherm, "  ", ("ingetrokken", "yellow"), f" {lev.pad}: {lev.ingetrokken}")
    if len(geweigerd) > MEESTE:
        regel(scherm, f"  en nog {len(geweigerd) - MEESTE}; ggz status toont ze alle")
    regels = _afgekeurd_per_regel(instellingen, ingenomen)
    if not regels:
        return
    regel(scherm, ("Afgekeurde rijen", "bold"), ", per regel waaraan zij niet voldoen:")
    for aantal, code, uitleg, bestand, rijnummer in regels[:MEESTE]:
        regel(
            scherm,
            "  ",
            (code, "red"),
            f" {getal(aantal)} keer: {uitleg} ",
            (f"(zoals {bestand} rij {rijnummer})", "dim"),
        )
    rest = f"Nog {len(regels) - MEESTE} regels, en e" if len(regels) > MEESTE else "E"
    regel(
        scherm,
        f"  {rest}lke rij met haar waarden: kwaliteit.afgekeurde_rij. Herstel: lever het hele bestand met een hogere versie. "
        "Wat een code betekent en wat te doen is: ggz uitleg CODE.",
    )


def _afgekeurd_per_regel(
    instellingen: Instellingen, leveringen: list[Levering]
) -> list[tuple[int, str, str, str, int]]:
    """Refused rows by the rule that refused them, most first: number, code, reason, and file and row of the first."""
    gevonden = []
    van_bericht = {naam: (rij["code"], f"{naam} {rij['inhoud']}") for naam, rij in oordelen().items() if rij["code"]}
    for bron in {lev.bron for lev in leveringen}:
        uitleg = {r.naam: (r.code, r.uitleg) for r in contract.lees(bron).regels} | van_bericht
        paden = [
            sql.bestanden(opslagpad(instellingen, lev)) for lev in leveringen if lev.bron == bron and lev.rijen_met_code
        ]
        if paden:
            telling = duckdb.execute(
                """
                SELECT regel, count(*), min((bestand, rijnummer))
                FROM (
                  SELECT bestand, rijnummer,
                    unnest(list_concat(coalesce(regels, []), coalesce(string_split(controleregels, ','), []))) AS regel
                  FROM read_parquet(?) WHERE codes IS NOT NULL
                )
                WHERE regel IN (SELECT unnest(?))
                GROUP BY regel
                """,
                [paden, list(uitleg)],
            ).fetchall()
            gevonden += [(aantal, *uitleg[regel], *eerste) for regel, aantal, eerste in telling]
    return sorted(gevonden, reverse=True)


def _toon_cijfers(scherm: Console, con: duckdb.DuckDBPyConnection) -> None:
    signalen = con.execute("SELECT code, count(*) FROM kwaliteit.signaal GROUP BY code ORDER BY code").fetchall()
    mismatches = con.execute("SELECT code, count(*) FROM marts.zpm_mismatch GROUP BY code ORDER BY code").fetchall()
    regel(scherm, ("\nSignalen", "bold"), f" op aanvaarde rijen: {_opsomming(signalen)}")
    regel(scherm, ("Bevindingen", "bold"), f" over de definitie: {_opsomming(mismatches)}")
    vergelijking = con.execute(
        "SELECT maand, nza_groep, totaal_weken, nza_totaal_weken, locaties_totaal FROM marts.wachttijd_open_vergelijking "
        "WHERE nza_totaal_weken IS NOT NULL ORDER BY nza_groep"
    ).fetchall()
    if vergelijking:
        tabel = Table(
            "diagnosegroep",
            "hier (weken)",
            "NZa (weken)",
            "locaties",
            title_justify="left",
            title=f"Totale wachttijd in {vergelijking[0][0]:%Y-%m}, uit de openbare gegevens en zoals de NZa die publiceerde",
        )
        for _, groep, hier, nza, locaties in vergelijking:
            tabel.add_row(groep, "onbekend" if hier is None else getal(hier, 1), getal(nza, 1), getal(locaties))
        scherm.print(tabel)


def _opsomming(tellingen: list[tuple[str, int]]) -> str:
    return ", ".join(f"{code} {getal(aantal)}" for code, aantal in tellingen) or "geen"
