"""Whatever a file does to the program that reads it, only that file is lost."""

import os
import signal
import time
import zlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.aanlevering import inname, leesproces
from pipelines.aanlevering.register import Register
from tests.aanlevering.conftest import HIC, csv_tekst

EEN, TWEE, DRIE = (f"hic_monitor_2024-01_ZK02_0629000{n}_v01.csv" for n in (1, 2, 3))
TEKST = csv_tekst(HIC)


@pytest.fixture
def neem(instellingen):
    """Takes in; the code of each delivery with the first words of its reason, and what is to be tried again."""

    def _neem(**anders) -> tuple[dict, dict]:
        uitkomst = inname.neem_in(instellingen.model_copy(update=anders), "hic_monitor")
        with Register(instellingen.register) as register:
            return {lev.bestand: (lev.code, lev.toelichting) for lev in register.leveringen()}, uitkomst.storingen

    return _neem


@pytest.fixture
def sterf(monkeypatch):
    """The process gets this signal, by its own doing, as soon as it is asked to read ``EEN``."""

    def _sterf(teken: int) -> None:
        vraag = leesproces._Lezer.vraag

        def dood(lezer, bestand, naam, leestijd):
            if bestand.name == EEN:
                os.kill(lezer.proces.pid, teken)
            vraag(lezer, bestand, naam, leestijd)

        monkeypatch.setattr(leesproces._Lezer, "vraag", dood)

    return _sterf


def test_alle_bestanden_gaan_door_een_proces(lever, neem):
    for naam in (EEN, TWEE):
        lever(naam, TEKST)
    neem()
    eerste = leesproces._Lezer.huidig.proces.pid
    lever(DRIE, TEKST)
    assert set(neem()[0].values()) == {(None, None)}
    assert leesproces._Lezer.huidig.proces.pid == eerste != os.getpid()


@pytest.mark.parametrize("teken", [signal.SIGABRT, signal.SIGSEGV])
def test_breekt_de_lezer_op_een_bestand_dan_is_alleen_dat_geweigerd(lever, neem, sterf, teken):
    for naam in (EEN, TWEE):
        lever(naam, TEKST)
    sterf(teken)
    stand, storingen = neem()
    assert stand[TWEE] == (None, None) and storingen == {}
    assert stand[EEN][0] == "B01" and teken.name in stand[EEN][1]


@pytest.mark.parametrize(("teken", "woord"), [(signal.SIGKILL, "van buiten gestopt"), (signal.SIGBUS, "veranderde")])
def test_stopt_een_ander_de_lezer_dan_is_dat_geen_oordeel(lever, neem, sterf, monkeypatch, teken, woord):
    for naam in (EEN, TWEE):
        lever(naam, TEKST)
    sterf(teken)
    stand, storingen = neem()
    assert stand == {TWEE: (None, None)}
    assert [woord in reden for reden in storingen.values()] == [True]
    monkeypatch.undo()
    assert neem() == ({EEN: (None, None), TWEE: (None, None)}, {})


def test_een_bestand_dat_te_lang_duurt_is_b01_ook_als_het_intussen_niets_geeft(lever, neem):
    # a header and then nothing but empty lines: no row is ever handed over
    pers = zlib.compressobj(1, wbits=31)
    kop, leeg = TEKST.split("\n")[0].encode() + b"\n", b"\n" * 10_000_000
    lever(
        EEN.removesuffix(".csv") + ".csv.gz",
        b"".join([pers.compress(kop), *(pers.compress(leeg) for _ in range(100)), pers.flush()]),
    )
    lever(TWEE, TEKST)
    begin = time.monotonic()
    stand, _ = neem(leestijd=1)
    assert time.monotonic() - begin < 30
    assert stand[TWEE] == (None, None)
    assert stand[f"{EEN}.gz"][0] == "B01" and "duurt langer" in stand[f"{EEN}.gz"][1]


def test_een_bestand_dat_meer_geheugen_vraagt_dan_het_krijgt_is_b01_en_houdt_de_andere_niet_tegen(lever, neem):
    # 300 kB of one text over and over, that is a gigabyte as cells
    bom = pa.table({k: pa.array([waarde + "w" * 300] * 250_000) for k, waarde in HIC.items()})
    uit = pa.BufferOutputStream()
    pq.write_table(bom, uit, compression="zstd")
    lever(EEN.replace(".csv", ".parquet"), uit.getvalue().to_pybytes())
    lever(TWEE, TEKST)
    stand, storingen = neem(leesgeheugen=1024)
    assert stand[TWEE] == (None, None)
    assert storingen == {}
    (reden,) = (uitleg for bestand, (code, uitleg) in stand.items() if code == "B01")
    assert "meer dan 1024 MB geheugen" in reden
