"""What tables and columns mean: the texts of the dbt documentation, read where they stand (dbt_project/models)."""

import re
from functools import cache

import yaml

from pipelines.settings import van_project

MODELLEN = van_project("dbt_project") / "models"
# columns and tables that exist in a publication alone
EIGEN = {
    "onderdrukt": "achtergehouden als er in de rij een cel is weggelaten, anders leeg; onderdrukte_kolommen zegt welke.",
    "onderdrukte_kolommen": "Welke kolommen van de rij zijn achtergehouden.",
}
_BLOK = re.compile(r"\{%\s*docs\s+(\w+)\s*%\}(.*?)\{%\s*enddocs\s*%\}", re.S)
_REF = re.compile(r"\bref\(['\"](\w+)['\"]\)")
_VERWIJZING = re.compile(r"\{\{\s*doc\(['\"](\w+)['\"]\)\s*\}\}")


@cache
def _blokken() -> dict[str, str]:
    tekst = "\n".join(p.read_text(encoding="utf-8") for p in sorted(MODELLEN.rglob("*.md")))
    return {naam: " ".join(inhoud.split()) for naam, inhoud in _BLOK.findall(tekst)}


def _tekst(bron: str | None) -> str:
    return " ".join(_VERWIJZING.sub(lambda m: _blokken()[m[1]], bron or "").split())


@cache
def tabellen() -> dict[str, tuple[str, dict[str, str]]]:
    """Per model its description and those of its columns."""
    uit = {}
    for pad in sorted(MODELLEN.rglob("*.yml")):
        for model in (yaml.load(pad.read_bytes(), yaml.CSafeLoader) or {}).get("models", []):
            kolommen = {k["name"]: _tekst(k.get("description")) for k in model.get("columns", [])}
            uit[model["name"]] = (_tekst(model.get("description")), kolommen)
    return uit


def tabel(naam: str) -> str:
    return tabellen().get(naam, ("", {}))[0]


def kolom(naam_tabel: str, naam: str) -> str:
    return EIGEN.get(naam) or tabellen().get(naam_tabel, ("", {}))[1].get(naam, "")


@cache
def herkomst(naam_tabel: str) -> tuple[str, ...]:
    """The tables that a model reads, as its SQL names them; none for what is no model."""
    sql = [p.read_text(encoding="utf-8") for p in MODELLEN.rglob(f"{naam_tabel}.sql")]
    return tuple(dict.fromkeys(_REF.findall(" ".join(sql))))
