"""Findings: everything that is wrong, under an id that stays the same over runs, with the judgement beside it.

Belongs here: making ``kwaliteit.bevinding`` and reading it. Does not belong here: what is wrong (contract, dbt) and the
judgements themselves (``oordeel``). Same rule, place and cause is one finding; its months are in ``kwaliteit.bevinding_maand``.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines import contract
from pipelines.kwaliteit import lezer, oordeel
from pipelines.settings import Instellingen

_MAP = Path(__file__).parent
_MAAK = (_MAP / "bevinding.sql").read_text(encoding="utf-8")
_LEES = (_MAP / "bevinding_met_oordeel.sql").read_text(encoding="utf-8")


def na_bouw(instellingen: Instellingen, con: duckdb.DuckDBPyConnection) -> None:
    """Makes ``kwaliteit.bevinding_maand``, ``kwaliteit.bevinding`` and ``kwaliteit.oordeel`` in the warehouse ``con``."""
    con.register("regel", _regels())
    con.execute(
        "CREATE OR REPLACE TEMP TABLE geraakt AS "
        + " UNION ALL ".join(
            f"SELECT '{bron}' AS bron, bestand, regel, count(*) AS aantal FROM (SELECT bestand, unnest(regels) AS regel "
            f"FROM aanlevering.{bron} WHERE codes IS NOT NULL) GROUP BY bestand, regel"
            for bron in contract.bronnen()
        )
    )
    con.execute(_MAAK)
    con.unregister("regel")
    con.register("uit_register", oordeel.alle(instellingen.register))
    con.execute("CREATE OR REPLACE TABLE kwaliteit.oordeel AS SELECT * FROM uit_register")
    con.unregister("uit_register")
    con.execute(
        f"CREATE OR REPLACE TABLE kwaliteit.bevinding AS WITH oordeel AS (FROM kwaliteit.oordeel) SELECT * FROM ({_LEES})"
    )


def _regels() -> pa.Table:
    return pa.Table.from_pylist(
        [
            {"bron": bron, "regel": r.naam, "code": r.code, "uitleg": r.uitleg}
            for bron in contract.bronnen()
            for r in contract.lees(bron).regels
        ]
    )


class Bevindingen:
    """Findings of the last run with the judgements of now. Open with ``with``; raises ``verbinding.NietTeOpenen`` when there are none."""

    def __init__(self, warehouse: Path, register: Path):
        self._con = lezer.lees(warehouse)
        self._con.register("oordeel", oordeel.alle(register))

    def __enter__(self) -> "Bevindingen":
        return self

    def __exit__(self, *_fout) -> None:
        self._con.close()

    def lijst(self, waar: dict[str, str] | None = None) -> list[dict]:
        """Findings as dicts, the heaviest first; ``waar`` gives the value that columns must have."""
        voorwaarden = " AND ".join(["true", *(f"{kolom} = ?" for kolom in waar or {})])
        volgorde = "ernst, omvang DESC, bevinding"
        return self._rijen(
            f"SELECT * FROM ({_LEES}) WHERE {voorwaarden} ORDER BY {volgorde}", list((waar or {}).values())
        )

    def maanden(self, bevinding: str) -> list[dict]:
        """Size per month of one finding, oldest first."""
        return self._rijen(
            "SELECT maand, omvang, toelichting FROM kwaliteit.bevinding_maand WHERE bevinding = ? ORDER BY maand",
            [bevinding],
        )

    def oordelen(self, bevinding: str) -> list[dict]:
        """Every judgement of one finding, oldest first."""
        return self._rijen("SELECT * FROM oordeel WHERE bevinding = ? ORDER BY volgnummer", [bevinding])

    def _rijen(self, vraag: str, waarden: list) -> list[dict]:
        return self._con.execute(vraag, waarden).to_arrow_table().to_pylist()
