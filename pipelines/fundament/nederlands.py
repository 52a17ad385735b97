"""Numbers, months and dates as a Dutch reader writes them.

Belongs here: the form. Does not belong here: units, codes and names (``scherm.opmaak``), and what a figure means.
"""

from datetime import date, datetime

from pipelines.fundament.maand import eerste_dag

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


def getal(x: float, decimalen: int = 0) -> str:
    """1234.5 -> 1.234,5; a rounded minus zero is 0."""
    tekst = f"{abs(x):,.{decimalen}f}"
    teken = "−" if x < 0 and float(tekst.replace(",", "")) else ""
    return teken + tekst.translate(str.maketrans(",.", ".,"))


def kort(x: float) -> str:
    """Three digits that say something, or all of a whole number: 0.12345 -> 0,123 and 41999.6 -> 42.000."""
    if abs(x) >= 999.5:
        return getal(x)
    return f"{x:.3g}".replace(".", ",").replace("-", "−")


def procent(x: float, decimalen: int = 0) -> str:
    """0.123 -> 12%."""
    return f"{getal(100 * x, decimalen)}%"


def verschil(x: float, decimalen: int = 0) -> str:
    """A change, always with its sign."""
    return ("+" if round(x, decimalen) > 0 else "") + getal(x, decimalen)


def telwoord(aantal: int, een: str, meer: str) -> str:
    """A count with the words that go with it: 1 bestand is, 1.200 bestanden zijn."""
    return f"{getal(aantal)} {een if aantal == 1 else meer}"


def maand(d: date) -> str:
    return f"{MAANDEN[d.month - 1]} {d.year}"


def maand_kort(d: date) -> str:
    return f"{MAANDEN_KORT[d.month - 1]} {d.year}"


def aanlevermaand(tekst: str | None) -> str:
    """2026-08 -> aug 2026; what is no month stays as it was delivered."""
    try:
        return maand_kort(eerste_dag(tekst or ""))
    except ValueError:
        return tekst or "–"


def datum(d: date | datetime) -> str:
    return f"{d.day} {MAANDEN[d.month - 1]} {d.year}"


def moment(d: datetime) -> str:
    return f"{datum(d)}, {d:%H:%M} uur"
