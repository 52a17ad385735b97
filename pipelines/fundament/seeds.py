"""The reference tables in ``seeds/``, as text.

Belongs here: where a seed lies and reading its rows. Does not belong here: what a table means; who asks for it knows.
"""

import csv
from functools import cache
from pathlib import Path

from pipelines.settings import van_project

MAP = van_project("seeds")


def pad(naam: str) -> Path:
    """The file of a seed, named without extension."""
    return MAP / f"{naam}.csv"


@cache
def lees(naam: str) -> list[dict[str, str]]:
    """Rows of a seed, named without extension; every value as text, an empty cell as ''. Read once: do not change them."""
    return rijen(pad(naam))


def rijen(bestand: Path) -> list[dict[str, str]]:
    """Rows of a csv in the form of a seed (utf-8, comma, a header), read anew each time."""
    with bestand.open(encoding="utf-8", newline="") as invoer:
        return list(csv.DictReader(invoer))
