"""Damaged workbooks and parquet files: rows or a refusal with its reason, never an error that the reader does not know."""

import random

import pytest

from pipelines.aanlevering import readers
from pipelines.aanlevering.fouten import Geweigerd
from tests.fuzz.vorm import CONTRACT, SOORTEN

AANTAL = 400


@pytest.mark.parametrize("soort", SOORTEN)
def test_een_verminkt_bestand_geeft_rijen_of_een_weigering(soort, tmp_path):
    pad, gelezen = tmp_path / f"x.{soort}", 0
    for zaad in range(AANTAL):
        pad.write_bytes(SOORTEN[soort](random.Random(zaad)))
        try:
            delen = list(readers.open_tabel(pad, soort, CONTRACT).delen)
            assert all(deel.schema.names[-2:] == ["rijnummer", "_vormfout"] for deel in delen)
            for deel in delen:
                deel.validate(full=True)
            gelezen += 1
        except Geweigerd as fout:
            assert fout.code in ("B01", "B04") and fout.toelichting, zaad
        except Exception as fout:
            raise AssertionError(f"zaad {zaad}: {type(fout).__name__} {fout}") from fout
    assert AANTAL * 0.1 < gelezen < AANTAL  # some of it can still be read, else the damage would get nowhere
