"""What the warehouse was built from: a fingerprint per source, complete only when everything was built and checked.

Belongs here: whether a build is due, and why. Does not belong here: the build itself.

The record lies in the warehouse (``beheer.bouw``). It is made open before a build begins and closed at its very end, by the
same run: whatever a killed run left behind is built again.
"""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path, PurePosixPath

import duckdb

from pipelines.aanlevering import landing
from pipelines.aanlevering import naam as namen
from pipelines.aanlevering.geldigheid import Aanwezig, geldt_nog
from pipelines.aanlevering.register import Register
from pipelines.settings import TIJDZONE, Instellingen
from pipelines.warehouse import definities, verbinding
from pipelines.warehouse.dbt import codehash

CODE, SCENARIOS, AFSPRAKEN, GEWEIGERD = "code", "scenarios", "afspraken", "geweigerde leveringen"
OORDELEN = "oordeel"  # the source of dbt that holds them
TERMIJN = "verstreken termijn"
# Changes in these leave what dbt builds as it is.
NA_DBT = {SCENARIOS, AFSPRAKEN}


def vingerafdrukken(con: duckdb.DuckDBPyConnection, instellingen: Instellingen) -> dict[str, str]:
    """Hash of all that the warehouse is made from: the code, what users asked for, judged and took in, per bron the deliveries
    that were taken in, and the refused ones."""
    rijen = con.execute(
        f"SELECT CASE WHEN code IS NULL THEN bron ELSE '{GEWEIGERD}' END, l.* FROM aanlevering.levering AS l "
        "ORDER BY bestand, sha256"
    ).fetchall()
    delen: dict[str, list] = {SCENARIOS: [], AFSPRAKEN: [], OORDELEN: _oordelen(instellingen.register)}
    delen |= definities.klaargezet(con)
    for bron, *levering in rijen:
        delen.setdefault(bron, []).append(levering)
    for deel, bestanden in ((SCENARIOS, "analyse/scenarios/*.yaml"), (AFSPRAKEN, "afspraken/*.csv")):
        delen[deel] += [(pad.name, pad.read_bytes()) for pad in sorted(instellingen.data.glob(bestanden))]
    return {CODE: codehash(), **{naam: hashlib.sha256(repr(deel).encode()).hexdigest() for naam, deel in delen.items()}}


def _oordelen(register: Path) -> list[tuple]:
    with closing(sqlite3.connect(register, timeout=60)) as con:
        if not con.execute("SELECT 1 FROM sqlite_master WHERE name = 'oordeel'").fetchone():
            return []
        return con.execute("SELECT * FROM oordeel ORDER BY volgnummer").fetchall()


def niets_nieuws(instellingen: Instellingen) -> bool:
    """Whether every file in landing has a verdict that still stands, the warehouse has that register, and was built from exactly it."""
    if not (instellingen.warehouse.exists() and instellingen.register.exists()):
        return False
    with Register(instellingen.register) as register:
        gezien = register.gezien()
        leveringen = {(lev.bestand, lev.sha256): lev for lev in register.leveringen()}
    gekeken = landing.kijk(instellingen.landing, rust=instellingen.rust)
    aanwezig = Aanwezig(gekeken)
    if any(lev.bron and aanwezig.verdwenen(lev) for lev in leveringen.values()):
        return False
    for pad in gekeken.paden:
        try:
            staat = (instellingen.landing / pad).stat()
        except OSError:
            return False
        grootte, moment, sha256 = gezien.get(namen.als_tekst(pad), (None, None, None))
        levering = leveringen.get((namen.als_tekst(PurePosixPath(pad.name)), sha256))
        if (grootte, moment) != (staat.st_size, staat.st_mtime_ns) or levering is None:
            return False
        if not geldt_nog(instellingen, levering) or aanwezig.terug(levering, sha256):
            return False
    try:
        with verbinding.lees(instellingen.warehouse) as con:
            klaargezet = con.execute(
                "SELECT bestand, sha256, code, rijen_gelezen, regels, sleutel, ingetrokken FROM aanlevering.levering"
            ).fetchall()
            geschreven = {
                (lev.bestand, lev.sha256, lev.code, lev.rijen_gelezen, lev.regels, lev.sleutel, lev.ingetrokken)
                for lev in leveringen.values()
            }
            if definities.klaargezet(con) != definities.bewaard(instellingen):
                return False
            return set(klaargezet) == geschreven and not gewijzigd(con, vingerafdrukken(con, instellingen))
    except (verbinding.NietTeOpenen, duckdb.Error):
        return False  # held by a writer, or never built: the run itself finds out


def gewijzigd(con: duckdb.DuckDBPyConnection, nu: dict[str, str]) -> set[str]:
    """The sources that are not what the last complete build was made from, and ``TERMIJN`` where one passed since; all sources
    after an incomplete build."""
    if not con.execute("SELECT 1 FROM information_schema.tables WHERE table_schema = 'beheer'").fetchone():
        return set(nu)
    toen = dict(con.execute("SELECT onderdeel, vingerafdruk FROM beheer.bouw WHERE voltooid").fetchall())
    anders = {naam for naam in nu.keys() | toen.keys() if nu.get(naam) != toen.get(naam)}
    return anders | {TERMIJN} if termijn_verstreken(con) else anders


def termijn_verstreken(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether since the build a term has passed of a delivery that was still awaited: now it is missing, though nothing came in."""
    tabel = (
        "SELECT 1 FROM information_schema.tables WHERE table_schema = 'kwaliteit' AND table_name = 'verwachte_levering'"
    )
    wacht = (
        "SELECT 1 FROM kwaliteit.verwachte_levering WHERE NOT ontvangen AND NOT verstreken "
        f"AND termijn < (now() AT TIME ZONE '{TIJDZONE}')::DATE"
    )
    return bool(con.execute(tabel).fetchone() and con.execute(wacht).fetchone())


def begin(con: duckdb.DuckDBPyConnection, nu: dict[str, str], run: str) -> None:
    """From here on the warehouse is incomplete, until ``voltooi`` by the same run."""
    con.execute("CREATE SCHEMA IF NOT EXISTS beheer")
    con.execute(
        "CREATE TABLE IF NOT EXISTS beheer.bouw (onderdeel VARCHAR, vingerafdruk VARCHAR, run VARCHAR, voltooid BOOLEAN)"
    )
    con.begin()
    con.execute("DELETE FROM beheer.bouw")
    con.executemany("INSERT INTO beheer.bouw VALUES (?, ?, ?, false)", [[*paar, run] for paar in sorted(nu.items())])
    con.commit()


def voltooi(con: duckdb.DuckDBPyConnection, run: str) -> None:
    """Everything stands. Does nothing when another run has begun a build since."""
    con.execute("UPDATE beheer.bouw SET voltooid = true WHERE run = ?", [run])
