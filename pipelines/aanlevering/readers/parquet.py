"""Parquet: typed columns as the text a csv would have held, row group by row group."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.aanlevering import cellen
from pipelines.aanlevering.cellen import Tabel
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.contract import Contract, Kolom

RIJEN = 250_000  # rows per batch


def open_tabel(pad: Path, contract: Contract) -> Tabel:
    """The parquet file at ``pad`` as text cells."""
    try:
        bestand = pq.ParquetFile(pad)
    except (pa.ArrowException, OSError) as fout:
        raise Geweigerd("B01", "het bestand is geen leesbare parquet; schrijf het opnieuw weg") from fout
    koppen = [naam.strip() for naam in bestand.schema_arrow.names]
    if not any(koppen):
        raise Geweigerd(
            "B04", "de parquet heeft geen kolommen; lever het opnieuw aan, of als nulmelding met alle kolommen"
        )
    return Tabel(koppen, _delen(bestand, koppen, contract))


def _delen(bestand: pq.ParquetFile, koppen: list[str], contract: Contract) -> Iterator[pa.RecordBatch]:
    plaats, nummer = cellen.plaatsen(contract, koppen), 1
    try:
        for deel in bestand.iter_batches(batch_size=RIJEN):
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
            yield from (
                rijen.append_column("rijnummer", nummers)
                .select(cellen.schema(contract).names)
                .combine_chunks()
                .to_batches()
            )
    except (pa.ArrowException, OSError) as fout:
        raise Geweigerd("B01", f"de parquet is vanaf rij {nummer} niet te lezen; schrijf het opnieuw weg") from fout


def _gevuld(deel: pa.RecordBatch, kolommen: list[pa.Array], plaats: list[int | None]) -> pa.Array:
    """Which rows have a filled cell, in a column of the contract or, where those are all empty, in any other."""
    gevuld = pa.array([False] * deel.num_rows)
    for kolom in kolommen:
        gevuld = pc.or_(gevuld, pc.is_valid(kolom))
    if not pc.all(gevuld).as_py():
        for i in set(range(deel.num_columns)) - set(plaats):
            gevuld = pc.or_(gevuld, pc.is_valid(_per_cel(deel.column(i), None)[0]))
    return gevuld


def _meld(fout: pa.Array | None, naam: str, waar: pa.Array) -> pa.Array | None:
    if not pc.any(waar).as_py():
        return fout
    eerder = [None] * len(waar) if fout is None else fout.to_pylist()
    return pa.array(
        [(e or []) + [naam] if w else e for e, w in zip(eerder, waar.to_pylist(), strict=True)], pa.list_(pa.string())
    )


def _tekst(kolom: pa.Array, contract: Kolom) -> tuple[pa.Array, pa.Array | None]:
    """Text of a column, and per row whether the kind of cell fits (None: all fit)."""
    soort = kolom.type
    if pa.types.is_dictionary(soort):
        kolom, soort = kolom.dictionary_decode(), soort.value_type
    if pa.types.is_string(soort) or pa.types.is_large_string(soort):
        return cellen.trim(kolom.cast(pa.string())), None
    if pa.types.is_integer(soort):
        return kolom.cast(pa.string()), None
    if pa.types.is_date32(soort) and contract.type == "datum":
        return kolom.cast(pa.string()), None
    if pa.types.is_null(soort):
        return kolom.cast(pa.string()), None
    if pa.types.is_nested(soort):
        return _per_cel(kolom, contract)
    codes = kolom.dictionary_encode()  # amounts and dates repeat: turn each distinct value into text once
    tekst, past = _per_cel(codes.dictionary, contract)
    return tekst.take(codes.indices), pc.fill_null(past.take(codes.indices), True)


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
