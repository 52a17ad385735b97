"""Parquet as programs write it: ids in float columns, text without a mark, columns that hold no cells."""

import struct

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe
import pytest

from pipelines import contract
from pipelines.aanlevering import readers
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.readers import parquet

CONTRACT = contract.lees("hic_monitor")


@pytest.fixture
def lees(tmp_path):
    def _lees(tabel: pa.Table, **opties) -> list[dict]:
        pq.write_table(tabel, tmp_path / "x.parquet", **opties)
        return _open(tmp_path / "x.parquet")

    return _lees


def _open(pad) -> list[dict]:
    rijen = [rij for deel in readers.open_tabel(pad, "parquet", CONTRACT).delen for rij in deel.to_pylist()]
    return [{k: v for k, v in rij.items() if v is not None and k != "rijnummer"} for rij in rijen]


def _cel(lees, kolom: pa.Array, naam: str = "eenheid_id") -> list[tuple]:
    return [
        (r.get(naam), "_vormfout" not in r) for r in lees(pa.table({"maand": ["2024-01"] * len(kolom), naam: kolom}))
    ]


def test_een_nummer_in_een_floatkolom_is_dezelfde_tekst_als_in_een_gehele_kolom(lees):
    nummers = [1234567890123456, 1234567890123457, 2**53]
    assert _cel(lees, pa.array(nummers, pa.float64())) == _cel(lees, pa.array(nummers, pa.int64()))
    assert _cel(lees, pa.array([2.0**53 + 2, -(2.0**60)], pa.float64())) == [
        ("9007199254740990", False),
        ("-1152921504606850000", False),
    ]
    assert _cel(lees, pa.array([2**53 + 1], pa.int64())) == [("9007199254740993", True)]
    assert _cel(lees, pa.array([2.0**60], pa.float64()), "separatie_uren")[0][1]


def test_een_kleine_float_is_het_kortste_getal_dat_hem_geeft(lees):
    assert _cel(lees, pa.array([0.1, 100.1, 3.0, None], pa.float32()), "separatie_uren") == [
        ("0.1", True),
        ("100.1", True),
        ("3", True),
        (None, True),
    ]
    assert _cel(lees, pa.array([2.0**24, 2.0**24 + 2], pa.float32())) == [("16777216", True), ("16777218", False)]
    assert _cel(lees, pa.array(np.array([0.1, 2048, 2050], np.float16))) == [
        ("0.1", True),
        ("2048", True),
        ("2050", False),
    ]
    assert _cel(lees, pa.array([float("nan"), float("inf")], pa.float32())) == [(None, True), ("inf", False)]


@pytest.mark.parametrize(
    "soort", [pa.binary(), pa.large_binary(), pa.binary(3), pa.large_string(), pa.dictionary(pa.int8(), pa.string())]
)
def test_tekst_zonder_merkteken_is_tekst(lees, soort):
    assert _cel(lees, pa.array([" H1", "06 "], pa.string()).cast(soort)) == [("H1", True), ("06", True)]


def test_tekst_die_geen_utf8_is_wordt_geweigerd_met_haar_reden(lees):
    with pytest.raises(Geweigerd, match="geen UTF-8"):
        lees(pa.table({"eenheid_id": pa.array([b"caf\xe9"], pa.binary())}))
    with pytest.raises(Geweigerd, match="B01"):
        lees(pa.table({"eenheid_id": pa.array([b"caf\xe9"], pa.binary()).view(pa.string())}))


def test_een_samengestelde_kolom_past_niet_en_geeft_haar_inhoud_niet_prijs(lees):
    assert _cel(lees, pa.array([[1, 2], None])) == [(parquet.SAMENGESTELD, False), (None, True)]
    assert _cel(lees, pa.array([{"a": "geheim"}])) == [(parquet.SAMENGESTELD, False)]
    buiten = pa.table({"eenheid_id": [None, None], "extra": pa.array([[1], None])})
    assert lees(buiten) == [{}]  # a filled cell outside the contract makes a row


def test_zonder_rijgroepen_is_een_nulmelding(tmp_path):
    with pq.ParquetWriter(tmp_path / "x.parquet", pa.schema([("maand", pa.string()), ("eenheid_id", pa.string())])):
        pass
    assert pq.ParquetFile(tmp_path / "x.parquet").num_row_groups == 0
    assert _open(tmp_path / "x.parquet") == []


def test_versleuteld_wordt_geweigerd_met_haar_reden(lees, tmp_path):
    class Sleutels(pe.KmsClient):
        def __init__(self, _config):
            super().__init__()

        def wrap_key(self, sleutel, _naam):
            return sleutel

        def unwrap_key(self, sleutel, _naam):
            return sleutel

    fabriek = pe.CryptoFactory(Sleutels)
    for heel in (True, False):
        instelling = pe.EncryptionConfiguration(
            footer_key="a", column_keys={"b": ["eenheid_id"]}, plaintext_footer=not heel
        )
        eigenschappen = fabriek.file_encryption_properties(pe.KmsConnectionConfig(), instelling)
        with pytest.raises(Geweigerd, match="versleuteld"):
            lees(pa.table({"maand": ["2024-01"], "eenheid_id": ["H1"]}), encryption_properties=eigenschappen)


def test_te_veel_rijen_wordt_geweigerd_voor_er_een_is_gelezen(lees, monkeypatch):
    monkeypatch.setattr(parquet, "RIJEN_MAX", 2)
    assert len(lees(pa.table({"eenheid_id": ["a", "b"]}))) == 2
    with pytest.raises(Geweigerd, match="B01"):
        lees(pa.table({"eenheid_id": ["a", "b", "c"]}))


def test_brede_rijen_komen_in_kleinere_delen(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "BYTES", 100)
    pq.write_table(pa.table({"eenheid_id": [f"{n:050d}" for n in range(20)]}), tmp_path / "x.parquet", compression=None)
    delen = list(readers.open_tabel(tmp_path / "x.parquet", "parquet", CONTRACT).delen)
    assert len(delen) > 5 and sum(d.num_rows for d in delen) == 20


def test_een_voet_die_meer_belooft_dan_er_is_wordt_geweigerd(tmp_path):
    pq.write_table(pa.table({"eenheid_id": ["a"]}), tmp_path / "x.parquet")
    heel = (tmp_path / "x.parquet").read_bytes()
    (tmp_path / "x.parquet").write_bytes(heel[:-8] + struct.pack("<I", 2**31) + b"PAR1")
    with pytest.raises(Geweigerd, match="B01"):
        _open(tmp_path / "x.parquet")
