"""Stored rows as the cells they were delivered as, so that changed rules judge them without reading the delivery again.

Belongs here: from the store back to cells, and of which rows that can be done. Does not belong here: judging (``keuring``), and
whether only the rules changed (``geldigheid``).

A row of which a cell was erased at the door (an A06 value, a BSN in a wrong column, W02) has no cells any more; nor has a 573 message,
whose control rules judged what the store does not keep, and a source with a ``vlag``, of which only the answer is kept.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.aanlevering import cellen
from pipelines.aanlevering.keuring import A06, VERDACHT
from pipelines.contract import Contract
from pipelines.fundament import sql

RIJEN = 50_000  # in one batch


def bewaart_cellen(grens: Contract) -> bool:
    """Whether the store keeps the cells of this source at all."""
    return not any(k.type == "vlag" for k in grens.kolommen)


def is_heel_bewaard(pad: Path, grens: Contract) -> bool:
    """Whether every row of the stored delivery still has its cells as delivered."""
    if not bewaart_cellen(grens):
        return False
    vraag = f"SELECT count(*) FROM {_opslag(pad)} WHERE uit_bericht OR {gewist(grens)}"
    return not _verbinding().cursor().execute(vraag).fetchone()[0]


def lees(pad: Path, grens: Contract) -> Iterator[pa.RecordBatch]:
    """The rows of a stored delivery as ``lezing.lees`` gave them, the first batch empty."""
    yield pa.RecordBatch.from_pylist([], schema=cellen.schema(grens))
    vraag = f"SELECT {als_gelezen(grens)} FROM {_opslag(pad)} ORDER BY rijnummer"
    yield from _verbinding().cursor().execute(vraag).to_arrow_reader(RIJEN).cast(cellen.schema(grens))


def gewist(grens: Contract) -> str:
    """SQL condition on a stored row that holds where a cell of it was erased."""
    delen = ["coalesce(contains(codes, 'A06'), false)"]
    delen += [f"coalesce(contains(rij, {sql.letterlijk(merk)}), false)" for merk in (A06, VERDACHT)]
    return f"({' OR '.join([*delen, *(w.merk for w in grens.wissen)])})"


def als_gelezen(grens: Contract) -> str:
    """SQL of the cells of a stored row. Of a refused row the store keeps every cell as text, of another those that its values do not
    give back; a cell without text in ``cellen`` held what is no text."""
    kolommen = []
    for k in grens.kolommen:
        naam = sql.letterlijk(k.naam)
        bewaard = f"json_extract_string(rij, {naam})"
        kolommen.append(
            f"CASE WHEN rij IS NOT NULL THEN {bewaard} ELSE coalesce(cellen[{naam}], {sql.naam(k.naam)}::VARCHAR) END AS {sql.naam(k.naam)}"
        )
    vormfout = "list_filter(map_keys(cellen), k -> cellen[k] = '')"
    return f"{', '.join(kolommen)}, rijnummer, CASE WHEN len({vormfout}) > 0 THEN {vormfout} END AS _vormfout"


def _opslag(pad: Path) -> str:
    return f"read_parquet({sql.letterlijk(sql.bestanden(pad))}, hive_partitioning = false)"


@cache
def _verbinding() -> duckdb.DuckDBPyConnection:
    """One engine for all deliveries: to start it costs more than a small file."""
    return duckdb.connect(config={"threads": 2, "temp_directory": ""})
