"""Workbooks (xlsx): the first sheet, typed cells as the text a csv would have held."""

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from pipelines.aanlevering import cellen
from pipelines.aanlevering.cellen import OVERTOLLIG, Tabel
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.contract import Contract

GROOTSTE = 2 << 30  # bytes unpacked; more is no workbook that a supplier sends
RIJEN = 50_000  # rows per batch


def open_tabel(pad: Path, contract: Contract) -> Tabel:
    """The first sheet of the workbook at ``pad`` as text cells."""
    try:
        rijen = _rijen(pad)
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError, OSError) as fout:
        raise Geweigerd("B01", "het bestand is geen leesbare xlsx-werkmap; sla het opnieuw op als .xlsx") from fout
    kop = next((i for i, rij in enumerate(rijen) if any(cellen.cel_tekst(c, None)[0] for c in rij)), None)
    if kop is None:
        raise Geweigerd(
            "B04", "het eerste werkblad is leeg; lever het opnieuw aan, of als nulmelding met alleen een kopregel"
        )
    koppen = [cellen.cel_tekst(c, None)[0] for c in rijen[kop]]
    return Tabel(koppen, _delen(rijen[kop + 1 :], koppen, contract))


def _rijen(pad: Path) -> list[list]:
    with zipfile.ZipFile(pad) as archief:
        bladen = [i for i in archief.infolist() if i.filename.startswith("xl/worksheets/")]
        if sum(i.file_size for i in archief.infolist()) > GROOTSTE:
            raise Geweigerd(
                "B01", f"de werkmap is uitgepakt groter dan {GROOTSTE >> 30} GB; lever aan als csv of parquet"
            )
        foutcellen = any(b't="e"' in archief.read(i) for i in bladen)
    if foutcellen:
        # calamine reads an error cell (#N/A) as empty, which would pass for a missing value; openpyxl does not, but is slow
        with warnings.catch_warnings(action="ignore"):  # they quote cells
            blad = openpyxl.load_workbook(pad, read_only=True, data_only=True).worksheets[0]
            return [[_Foutcel(c.value) if c.data_type == "e" else c.value for c in rij] for rij in blad.iter_rows()]
    return CalamineWorkbook.from_path(str(pad)).get_sheet_by_index(0).to_python()


class _Foutcel:
    """An error of the sheet such as #N/A: a filled cell that fits no column."""

    def __init__(self, tekst: str):
        self.tekst = tekst

    def __str__(self) -> str:
        return self.tekst


def _delen(rijen: list[list], koppen: list[str], contract: Contract) -> Iterator[pa.RecordBatch]:
    plaats, benoemd = cellen.plaatsen(contract, koppen), cellen.laatste_benoemde(koppen)
    per_plaats = {}
    for kolom, p in zip(contract.kolommen, plaats, strict=True):
        per_plaats.setdefault(p, []).append(kolom)
    verplicht_gevuld = koppen.index(contract.rij_als_gevuld) if contract.rij_als_gevuld in koppen else None
    teksten, fouten, nummer = [], [], 1
    for rij in rijen:
        tekst = [cellen.cel_tekst(c, None)[0] for c in rij]
        if not any(tekst) or (verplicht_gevuld is not None and not tekst[verplicht_gevuld]):
            continue
        fout = [
            k.naam
            for p, kolommen in per_plaats.items()
            if p is not None and p < len(rij) and tekst[p]
            for k in kolommen
            if not cellen.cel_tekst(rij[p], k)[1]
        ]
        fout += [OVERTOLLIG] if any(tekst[benoemd:]) else []
        teksten.append(cellen.kies(tekst, plaats))
        fouten.append(fout or None)
        if len(teksten) == RIJEN:
            yield cellen.uit_rijen(teksten, fouten, contract, nummer)
            nummer, teksten, fouten = nummer + len(teksten), [], []
    if teksten:
        yield cellen.uit_rijen(teksten, fouten, contract, nummer)
