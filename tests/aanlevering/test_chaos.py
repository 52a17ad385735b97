"""Faults drawn by lot over a small landing: kills, a full disk, files that vanish, change or are cut short, and names that are none.

Whatever happened in between, the first run that is left in peace ends in the state of a landing that was never disturbed. Six rounds in
the suite; ``GGZ_CHAOS=500 pytest tests/aanlevering/test_chaos.py`` for more, and ``GGZ_CHAOS_ZAAD`` for another draw.
"""

import gzip
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.aanlevering.opslag import opslagpad
from pipelines.aanlevering.register import Register
from pipelines.settings import Instellingen
from tests.aanlevering.bericht573 import bericht, rij
from tests.aanlevering.conftest import AFDELING, HIC, WACHTPLEK, csv_tekst
from tests.aanlevering.werkmap import delen, inpakken

RONDES = int(os.environ.get("GGZ_CHAOS", "6"))
ZAAD = int(os.environ.get("GGZ_CHAOS_ZAAD", "1"))

NEEM_IN = """
import resource, signal, sys
from pipelines import contract
from pipelines.aanlevering import inname
from pipelines.settings import Instellingen
vol = int(sys.argv[1])
if vol:  # no file may grow beyond this: what a full disk looks like to who writes
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (vol, vol))
instellingen = Instellingen()
inname.verdwaald(instellingen)
for bron in contract.mappen():
    inname.neem_in(instellingen, bron)
"""


def _landing(landing: Path) -> None:
    """A delivery of every format, and one that is refused."""
    parquet = pa.BufferOutputStream()
    pq.write_table(pa.table({k: [w] * 500 for k, w in (HIC | {"agb_vestiging": "06290003"}).items()}), parquet)
    rijen = [list(AFDELING), *([*AFDELING.values()] for _ in range(3))]
    inhoud = {
        "wachtlijst_2024-01_ZK02_06290001_v01.csv": csv_tekst(
            *(WACHTPLEK | {"wachtplek_id": f"W{n}"} for n in range(2000))
        ).encode(),
        "wachtlijst_2024-01_ZK02_06290002_v01.csv.gz": gzip.compress(csv_tekst(WACHTPLEK).encode(), mtime=0),
        "wachtlijst_2024-02_ZK02_06290002_v01.csv": b"maand;x\\n2024-02;1\\n",
        "hic_monitor_2024-01_ZK02_06290003_v01.parquet": parquet.getvalue().to_pybytes(),
        "bedden_2024-01_ZK02_06290004_v01.xlsx": inpakken(delen(rijen)),
        "declaraties_2024-05_ZK02_0101_v01.xml": bericht([rij(declaratie_id=f"N{n}") for n in range(200)]),
    }
    for naam, bytes_ in inhoud.items():
        bron, maand, regio = naam.rsplit("_", 4)[:3]
        pad = landing / bron / maand / regio / naam
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_bytes(bytes_)
        os.utime(pad, (1_700_000_000, 1_700_000_000))


def _neem_in(data: Path, vol: int = 0) -> subprocess.Popen:
    omgeving = os.environ | {
        "GGZ_DATA": str(data),
        "GGZ_RUST": "60",
        "GGZ_PSEUDONIEM_SLEUTEL": "een sleutel van precies 32 bytes",
    }
    opdracht = [sys.executable, "-c", NEEM_IN, str(vol)]
    return subprocess.Popen(opdracht, env=omgeving, stderr=subprocess.PIPE, text=True)


def _stand(data: Path) -> dict[str, tuple]:
    """What counts of every delivery with a good name: verdict, rows read, and the rows in the store."""
    instellingen, uit = Instellingen(data=data), {}
    with Register(instellingen.register) as register:
        for lev in register.leveringen():
            opslag = opslagpad(instellingen, lev) if lev.code is None else None
            rijen = pq.read_table(opslag).to_pylist() if opslag else None
            if lev.maand:
                uit[lev.bestand] = (lev.sha256, lev.code, lev.ingetrokken, lev.rijen_gelezen, rijen)
        assert register.storingen() == {}
    return uit


class Kwelgeest:
    """Does one thing wrong while files are taken in, and undoes what is not ours to mend."""

    def __init__(self, data: Path, toeval: random.Random):
        self._data, self._toeval = data, toeval
        self._bestanden = sorted(p for p in (data / "landing").rglob("*") if p.is_file())

    def plaag(self) -> str:
        soort = self._toeval.choice([self.dood, self.vol, self.weg, self.anders, self.namen, self.stuk])
        soort()
        return soort.__name__

    def dood(self) -> None:
        proces = _neem_in(self._data)
        time.sleep(self._toeval.uniform(0, 4))
        proces.send_signal(signal.SIGKILL)
        proces.communicate()

    def vol(self) -> None:
        proces = _neem_in(self._data, self._toeval.choice([1, 200, 5_000, 30_000, 100_000]))
        proces.communicate()

    def weg(self) -> None:
        pad = self._toeval.choice(self._bestanden)
        elders = self._data / "elders"
        proces = _neem_in(self._data)
        time.sleep(self._toeval.uniform(0, 3))
        shutil.move(pad, elders)
        self._moet_slagen(proces)
        shutil.move(elders, pad)

    def anders(self) -> None:
        pad = self._toeval.choice(self._bestanden)
        heel, tijd = pad.read_bytes(), pad.stat().st_mtime
        pad.write_bytes(heel[: len(heel) // 2])  # as an upload that is on its way
        proces = _neem_in(self._data)
        time.sleep(self._toeval.uniform(0, 3))
        pad.write_bytes(heel)
        self._moet_slagen(proces)
        os.utime(pad, (tijd, tijd))

    def namen(self) -> None:
        map_ = os.fsencode(self._data / "landing" / "bedden" / "2024-01")
        for naam in (
            b"caf\\xe9.csv",
            b"map [",
            b"\\x1b[31mrood",
            b"regel\\nlos.csv",
            b"bedden_2024-01_ZK02_06290004_v01.csv.part",
        ):
            Path(os.fsdecode(map_ + b"/" + naam)).write_bytes(b"x")
        (self._data / "landing" / "rond").symlink_to(self._data / "landing")
        self._moet_slagen(_neem_in(self._data))
        for pad in Path(os.fsdecode(map_)).iterdir():
            if pad.is_file():
                pad.unlink()
        (self._data / "landing" / "rond").unlink()

    def stuk(self) -> None:
        """A power cut: the end of a stored file never reached the disk."""
        bewaard = sorted((self._data / "aanlevering").rglob("*.parquet"))
        if bewaard:
            pad = self._toeval.choice(bewaard)
            os.truncate(pad, self._toeval.randrange(pad.stat().st_size))
        self._moet_slagen(_neem_in(self._data))

    def _moet_slagen(self, proces: subprocess.Popen) -> None:
        _, fout = proces.communicate()
        assert proces.returncode == 0, fout


def test_na_elke_storing_komt_een_ongestoorde_run_uit_waar_hij_zonder_storing_zou_zijn(tmp_path):
    rustig, geplaagd = tmp_path / "rustig", tmp_path / "geplaagd"
    _landing(rustig / "landing")
    # not made twice: a workbook holds the second in which it was made
    shutil.copytree(rustig / "landing", geplaagd / "landing")
    _, fout = (proces := _neem_in(rustig)).communicate()
    assert proces.returncode == 0, fout
    verwacht = _stand(rustig)
    assert len(verwacht) == 6 and [s[1] for s in verwacht.values()].count(None) == 5
    geest = Kwelgeest(geplaagd, random.Random(ZAAD))
    gedaan = []
    for ronde in range(RONDES):
        gedaan.append(geest.plaag())
        if ronde % 10 == 9 or ronde == RONDES - 1:
            _, fout = (proces := _neem_in(geplaagd)).communicate()
            assert proces.returncode == 0, (gedaan, fout)
            assert _stand(geplaagd) == verwacht, gedaan
            assert not list((geplaagd / "aanlevering").rglob("*.deel")), gedaan
