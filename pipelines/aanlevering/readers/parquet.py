"""Parquet: typed columns as the text a csv would have held, row group by row group.

Text that is not marked as such is read as UTF-8, and a whole number in a float column is its digits. What is no cell (a list,
a record) fits no column.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.aanlevering import cellen
from pipelines.aanlevering.cellen import Tabel
from pipelines.aanlevering.fouten import Geweigerd, van_ons
from pipelines.contract import Contract, Kolom

RIJEN, BYTES = 250_000, 64 << 20  # rows, and bytes by the file's own account, per batch
RIJEN_MAX = 100_000_000  # more is no delivery of a month; a file of 4 kB can claim any number
KOLOMMEN_MAX = 20_000
NAMEN_BYTES_MAX = 64 << 20  # of what the file says of itself
FOUTEN = (pa.ArrowException, OSError, UnicodeDecodeError)
SAMENGESTELD = "(samengestelde waarde)"


def open_tabel(pad: Path, contract: Contract) -> Tabel:
    """The parquet file at ``pad`` as text cells."""
    try:
        bestand = pq.ParquetFile(
            pad, thrift_string_size_limit=NAMEN_BYTES_MAX, thrift_container_size_limit=NAMEN_BYTES_MAX >> 6
        )
        koppen = [cellen.kop(naam) for naam in bestand.schema_arrow.names]
    except FOUTEN as fout:
        if van_ons(fout):
            raise
        raise _onleesbaar(fout) from fout
    if bestand.metadata.num_rows > RIJEN_MAX or bestand.metadata.num_columns > KOLOMMEN_MAX:
        raise Geweigerd(
            "B01",
            f"de parquet noemt meer dan {RIJEN_MAX // 1_000_000} miljoen rijen of {KOLOMMEN_MAX} kolommen; splits haar",
        )
    if not any(koppen):
        raise Geweigerd(
            "B04", "de parquet heeft geen kolommen; lever het opnieuw aan, of als nulmelding met alle kolommen"
        )
    return Tabel(koppen, _delen(bestand, koppen, contract))


def _delen(bestand: pq.ParquetFile, koppen: list[str], contract: Contract) -> Iterator[pa.RecordBatch]:
    plaats, nummer = cellen.plaatsen(contract, koppen), 1
    try:
        for deel in bestand.iter_batches(batch_size=_rijen_per_keer(bestand.metadata)):
            kolommen, fout = [], None
            for kolom, p in zip(contract.kolommen, plaats, strict=True):
                tekst, past = (
                    (pa.nulls(deel.num_rows, pa.string()), None) if p is None else _tekst(deel.column(p), kolom)
                )
                kolommen.append(tekst)
                if past is not None:
                    fout = _meld(fout, kolom.naam, pc.and_(pc.invert(past), pc.is_valid(tekst)))
            gevuld = _gevuld(deel, kolommen, plaats)
            fout = pa.nulls(deel.num_rows, pa.list_(pa.string())) if fout is None else fout
            namen = [*(k.naam for k in contract.kolommen), "_vormfout"]
            rijen = pa.Table.from_arrays([*kolommen, fout], names=namen).filter(gevuld)
            nummers = pa.array(range(nummer, nummer + rijen.num_rows), pa.int64())
            nummer += rijen.num_rows
            rijen = rijen.append_column("rijnummer", nummers).select(cellen.schema(contract).names).combine_chunks()
            rijen.validate(full=True)  # a file may call text what is not UTF-8, and so pass it on
            yield from rijen.to_batches()
    except FOUTEN as fout:
        if van_ons(fout):
            raise
        raise _onleesbaar(fout, f"vanaf rij {nummer}") from fout


def _onleesbaar(fout: Exception, waar: str = "") -> Geweigerd:
    if "crypt" in str(fout).lower():
        return Geweigerd("B01", "de parquet is versleuteld; schrijf haar zonder versleuteling weg")
    if "utf8" in str(fout).lower():
        return Geweigerd("B01", f"de parquet bevat {waar} tekst die geen UTF-8 is; schrijf haar opnieuw weg")
    return Geweigerd("B01", f"de parquet is {waar} niet te lezen; schrijf haar opnieuw weg".replace("  ", " "))


def _rijen_per_keer(metadata: pq.FileMetaData) -> int:
    bytes_ = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    return max(1, min(RIJEN, BYTES * metadata.num_rows // max(bytes_, 1)))


def _gevuld(deel: pa.RecordBatch, kolommen: list[pa.Array], plaats: list[int | None]) -> pa.Array:
    """Which rows have a filled cell, in a column of the contract or, where those are all empty, in any other."""
    gevuld = pa.array([False] * deel.num_rows)
    for kolom in kolommen:
        gevuld = pc.or_(gevuld, pc.is_valid(kolom))
    if not pc.all(gevuld).as_py():
        for i in set(range(deel.num_columns)) - set(plaats):
            gevuld = pc.or_(gevuld, pc.is_valid(_tekst(deel.column(i), None)[0]))
    return gevuld


def _meld(fout: pa.Array | None, naam: str, waar: pa.Array) -> pa.Array | None:
    if not pc.any(waar).as_py():
        return fout
    eerder = [None] * len(waar) if fout is None else fout.to_pylist()
    return pa.array(
        [(e or []) + [naam] if w else e for e, w in zip(eerder, waar.to_pylist(), strict=True)], pa.list_(pa.string())
    )


def _tekst(kolom: pa.Array, contract: Kolom | None) -> tuple[pa.Array, pa.Array | None]:
    """Text of a column, and per row whether the kind of cell fits (None: all fit); without a contract only what is filled counts."""
    kolom = kolom.storage if isinstance(kolom, pa.ExtensionArray) else kolom
    soort = kolom.type
    if pa.types.is_dictionary(soort):
        kolom, soort = kolom.dictionary_decode(), soort.value_type
    if pa.types.is_string(soort) or pa.types.is_large_string(soort):
        return cellen.trim(kolom.cast(pa.string())), None
    if pa.types.is_integer(soort):
        return kolom.cast(pa.string()), None
    if pa.types.is_date32(soort) and contract is not None and contract.type == "datum":
        return kolom.cast(pa.string()), None
    if pa.types.is_null(soort):
        return kolom.cast(pa.string()), None
    if pa.types.is_nested(soort):
        tekst = pc.if_else(kolom.is_valid(), pa.scalar(SAMENGESTELD), pa.scalar(None, pa.string()))
        return tekst, pa.repeat(False, len(kolom))
    if pa.types.is_binary(soort) or pa.types.is_large_binary(soort) or pa.types.is_fixed_size_binary(soort):
        return cellen.trim(kolom.cast(pa.binary()).cast(pa.string())), None
    if pa.types.is_float16(soort) or pa.types.is_float32(soort):
        return _kort(kolom, contract)
    codes = kolom.dictionary_encode()  # amounts and dates repeat: turn each distinct value into text once
    tekst, past = _per_cel(codes.dictionary, contract)
    return tekst.take(codes.indices), pc.fill_null(past.take(codes.indices), True)


def _kort(kolom: pa.Array, contract: Kolom | None) -> tuple[pa.Array, pa.Array]:
    """Floats of less than 64 bits: the shortest number that gives them, and whole ones only as far as they tell them apart."""
    exact = 2 ** (np.finfo(kolom.type.to_pandas_dtype()).nmant + 1)
    codes = kolom.dictionary_encode()
    waarden = codes.dictionary.to_numpy(zero_copy_only=False)
    gehelen = [float(w) if w != w or w in (np.inf, -np.inf) else Decimal(str(w)) for w in waarden]
    cellen_ = [cellen.cel_tekst(w, contract) for w in gehelen]
    tekst_kolom = contract is not None and contract.celtype.sql == "VARCHAR"
    past = [p and not (tekst_kolom and abs(w) > exact) for (_, p), w in zip(cellen_, waarden, strict=True)]
    tekst = pa.array([t or None for t, _ in cellen_], pa.string())
    return tekst.take(codes.indices), pc.fill_null(pa.array(past, pa.bool_()).take(codes.indices), True)


def _per_cel(kolom: pa.Array, contract: Kolom | None) -> tuple[pa.Array, pa.Array]:
    try:
        waarden = [cellen.cel_tekst(c, contract) for c in kolom.to_pylist()]
    except OverflowError:
        waarden = [_cel(c, contract) for c in kolom]
    return pa.array([w[0] or None for w in waarden], pa.string()), pa.array([w[1] for w in waarden], pa.bool_())


def _cel(cel: pa.Scalar, contract: Kolom | None) -> tuple[str, bool]:
    try:
        return cellen.cel_tekst(cel.as_py(), contract)
    except OverflowError:  # a moment that Python does not know, such as one after the year 9999
        return cel.cast(pa.string()).as_py(), False
