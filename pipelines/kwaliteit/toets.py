"""Great Expectations on what was taken in: the suite of a bron on all rows read, straight from the store.

The rules are those of the contract (``pipelines.contract``), which also refuse rows; here Great Expectations counts on its own
how many rows break each rule, and ``verschillen`` holds that against the refusal. DuckDB scans the parquet column by column, so
that no table is ever loaded as a whole.
"""

import logging
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipelines import contract
from pipelines.aanlevering.inname import opslagpad
from pipelines.aanlevering.keuring import Keuring
from pipelines.aanlevering.register import Levering
from pipelines.contract import Contract, Regel
from pipelines.settings import Instellingen

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuite, ExpectationSuiteValidationResult

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

_TELLING = {"result_format": "BASIC", "partial_unexpected_count": 0}  # counts alone: no value of a patient in a report


class ToetsFout(Exception):
    """A rule that Great Expectations cannot run; the message names it."""


@dataclass(frozen=True)
class Toets:
    """Outcome of a suite: rows seen, and per rule how many break it according to Great Expectations and to the refusal."""

    bron: str
    rijen: int
    verwacht: dict[str, int]
    afgekeurd: dict[str, int]
    uitslag: "ExpectationSuiteValidationResult | None"

    @property
    def verschillen(self) -> dict[str, tuple[int, int]]:
        """Rules on which the two disagree: (Great Expectations, refusal). Must be empty."""
        return {r: (n, self.afgekeurd.get(r, 0)) for r, n in self.verwacht.items() if n != self.afgekeurd.get(r, 0)}


def toets(instellingen: Instellingen, bron: str, leveringen: Iterable[Levering]) -> Toets:
    """Runs the suite of ``bron`` on the stored rows of these deliveries (the refused ones among them have none)."""
    grens = contract.lees(bron)
    paden = [str(opslagpad(instellingen, levering)) for levering in leveringen if levering.code is None]
    if not paden:
        return Toets(bron, 0, {}, {}, None)
    with tempfile.TemporaryDirectory(prefix="ggz-toets-") as map:
        pad = Path(map) / "toets.duckdb"
        rijen, afgekeurd = _klaarzetten(pad, bron, paden)
        uitslag = _voer_uit(pad, grens)
    return Toets(bron, rijen, _aantallen(uitslag), afgekeurd, uitslag)


def _klaarzetten(pad: Path, bron: str, paden: list[str]) -> tuple[int, dict[str, int]]:
    """A scratch database with a view on the store, and what the refusal counted per rule."""
    with duckdb.connect(str(pad), config={"threads": 2}) as con:
        Keuring.zet_referentie_klaar(con)
        lijst = ", ".join("'" + p.replace("'", "''") + "'" for p in paden)
        con.execute(f"CREATE VIEW {bron} AS SELECT * FROM read_parquet([{lijst}])")
        rijen = con.execute(f"SELECT count(*) FROM {bron}").fetchone()[0]
        per_regel = con.execute(f"SELECT regel, count(*) FROM (SELECT unnest(regels) AS regel FROM {bron}) GROUP BY regel")
        return rijen, dict(per_regel.fetchall())


def suite(grens: Contract) -> "ExpectationSuite":
    """The rules of a contract as a suite of Great Expectations."""
    import great_expectations as gx

    return gx.ExpectationSuite(name=grens.bron, expectations=[_verwachting(r) for r in grens.regels])


def _verwachting(regel: Regel):
    import great_expectations.expectations as gxe

    kenmerken = {"meta": {"regel": regel.naam, "code": regel.code, "kolom": regel.kolom}, "description": regel.uitleg}
    if regel.fout_als is not None:
        zoekvraag = f"SELECT rij.rijnummer FROM (SELECT * FROM {{batch}}) AS rij WHERE {regel.fout_als}"
        return gxe.UnexpectedRowsExpectation(unexpected_rows_query=zoekvraag, **kenmerken)
    soort = "".join(deel.capitalize() for deel in regel.type.split("_"))
    return getattr(gxe, soort)(**regel.kwargs, **kenmerken)


def _voer_uit(pad: Path, grens: Contract) -> "ExpectationSuiteValidationResult":
    import great_expectations as gx
    from great_expectations.execution_engine import sqlalchemy_execution_engine as motor

    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    if _DuckDB.value not in motor._PERSISTED_CONNECTION_DIALECTS:
        motor._PERSISTED_CONNECTION_DIALECTS += (_DuckDB(_DuckDB.value),)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    bron = context.data_sources.add_sql(grens.bron, connection_string=f"duckdb:///{pad}", create_temp_table=False)
    batch = bron.add_table_asset(grens.bron, table_name=grens.bron).add_batch_definition_whole_table(grens.bron)
    validatie = gx.ValidationDefinition(name=grens.bron, data=batch, suite=context.suites.add(suite(grens)))
    uitslag = context.validation_definitions.add(validatie).run(result_format=_TELLING)
    bron.get_execution_engine().close()
    return uitslag


class _DuckDB(str):
    """Joins the dialects of which Great Expectations keeps the connection open between a query and its result."""

    value = "duckdb"


def _aantallen(uitslag: "ExpectationSuiteValidationResult") -> dict[str, int]:
    aantallen = {}
    for r in uitslag.results:
        regel, aantal = r.expectation_config.meta["regel"], r.result.get("unexpected_count", r.result.get("observed_value"))
        if aantal is None:
            raise ToetsFout(f"expectations: regel {regel} is niet uit te voeren: {r.exception_info}")
        aantallen[regel] = aantal
    return aantallen
