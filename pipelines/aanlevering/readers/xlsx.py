"""Workbooks (xlsx): the first visible worksheet, typed cells as the text a csv would have held.

One way through, as a stream: whatever the size that a sheet states, memory holds the texts that its cells share
(``xlsx_blad.TEKSTEN_BYTES_MAX``) and one batch of rows.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from pipelines.aanlevering import cellen
from pipelines.aanlevering.cellen import OVERTOLLIG, Tabel
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.readers import xlsx_blad
from pipelines.aanlevering.readers.xlsx_blad import Cel
from pipelines.contract import Contract

RIJEN, TEKENS = 50_000, 8 << 20  # rows and characters per batch


def open_tabel(pad: Path, contract: Contract) -> Tabel:
    """The workbook at ``pad`` as text cells."""
    rijen = xlsx_blad.rijen(pad)
    kop = next(rijen, None)
    if kop is None:
        raise Geweigerd(
            "B04", "het eerste werkblad is leeg; lever het opnieuw aan, of als nulmelding met alleen een kopregel"
        )
    namen = dict(kop)
    koppen = [cellen.kop(cellen.cel_tekst(namen.get(i), None)[0]) for i in range(max(namen) + 1)]
    return Tabel(koppen, _delen(rijen, koppen, contract))


def _delen(rijen: Iterator[list[tuple[int, Cel]]], koppen: list[str], contract: Contract) -> Iterator[pa.RecordBatch]:
    plaats, benoemd = cellen.plaatsen(contract, koppen), cellen.laatste_benoemde(koppen)
    per_plaats = {}
    for i, p in enumerate(plaats):
        if p is not None:
            per_plaats.setdefault(p, []).append(i)
    verplicht_gevuld = koppen.index(contract.rij_als_gevuld) if contract.rij_als_gevuld in koppen else None
    teksten, fouten, tekens, nummer = [], [], 0, 1
    for rij in rijen:
        if verplicht_gevuld is not None and all(p != verplicht_gevuld for p, _ in rij):
            continue
        gekozen, fout = [None] * len(plaats), []
        for p, cel in rij:
            if p >= benoemd:
                fout.append(OVERTOLLIG)
            for i in per_plaats.get(p, ()):
                gekozen[i], past = cellen.cel_tekst(cel, contract.kolommen[i])
                tekens += len(gekozen[i])
                if not past:
                    fout.append(contract.kolommen[i].naam)
        teksten.append(gekozen)
        fouten.append(list(dict.fromkeys(fout)) or None)
        if len(teksten) == RIJEN or tekens > TEKENS:
            yield cellen.uit_rijen(teksten, fouten, contract, nummer)
            nummer, teksten, fouten, tekens = nummer + len(teksten), [], [], 0
    if teksten:
        yield cellen.uit_rijen(teksten, fouten, contract, nummer)
