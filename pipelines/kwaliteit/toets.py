"""Great Expectations on what was taken in: the suite of a bron on the cells of all rows read, as they were delivered.

The rules are those of the contract (``pipelines.contract``), which also refuse rows (``aanlevering.keuring``): two executions of
one text. Here cells become values anew, from what the store keeps of their text, and Great Expectations judges them with its
own kinds of expectation. ``verschillen`` holds its verdict against the refusal, row for row: it must find as many rows that break
a rule as the refusal did, and all of them among those that the refusal names.
"""

import importlib
import logging
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING

import duckdb

from pipelines import contract
from pipelines.aanlevering.keuring import VERDACHT, Keuring
from pipelines.aanlevering.opslag import opslagpad
from pipelines.aanlevering.register import Levering, porties
from pipelines.contract import Contract, Kolom
from pipelines.fundament import sql
from pipelines.settings import Instellingen

if TYPE_CHECKING:
    from great_expectations.expectations import Expectation

# counts alone: no value of a patient in a result
_TELLING = {"result_format": "BASIC", "partial_unexpected_count": 0}
# DuckDB holds a buffer per file and column while it scans: a thousand files at once are gigabytes
BESTANDEN_TEGELIJK = 100
RIJEN_TEGELIJK = 1_000_000


class ToetsFout(Exception):
    """A rule that Great Expectations cannot run; the message names it."""


@dataclass(frozen=True)
class Toets:
    """Outcome of a suite. ``rijen``: stored rows per file name. ``afgekeurd``: rows per (file name, rule) that the refusal says break
    it, only where above 0. ``verwacht`` and ``samen``: rows per rule that Great Expectations says break it, and how many of
    those the refusal names too.

    ``vergelijkbaar`` is the refusal's count per rule on the rows that Great Expectations can judge: an A06 value and a BSN in a wrong
    column are erased, so that of such a row only A06 itself can be seen afterwards.
    """

    bron: str
    rijen: Counter[str] = field(default_factory=Counter)
    afgekeurd: Counter[tuple[str, str]] = field(default_factory=Counter)
    verwacht: Counter[str] = field(default_factory=Counter)
    samen: Counter[str] = field(default_factory=Counter)
    vergelijkbaar: Counter[str] = field(default_factory=Counter)

    @property
    def verschillen(self) -> dict[str, tuple[int, int, int]]:
        """Rules on which the two disagree: (Great Expectations, refusal, both). Must be empty."""
        regels = sorted(self.verwacht.keys() | self.vergelijkbaar.keys())
        gezien = {r: (self.verwacht[r], self.vergelijkbaar[r], self.samen[r]) for r in regels}
        return {regel: aantallen for regel, aantallen in gezien.items() if len(set(aantallen)) > 1}


def toets(instellingen: Instellingen, bron: str, leveringen: Iterable[Levering]) -> Toets | None:
    """Runs the suite of ``bron`` on the stored rows of these deliveries; None where none of them was taken in."""
    ingenomen = [levering for levering in leveringen if levering.code is None]
    if not ingenomen:
        return None
    grens, uitkomst = contract.lees(bron), Toets(bron)
    for deel in porties(ingenomen, RIJEN_TEGELIJK):
        with _geheugen(instellingen) as con:
            _zet_klaar(con, grens, [sql.bestanden(opslagpad(instellingen, levering)) for levering in deel])
            geraakt = _tel(con, grens, uitkomst)
            if any(levering.rijen_gelezen for levering in deel):
                _vergelijk(con, grens, geraakt, uitkomst)
    return uitkomst


def laad_alvast() -> None:
    """Begins to load Great Expectations, which takes seconds, while the first files are being read."""
    Thread(target=importlib.import_module, args=["great_expectations"], daemon=True).start()


@contextmanager
def _geheugen(instellingen: Instellingen) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory; what does not fit goes to a folder that does not stay."""
    with tempfile.TemporaryDirectory(prefix="ggz-toets-") as map_:
        grenzen = {"memory_limit": instellingen.geheugen, "threads": instellingen.threads, "temp_directory": map_}
        with duckdb.connect(config=grenzen) as con:
            yield con


def _zet_klaar(con: duckdb.DuckDBPyConnection, grens: Contract, paden: list[str]) -> None:
    """Makes what the suite looks at: ``alle`` rows, and those that the refusal says are wrong (``genoemd``)."""
    Keuring.zet_referentie_klaar(con)
    for nummer in range(0, len(paden), BESTANDEN_TEGELIJK):
        bestanden = ", ".join(map(sql.letterlijk, paden[nummer : nummer + BESTANDEN_TEGELIJK]))
        rijen = f"SELECT {_cellen(grens)} FROM read_parquet([{bestanden}])"
        con.execute(f"INSERT INTO cel {rijen}" if nummer else f"CREATE TABLE cel AS {rijen}")
    con.execute("CREATE TABLE genoemde_cel AS SELECT * FROM cel WHERE regels IS NOT NULL")
    con.execute(f"CREATE VIEW alle AS {_rijen(grens, 'cel')}")
    con.execute(f"CREATE VIEW genoemd AS {_rijen(grens, 'genoemde_cel')}")


def _tel(con: duckdb.DuckDBPyConnection, grens: Contract, uitkomst: Toets) -> set[str]:
    """Counts what the refusal said of the rows, and returns the rules that it says some break."""
    uitkomst.rijen.update(dict(con.execute("SELECT bestand, count(*) FROM cel GROUP BY bestand").fetchall()))
    geraakt = con.execute(
        "SELECT bestand, regel, count(*), count(*) FILTER (gewist = 0 OR list_contains(?, regel)) "
        "FROM (SELECT bestand, gewist, unnest(regels) AS regel FROM cel) GROUP BY bestand, regel",
        [[r.naam for r in grens.regels if r.code == "A06"]],
    ).fetchall()
    for bestand, regel, aantal, te_zien in geraakt:
        uitkomst.afgekeurd[bestand, regel] += aantal
        uitkomst.vergelijkbaar[regel] += te_zien
    return {regel for _, regel, _, te_zien in geraakt if te_zien}


def _cellen(grens: Contract) -> str:
    """SQL of a stored row: its cells as delivered, and what the refusal said of it."""
    from pipelines.kwaliteit.verwachting import GEWIST, tekst

    kolommen = [k for k in grens.kolommen if k.type != "vlag"]
    geheim = [k.naam for k in kolommen if k.type == "pseudoniem"]
    gewist = (
        f"coalesce(list_has_any(vormfout, {geheim}::VARCHAR[]), false) OR coalesce(contains(rij, '{VERDACHT}'), false)"
    )
    cellen = [f"{_cel(k)} AS {sql.naam(tekst(k.naam))}" for k in kolommen] + [f"cellen[''] AS {sql.naam(tekst(''))}"]
    return f"bestand, rijnummer, aanlevermaand_eind, uit_bericht, regels, ({gewist})::INTEGER AS {GEWIST}, {', '.join(cellen)}"


def _rijen(grens: Contract, tabel: str) -> str:
    """SQL of the rows for the suite: the cells, the values worked out from them, and what rules ask besides. Great Expectations knows no
    lists: ``regels`` is a column per rule."""
    from pipelines.kwaliteit.verwachting import afgekeurd, tekst, wel

    kolommen = [k for k in grens.kolommen if k.type != "vlag"]
    waarden = [f"{_waarde(k, sql.naam(tekst(k.naam)))} AS {sql.naam(k.naam)}" for k in kolommen]
    vragen = [f"coalesce({r.als}, false)::INTEGER AS {sql.naam(wel(r))}" for r in grens.regels if r.als]
    vragen += [
        f"coalesce(list_contains(regels, {sql.letterlijk(r.naam)}), false)::INTEGER AS {sql.naam(afgekeurd(r))}"
        for r in grens.regels
    ]
    return f"SELECT * EXCLUDE (regels), {', '.join(vragen)} FROM (SELECT *, {', '.join(waarden)} FROM {tabel}) AS rij"


def _cel(kolom: Kolom) -> str:
    """The text of a cell as delivered: that of its value, or as the store keeps it; missing where it says that it is not known."""
    cel = f"coalesce(cellen[{sql.letterlijk(kolom.naam)}], {sql.naam(kolom.naam)}::VARCHAR)"
    for onbekend in kolom.leeg_bij:
        cel = f"nullif({cel}, {sql.letterlijk(onbekend)})"
    return cel


def _waarde(kolom: Kolom, cel: str) -> str:
    """The value of a cell, NULL where it is missing or ill-formed."""
    patroon = kolom.celtype.patroon
    vormen = [f"regexp_full_match({cel}, {sql.letterlijk(patroon)})" if patroon else f"length({cel}) > 0"]
    vormen += [f"length({cel}) <= {kolom.maximaal}"] if kolom.maximaal else []
    return f"CASE WHEN {' AND '.join(vormen)} THEN {kolom.celtype.waarde.format(c=cel)} END"


def _vergelijk(con: duckdb.DuckDBPyConnection, grens: Contract, geraakt: set[str], uitkomst: Toets) -> None:
    """Runs the suite on all rows, and the rules that the refusal saw broken once more on the rows that it names for each."""
    from pipelines.kwaliteit.verwachting import verwachting

    with _suites(con) as voer_uit:
        for regel, aantal in voer_uit("alle", [verwachting(r, grens) for r in grens.regels]):
            uitkomst.verwacht[regel] += aantal
        genoemd = [verwachting(r, grens, alleen_afgekeurd=True) for r in grens.regels if r.naam in geraakt]
        for regel, aantal in voer_uit("genoemd", genoemd) if genoemd else ():
            uitkomst.samen[regel] += aantal


@contextmanager
def _suites(con: duckdb.DuckDBPyConnection) -> Iterator[Callable]:
    """A function that runs expectations on a view of ``con``: per rule how many rows break it."""
    import great_expectations as gx

    from pipelines.kwaliteit import motor

    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}

    def voer_uit(view: str, verwachtingen: list["Expectation"]) -> Iterator[tuple[str, int]]:
        batch = bron.add_table_asset(view, table_name=view).add_batch_definition_whole_table(view).get_batch()
        uitslag = batch.validate(gx.ExpectationSuite(name=view, expectations=verwachtingen), result_format=_TELLING)
        for r in uitslag.results:
            yield r.expectation_config.meta["regel"], _aantal(r)

    with motor.toegankelijk(con) as adres:
        bron = context.data_sources.add_sql("opslag", connection_string=adres, create_temp_table=False)
        yield voer_uit
        bron.get_execution_engine().close()


def _aantal(r) -> int:
    """How many rows break an expectation; a condition that no row meets has no count."""
    if r.exception_info.get("raised_exception", True):
        raise ToetsFout(
            f"expectations: regel {r.expectation_config.meta['regel']} is niet uit te voeren: {r.exception_info}"
        )
    return r.result.get("unexpected_count", r.result.get("observed_value")) or 0
