"""Cells as text (spec 1.1, *Cells*): what the readers of tabular formats share.

Every reader hands over text, so that one set of rules judges all formats. A typed cell (xlsx, parquet) becomes the text that a
csv would have held; a cell whose kind does not fit its column (a date in a text column, a time, a boolean) keeps its text and is
named in ``_vormfout``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.contract import Contract, Kolom

OVERTOLLIG = ""  # stands in _vormfout for a filled cell beyond the last named column
EXACT_MAX = 2**53  # of a float; above it there are whole numbers that it cannot tell from the next
SIGNIFICANT = 15  # digits of a number with a fraction: what a sheet shows


@dataclass(frozen=True)
class Foutcel:
    """A filled cell without a value that fits any column: an error of the sheet such as #N/A, or what is no cell at all."""

    tekst: str

    def __str__(self) -> str:
        return self.tekst


@dataclass(frozen=True)
class Tabel:
    """A delivery as read: the names in its header, and its rows in batches.

    A batch has a string column per column of the contract (null = empty), ``rijnummer`` (int64, from 1) and ``_vormfout``
    (list of column names, null = none); of a 573 message also ``_codes`` and ``_signalen`` (lists: what its control rules say).
    """

    koppen: list[str]
    delen: Iterator[pa.RecordBatch]


def schema(contract: Contract) -> pa.Schema:
    velden = [pa.field(k.naam, pa.string()) for k in contract.kolommen]
    return pa.schema([*velden, ("rijnummer", pa.int64()), ("_vormfout", pa.list_(pa.string()))])


def laatste_benoemde(koppen: list[str]) -> int:
    """Number of columns up to and including the last one with a name."""
    return max((i + 1 for i, k in enumerate(koppen) if k), default=0)


def plaatsen(contract: Contract, koppen: list[str]) -> list[int | None]:
    """For each column of the contract its place in the header; of two with one name the first counts."""
    eerste = {}
    for i, kop in enumerate(koppen):
        eerste.setdefault(kop, i)
    return [eerste.get(k.kop) for k in contract.kolommen]


def getal_tekst(x: float | int | Decimal) -> str:
    """A number cell as its digits: no exponent, no trailing zeros; whole numbers exactly, others to 15 significant digits."""
    if isinstance(x, float):
        if x != x:
            return ""  # NaN is how data frames store an empty cell
        if x in (float("inf"), float("-inf")):
            return str(x)
        x = Decimal(x) if x.is_integer() and abs(x) <= EXACT_MAX else Decimal(f"{x:.{SIGNIFICANT}g}")
    tekst = f"{x:f}" if isinstance(x, Decimal) else str(x)
    tekst = tekst.rstrip("0").rstrip(".") if "." in tekst else tekst
    return "0" if tekst == "-0" else tekst


def cel_tekst(cel: object, kolom: Kolom | None) -> tuple[str, bool]:
    """Text of a typed cell, and whether its kind fits the column (None: a column outside the contract)."""
    if cel is None:
        return "", True
    if isinstance(cel, str):
        return cel.strip(), True
    if isinstance(cel, bool):
        return ("WAAR" if cel else "ONWAAR"), False
    if isinstance(cel, int | float | Decimal):
        onzeker = (
            isinstance(cel, float) and abs(cel) > EXACT_MAX and kolom is not None and kolom.celtype.sql == "VARCHAR"
        )
        return getal_tekst(cel), not onzeker
    if isinstance(cel, datetime) and cel.time() == datetime.min.time():
        cel = cel.date()
    past = kolom is not None and kolom.type == "datum" and type(cel) is date
    return str(cel), past


def kies(cel: list[str], plaats: list[int | None]) -> list[str | None]:
    """The cells of a row that the contract asks for, empty ones as None; a short row is filled."""
    return [(cel[p] or None) if p is not None and p < len(cel) else None for p in plaats]


def uit_rijen(
    rijen: list[list[str | None]], fouten: list[list[str] | None], contract: Contract, vanaf: int
) -> pa.RecordBatch:
    """Batch of chosen rows, none of them blank; numbered from ``vanaf``."""
    kolommen = [pa.array(kolom, pa.string()) for kolom in zip(*rijen, strict=True)]
    nummers = pa.array(range(vanaf, vanaf + len(rijen)), pa.int64())
    return pa.RecordBatch.from_arrays(
        [*kolommen, nummers, pa.array(fouten, pa.list_(pa.string()))], schema=schema(contract)
    )


# characters of Unicode that take no room and mean nothing in a code: zero-width spaces and joiners, marks of direction, a BOM
ONZICHTBAAR = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


def kop(tekst: str) -> str:
    """The name of a column: trimmed, and without characters that cannot be seen."""
    return ONZICHTBAAR.sub("", tekst).strip()


def toon_onzichtbaar(deel: pa.RecordBatch) -> pa.RecordBatch:
    """Cells with characters that cannot be seen do not fit their column; their text then names them: H1[U+200B]."""
    fouten = None
    for i, veld in enumerate(deel.schema):
        if not pa.types.is_string(veld.type) or pc.all(pc.string_is_ascii(deel.column(i))).as_py() is not False:
            continue
        teksten = deel.column(i).to_pylist()
        fout = [n for n, tekst in enumerate(teksten) if tekst and ONZICHTBAAR.search(tekst)]
        if not fout:
            continue
        fouten = fouten or deel.column("_vormfout").to_pylist()
        for n in fout:
            teksten[n] = ONZICHTBAAR.sub(lambda m: f"[U+{ord(m[0]):04X}]", teksten[n])
            fouten[n] = [*(fouten[n] or []), veld.name]
        deel = deel.set_column(i, veld, pa.array(teksten, pa.string()))
    if fouten is None:
        return deel
    plaats = deel.schema.get_field_index("_vormfout")
    return deel.set_column(plaats, deel.schema.field(plaats), pa.array(fouten, pa.list_(pa.string())))


def trim(kolom: pa.Array) -> pa.Array:
    """Trimmed text; an empty cell becomes null."""
    kolom = pc.utf8_trim_whitespace(kolom)
    return pc.if_else(pc.equal(kolom, ""), pa.scalar(None, kolom.type), kolom)
