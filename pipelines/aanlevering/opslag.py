"""The store: one parquet file of judged rows per delivery, written beside and renamed when complete.

Belongs here: where the rows of a delivery lie and how they get there. Does not belong here: judging them (``partij``).
"""

import os
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.aanlevering.register import Levering
from pipelines.settings import Instellingen


def opslagpad(instellingen: Instellingen, levering: Levering) -> Path:
    """Where the rows of a delivery are stored."""
    return instellingen.opslag / levering.bron / levering.maand / levering.iza_regio / f"{levering.bestand}.parquet"


def is_heel(pad: Path) -> bool:
    """Whether a stored file is there and was written to its end; one that a power cut shortened was not."""
    try:
        with pad.open("rb") as bestand:
            grootte = bestand.seek(0, os.SEEK_END)
            bestand.seek(max(0, grootte - 8))
            staart = bestand.read()
    except OSError:
        return False
    return staart[4:] == b"PAR1" and int.from_bytes(staart[:4], "little") + 12 <= grootte


def ruim_beschadigde(instellingen: Instellingen) -> tuple[str, ...]:
    """Removes stored files that cannot be read from begin to end, so that they are read again from landing; names their deliveries.

    It reads all that is stored, so it is for after a build that failed; ``is_heel`` is for before one.
    """
    beschadigd = [pad for pad in sorted(instellingen.opslag.rglob("*.parquet")) if not _is_te_lezen(pad)]
    for pad in beschadigd:
        pad.unlink()
    return tuple(pad.stem for pad in beschadigd)


def _is_te_lezen(pad: Path) -> bool:
    try:
        with pq.ParquetFile(pad, page_checksum_verification=True) as bestand:
            for _ in bestand.iter_batches():
                pass
    except (OSError, pa.ArrowException):
        return False
    return True


class Bewaring:
    """The rows of one delivery on their way to ``doel``; the register may name it only after ``rond_af``."""

    def __init__(self, levering: Levering, doel: Path):
        self.levering, self.doel, self.naast = levering, doel, doel.with_suffix(".deel")
        self.compleet, self.gelezen, self.met_code = False, 0, 0
        self._decimalen: set[tuple[str, str]] = set()
        self._schrijver: pq.ParquetWriter | None = None

    def let_op(self, cellen: pa.Table, kolommen: list[str]) -> None:
        """Remembers in which of these columns decimals of both kinds stand."""
        for kolom in kolommen:
            for teken in ",.":
                if (kolom, teken) not in self._decimalen and pc.any(
                    pc.match_substring(cellen.column(kolom), teken)
                ).as_py():
                    self._decimalen.add((kolom, teken))

    def schrijf(self, gekeurd: pa.Table) -> None:
        if self._schrijver is None:
            self.doel.parent.mkdir(parents=True, exist_ok=True)
            self._schrijver = pq.ParquetWriter(self.naast, gekeurd.schema, compression="zstd", write_page_checksum=True)
        if gekeurd.num_rows:
            self._schrijver.write_table(gekeurd)
        self.gelezen += gekeurd.num_rows
        self.met_code += gekeurd.num_rows - gekeurd.column("codes").null_count

    def rond_af(self) -> Levering:
        """All rows are there: the delivery with its counts, in its place."""
        self._schrijver.close()
        self.naast.rename(self.doel)
        return self.geteld()

    def geteld(self) -> Levering:
        """The delivery with the counts of its rows so far."""
        beide = [k for k, teken in sorted(self._decimalen) if teken == "," and (k, ".") in self._decimalen]
        return replace(
            self.levering,
            rijen_gelezen=self.gelezen,
            rijen_met_code=self.met_code,
            gemengde_decimalen=", ".join(beide) or None,
        )

    def ruim_op(self) -> None:
        if self._schrijver is not None:
            self._schrijver.close()
        self.naast.unlink(missing_ok=True)
