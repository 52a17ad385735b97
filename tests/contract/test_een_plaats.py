"""A source is named in one place: no list of sources stands in Python or SQL."""

import ast
import re
from pathlib import Path

import pytest

from pipelines import contract
from pipelines.settings import PROJECT

BRONNEN = set(contract.bronnen())
# What may name several sources, and why.
MAG = {
    "pipelines/demo": "the demo makes these four, each with code of its own",
}
PYTHON = sorted(p for p in (PROJECT / "pipelines").rglob("*.py"))
SQL = sorted(
    p
    for d in ("pipelines", "dbt_project/models", "dbt_project/macros", "dbt_project/tests")
    for p in (PROJECT / d).rglob("*.sql")
)


def lijsten_in_python(tekst: str) -> list[int]:
    """Lines of the lists, sets, tuples and dicts that hold two or more names of sources."""
    regels = []
    for knoop in ast.walk(ast.parse(tekst)):
        delen = getattr(knoop, "elts", None) or [*getattr(knoop, "keys", []), *getattr(knoop, "values", [])]
        namen = {d.value for d in delen if isinstance(d, ast.Constant) and isinstance(d.value, str)}
        if len(namen & BRONNEN) > 1:
            regels.append(knoop.lineno)
    return regels


def lijsten_in_sql(tekst: str) -> list[str]:
    """The lists between brackets, of SQL or of Jinja, that hold two or more names of sources."""
    haken = re.findall(r"[(\[{]([^()\[\]{}]*)[)\]}]", re.sub(r"--.*", "", tekst))
    return [h for h in haken if len({deel.strip().strip("'\"") for deel in h.split(",")} & BRONNEN) > 1]


@pytest.mark.parametrize(
    "pad",
    [p for p in PYTHON if not any(str(p.relative_to(PROJECT)).startswith(m) for m in MAG)],
    ids=lambda p: str(p.relative_to(PROJECT)),
)
def test_geen_lijst_van_bronnen_in_python(pad: Path):
    assert lijsten_in_python(pad.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("pad", SQL, ids=lambda p: str(p.relative_to(PROJECT)))
def test_geen_lijst_van_bronnen_in_sql(pad: Path):
    assert lijsten_in_sql(pad.read_text(encoding="utf-8")) == []


def test_een_lijst_wordt_gezien():
    assert lijsten_in_python('a = 1\nX = ("bedden", "wachtlijst")') == [2]
    assert lijsten_in_python('X = {"bedden": 1, "wachtlijst": 2}') == [1]
    assert lijsten_in_python('X = ("bedden", "plekken")') == []
    assert lijsten_in_sql("where bron in ('bedden', 'wachtlijst')") == ["'bedden', 'wachtlijst'"]
    assert lijsten_in_sql("{% set b = ['bedden', 'declaraties'] %}") == ["'bedden', 'declaraties'"]
    assert lijsten_in_sql("select 'bedden' as bron union all select 'wachtlijst'") == []
