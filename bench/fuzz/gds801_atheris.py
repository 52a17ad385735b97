"""Coverage-guided fuzzing of the 573 reader with atheris; not in the suite, for it never ends of itself.

    pip install atheris
    python bench/fuzz/gds801_atheris.py -max_total_time=600 -max_len=20000 -dict=bench/fuzz/gds801.dict MAP_MET_BERICHTEN

Stops at the first input that gives anything but rows or `Geweigerd`, and keeps it as ``crash-..``.
"""

import io
import sys

import atheris

with atheris.instrument_imports(include=["pipelines.aanlevering"]):
    from pipelines.aanlevering.fouten import Geweigerd
    from pipelines.aanlevering.pseudoniem import Pseudonimiseerder
    from pipelines.aanlevering.readers import gds801

from pipelines import contract

CONTRACT = contract.lees("declaraties")
SLEUTEL = Pseudonimiseerder(b"een sleutel van precies 32 bytes")


def lees(inhoud: bytes) -> None:
    try:
        gelezen = str(
            [batch.to_pylist() for batch in gds801.lees(io.BytesIO(inhoud), CONTRACT, pseudonimiseerder=SLEUTEL)]
        )
    except Geweigerd as fout:
        assert fout.code in ("B01", "B04")
        gelezen = str(fout)
    assert "<BSN>" not in gelezen


atheris.Setup(sys.argv, lees)
atheris.Fuzz()
