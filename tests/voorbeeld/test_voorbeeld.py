"""The whole pipeline on the example deliveries gives the reference figures of an independent implementation, cell by cell."""

import gzip
import json
import math
import shutil
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

MAP = Path(__file__).parent
VERWACHT = json.loads(gzip.decompress((MAP / "verwacht.json.gz").read_bytes()))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """The example deliveries taken in and built by ``ggz run``, read-only."""
    data = tmp_path_factory.mktemp("voorbeeld")
    shutil.copytree(MAP / "landing", data / "landing")
    ggz = Path(sys.executable).with_name("ggz")
    klaar = subprocess.run(
        [ggz, "run", "--alles"], env={"GGZ_DATA": str(data), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        yield con


@pytest.mark.parametrize("tabel", VERWACHT["tabellen"])
def test_elke_cel_is_die_van_de_referentie(warehouse, tabel):
    grens = VERWACHT["tabellen"][tabel]
    kolommen = grens["sleutel"] + grens["kolommen"]
    rijen = warehouse.execute(f"SELECT {', '.join(kolommen)} FROM {tabel}").fetchall()
    gevonden = {rij[: len(grens["sleutel"])]: rij for rij in (tuple(_als_json(c) for c in rij) for rij in rijen)}
    verwacht = {tuple(rij[k] for k in grens["sleutel"]): tuple(rij[k] for k in kolommen) for rij in grens["rijen"]}
    assert len(gevonden) == len(rijen)
    assert gevonden.keys() == verwacht.keys()
    anders = [
        (kolom, sleutel, wil, is_)
        for sleutel, rij in verwacht.items()
        for kolom, wil, is_ in zip(kolommen, rij, gevonden[sleutel], strict=True)
        if not _gelijk(wil, is_)
    ]
    assert not anders[:5]


def test_de_signalen_zijn_die_van_de_referentie(warehouse):
    gevonden = {
        tuple(rij) for rij in warehouse.execute("SELECT bestand, rijnummer, code FROM kwaliteit.signaal").fetchall()
    }
    assert gevonden == {tuple(rij) for rij in VERWACHT["waarschuwing_rijen"]}


def test_een_a06_waarde_staat_nergens_in_het_warehouse(warehouse):
    kolommen = warehouse.execute(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns "
        "WHERE data_type LIKE 'VARCHAR%' OR data_type = 'JSON'"
    ).fetchall()
    assert kolommen
    for schema, tabel, kolom in kolommen:
        for waarde in VERWACHT["a06_waarden"]:
            assert not warehouse.execute(
                f'SELECT count(*) FROM "{schema}"."{tabel}" WHERE contains("{kolom}"::VARCHAR, ?)', [waarde]
            ).fetchone()[0], f"{schema}.{tabel}.{kolom}"


def _als_json(cel: object) -> object:
    if isinstance(cel, datetime):
        cel = cel.date()
    return cel.isoformat() if isinstance(cel, date) else cel


def _gelijk(wil: object, is_: object) -> bool:
    if isinstance(wil, dict):
        return is_ == Decimal(wil["decimaal"])
    if isinstance(wil, float) and is_ is not None:
        return math.isclose(wil, is_, rel_tol=1e-9, abs_tol=1e-12)
    return wil == is_ and isinstance(wil, bool) == isinstance(is_, bool)
