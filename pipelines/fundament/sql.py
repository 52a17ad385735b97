"""Quoting: what is put into a statement as a name or as a value.

Belongs here: the two quotations. Does not belong here: statements; and a value that can be bound (``?``) needs no quoting.
"""

import re
from decimal import Decimal
from pathlib import Path


def naam(tekst: str) -> str:
    """An identifier: bed"type -> "bed""type"."""
    return '"' + tekst.replace('"', '""') + '"'


def bestanden(pad: Path, patroon: str = "") -> str:
    """What a function of DuckDB that reads files is given: ``pad`` as it is called, and below it what fits ``patroon``."""
    zelf = re.sub(r"([\[*?])", r"[\1]", str(pad))
    return f"{zelf}/{patroon}" if patroon else zelf


def letterlijk(waarde: str | Path | int | float | Decimal) -> str:
    """A value: text and paths quoted (zo'n -> 'zo''n'), numbers as they are."""
    return "'" + str(waarde).replace("'", "''") + "'" if isinstance(waarde, (str, Path)) else str(waarde)
