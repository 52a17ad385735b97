"""The year that a published table is of.

Belongs here: what the name and title of a file say, beside a year that was given. Does not belong here: what the table holds.
"""

import re
from pathlib import Path

from pipelines.referentie.werkblad import Onbruikbaar


def van(
    bestand: Path, genoemd: int | None, opschriften: list[str], patroon: str, tabellen: dict[str, int] | None = None
) -> int:
    """The one year that is given and that the ``opschriften`` (name, titles) tell, by ``patroon`` (one group: the year) or by
    the number of a table in ``tabellen``. `Onbruikbaar` where nothing tells the year, or where two tell another."""
    opschrift = "\n".join([bestand.name, *opschriften]).casefold()
    eigen = {jaar for tabel, jaar in (tabellen or {}).items() if tabel.casefold() in opschrift}
    eigen |= {int(jaar) for jaar in re.findall(patroon, opschrift)}
    jaren = eigen | ({genoemd} if genoemd else set())
    if len(jaren) > 1:
        raise Onbruikbaar(
            f"{bestand.name}: volgens naam of titel van {' en '.join(map(str, sorted(eigen)))}"
            + (f", volgens --jaar van {genoemd}" if genoemd else "")
            + ". Zoek uit welk jaar het is, en verbeter --jaar of de naam van het bestand"
        )
    if not jaren:
        raise Onbruikbaar(
            f"uit de naam {bestand.name} blijkt geen jaar: noem het (--jaar), of geef het bestand de naam die CBS het gaf"
        )
    return jaren.pop()
