"""Cells as text (spec 1.1, *Cells*): what the readers of tabular formats share.

Every reader hands over text, so that one set of rules judges all formats. A typed cell (xlsx, parquet) becomes the text that a
csv would have held; a cell whose kind does not fit its column (a date in a text column, a time, a boolean) keeps its text and is
named in ``_vormfout``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.contract import Contract, Kolom

OVERTOLLIG = ""  # stands in _vormfout for a filled cell beyond the last named column


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
    """A number cell as its digits: no exponent, no trailing zeros; 15 significant digits, which is what a sheet holds."""
    if isinstance(x, float):
        if x != x:
            return ""  # NaN is how data frames store an empty cell
        if x in (float("inf"), float("-inf")):
            return str(x)
        x = Decimal(f"{x:.15g}")
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
        return getal_tekst(cel), True
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


def trim(kolom: pa.Array) -> pa.Array:
    """Trimmed text; an empty cell becomes null."""
    kolom = pc.utf8_trim_whitespace(kolom)
    return pc.if_else(pc.equal(kolom, ""), pa.scalar(None, kolom.type), kolom)
