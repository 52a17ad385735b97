"""Great Expectations on what was taken in: the suite of a bron on all rows read, straight from the store.

The rules are those of the contract (``pipelines.contract``), which also refuse rows; here Great Expectations counts on its own
how many rows break each rule, and ``verschillen`` holds that against the refusal. DuckDB works the rules out a portion of
the deliveries at a time, and Great Expectations counts them in one scan: no table is ever in memory as a whole.
"""

import logging
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipelines import contract
from pipelines.aanlevering.keuring import VERDACHT, Keuring
from pipelines.aanlevering.opslag import opslagpad
from pipelines.aanlevering.register import Levering
from pipelines.contract import Contract, Regel
from pipelines.fundament import sql
from pipelines.settings import Instellingen

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuite, ExpectationSuiteValidationResult

_TELLING = {"result_format": "BASIC", "partial_unexpected_count": 0}  # counts alone: no value of a patient in a report

BESTANDEN_TEGELIJK = 100


class ToetsFout(Exception):
    """A rule that Great Expectations cannot run; the message names it."""


@dataclass(frozen=True)
class Toets:
    """Outcome of a suite: per rule how many rows break it according to Great Expectations, and per delivery to the refusal.

    ``vergelijkbaar`` is the refusal's count per rule on the rows that Great Expectations can judge: an A06 value and a BSN in a wrong
    column are erased, so that of such a row only A06 itself can be seen afterwards.
    """

    bron: str
    rijen: dict[str, int]
    verwacht: dict[str, int]
    vergelijkbaar: dict[str, int]
    afgekeurd: dict[tuple[str, str], int]
    uitslag: "ExpectationSuiteValidationResult"

    @property
    def verschillen(self) -> dict[str, tuple[int, int]]:
        """Rules on which the two disagree: (Great Expectations, refusal). Must be empty."""
        regels = self.verwacht.keys() | self.vergelijkbaar.keys()
        paren = {regel: (self.verwacht.get(regel, 0), self.vergelijkbaar.get(regel, 0)) for regel in sorted(regels)}
        return {regel: (gx, inname) for regel, (gx, inname) in paren.items() if gx != inname}


def toets(instellingen: Instellingen, bron: str, run: str, leveringen: Iterable[Levering]) -> Toets | None:
    """Runs the suite of ``bron`` on the stored rows of these deliveries; None where none of them was taken in.

    ``rijen`` holds the stored rows per file name, ``afgekeurd`` the rows per (file name, rule), only where above 0.
    """
    paden = [str(opslagpad(instellingen, levering)) for levering in leveringen if levering.code is None]
    if not paden:
        return None
    with tempfile.TemporaryDirectory(prefix="ggz-toets-") as map_:
        pad = Path(map_) / "toets.duckdb"
        grens = contract.lees(bron)
        with duckdb.connect(str(pad), config=_grenzen(instellingen)) as con:
            _klaarzetten(con, grens, paden)
            rijen, vergelijkbaar, afgekeurd = _tellingen(con)
        uitslag = _voer_uit(instellingen, pad, grens, run)
    return Toets(bron, rijen, _aantallen(uitslag), vergelijkbaar, afgekeurd, uitslag)


def _klaarzetten(con: duckdb.DuckDBPyConnection, grens: Contract, paden: list[str]) -> None:
    """What the suite looks at, in a scratch database: per stored row the columns it has a bound for, and its rules in SQL."""
    Keuring.zet_referentie_klaar(con)
    geheim = [k.naam for k in grens.kolommen if k.type == "pseudoniem"]
    gewist = (
        f"coalesce(list_has_any(vormfout, {geheim}::VARCHAR[]), false) OR coalesce(contains(rij, '{VERDACHT}'), false)"
    )
    bron = f"SELECT *, {gewist} AS gewist FROM read_parquet([{{}}])"
    con.execute(f"CREATE VIEW opslag AS {bron.format(', '.join(map(sql.letterlijk, paden)))}")
    kolommen = [
        f'CASE WHEN NOT gewist THEN "{k}" END AS "{k}"'
        for k in dict.fromkeys(r.kolom for r in grens.regels if r.fout_als is None)
    ]
    regels = [
        f'CASE WHEN {"" if r.code == "A06" else "NOT gewist AND "}({r.fout_als}) THEN true END AS "{r.naam}"'
        for r in grens.regels
        if r.fout_als is not None
    ]
    # DuckDB holds a buffer per file and column while it scans: a thousand files at once are gigabytes
    for nummer in range(0, len(paden), BESTANDEN_TEGELIJK):
        deel = bron.format(", ".join(map(sql.letterlijk, paden[nummer : nummer + BESTANDEN_TEGELIJK])))
        rijen = f"SELECT {', '.join(kolommen + regels)} FROM ({deel}) AS rij"
        con.execute(f"INSERT INTO {grens.bron} {rijen}" if nummer else f"CREATE TABLE {grens.bron} AS {rijen}")
    con.execute("CREATE TABLE regel_code (regel VARCHAR, code VARCHAR)")
    con.executemany("INSERT INTO regel_code VALUES (?, ?)", [(r.naam, r.code) for r in grens.regels])


def _tellingen(con: duckdb.DuckDBPyConnection) -> tuple[dict[str, int], dict[str, int], dict[tuple[str, str], int]]:
    """What the refusal counted: rows per delivery, rows per rule where they can be compared, and rows per delivery and rule."""
    rijen = con.execute("SELECT bestand, count(*) FROM opslag GROUP BY bestand").fetchall()
    geraakt = con.execute(
        "SELECT bestand, regel, count(*), count(*) FILTER (NOT gewist OR code = 'A06') "
        "FROM (SELECT bestand, gewist, unnest(regels) AS regel FROM opslag) LEFT JOIN regel_code USING (regel) "
        "GROUP BY bestand, regel"
    ).fetchall()
    vergelijkbaar = Counter()
    for _, regel, _, aantal in geraakt:
        vergelijkbaar[regel] += aantal
    return dict(rijen), dict(vergelijkbaar), {(bestand, regel): aantal for bestand, regel, aantal, _ in geraakt}


def _grenzen(instellingen: Instellingen) -> dict[str, str | int]:
    return {"memory_limit": instellingen.geheugen, "threads": instellingen.threads}


def suite(bron: str, regels: Iterable[Regel]) -> "ExpectationSuite":
    """The rules of a contract as a suite of Great Expectations."""
    import great_expectations as gx

    from pipelines.kwaliteit.verwachting import verwachting

    return gx.ExpectationSuite(name=bron, expectations=[verwachting(r) for r in regels])


def _voer_uit(instellingen: Instellingen, pad: Path, grens: Contract, run: str) -> "ExpectationSuiteValidationResult":
    import great_expectations as gx
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.execution_engine import sqlalchemy_execution_engine as motor

    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    if _DuckDB.value not in motor._PERSISTED_CONNECTION_DIALECTS:
        motor._PERSISTED_CONNECTION_DIALECTS += (_DuckDB(_DuckDB.value),)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    bron = context.data_sources.add_sql(
        grens.bron,
        connection_string=f"duckdb:///{pad}",
        create_temp_table=False,
        kwargs={"connect_args": {"config": _grenzen(instellingen)}},
    )
    batch = bron.add_table_asset(grens.bron, table_name=grens.bron).add_batch_definition_whole_table(grens.bron)
    verwachtingen = context.suites.add(suite(grens.bron, grens.regels))
    validatie = context.validation_definitions.add(
        gx.ValidationDefinition(name=grens.bron, data=batch, suite=verwachtingen)
    )
    uitslag = validatie.run(result_format=_TELLING, run_id=RunIdentifier(run_name=run))
    bron.get_execution_engine().close()
    return uitslag


class _DuckDB(str):
    """Joins the dialects of which Great Expectations keeps the connection open between a query and its result."""

    value = "duckdb"


def _aantallen(uitslag: "ExpectationSuiteValidationResult") -> dict[str, int]:
    aantallen = {}
    for r in uitslag.results:
        regel, aantal = r.expectation_config.meta["regel"], r.result.get("unexpected_count")
        if aantal is None:
            raise ToetsFout(f"expectations: regel {regel} is niet uit te voeren: {r.exception_info}")
        aantallen[regel] = aantal
    return aantallen
