"""Months: as text (jjjj-mm, how deliveries name them) and as the date of their first day (how the marts do).

Belongs here: counting and bounding months. Does not belong here: how a month is written for a reader (``nederlands``).
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

VORM = r"\d{4}-(?:0[1-9]|1[0-2])"


def is_maand(tekst: str) -> bool:
    """Whether the text is a month, jjjj-mm."""
    return re.fullmatch(VORM, tekst, re.ASCII) is not None


def schrijf(dag: date) -> str:
    """The month that a day lies in, jjjj-mm."""
    return f"{dag:%Y-%m}"


def eerste_dag(maand: str) -> date:
    return date.fromisoformat(f"{maand}-01")


def laatste_dag(maand: str) -> date:
    return verschuif(eerste_dag(maand), 1) - timedelta(days=1)


def verschuif(maand: date, aantal: int) -> date:
    """The first day of the month that lies ``aantal`` months after (before, when negative) that of ``maand``."""
    nummer = maand.year * 12 + maand.month - 1 + aantal
    return date(nummer // 12, nummer % 12 + 1, 1)


def venster(maand: date, aantal: int) -> list[date]:
    """The last months up to and including ``maand``, oldest first."""
    return [verschuif(maand, -terug) for terug in range(aantal - 1, -1, -1)]


def reeks(van: str, tot: str) -> list[str]:
    """The months from ``van`` to ``tot``, both included, as jjjj-mm; none when ``tot`` comes first."""
    begin, einde = eerste_dag(van), eerste_dag(tot)
    aantal = (einde.year - begin.year) * 12 + einde.month - begin.month + 1
    return [schrijf(maand) for maand in venster(einde, aantal)]


def zonder_gaten(maanden: Iterable[date], aantal: int) -> list[date]:
    """Every month from the first to the last of ``maanden``, the last ``aantal`` of them: also those that are not among them."""
    dagen = {date(m.year, m.month, 1) for m in maanden}
    return [eerste_dag(m) for m in reeks(schrijf(min(dagen)), schrijf(max(dagen)))][-aantal:] if dagen else []
