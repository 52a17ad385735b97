"""One module per format: a file in, text cells out (``cellen.Tabel``). A new format is a module here and a line below.

A reader raises ``Geweigerd`` B01 (unreadable) or B04 (nothing to read), at once or while its batches are taken. What the
cells mean is not its business: that is ``keuring``.
"""

from pathlib import Path

from pipelines.aanlevering.cellen import Tabel
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.readers import csv, gds801, parquet, xlsx
from pipelines.contract import Contract

_LEZER = {"csv": csv, "csv.gz": csv, "parquet": parquet, "xlsx": xlsx, "xml": gds801, "xml.gz": gds801}


def open_tabel(pad: Path, formaat: str, contract: Contract) -> Tabel:
    """The delivery at ``pad`` as text; ``Geweigerd`` B01 or B04 where it cannot be read."""
    if pad.stat().st_size == 0:
        raise Geweigerd(
            "B04", "het bestand is leeg (0 bytes); lever het opnieuw aan, of als nulmelding met alleen een kopregel"
        )
    return _LEZER[formaat].open_tabel(pad, contract)
