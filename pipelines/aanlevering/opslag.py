"""The store: one parquet file of judged rows per delivery, written beside and renamed when complete.

Belongs here: where the rows of a delivery lie and how they get there. Does not belong here: judging them (``partij``).
"""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.aanlevering.register import Levering
from pipelines.settings import Instellingen


def opslagpad(instellingen: Instellingen, levering: Levering) -> Path:
    """Where the rows of a delivery are stored."""
    return instellingen.opslag / levering.bron / levering.maand / levering.iza_regio / f"{levering.bestand}.parquet"


class Bewaring:
    """The rows of one delivery on their way to ``doel``; the register may name it only after ``rond_af``."""

    def __init__(self, levering: Levering, doel: Path):
        self.levering, self.doel, self.naast = levering, doel, doel.with_suffix(".deel")
        self.compleet, self.gelezen, self.met_code = False, 0, 0
        self._schrijver: pq.ParquetWriter | None = None

    def schrijf(self, gekeurd: pa.Table) -> None:
        if self._schrijver is None:
            self.doel.parent.mkdir(parents=True, exist_ok=True)
            self._schrijver = pq.ParquetWriter(self.naast, gekeurd.schema, compression="zstd")
        if gekeurd.num_rows:
            self._schrijver.write_table(gekeurd)
        self.gelezen += gekeurd.num_rows
        self.met_code += gekeurd.num_rows - gekeurd.column("codes").null_count

    def rond_af(self) -> Levering:
        """All rows are there: the delivery with its counts, in its place."""
        self._schrijver.close()
        self.naast.rename(self.doel)
        return replace(self.levering, rijen_gelezen=self.gelezen, rijen_met_code=self.met_code)

    def ruim_op(self) -> None:
        if self._schrijver is not None:
            self._schrijver.close()
        self.naast.unlink(missing_ok=True)
