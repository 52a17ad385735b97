"""Batching: rows of several deliveries of one bron are judged together, for planning the statement costs more than a small file.

Belongs here: how much goes into one statement. Does not belong here: what it says (``keuring``) and where rows go (``opslag``).
"""

from collections.abc import Callable
from functools import cache

import pyarrow as pa

from pipelines import contract
from pipelines.aanlevering.keuring import Keuring
from pipelines.aanlevering.opslag import Bewaring
from pipelines.aanlevering.register import Levering
from pipelines.fundament.maand import laatste_dag


class Partij:
    """``klaar`` is called with each delivery whose rows are all in the store."""

    RIJEN, DELEN, BYTES = 250_000, 256, 16 << 20

    def __init__(self, klaar: Callable[[Levering], None]):
        self._klaar = klaar
        self._delen: list[tuple[Bewaring, pa.RecordBatch]] = []
        self._rijen = self._bytes = 0

    def voeg_toe(self, bewaring: Bewaring, deel: pa.RecordBatch) -> None:
        omvang = deel.nbytes
        vol = (
            len(self._delen) >= self.DELEN
            or self._rijen + deel.num_rows > self.RIJEN
            or self._bytes + omvang > self.BYTES
        )
        if vol or (self._delen and self._delen[0][0].levering.bron != bewaring.levering.bron):
            self.keur()
        self._delen.append((bewaring, deel))
        self._rijen += deel.num_rows
        self._bytes += omvang

    def schrap(self, bewaring: Bewaring) -> None:
        self._delen = [(b, d) for b, d in self._delen if b is not bewaring]
        bewaring.ruim_op()

    def keur(self) -> None:
        """Judges and stores all rows so far, and hands over the deliveries that are complete."""
        if not self._delen:
            return
        grens = contract.lees(self._delen[0][0].levering.bron)
        bewaringen = list(dict.fromkeys(b for b, _ in self._delen))
        tabellen = [
            pa.concat_tables(
                [pa.Table.from_batches([d]) for b, d in self._delen if b is bewaring], promote_options="default"
            )
            for bewaring in bewaringen
        ]
        met_decimalen = [
            k.naam for k in grens.kolommen if k.celtype.sql not in ("VARCHAR", "DATE", "BIGINT", "BOOLEAN")
        ]
        for bewaring, tabel in zip(bewaringen, tabellen, strict=True):
            bewaring.let_op(tabel, met_decimalen)
        gekeurd = Keuring(grens).keur(
            _verbinding(),
            [(b.levering.bestand, laatste_dag(b.levering.maand), t) for b, t in zip(bewaringen, tabellen, strict=True)],
        )
        self._delen, self._rijen, self._bytes, vanaf = [], 0, 0, 0
        for bewaring, tabel in zip(bewaringen, tabellen, strict=True):
            bewaring.schrijf(gekeurd.slice(vanaf, tabel.num_rows))
            vanaf += tabel.num_rows
            if bewaring.compleet:
                self._klaar(bewaring.rond_af())


_verbinding = cache(Keuring.verbinding)
