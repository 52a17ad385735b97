"""Findings: everything that is wrong, under an id that stays the same over runs, with the judgement beside it.

Belongs here: reading findings with the judgements of now. Does not belong here: what is a finding, and when a judged one opens again
(``dbt_project/models/kwaliteit``), and the judgements themselves (``oordeel``).
"""

from pathlib import Path

import jinja2

from pipelines.kwaliteit import lezer, oordeel
from pipelines.warehouse.dbt import DBT_PROJECT

# A severity as it is kept (spec 4), and as a reader is told: a delivery or row that is refused holds nothing up, it does not count
ERNST = {"blokkerend": "telt niet mee", "waarschuwing": "waarschuwing", "informatie": "informatie"}

# The model, asked again with the judgements of now: the rule of when a finding is open stands in it alone.
_TABELLEN = {
    "bevinding_basis": "kwaliteit.bevinding_basis",
    "kwaliteit_norm": "referentie.kwaliteit_norm",
    "oordeel": "oordeel_van_nu",
}
_MODEL = (DBT_PROJECT / "models" / "kwaliteit" / "bevinding.sql").read_text(encoding="utf-8")
_LEES = jinja2.Template(_MODEL, undefined=jinja2.StrictUndefined).render(ref=_TABELLEN.__getitem__)


class Bevindingen:
    """Findings of the last run with the judgements of now. Open with ``with``; raises ``verbinding.NietTeOpenen`` when there are none."""

    def __init__(self, warehouse: Path, register: Path):
        self._con = lezer.lees(warehouse)
        self._con.register("oordeel_van_nu", oordeel.alle(register))

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
        return self._rijen("SELECT * FROM oordeel_van_nu WHERE bevinding = ? ORDER BY volgnummer", [bevinding])

    def _rijen(self, vraag: str, waarden: list) -> list[dict]:
        return self._con.execute(vraag, waarden).to_arrow_table().to_pylist()
