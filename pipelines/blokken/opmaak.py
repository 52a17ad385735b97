"""How figures, months and codes are written for a Dutch reader.

Belongs here: number and date formats, and words for codes. Does not belong here: what a figure means (``metrieken``).
"""

import math
import re
from collections.abc import Iterable
from functools import cache
from html import escape

import pandas as pd

from pipelines.fundament import seeds
from pipelines.fundament.nederlands import (  # noqa: F401
    aanlevermaand,
    datum,
    getal,
    maand,
    maand_kort,
    moment,
    procent,
    verschil,
)

LANDELIJK, ALLE = "NL", "zes_clusters"


def h(tekst: object) -> str:
    """Text, safe inside HTML and SVG."""
    return escape(str(tekst), quote=True)


def procentpunt(x: float) -> str:
    """A change of a share, in percentage points."""
    return verschil(100 * x, 1)


def miljoen(x: float) -> str:
    return f"{getal(x / 1e6)} miljoen"


def bekend(x: object) -> bool:
    return x is not None and not (isinstance(x, float) and math.isnan(x))


@cache
def regios() -> dict[str, str]:
    """Code -> name of the 31 regions, by name."""
    namen = {r["iza_regio"]: r["naam"] for r in seeds.lees("iza_regio")}
    return dict(sorted(namen.items(), key=lambda paar: paar[1].lstrip("'t ").lower()))


@cache
def clusters() -> list[str]:
    """The six clusters, in their order."""
    return [
        r["cluster"] for r in sorted(seeds.lees("cluster"), key=lambda r: int(r["volgorde"])) if r["is_cluster"] == "J"
    ]


def norm(naam: str) -> float:
    return next(float(r["waarde"]) for r in seeds.lees("norm") if r["norm"] == naam)


def treeknorm_weken(fase: str) -> float:
    return next(int(r["treeknorm_dagen"]) for r in seeds.lees("wachtfase") if r["fase"] == fase) / 7


def regio(code: str) -> str:
    return {LANDELIJK: "Nederland", "onbekend": "Woonregio onbekend", **regios()}.get(code, code)


def gebieden_van(df: pd.DataFrame) -> list[str]:
    """The country and the regions of which there are rows, in their order."""
    bekend = set(df["iza_regio"].unique())
    return [gebied for gebied in (LANDELIJK, *regios()) if gebied in bekend]


_AFKORTINGEN = {"ggz", "wlz", "hic", "iht", "mpu", "zpm", "nza", "agb"}


def woord(code: str) -> str:
    """A code of a closed list as words: ``niet_cruciaal`` -> Niet cruciaal."""
    if code == ALLE:
        return "De zes clusters samen"
    delen = [d if d != "wlz" else "Wlz" for d in code.replace("_", " ").split()]
    tekst = " ".join(d.upper() if d in _AFKORTINGEN - {"ggz"} else d for d in delen)
    return tekst[:1].upper() + tekst[1:]


cluster = woord


def leesbaar(tekst: str) -> str:
    """A text with the names of columns in it as words: bezette_dagen -> bezette dagen."""
    return re.sub(r"\b[a-z]+(?:_[a-z0-9]+)+\b", lambda m: m[0].replace("_", " "), tekst)


def zin(tekst: str) -> str:
    """A remark from the data as a sentence."""
    return f"{tekst[:1].upper()}{leesbaar(tekst)[1:]}."


def in_zin(naam: str) -> str:
    """A name inside a sentence: Klinisch -> klinisch; what begins with an abbreviation stays."""
    return naam if naam[1:2].isupper() else naam[:1].lower() + naam[1:]


def opsom(delen: Iterable[str]) -> str:
    """a, b en c."""
    *eerst, laatst = delen
    return f"{', '.join(eerst)} en {laatst}" if eerst else laatst
