"""What the warehouse was built from: a fingerprint per source, complete only when everything was built and checked.

Belongs here: whether a build is due, and why. Does not belong here: the build itself.

The record lies in the warehouse (``beheer.bouw``): a line per source, open from the moment that a build of it begins until its
very end. Whatever a killed run left behind is built again.
"""

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines import contract
from pipelines.aanlevering import inname
from pipelines.aanlevering.register import Register
from pipelines.settings import TIJDZONE, Instellingen
from pipelines.warehouse import bijwerken, definities, verbinding
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
    delen |= definities.bewaard(instellingen)
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


def te_innemen(instellingen: Instellingen, nieuw: Iterable[str] | None = None) -> set[str]:
    """Which intakes are due: those with something new in landing, and those whose register is not what was built from: a run may
    have been killed between reading and checking. ``nieuw``: the first, when they were asked before."""
    nieuw = set(inname.nieuw(instellingen) if nieuw is None else nieuw)
    with Register(instellingen.register) as register:
        leveringen = register.leveringen()
    try:
        with verbinding.lees(instellingen.warehouse) as con:
            klaargezet = set(con.execute(f"SELECT {', '.join(_VERDICT)} FROM aanlevering.levering").fetchall())
            anders = gewijzigd(con, vingerafdrukken(con, instellingen))
    except (verbinding.NietTeOpenen, duckdb.Error):  # held by a writer, or never built
        return {*contract.mappen(), inname.VERDWAALD}
    bronnen = anders.intersection(contract.bronnen()) | {
        lev.bron
        for lev in leveringen
        if tuple(getattr(lev, veld) for veld in _VERDICT) not in klaargezet or (lev.code and GEWEIGERD in anders)
    }
    return nieuw | {contract.lees(bron).map if bron else inname.VERDWAALD for bron in bronnen}


# what of a delivery makes it another one for the warehouse
_VERDICT = ("bestand", "sha256", "code", "rijen_gelezen", "regels", "sleutel", "ingetrokken")


@dataclass(frozen=True)
class Plan:
    """A build that is due: ``merk`` names the state that it is made of, ``gewijzigd`` what differs from the last complete build."""

    merk: str
    gewijzigd: frozenset[str]


def te_bouwen(instellingen: Instellingen, geduld: float = verbinding.GEDULD) -> Plan | None:
    """The build that is due, of the deliveries as they stand ready in the warehouse; None when there is none.

    Raises NietTeOpenen while another program holds the warehouse for more than ``geduld`` seconds.
    """
    with verbinding.lees(instellingen.warehouse, geduld) as con:
        if not con.execute("SELECT 1 FROM duckdb_tables() WHERE schema_name = 'aanlevering'").fetchone():
            return None
        nu = vingerafdrukken(con, instellingen)
        anders = gewijzigd(con, nu)
    return Plan(merk(nu), frozenset(anders)) if anders else None


def merk(nu: dict[str, str]) -> str:
    """Short name of a state: what a run was asked to build of."""
    return hashlib.sha256(repr(sorted(nu.items())).encode()).hexdigest()[:16]


def gewijzigd(con: duckdb.DuckDBPyConnection, nu: dict[str, str]) -> set[str]:
    """The sources that are not what was last built from, those of a build that did not end, and ``TERMIJN`` where one passed since."""
    if not con.execute("SELECT 1 FROM information_schema.tables WHERE table_schema = 'beheer'").fetchone():
        return set(nu)
    toen = dict(con.execute("SELECT onderdeel, CASE WHEN voltooid THEN vingerafdruk END FROM beheer.bouw").fetchall())
    anders = {naam for naam in nu.keys() | toen.keys() if toen.get(naam) is None or nu.get(naam) != toen[naam]}
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


def begin(con: duckdb.DuckDBPyConnection, nu: dict[str, str]) -> bool:
    """From here on what was built of the changed sources is incomplete, until ``voltooi``. Returns whether dbt may keep tables up to
    date with the deliveries that changed (``bijwerken``), instead of making them anew."""
    con.execute("CREATE SCHEMA IF NOT EXISTS beheer")
    con.execute(
        "CREATE TABLE IF NOT EXISTS beheer.bouw (onderdeel VARCHAR, vingerafdruk VARCHAR, run VARCHAR, voltooid BOOLEAN)"
    )
    anders = gewijzigd(con, nu)
    con.begin()
    con.execute("DELETE FROM beheer.bouw WHERE list_contains(?, onderdeel)", [sorted(anders)])
    con.execute("INSERT INTO beheer.bouw SELECT unnest(?), NULL, NULL, false", [sorted(anders)])
    bij_te_werken = bijwerken.begin(con, alles=bool({CODE, *definities.TABELLEN} & anders))
    con.commit()
    return bij_te_werken


def voltooi(con: duckdb.DuckDBPyConnection, nu: dict[str, str], van: str, run: str) -> bool:
    """Everything stands, as ``run`` made it of the state named ``van``. False, and nothing is kept, when that is no longer the state."""
    if merk(nu) != van:
        return False
    con.begin()
    con.execute("DELETE FROM beheer.bouw")
    con.executemany("INSERT INTO beheer.bouw VALUES (?, ?, ?, true)", [[*paar, run] for paar in sorted(nu.items())])
    bijwerken.voltooi(con)
    con.commit()
    return True
