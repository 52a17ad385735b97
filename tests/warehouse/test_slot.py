"""One process writes at a time, and who waits is told for whom."""

import os
import subprocess
import sys

from pipelines.fundament.slot import schrijfslot
from pipelines.settings import Instellingen

ANDER = """
import logging, sys
logging.basicConfig(format="%(message)s", stream=sys.stdout, force=True)
from pipelines.settings import Instellingen
from pipelines.fundament.slot import schrijfslot
with schrijfslot(Instellingen(), "ander"):
    print("aan de beurt", flush=True)
    sys.stdin.read()
"""


def _ander(data) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", ANDER],
        env={**os.environ, "GGZ_DATA": str(data)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_een_tweede_proces_zegt_op_wie_het_wacht_en_komt_dan_aan_de_beurt(tmp_path):
    with schrijfslot(Instellingen(data=tmp_path), "ggz run"):
        ander = _ander(tmp_path)
        melding = ander.stdout.readline()
    assert melding.startswith(f"ggz run (proces {os.getpid()}, sinds ")
    assert "wachten tot dat klaar is" in melding
    with ander:
        assert ander.stdout.readline() == "aan de beurt\n"


def test_wie_het_slot_heeft_mag_het_nog_eens_nemen(tmp_path):
    with schrijfslot(Instellingen(data=tmp_path), "run"), schrijfslot(Instellingen(data=tmp_path), "stap"):
        pass
    with _ander(tmp_path) as ander:
        assert ander.stdout.readline() == "aan de beurt\n"


def test_een_gedood_proces_houdt_het_slot_niet_vast(tmp_path):
    with _ander(tmp_path) as eerste:
        assert eerste.stdout.readline() == "aan de beurt\n"
        eerste.kill()
    with _ander(tmp_path) as tweede:
        assert tweede.stdout.readline() == "aan de beurt\n"
