"""What a cell of a delivery can be: one row per type, from which refusal, store, hand-over, suites and dictionary follow.

Belongs here: form, value and words of a type (spec 1.1, *Cells*). Does not belong here: which column has it (the contracts).
"""

from dataclasses import dataclass

import pyarrow as pa

from pipelines.fundament import maand


@dataclass(frozen=True)
class Celtype:
    """``woorden`` complete "heeft de vorm van .." for a steward; ``sql`` and ``arrow`` are the type in the store.

    The whole of a cell's text matches ``patroon`` (RE2; None: any text), and ``waarde`` is SQL that makes the value of text
    ``{c}``, NULL where there is none. A cell that is filled and has no value breaks the form of its column with ``code``.
    """

    woorden: str
    sql: str = "VARCHAR"
    arrow: pa.DataType = pa.string()
    patroon: str | None = None
    waarde: str = "{c}"
    code: str = "A02"

    @property
    def patroon_volstaat(self) -> bool:
        """Whether every text of the form has a value: fifteen digits always fit, but not every date of the form is a day."""
        return self.sql in ("VARCHAR", "BIGINT")


_PUNT = "replace({c}, ',', '.')"

TYPEN = {
    "tekst": Celtype("een tekst van toegestane lengte"),
    "cijfers": Celtype("alleen cijfers", patroon="[0-9]+"),
    "agb": Celtype("een AGB-code (8 cijfers)", patroon="[0-9]{8}"),
    "gemeente": Celtype("een gemeentecode (GM en 4 cijfers)", patroon="GM[0-9]{4}"),
    "pseudoniem": Celtype("een pseudoniem (64 kleine hexadecimale tekens)", patroon="[0-9a-f]{64}", code="A06"),
    "maand": Celtype("een maand (jjjj-mm)", patroon=maand.VORM),
    "datum": Celtype(
        "een datum (jjjj-mm-dd)",
        "DATE",
        pa.date32(),
        patroon="[0-9]{4}-[0-9]{2}-[0-9]{2}",
        waarde="CASE WHEN {c} >= '0001' THEN try_cast({c} AS DATE) END",  # there is no year 0
    ),
    # more than fifteen digits no sheet holds, and sums of them stay within 64 bits
    "geheel": Celtype(
        "een geheel getal", "BIGINT", pa.int64(), patroon="-?0*[0-9]{1,15}", waarde="try_cast({c} AS BIGINT)"
    ),
    "decimaal": Celtype(
        "een decimaal getal",
        "DOUBLE",
        pa.float64(),
        patroon="-?[0-9]+([.,][0-9]+)?",
        waarde=f"try_cast({_PUNT} AS DOUBLE)",
    ),
    "bedrag": Celtype(
        "een bedrag met hooguit twee decimalen",
        "DECIMAL(12, 2)",
        pa.decimal128(12, 2),
        patroon="-?[0-9]+([.,][0-9]{1,2})?",
        waarde=f"try_cast({_PUNT} AS DECIMAL(12, 2))",
    ),
    # whether a cell holds one text; no form of its own
    "vlag": Celtype("een tekst", "BOOLEAN", pa.bool_()),
}
