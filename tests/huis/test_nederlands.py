"""Numbers, months and dates are written in Dutch in one place: ``pipelines/fundament/nederlands.py``."""

import ast
import re

import pytest

from pipelines.settings import PROJECT

NEDERLANDS = PROJECT / "pipelines" / "fundament" / "nederlands.py"
GEEN_WOORDEN = {
    "blokken/grafiek/svg.py": "sizes of a drawing, as SVG wants them",
    "aanlevering/cellen.py": "the digits of a number cell, as a csv would hold them",
}
VORM = re.compile(r",|%$|g$|%[Bb]|%d[-/ ]%m")
MAANDNAAM = {"januari", "jan", "mrt", "okt"}


def eigen_opmaak(code: str) -> list[int]:
    """Lines that write a number, a month or a date for a reader by themselves."""
    gevonden = []
    for knoop in ast.walk(ast.parse(code)):
        if isinstance(knoop, ast.FormattedValue) and knoop.format_spec:
            if VORM.search(ast.unparse(knoop.format_spec).strip("f'\"")):
                gevonden.append(knoop.lineno)
        elif isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute):
            waarden = [a.value for a in knoop.args if isinstance(a, ast.Constant)]
            if (knoop.func.attr, waarden) == ("replace", [".", ","]) or knoop.func.attr in ("maketrans", "setlocale"):
                gevonden.append(knoop.lineno)
            elif knoop.func.attr == "strftime" and any(VORM.search(str(w)) for w in waarden):
                gevonden.append(knoop.lineno)
        elif isinstance(knoop, ast.Constant) and knoop.value in MAANDNAAM:
            gevonden.append(knoop.lineno)
    return gevonden


@pytest.mark.parametrize(
    "regel",
    [
        "f'{x:,.0f}'",
        "f'{x:.1%}'",
        "f'{x:g}'",
        "f'{d:%d-%m-%Y}'",
        "str(x).replace('.', ',')",
        "str.maketrans(',.', '.,')",
        "d.strftime('%d %B')",
        "('jan', 'feb')",
    ],
)
def test_de_lint_ziet_eigen_opmaak(regel):
    assert eigen_opmaak(regel)


def test_de_lint_laat_wat_machines_lezen_met_rust():
    assert not eigen_opmaak("f'{d:%Y-%m}'; f'{x:.1f}'; f'{n:02d}'; f'{d:%H:%M}'; f'{naam:>10}'; a.replace(',', '.')")


def test_niemand_anders_schrijft_getallen_en_datums_voor_een_lezer():
    modules = [p for p in (PROJECT / "pipelines").rglob("*.py") if p != NEDERLANDS]
    elders = {
        f"{naam}:{regel}"
        for naam, code in ((p.relative_to(PROJECT / "pipelines").as_posix(), p.read_text()) for p in modules)
        if naam not in GEEN_WOORDEN
        for regel in eigen_opmaak(code)
    }
    assert elders == set()
