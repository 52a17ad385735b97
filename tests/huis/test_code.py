"""The house lints of Python and SQL: nobody's private parts, nothing too long, every folder says what belongs in it."""

import ast
import importlib
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipelines.settings import PROJECT

MODULES = sorted((PROJECT / "pipelines").rglob("*.py"))
# what a named tuple calls so because its fields have the other names (docs.python.org, collections.namedtuple)
GEDOCUMENTEERD = {"_asdict", "_replace", "_fields", "_make"}
EIGEN = {"self", "cls"}
LANGSTE_FUNCTIE, LANGSTE_MODEL = 60, 120


def _naam(pad: Path) -> str:
    delen = pad.relative_to(PROJECT).with_suffix("").parts
    return ".".join(delen[:-1] if delen[-1] == "__init__" else delen)


def _is_prive(naam: str) -> bool:
    return naam.startswith("_") and not naam.endswith("__") and naam not in GEDOCUMENTEERD


def prive_gebruik(code: str) -> list[tuple[int, str]]:
    """Line and name of every use of another's private module, name or attribute; what this code defines itself is not another's."""
    gevonden, boom = [], ast.parse(code)
    zelf = {knoop.name for knoop in ast.walk(boom) if isinstance(knoop, ast.FunctionDef)}
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.ImportFrom):
            namen = [*(knoop.module or "").split("."), *(alias.name for alias in knoop.names)]
        elif isinstance(knoop, ast.Import):
            namen = [deel for alias in knoop.names for deel in alias.name.split(".")]
        elif isinstance(knoop, ast.Attribute) and not (isinstance(knoop.value, ast.Name) and knoop.value.id in EIGEN):
            namen = [knoop.attr] if ast.unparse(knoop.value) != "super()" else []
        elif isinstance(knoop, ast.Call) and ast.unparse(knoop.func) in ("getattr", "setattr", "hasattr"):
            namen = [a.value for a in knoop.args[1:2] if isinstance(a, ast.Constant)]
        else:
            continue
        gevonden += [(knoop.lineno, naam) for naam in namen if _is_prive(naam) and naam not in zelf]
    return gevonden


def _overschreven(pad: Path) -> list[tuple[str, str]]:
    """Class and name where a class of this module takes the place of a private part of a library's class."""
    klassen = [k for k in ast.walk(ast.parse(pad.read_text())) if isinstance(k, ast.ClassDef) and k.bases]
    eigen = {k.name: {d.name for d in k.body if isinstance(d, ast.FunctionDef) and _is_prive(d.name)} for k in klassen}
    if not any(eigen.values()):
        return []
    module = importlib.import_module(_naam(pad))
    return [
        (klasse, naam)
        for klasse, namen in eigen.items()
        for naam in namen
        for basis in getattr(module, klasse).__mro__[1:]
        if not basis.__module__.startswith("pipelines") and naam in vars(basis)
    ]


@pytest.mark.parametrize(
    ("code", "naam"),
    [
        ("from dagster._core.storage import x", "_core"),
        ("import a._b", "_b"),
        ("from pipelines.x import _y", "_y"),
        ("opmaak._get_xf_index()", "_get_xf_index"),
        ("a.b()._c = 1", "_c"),
        ("getattr(x, '_y')", "_y"),
    ],
)
def test_de_lint_ziet_prive_gebruik(code, naam):
    assert prive_gebruik(code) == [(1, naam)]


def test_de_lint_laat_het_eigene_en_gedocumenteerde_met_rust():
    assert not prive_gebruik(
        "self._a; cls._b; super()._c(); t._asdict(); x.__name__\nfrom __future__ import annotations"
    )


@pytest.mark.parametrize("pad", MODULES, ids=_naam)
def test_niemand_gebruikt_wat_van_een_ander_prive_is(pad):
    assert not prive_gebruik(pad.read_text(encoding="utf-8"))
    assert not _overschreven(pad)


def _te_lang(pad: Path) -> Iterator[str]:
    """Functions over 60 lines; one with a comment ``# long: why`` on or above its first line has a reason."""
    code = pad.read_text(encoding="utf-8")
    tekens = tokenize.generate_tokens(io.StringIO(code).readline)
    redenen = {t.start[0] for t in tekens if t.type == tokenize.COMMENT and t.string.startswith("# long: ")}
    for knoop in ast.walk(ast.parse(code)):
        if isinstance(knoop, ast.FunctionDef | ast.AsyncFunctionDef):
            lengte = knoop.end_lineno - knoop.lineno + 1
            if lengte > LANGSTE_FUNCTIE and not redenen & {knoop.lineno, knoop.lineno - 1}:
                yield f"{pad.relative_to(PROJECT)}:{knoop.lineno} {knoop.name} ({lengte})"


def test_geen_functie_is_langer_dan_zestig_regels_zonder_reden():
    assert [f for pad in MODULES for f in _te_lang(pad)] == []


def test_geen_model_is_langer_dan_honderdtwintig_regels():
    modellen = (PROJECT / "dbt_project").rglob("*.sql")
    lengtes = {pad: len(pad.read_text(encoding="utf-8").splitlines()) for pad in modellen if "target" not in pad.parts}
    assert {str(pad): n for pad, n in lengtes.items() if n > LANGSTE_MODEL} == {}


def test_elke_map_van_pipelines_zegt_wat_er_hoort():
    for pad in (PROJECT / "pipelines").rglob("__init__.py"):
        uitleg = (ast.get_docstring(ast.parse(pad.read_text(encoding="utf-8"))) or "").lower()
        assert "belongs here" in uitleg or len(pad.relative_to(PROJECT).parts) > 3, pad


def test_elke_module_begint_met_wat_zij_bevat():
    zonder = [p for p in MODULES if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
    assert not zonder


def test_elk_model_van_dbt_is_beschreven():
    beschreven = {
        model["name"]
        for yml in (PROJECT / "dbt_project" / "models").rglob("*.yml")
        for model in (yaml.safe_load(yml.read_text(encoding="utf-8")) or {}).get("models", [])
        if model.get("description")
    }
    assert {p.stem for p in (PROJECT / "dbt_project" / "models").rglob("*.sql")} <= beschreven


def test_de_tekening_van_het_huis_is_die_van_de_import_linter():
    """Floors from the top, each with its rooms; the demo stands beside the tower."""
    tekening = (PROJECT / "docs" / "beeld" / "huis.svg").read_text(encoding="utf-8")
    lagen = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
    verdiepingen = [set(laag.split(" | ")) - {"demo"} for laag in lagen]
    getekend = re.findall(r'class="naam"[^>]*>(\w+)(?:\.py)?<', tekening)
    getekend.remove("demo")
    for verdieping in verdiepingen:
        assert set(getekend[: len(verdieping)]) == verdieping
        del getekend[: len(verdieping)]
    assert getekend == []


def test_de_readme_noemt_elke_kamer():
    tekst = (PROJECT / "README.md").read_text(encoding="utf-8")
    kamers = [p.parent for p in (PROJECT / "pipelines").glob("*/__init__.py")]
    assert [k.name for k in kamers if f"pipelines/{k.name}/" not in tekst] == []
