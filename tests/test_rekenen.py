"""No figure is computed outside dbt_project/ and pipelines/analyse/: publication, quality, screens and report select.

A lint over the syntax tree: sums, means and groupings, and every +, -, *, / and ** that may be of figures. What is left is
listed below with why it is none. The rooms below the marts (reading, judging and building) have no figures at hand.
"""

import ast
from pathlib import Path

import pytest

from pipelines.settings import PROJECT

MAPPEN = [
    m
    for m in ("publicatie", "kwaliteit", "blokken", "scherm", "rapport", "bediening")
    if (PROJECT / "pipelines" / m).is_dir()
]
REKENT = {"sum", "mean", "median", "quantile", "cumsum", "diff", "pct_change", "groupby", "agg", "aggregate", "pivot_table"} | {
    "prod", "std", "var", "value_counts", "div", "sub", "mul", "average"
}  # fmt: skip
GEEN_CIJFERS = {
    "publicatie/onthulling": "linear programmes over cells: what a reader could compute, not what the monitor says",
    "publicatie/tabellen.py": "relations between cells as a sparse matrix",
    "publicatie/verbanden.py": "worlds drawn by lot, in which a relation that nobody listed does not hold",
    "publicatie/publiek.py": "counts of withheld cells, for the report of disclosure control",
    "publicatie/afronding.py": "controlled rounding, by choice of who publishes (GGZ_PUBLICATIE_AFRONDEN_OP)",
    "publicatie/werkboek.py": "widths of a spreadsheet",
    "publicatie/vintage.py": "seconds that a publication took, and the number of the next one",
    "publicatie/cli.py": "counts of withheld and of changed cells",
    "publicatie/herziening.py": "how many changed rules there are beside those that are named",
    "kwaliteit/resultaat.py": "counts of checked and of wrong rows, as Great Expectations gives them",
    "kwaliteit/toets.py": "batches of files",
    "kwaliteit/melding.py": "findings counted for a message, and the pause before the next try",
    "bediening/leverstand.py": "how many months of a region were delivered",
    "bediening/einde.py": "deliveries and rows that a run took in",
    "bediening/uitvoering.py": "which deliveries are new: one set without another",
    "bediening/woorden.py": "control characters replaced in a text",
    "bediening/vooraf.py": "files, tables and tests that a run is about, and the seconds that one took",
    "scherm/paginas/aanleveren.py": "how many of the dropped files are good",
    "bediening/verslag.py": "rows that a run took in, and the seconds it took",
    "blokken/grafiek": "pixels",
    "scherm/sessiecookie.py": "bytes of a cookie",
    "blokken/opmaak.py": "how a figure is written: percent, millions, days of a norm as weeks",
}
"""Files and folders where arithmetic is no arithmetic on figures, and why."""
GEEN_CIJFERS_IN = {
    "blokken/metrieken.py": ("__init__",),  # finding the rows of a region by their position
    "scherm/paginas/landelijk/publicaties.py": ("herzieningblok",),  # how many cells changed
}
"""The same for single functions."""


PADEN = {"map_", "pad", "bouw", "wortel", "doel", "publicatie", "publicaties", "nieuw", "oud", "data", "datadocs", "Path"} | {
    "PROJECT", "MIDDELEN", "SITE"
}  # fmt: skip
"""What folders are called here: a / after them is a path."""


def _geen_getal(knoop: ast.expr, op: ast.operator) -> bool:
    """Whether + joins texts or lists, - takes one set from another, / makes a path, a day moves, or it is the length of a list."""
    namen = {getattr(n, "id", None) or getattr(n, "attr", None) for n in ast.walk(knoop)}
    if isinstance(op, ast.Div) and namen & PADEN:
        return True
    return bool(namen & {"timedelta", "datetime", "keys", "set", "len"}) or _tekst_of_lijst(knoop)


def _tekst_of_lijst(knoop: ast.expr) -> bool:
    if isinstance(knoop, ast.BinOp):
        return _tekst_of_lijst(knoop.left) or _tekst_of_lijst(knoop.right)
    if isinstance(knoop, ast.IfExp):
        return _tekst_of_lijst(knoop.body)
    lijsten = (ast.List, ast.Tuple, ast.ListComp, ast.JoinedStr, ast.Set, ast.SetComp, ast.Dict)
    return isinstance(knoop, lijsten) or isinstance(knoop, ast.Constant) and isinstance(knoop.value, str | bytes)


def rekenwerk(boom: ast.AST) -> list[tuple[int, str]]:
    """Line and what stands there, of every sum, grouping or arithmetic."""
    gevonden = []
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Call):
            naam = getattr(knoop.func, "attr", None) or getattr(knoop.func, "id", None)
            van_tekst = naam == "sub" and ast.unparse(knoop.func) in ("re.sub", "_VERWIJZING.sub")
            if naam in REKENT and not van_tekst:
                gevonden.append((knoop.lineno, f"{naam}()"))
        rekent = isinstance(knoop, ast.BinOp | ast.AugAssign) and isinstance(
            knoop.op, ast.Add | ast.Sub | ast.Mult | ast.Div | ast.FloorDiv | ast.Pow
        )
        if rekent:
            kanten = (knoop.left, knoop.right) if isinstance(knoop, ast.BinOp) else (knoop.value,)
            if not any(_geen_getal(kant, knoop.op) for kant in kanten):
                gevonden.append((knoop.lineno, ast.unparse(knoop)[:80]))
    return gevonden


def _bestanden() -> list[Path]:
    alle = sorted(p for m in MAPPEN for p in (PROJECT / "pipelines" / m).rglob("*.py"))
    return [p for p in alle if not any(_naam(p).startswith(geen) for geen in GEEN_CIJFERS)]


def _naam(pad: Path) -> str:
    return str(pad.relative_to(PROJECT / "pipelines"))


@pytest.mark.parametrize("pad", _bestanden(), ids=_naam)
def test_geen_rekenwerk_buiten_sql_en_analyse(pad):
    boom = ast.parse(pad.read_text(encoding="utf-8"))
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.FunctionDef) and knoop.name in GEEN_CIJFERS_IN.get(_naam(pad), ()):
            knoop.body = [ast.Pass()]
    assert rekenwerk(boom) == []


def test_wat_is_uitgezonderd_bestaat_en_rekent():
    for naam in GEEN_CIJFERS:
        paden = list((PROJECT / "pipelines" / naam).rglob("*.py")) or [PROJECT / "pipelines" / naam]
        assert any(rekenwerk(ast.parse(p.read_text(encoding="utf-8"))) for p in paden), naam


@pytest.mark.parametrize(
    "regel",
    [
        "df['a'] / df['b']",
        "nu.waarde - toen.waarde",
        "sum(w)",
        "df.groupby('x').agg('sum')",
        "a['x'] + b['x']",
        "t += x",
    ],
)
def test_de_toets_ziet_rekenwerk_en_geen_tekst(regel):
    assert rekenwerk(ast.parse(regel))
    assert not rekenwerk(ast.parse("'a' + b; f'{x}' + y; [1] + z; {1} - s"))
