"""How figures, months and codes are written for a Dutch reader.

Belongs here: number and date formats, and words for codes. Does not belong here: what a figure means (``metrieken``).
"""

import csv
import math
import re
from datetime import date, datetime
from functools import cache
from html import escape

from pipelines.settings import PROJECT

MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MAANDEN_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LANDELIJK, ALLE = "NL", "alle"


def h(tekst: object) -> str:
    """Text, safe inside HTML and SVG."""
    return escape(str(tekst), quote=True)


def getal(x: float, decimalen: int = 0) -> str:
    """1234.5 -> 1.234,5; a rounded minus zero is 0."""
    tekst = f"{abs(x):,.{decimalen}f}"
    teken = "−" if x < 0 and float(tekst.replace(",", "")) else ""
    return teken + tekst.translate(str.maketrans(",.", ".,"))


def procent(x: float, decimalen: int = 0) -> str:
    return f"{getal(100 * x, decimalen)}%"


def verschil(x: float, decimalen: int = 0) -> str:
    """A change, always with its sign."""
    return ("+" if round(x, decimalen) > 0 else "") + getal(x, decimalen)


def maand(d: date) -> str:
    return f"{MAANDEN[d.month - 1]} {d.year}"


def maand_kort(d: date) -> str:
    return f"{MAANDEN_KORT[d.month - 1]} {d.year}"


def aanlevermaand(tekst: str | None) -> str:
    """2026-08 -> aug 2026; what is no month stays as it was delivered."""
    try:
        return maand_kort(date.fromisoformat(f"{tekst}-01"))
    except ValueError:
        return tekst or "–"


def datum(d: date | datetime) -> str:
    return f"{d.day} {MAANDEN[d.month - 1]} {d.year}"


def moment(d: datetime) -> str:
    return f"{datum(d)}, {d:%H:%M} uur"


def bekend(x: object) -> bool:
    return x is not None and not (isinstance(x, float) and math.isnan(x))


@cache
def seed(naam: str) -> list[dict[str, str]]:
    """Rows of a table in ``seeds/``, all values as text."""
    with (PROJECT / "seeds" / f"{naam}.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


@cache
def regios() -> dict[str, str]:
    """Code -> name of the 31 regions, by name."""
    namen = {r["iza_regio"]: r["naam"] for r in seed("iza_regio")}
    return dict(sorted(namen.items(), key=lambda paar: paar[1].lstrip("'t ").lower()))


@cache
def clusters() -> list[str]:
    """The six clusters, in their order."""
    return [r["cluster"] for r in sorted(seed("cluster"), key=lambda r: int(r["volgorde"])) if r["is_cluster"] == "J"]


def norm(naam: str) -> float:
    return next(float(r["waarde"]) for r in seed("norm") if r["norm"] == naam)


def treeknorm_weken(fase: str) -> float:
    return next(int(r["treeknorm_dagen"]) for r in seed("wachtfase") if r["fase"] == fase) / 7


def regio(code: str) -> str:
    return {LANDELIJK: "Nederland", "onbekend": "Woonregio onbekend", **regios()}.get(code, code)


_AFKORTINGEN = {"ggz", "wlz", "hic", "iht", "mpu", "zpm", "nza", "agb"}


def woord(code: str) -> str:
    """A code of a closed list as words: ``niet_cruciaal`` -> Niet cruciaal."""
    if code == ALLE:
        return "Alle clusters"
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


def venster(maand: date, aantal: int) -> list[date]:
    """The last months up to and including ``maand``, oldest first."""
    nummers = [maand.year * 12 + maand.month - 1 - i for i in range(aantal - 1, -1, -1)]
    return [date(n // 12, n % 12 + 1, 1) for n in nummers]
