"""Where outcomes are kept: parquet under ``<GGZ_DATA>/analyse``, and from there the tables of the warehouse.

Belongs here: writing, knowing whether what is written still holds, and loading it. Does not belong here: any figure.

    analyse/scenarios/NAAM.yaml             what users asked for; every run computes these anew when the data changed
    analyse/scenario_resultaat/NAAM.parquet
    analyse/scenario_bijdrage/NAAM.parquet
    analyse/scenario_kalibratie/alle.parquet
    analyse/vooruitblik/alle.parquet
    analyse/meerjarenbeeld/alle.parquet     from the forecast and what was agreed (<GGZ_DATA>/afspraken)

A user's run of a scenario writes here alone. Only the pipeline, which holds the one writing connection, loads the
warehouse.
"""

import hashlib
import json
from dataclasses import asdict, fields
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.analyse import afspraken, kalibratie, meerjarenbeeld, scenario, vooruitblik
from pipelines.analyse.maatregel import BASIS, Scenario, ScenarioFout, lees_bestand
from pipelines.analyse.waarneming import Waarneming
from pipelines.fundament import schrijven

SCHEMA = "doorrekening"  # described in dbt_project/models/doorrekening.yml; analyse is a reserved word of SQL
BEELD = "meerjarenbeeld"
# Where each table stands: a sum of observed months and a forecast is a mart, what is only computed ahead is not.
TABELLEN = {
    "scenario_resultaat": SCHEMA,
    "scenario_bijdrage": SCHEMA,
    "scenario_kalibratie": SCHEMA,
    "vooruitblik": SCHEMA,
    BEELD: "marts",
}
PER_SCENARIO = ("scenario_resultaat", "scenario_bijdrage")
_SLEUTEL = b"vingerafdruk"


def opslaan(frame: pd.DataFrame, bestand: Path, vingerafdruk: str) -> None:
    """Writes a frame as parquet in one atomic step; moments become dates; the fingerprint is metadata."""
    velden = [pa.field(naam, _soort(frame[naam])) for naam in frame.columns]
    tabel = pa.Table.from_pandas(
        frame, schema=pa.schema(velden, metadata={_SLEUTEL: vingerafdruk}), preserve_index=False
    )
    tabel = tabel.replace_schema_metadata({_SLEUTEL: vingerafdruk})
    with schrijven.naast(bestand) as deel:
        pq.write_table(tabel, deel, compression="zstd")


def _soort(kolom: pd.Series) -> pa.DataType:
    if pd.api.types.is_datetime64_any_dtype(kolom):
        return pa.date32()
    if pd.api.types.is_integer_dtype(kolom):
        return pa.int64()
    return pa.float64() if pd.api.types.is_float_dtype(kolom) else pa.string()


def geldt_nog(bestand: Path, vingerafdruk: str) -> bool:
    """Whether the file holds the outcome of exactly this input."""
    return bestand.exists() and (pq.read_schema(bestand).metadata or {}).get(_SLEUTEL) == vingerafdruk.encode()


def vingerafdruk(w: Waarneming, *meer: str) -> str:
    """Changes when the observations, the assumptions, the code of this folder, or ``meer`` changes."""
    som = hashlib.sha256()
    for bron in sorted(pad for pad in Path(__file__).parent.iterdir() if pad.suffix in (".py", ".yaml")):
        som.update(bron.read_bytes())
    for veld in fields(w):
        waarde = getattr(w, veld.name)
        if veld.name == "andere":  # each version has a fingerprint of its own
            continue
        if isinstance(waarde, (pd.DataFrame, pd.Series)):
            waarde = waarde.to_csv()
        som.update(f"{veld.name}={waarde}\n".encode())
    som.update("\n".join(meer).encode())
    return som.hexdigest()


def reken_scenario(w: Waarneming, gevraagd: Scenario, map_: Path, threads: int) -> tuple[Path, Path, bool]:
    """Outcome and contributions of one scenario, computed when what is kept does not hold any more; tells whether they were."""
    afdruk = vingerafdruk(w.onder(gevraagd.definitie), json.dumps(asdict(gevraagd)))
    resultaat, bijdrage = (map_ / tabel / f"{gevraagd.naam}.parquet" for tabel in PER_SCENARIO)
    nieuw = _bijwerken(resultaat, afdruk, lambda: scenario.reken(w, gevraagd, threads))
    return resultaat, bijdrage, _bijwerken(bijdrage, afdruk, lambda: scenario.bijdragen(w, gevraagd)) or nieuw


def _bijwerken(bestand: Path, afdruk: str, reken) -> bool:
    if geldt_nog(bestand, afdruk):
        return False
    opslaan(reken(), bestand, afdruk)
    return True


def ververs(w: Waarneming, map_: Path, threads: int = 1) -> dict[str, list[str]]:
    """What the pipeline does after the marts: computes again what is kept but does not hold any more.

    A scenario file or an agreement that cannot be used stops nothing: it is named and left out. Returns names under ``berekend``
    and ``ongewijzigd``, and the texts under ``fouten``.
    """
    verslag: dict[str, list[str]] = {"berekend": [], "ongewijzigd": [], "fouten": []}
    _ververs_scenarios(w, map_, threads, verslag)
    afdruk = vingerafdruk(w)
    gemaakt, fouten = afspraken.lees(map_.parent / "afspraken", *w.namen)
    verslag["fouten"] += fouten
    vooruit = map_ / "vooruitblik" / "alle.parquet"
    for naam, merk, reken in (
        ("scenario_kalibratie", afdruk, lambda: kalibratie.reken(w, threads)),
        ("vooruitblik", afdruk, lambda: vooruitblik.reken(w)),
        (BEELD, vingerafdruk(w, gemaakt.to_csv()), lambda: meerjarenbeeld.reken(w, pd.read_parquet(vooruit), gemaakt)),
    ):
        nieuw = _bijwerken(map_ / naam / "alle.parquet", merk, reken)
        verslag["berekend" if nieuw else "ongewijzigd"].append(naam)
    return verslag


def _ververs_scenarios(w: Waarneming, map_: Path, threads: int, verslag: dict[str, list[str]]) -> None:
    gevraagd = [BASIS]
    for bestand in sorted((map_ / "scenarios").glob("*.yaml")):
        try:
            gevraagd.append(lees_bestand(bestand))
        except ScenarioFout as fout:
            verslag["fouten"].append(str(fout))
    houden = set()
    for een in gevraagd:
        try:
            *bestanden, nieuw = reken_scenario(w, een, map_, threads)
        except ScenarioFout as fout:
            verslag["fouten"].append(str(fout))
            continue
        houden.update(bestanden)
        verslag["berekend" if nieuw else "ongewijzigd"].append(een.naam)
    for tabel in PER_SCENARIO:
        for bestand in (map_ / tabel).glob("*.parquet"):
            if bestand not in houden:
                bestand.unlink()


def laad(verbinding: duckdb.DuckDBPyConnection, map_: Path) -> None:
    """Makes the tables of the warehouse from the parquet in one transaction; ``verbinding`` is the writing one."""
    verbinding.execute("begin")
    verbinding.execute(f"create schema if not exists {SCHEMA}")
    for tabel, schema in TABELLEN.items():
        bestanden = [str(b) for b in sorted((map_ / tabel).glob("*.parquet"))]
        verbinding.execute(f"create or replace table {schema}.{tabel} as select * from read_parquet($1)", [bestanden])
    verbinding.execute("commit")
