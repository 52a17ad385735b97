"""What a reader sees is Dutch for the public: no word of the workshop in a sentence on a screen, in the report or in a message."""

import ast
import re

import pytest

from pipelines.settings import PROJECT

MAPPEN = ("blokken", "scherm", "rapport")
WERKPLAATS = re.compile(r"\b(runs?|warehouse|marts?|dbt|assets?|suites?|snapshots?|pipeline|default|[a-z]+_[a-z_]+)\b")
GEEN_ZIN = re.compile(r"SELECT|FROM|WHERE|=|<div|\{\w")
NEDERLANDS = re.compile(r"\b(de|het|een|van|zijn|niet|er)\b")
VOOR_DE_BEHEERDER = re.compile(r"`[^`]*`|<code>.*?</code>")


def werkplaatswoorden(code: str) -> list[tuple[int, str]]:
    """Line and word, of every Dutch sentence in a text of the code that is no docstring; a command or file between backticks may."""
    boom = ast.parse(code)
    uitleg = {
        id(knoop.body[0].value)
        for knoop in ast.walk(boom)
        if isinstance(knoop, ast.Module | ast.ClassDef | ast.FunctionDef)
        and knoop.body
        and isinstance(knoop.body[0], ast.Expr)
    }
    gevonden = []
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str) and id(knoop) not in uitleg:
            zin = VOOR_DE_BEHEERDER.sub("", knoop.value)
            if zin.count(" ") > 2 and NEDERLANDS.search(zin) and not GEEN_ZIN.search(zin):
                gevonden += [(knoop.lineno, woord) for woord in WERKPLAATS.findall(zin)]
    return gevonden


@pytest.mark.parametrize(
    "zin", ["de laatste run heeft er geen gemaakt", "dit staat niet in stroom_maand van nu", "het warehouse is er niet"]
)
def test_de_lint_ziet_een_woord_van_de_werkplaats(zin):
    assert werkplaatswoorden(f"x = {zin!r}")


def test_de_lint_laat_een_opdracht_en_uitleg_van_code_met_rust():
    assert not werkplaatswoorden(
        '"""Of a run, and the warehouse of het land."""\nx = "draai eerst `ggz run` en kijk dan weer"'
    )


def test_geen_zin_voor_een_lezer_heeft_een_woord_van_de_werkplaats():
    gevonden = {
        f"{p.relative_to(PROJECT)}:{regel}: {woord}"
        for map_ in MAPPEN
        for p in (PROJECT / "pipelines" / map_).rglob("*.py")
        for regel, woord in werkplaatswoorden(p.read_text(encoding="utf-8"))
    }
    assert gevonden == set()
