"""Waiting lists that do not add up: places that vanish without an end or rise again, and dates that stand for no date.

Belongs here: which wachtplekken of a region that is, and doing it to their snapshots. Does not belong here: rows that are refused,
or deliveries that fail (``gebreken``).
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.demo.parameters import NUMMER
from pipelines.demo.populatie import nummertekst
from pipelines.demo.trajecten import Tijdvak
from pipelines.demo.wachtlijst import Plekken

AFWEZIG = ("verdwenen", "geschoond", "herrezen")


@dataclass
class Lijstgebrek:
    """One entry of ``lijst`` in gebreken.yaml, done to `welke` (positions in the wachtplekken of the region) from `maand` on."""

    soort: str = ""
    maand: int = 0
    welke: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    zet: dict[str, str] = field(default_factory=dict)

    @classmethod
    def kies(cls, gebrek: dict, maand: int, plekken: Plekken, tijdvak: Tijdvak) -> "Lijstgebrek":
        """Takes people who wait for ambulatory care, for a month at least, and keep waiting for months."""
        sinds = tijdvak.grens[maand - 1]
        if gebrek["soort"] == "geboren_na_aanmelding":  # the year of birth may not lie after that of the list
            sinds = min(sinds, np.datetime64(tijdvak.maanden[maand][:4], "D").astype(int))
        kan = (plekken.soort == NUMMER["ambulant"]) & (plekken.aanmelding < sinds)
        kan = np.flatnonzero(kan & (plekken.einde >= tijdvak.grens[maand + 2]))
        if "aandeel" in gebrek:
            kan = kan[plekken.vestiging[kan] == plekken.vestiging[kan[:1]].sum()]
        aantal = gebrek.get("plekken") or int(np.ceil(gebrek["aandeel"] * len(kan)))
        return cls(gebrek["soort"], maand, kan[:aantal], gebrek.get("zet", {}))

    def aanwezig(self, plekken: Plekken, maand: int) -> Plekken:
        """The wachtplekken that the list of `maand` still names."""
        weg = self.soort in ("verdwenen", "geschoond") and maand >= self.maand
        weg |= self.soort == "herrezen" and maand == self.maand
        return plekken.neem(np.setdiff1d(np.arange(len(plekken)), self.welke)) if weg else plekken

    def vul(self, plekken: Plekken, maand: int, tabel: pa.Table) -> tuple[pa.Table, np.ndarray]:
        """The snapshot of `maand` with the placeholders in it, and which rows have one (mask)."""
        if maand < self.maand or self.soort in AFWEZIG:
            return tabel, np.zeros(len(tabel), dtype=bool)
        deze = pc.is_in(tabel["wachtplek_id"], nummertekst("W", plekken.sleutel[self.welke], 10)).combine_chunks()
        if "einddatum" in self.zet:
            deze = pc.and_(deze, pc.and_(tabel["einddatum"].is_null(), tabel["startdatum_behandeling"].is_null()))
        zet = {kolom: pa.scalar(waarde) for kolom, waarde in self.zet.items()}
        if self.soort == "geboren_na_aanmelding":
            zet = {"geboortejaar": pc.add(pc.year(tabel["aanmelddatum"]), 1)}
        for kolom, waarde in zet.items():
            plaats = tabel.schema.get_field_index(kolom)
            veld = tabel.schema.field(plaats)
            tabel = tabel.set_column(plaats, veld, pc.if_else(deze, waarde.cast(veld.type), tabel[kolom]))
        return tabel, np.asarray(deze)

    def vondsten(self, plekken: Plekken, regio: str, agb: list[str], tijdvak: Tijdvak) -> list[tuple]:
        """Rows of the ground truth for places that are not on the list."""
        if self.soort not in AFWEZIG:
            return []
        ids = nummertekst("W", plekken.sleutel[self.welke], 10).to_pylist()
        vestigingen = [agb[v] for v in plekken.vestiging[self.welke]]
        return [
            (self.soort, tijdvak.maanden[self.maand], regio, vestiging, plek)
            for vestiging, plek in zip(vestigingen, ids, strict=True)
        ]
