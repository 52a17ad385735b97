"""Reading one delivery: from a file to text cells that may be judged, or the reason why the whole of it is refused.

Belongs here: what is found while reading (B01, B02, B04, and B03 on content), and that no BSN gets any further. Does not belong
here: formats (``readers``), and what is known before a byte is read (``naam``).
"""

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipelines import contract
from pipelines.aanlevering import cellen, pseudoniem, readers
from pipelines.aanlevering.cellen import Tabel
from pipelines.aanlevering.fouten import GeheugenVol, Geweigerd, NietNu, van_ons
from pipelines.aanlevering.naam import Naam
from pipelines.contract import Contract


def lees(bestand: Path, naam: Naam) -> Iterator[pa.RecordBatch]:
    """The rows of the file in batches, the first of them empty; ``Geweigerd`` B01, B04, B02 or B03, also after some batches.

    ``NietNu`` where the machine, not the file, is why it cannot be read.
    """
    grens = contract.lees(naam.bron)
    with _zonder_inhoud():
        tabel = readers.open_tabel(bestand, naam.formaat, grens)
    ontbreekt = [k for k in grens.verplichte_koppen if k not in tabel.koppen]
    andere_maand = None
    yield pa.RecordBatch.from_pylist([], schema=cellen.schema(grens))
    for deel in map(_zonder_bsn(grens), map(cellen.toon_onzichtbaar, _gelezen(tabel))):
        if not ontbreekt and not andere_maand:  # and else read on: an unreadable file (B01) goes before these
            andere_maand = _andere_maand(deel, grens, naam.maand)
            yield deel
    if ontbreekt:
        raise Geweigerd(
            "B02", f"verplichte kolom ontbreekt: {', '.join(ontbreekt)}; kolomnamen zijn hoofdlettergevoelig"
        )
    if andere_maand:
        raise Geweigerd("B03", f"rij {andere_maand} gaat over een andere maand dan {naam.maand} uit de bestandsnaam")


@contextmanager
def _zonder_inhoud() -> Iterator[None]:
    """A reader that breaks refuses its file, and says where: the message of its error may quote a cell, and so a BSN."""
    try:
        yield
    except Geweigerd:
        raise
    except Exception as fout:
        if van_ons(fout):
            raise (
                NietNu(os.strerror(fout.errno)) if isinstance(fout, OSError) else GeheugenVol("het geheugen is vol")
            ) from None
        plaats = traceback.extract_tb(fout.__traceback__)[-1]
        soort = f"{type(fout).__name__} in {Path(plaats.filename).name}, regel {plaats.lineno}"
        raise Geweigerd(
            "B01", f"het bestand is niet te lezen ({soort}); maak het opnieuw en lever het opnieuw aan"
        ) from None


def _gelezen(tabel: Tabel) -> Iterator[pa.RecordBatch]:
    with _zonder_inhoud():
        yield from tabel.delen


def _zonder_bsn(grens: Contract) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """Turns the BSNs of a column where they may stand into pseudonyms, before anything else sees them."""
    kolommen = [k.naam for k in grens.kolommen if k.bsn_toegestaan]

    def _vervang(deel: pa.RecordBatch) -> pa.RecordBatch:
        for naam in kolommen:
            pseudoniemen, fout = pseudoniem.pseudonimiseer(deel.column(naam))
            pseudoniemen = pc.if_else(fout, pa.scalar("(geen BSN en geen pseudoniem)"), pseudoniemen)
            deel = deel.set_column(deel.schema.get_field_index(naam), naam, pseudoniemen)
        return deel

    return _vervang


def _andere_maand(deel: pa.RecordBatch, grens: Contract, maand: str) -> int | None:
    """Number of the first row with a well-formed maand other than that of the name."""
    if "maand" not in deel.schema.names:
        return None
    kolom = deel.column("maand")
    vorm = pc.match_substring_regex(kolom, rf"^(?:{contract.TYPEN['maand'].patroon})$")
    anders = deel.filter(pc.fill_null(pc.and_(vorm, pc.not_equal(kolom, maand)), False))
    anders = [
        n
        for n, fout in zip(anders.column("rijnummer").to_pylist(), anders.column("_vormfout").to_pylist(), strict=True)
        if "maand" not in (fout or [])
    ]
    return anders[0] if anders else None
