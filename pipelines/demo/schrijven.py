"""Deliveries as files, in every format of the specification, with the same bytes for the same rows.

Belongs here: names, formats and dialects. Does not belong here: what the rows say.
"""

import gzip
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import xlsxwriter

from pipelines.demo.capaciteit import BEDDEN, HIC
from pipelines.demo.declaraties import SCHEMA as DECLARATIES
from pipelines.demo.parameters import Parameters
from pipelines.demo.personeel import PERSONEEL
from pipelines.demo.toeval import uniform
from pipelines.demo.wachtlijst import SCHEMA as WACHTLIJST

_TEKST = {
    "maand", "agb_onderneming", "agb_vestiging", "afdeling_id", "bedtype", "capaciteit_type", "wet", "reden_sluiting",
    "eenheid_id", "eenheid_type", "functie",
}  # fmt: skip
_ANDERS = {"separatie_uren": pa.decimal128(8, 1), "modelgetrouwheid": pa.decimal128(3, 1), "audit_datum": pa.date32()}
_ANDERS |= {f"fte_{soort}": pa.decimal128(9, 2) for soort in ("formatie", "bezet", "vacature", "extern")}
_ANDERS["verzuim_aandeel"] = pa.decimal128(4, 3)


def _klein_schema(kolommen: list[str]) -> pa.Schema:
    return pa.schema([(k, pa.string() if k in _TEKST else _ANDERS.get(k, pa.int32())) for k in kolommen])


SCHEMAS = {
    "declaraties": DECLARATIES,
    "hic_monitor": _klein_schema(HIC),
    "wachtlijst": WACHTLIJST,
    "bedden": _klein_schema(BEDDEN),
    "personeel": _klein_schema(PERSONEEL),
}
BRONNEN = [bron for bron in SCHEMAS if bron != "personeel"]  # those that every region delivers


@dataclass(frozen=True)
class Naam:
    """What a file name says (spec 1.1)."""

    bron: str
    maand: str
    regio: str
    leverancier: str
    versie: int = 1

    def bestand(self, extensie: str) -> str:
        return f"{self.bron}_{self.maand}_{self.regio}_{self.leverancier}_v{self.versie:02d}.{extensie}"

    def pad(self, landing: Path, extensie: str) -> Path:
        return landing / self.bron / self.maand / self.regio / self.bestand(extensie)

    @property
    def getal(self) -> int:
        """A number that is this delivery's own, to draw its format with."""
        return (
            int.from_bytes(f"{self.bron[0]}{self.maand}{self.regio}{self.leverancier[-6:]}".encode()[-20:], "big")
            % 2**61
        )


@dataclass(frozen=True)
class Dialect:
    scheiding: str
    komma: bool
    aanhalingstekens: bool
    bom: bool


# the first two survive a value with a comma in it
DIALECTEN = [
    Dialect(";", True, False, False),
    Dialect(";", False, True, True),
    Dialect(",", False, False, False),
    Dialect(";", True, False, True),
    Dialect(",", True, True, False),
]


def kies_formaat(parameters: Parameters, naam: Naam, rijen: int, met_gebreken: bool, seed: int) -> tuple[str, Dialect]:
    """Extension and dialect of a delivery. A delivery with defective cells cannot be parquet, which has typed columns."""
    u = uniform(seed, 80, np.array([naam.getal, naam.getal + 1]))
    instelling = parameters["formaat"]
    tabel = instelling["groot" if rijen >= instelling["groot_vanaf_rijen"] else "klein"]
    extensie, grens = "csv", 0.0
    for mogelijk, deel in tabel.items():
        grens += deel
        if u[0] < grens:
            extensie = mogelijk
            break
    if extensie == "xlsx" and rijen > instelling["xlsx_tot_rijen"] or extensie == "parquet" and met_gebreken:
        extensie = "csv"
    dialecten = DIALECTEN[:2] if met_gebreken else DIALECTEN
    return extensie, dialecten[int(u[1] * len(dialecten))]


def schrijf(pad: Path, tabel: pa.Table, extensie: str, dialect: Dialect, toegevoegd: list[dict] = ()) -> None:
    """Writes a delivery; `toegevoegd` are rows of text behind the table (not in parquet)."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    if extensie == "parquet":
        pq.write_table(tabel, pad, compression="zstd", store_schema=False)
    elif extensie == "xlsx":
        pad.write_bytes(_xlsx(tabel, toegevoegd))
    else:
        inhoud = _csv(tabel, dialect, toegevoegd)
        pad.write_bytes(gzip.compress(inhoud, 6, mtime=0) if extensie.endswith(".gz") else inhoud)


def als_tekst(tabel: pa.Table) -> pa.Table:
    """Every column as text, with decimal points."""
    return pa.table([tabel[naam].cast(pa.string()) for naam in tabel.schema.names], names=tabel.schema.names)


def _met_komma(tekst: pa.Table, schema: pa.Schema) -> pa.Table:
    """Decimal commas in the columns that `schema` has as decimals."""
    decimaal = {veld.name for veld in schema if pa.types.is_decimal(veld.type)}
    kolommen = [pc.replace_substring(tekst[k], ".", ",") if k in decimaal else tekst[k] for k in tekst.schema.names]
    return pa.table(kolommen, names=tekst.schema.names)


def _csv(tabel: pa.Table, dialect: Dialect, toegevoegd: list[dict]) -> bytes:
    tekst = als_tekst(tabel)
    tekst = _met_komma(tekst, tabel.schema) if dialect.komma else tekst
    if toegevoegd:
        extra = {k: pa.array([rij[k] or None for rij in toegevoegd], pa.string()) for k in tekst.schema.names}
        tekst = pa.concat_tables(
            [tekst, _met_komma(pa.table(extra), tabel.schema) if dialect.komma else pa.table(extra)]
        )
    uitvoer = io.BytesIO()
    namen = [f'"{naam}"' if dialect.aanhalingstekens else naam for naam in tekst.schema.names]
    uitvoer.write((("\ufeff" if dialect.bom else "") + dialect.scheiding.join(namen) + "\n").encode())
    stijl = "all_valid" if dialect.aanhalingstekens else "none"
    pacsv.write_csv(
        tekst, uitvoer, pacsv.WriteOptions(include_header=False, delimiter=dialect.scheiding, quoting_style=stijl)
    )
    return uitvoer.getvalue()


def _xlsx(tabel: pa.Table, toegevoegd: list[dict]) -> bytes:
    uitvoer = io.BytesIO()
    werkmap = xlsxwriter.Workbook(uitvoer, {"in_memory": True})
    werkmap.set_properties({"created": datetime(2026, 1, 1)})
    blad = werkmap.add_worksheet("levering")
    datum = werkmap.add_format({"num_format": "yyyy-mm-dd"})
    blad.write_row(0, 0, tabel.schema.names)
    for kolom, veld in enumerate(tabel.schema):
        waarden = tabel[veld.name].to_pylist()
        schrijver = blad.write_string if pa.types.is_string(veld.type) else blad.write_number
        for rij, waarde in enumerate(waarden, start=1):
            if waarde is None:
                continue
            if pa.types.is_date(veld.type):
                blad.write_datetime(rij, kolom, waarde, datum)
            else:
                schrijver(rij, kolom, waarde)
    for rij, cellen in enumerate(toegevoegd, start=len(tabel) + 1):
        for kolom, naam in enumerate(tabel.schema.names):
            if cellen[naam]:
                blad.write_string(rij, kolom, cellen[naam])
    werkmap.close()
    return uitvoer.getvalue()
