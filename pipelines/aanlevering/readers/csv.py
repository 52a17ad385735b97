"""Comma or semicolon separated text (csv, csv.gz): UTF-8, with or without BOM, quoted or not.

What a program leaves in a csv beside its rows is read over: a mark of UTF-8 more than once, Excel's first line ``sep=;``, and a
last byte 0x1A. Quotes that are escaped by a back slash are no csv, and would shift cells: B01.

Two ways through, one outcome: a file without quotes and with equally long lines is split by Arrow, in bulk; any other goes
through Python's csv module. ``test_csv`` holds the two against each other.
"""

import codecs
import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from pipelines.aanlevering import cellen
from pipelines.aanlevering.cellen import OVERTOLLIG, Tabel
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.contract import Contract

BLOK = 1 << 20  # bytes read at a time
LANGSTE_REGEL = 1 << 20  # bytes; a longer line is no table, and would be held in memory as a whole
RIJEN, TEKENS = 50_000, 8 << 20  # rows and characters per batch of the careful way
KOLOMMEN = 20_000  # more is no table, and every column costs memory
NIET_GESLOTEN = "een aanhalingsteken is geopend en niet gesloten: de rest van het bestand zou één cel zijn"
TE_LANG = f"een rij is langer dan {LANGSTE_REGEL} tekens: dit is geen tabel, of een aanhalingsteken is geopend en niet gesloten"
KROMP_MAX, KROMP_VANAF = (
    200,
    64 << 20,
)  # times smaller in its archive than out of it, from so many bytes: no table of rows is
LEGE_REGELS_MAX = 1_000_000  # before the header
EINDE = "\x1a"  # what some programs put at the end of a text
_SEP = re.compile(r'\s*"?sep=(.)"?[;,\s]*', re.IGNORECASE)
_BACKSLASH = re.compile(r'\\"(?=[^;,\r\n"])|\\""(?=[;,\r\n])')
MET_BACKSLASH = 'aanhalingstekens staan achter een backslash (\\"); schrijf een aanhalingsteken in een cel als twee aanhalingstekens ("")'
_SLOT = "\x00slot"  # a line after the last: when it is not read as a row of its own, a quote was never closed


def open_tabel(pad: Path, contract: Contract) -> Tabel:
    """The csv file at ``pad`` as text cells."""
    eenvoudig = _keur_tekst(pad)
    with _open(pad) as bestand:
        regel, scheiding, koppen = _kop(bestand, contract)
    return Tabel(koppen, _delen(pad, regel, scheiding, koppen, contract, eenvoudig))


def _open(pad: Path) -> BinaryIO:
    bestand = gzip.open(pad) if pad.suffix == ".gz" else pad.open("rb")
    begin = 0
    while bestand.read(3) == codecs.BOM_UTF8:
        begin += 3
    bestand.seek(begin)
    return bestand


def _keur_tekst(pad: Path) -> bool:
    """Reads the file through: B01 where it is not UTF-8 text, B04 where it is empty; whether Arrow may split it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    ingepakt = pad.stat().st_size if pad.suffix == ".gz" else None
    eenvoudig, gelezen, sinds_regel = True, 0, 0
    try:
        with _open(pad) as bestand:
            while blok := bestand.read(BLOK):
                gelezen += len(blok)
                decoder.decode(blok)
                if ingepakt and gelezen > max(KROMP_VANAF, KROMP_MAX * ingepakt):
                    raise Geweigerd(
                        "B01", f"het gz-archief is uitgepakt meer dan {KROMP_MAX} keer zo groot: dit is geen tabel"
                    )
                if b"\0" in blok:
                    raise Geweigerd(
                        "B01", "het bestand bevat NUL-tekens en is geen tekst in UTF-8; sla het op als CSV UTF-8"
                    )
                eerste, laatste = blok.find(b"\n"), blok.rfind(b"\n")
                if sinds_regel + (eerste if eerste >= 0 else len(blok)) > LANGSTE_REGEL:
                    raise Geweigerd("B01", f"een regel is langer dan {LANGSTE_REGEL} bytes: dit is geen tabel")
                sinds_regel = sinds_regel + len(blok) if laatste < 0 else len(blok) - laatste - 1
                eenvoudig = eenvoudig and b'"' not in blok and blok.count(b"\r") == blok.count(b"\r\n")
                eenvoudig = eenvoudig and codecs.BOM_UTF8 not in blok  # Arrow would leave one out after the header
                eenvoudig = eenvoudig and EINDE.encode() not in blok
            decoder.decode(b"", final=True)
    except (gzip.BadGzipFile, EOFError, zlib.error) as fout:
        raise Geweigerd("B01", "het gz-archief is beschadigd of afgebroken; pak het opnieuw in") from fout
    except UnicodeDecodeError as fout:
        raise Geweigerd("B01", f"het bestand is geen UTF-8 (rond byte {gelezen}); sla het op als CSV UTF-8") from fout
    if gelezen == 0:
        raise Geweigerd("B04", "het bestand is leeg; lever het opnieuw aan, of als nulmelding met alleen een kopregel")
    return eenvoudig


def _kop(bestand: BinaryIO, contract: Contract) -> tuple[int, str, list[str]]:
    """Number of the line after the header, separator, and names in the header; B04 where there is no filled cell."""
    tekst = io.TextIOWrapper(bestand, encoding="utf-8", newline="")
    bekend = {k.kop for k in contract.kolommen}
    scheidingen = ";,"
    for na_kop, regel in enumerate(tekst, start=1):
        if na_kop > LEGE_REGELS_MAX:
            raise Geweigerd(
                "B01", f"er gaan meer dan {LEGE_REGELS_MAX} lege regels vooraf aan de kop: dit is geen tabel"
            )
        gekozen = _SEP.fullmatch(regel.rstrip("\r\n"))
        if gekozen and gekozen[1] not in scheidingen:
            raise Geweigerd(
                "B01", "de eerste regel (sep=) noemt een ander scheidingsteken dan ; of ,; sla het op als CSV UTF-8"
            )
        if gekozen:
            scheidingen = gekozen[1]
        elif regel.strip().strip(f';,"{EINDE}').strip():
            break
    else:
        raise Geweigerd(
            "B04", "het bestand heeft alleen lege regels; lever het opnieuw aan, of als nulmelding met een kopregel"
        )
    gelezen, beste = [regel], None
    for scheiding in sorted(scheidingen, key=regel.count, reverse=True):
        # a quoted name may go on over lines
        lezer = csv.reader(_Regels(_vanaf(gelezen, tekst)), delimiter=scheiding, skipinitialspace=True)
        koppen = [cellen.kop(kop) for kop in next(lezer)]
        if beste is None or len(bekend.intersection(koppen)) > len(bekend.intersection(beste[2])):
            beste = na_kop + lezer.line_num - 1, scheiding, koppen
    if beste[2][-1].endswith(_SLOT):
        raise Geweigerd("B01", NIET_GESLOTEN)
    if len(beste[2]) > KOLOMMEN:
        raise Geweigerd("B01", f"de kopregel heeft meer dan {KOLOMMEN} kolommen: dit is geen tabel")
    return beste


def _delen(
    pad: Path, na_kop: int, scheiding: str, koppen: list[str], contract: Contract, eenvoudig: bool
) -> Iterator[pa.RecordBatch]:
    if eenvoudig and len(koppen) > 1:
        with _open(pad) as bestand:
            try:
                # all batches before any is handed over would cost memory; a ragged line shows itself while reading, so look first
                for _ in _arrow(bestand, na_kop, scheiding, len(koppen)):
                    pass
            except pa.ArrowInvalid:
                eenvoudig = False
    if eenvoudig and len(koppen) > 1:
        with _open(pad) as bestand:
            yield from _snel(_arrow(bestand, na_kop, scheiding, len(koppen)), koppen, contract)
    else:
        with _open(pad) as bestand:
            yield from _zorgvuldig(bestand, na_kop, scheiding, koppen, contract)


def _arrow(bestand: BinaryIO, na_kop: int, scheiding: str, breedte: int) -> pa_csv.CSVStreamingReader | list:
    for _ in range(na_kop):
        bestand.readline()
    namen = [str(i) for i in range(breedte)]
    try:
        return pa_csv.open_csv(
            bestand,
            pa_csv.ReadOptions(column_names=namen, block_size=BLOK * 4, use_threads=False),
            pa_csv.ParseOptions(delimiter=scheiding, quote_char=False, ignore_empty_lines=True),
            pa_csv.ConvertOptions(
                column_types=dict.fromkeys(namen, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowInvalid as fout:
        if "Empty CSV file" in str(fout):
            return []
        raise


def _snel(delen: Iterator[pa.RecordBatch], koppen: list[str], contract: Contract) -> Iterator[pa.RecordBatch]:
    plaats, benoemd, nummer = cellen.plaatsen(contract, koppen), cellen.laatste_benoemde(koppen), 1
    for deel in delen:
        cel = [cellen.trim(kolom) for kolom in deel.columns]
        gevuld = _een_van([pc.is_valid(k) for k in cel], deel.num_rows)
        na = _een_van([pc.is_valid(k) for k in cel[benoemd:]], deel.num_rows)
        fout = pc.if_else(na, pa.scalar([OVERTOLLIG], pa.list_(pa.string())), pa.scalar(None, pa.list_(pa.string())))
        leeg = pa.nulls(deel.num_rows, pa.string())
        kolommen = [leeg if p is None else cel[p] for p in plaats]
        rijen = pa.Table.from_arrays(
            [*kolommen, fout], names=[*(k.naam for k in contract.kolommen), "_vormfout"]
        ).filter(gevuld)
        nummers = pa.array(range(nummer, nummer + rijen.num_rows), pa.int64())
        nummer += rijen.num_rows
        yield from (
            rijen.append_column("rijnummer", nummers)
            .select(cellen.schema(contract).names)
            .combine_chunks()
            .to_batches()
        )


def _een_van(kolommen: list[pa.Array], rijen: int) -> pa.Array:
    waar = pa.array([False] * rijen)
    for kolom in kolommen:
        waar = pc.or_(waar, kolom)
    return waar


def _zorgvuldig(
    bestand: BinaryIO, na_kop: int, scheiding: str, koppen: list[str], contract: Contract
) -> Iterator[pa.RecordBatch]:
    plaats, benoemd = cellen.plaatsen(contract, koppen), cellen.laatste_benoemde(koppen)
    csv.field_size_limit(LANGSTE_REGEL * 64)
    rijen, fouten, tekens, nummer, cel = [], [], 0, 1, []
    tekst = io.TextIOWrapper(bestand, encoding="utf-8", newline="")
    for _ in range(na_kop):
        tekst.readline()
    regels = _Regels(tekst)
    try:
        for cel in csv.reader(regels, delimiter=scheiding, skipinitialspace=True):
            regels.nieuwe_rij()
            if cel == [_SLOT]:
                break
            cel = [c.strip() for c in cel]
            if not any(cel):
                continue
            fouten.append([OVERTOLLIG] if any(cel[benoemd:]) else None)
            rijen.append(cellen.kies(cel, plaats))
            tekens += sum(map(len, filter(None, rijen[-1])))
            if len(rijen) == RIJEN or tekens > TEKENS:
                yield cellen.uit_rijen(rijen, fouten, contract, nummer)
                nummer, rijen, fouten, tekens = nummer + len(rijen), [], [], 0
    except csv.Error as fout:
        raise Geweigerd("B01", f"het bestand is vanaf rij {nummer + len(rijen)} niet als csv te lezen") from fout
    if cel != [_SLOT]:
        raise Geweigerd("B01", NIET_GESLOTEN)
    if rijen:
        yield cellen.uit_rijen(rijen, fouten, contract, nummer)


def _vanaf(gelezen: list[str], verder: Iterator[str]) -> Iterator[str]:
    """The lines that were read before, and on from there; what comes is kept for a next time."""
    yield from gelezen
    for regel in verder:
        gelezen.append(regel)
        yield regel


class _Regels:
    """Lines for the csv module, which takes as many of them as a row has; a row may be as long as a line may be."""

    def __init__(self, regels: Iterator[str]):
        self._regels, self._tekens = _met_slot(regels), 0

    def __iter__(self) -> "_Regels":
        return self

    def __next__(self) -> str:
        regel = next(self._regels)
        if "\\" in regel and _BACKSLASH.search(regel):
            raise Geweigerd("B01", MET_BACKSLASH)
        self._tekens += len(regel)
        if self._tekens > LANGSTE_REGEL + 2:  # beside the end of the line
            raise Geweigerd("B01", TE_LANG)
        return regel

    def nieuwe_rij(self) -> None:
        self._tekens = 0


def _met_slot(regels: Iterator[str]) -> Iterator[str]:
    vorige = ""
    for regel in regels:
        if vorige:
            yield vorige
        vorige = regel
    if vorige.rstrip().endswith(EINDE):
        vorige = vorige.rstrip().rstrip(EINDE)
    if vorige:
        yield vorige
    if vorige and not vorige.endswith(("\n", "\r")):
        yield "\n"
    yield _SLOT
