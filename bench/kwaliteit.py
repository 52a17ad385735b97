"""Seconds and peak memory of all checks: Great Expectations per bron on one month and on all.

    GGZ_DATA=<root with a finished run> python bench/kwaliteit.py [--maand jjjj-mm]

Each part runs in a process of its own and writes in a temporary root that borrows the store and a copy of the register; the
data root itself is only read.
"""

import argparse
import multiprocessing
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipelines import contract
from pipelines.aanlevering.register import Register
from pipelines.kwaliteit import resultaat, toets
from pipelines.settings import Instellingen


def main() -> None:
    opties = argparse.ArgumentParser(description=__doc__)
    opties.add_argument("--maand", help="aanlevermaand; standaard de laatste")
    bron = Instellingen()
    with Register(bron.register) as register:
        leveringen = [lev for lev in register.leveringen() if lev.code is None]
    maand = opties.parse_args().maand or max(lev.maand for lev in leveringen if lev.bron == "declaraties")
    with tempfile.TemporaryDirectory(prefix="ggz-bench-") as map_:
        proef = Instellingen(data=Path(map_))
        proef.opslag.symlink_to(bron.opslag)
        shutil.copyfile(bron.register, proef.register)
        print(f"{'deel':44}{'leveringen':>11}{'rijen':>13}{'seconden':>10}{'piek GB':>9}")
        for naam, keuze in ((maand, [lev for lev in leveringen if lev.maand == maand]), ("alle maanden", leveringen)):
            for b in contract.mappen():
                deel = [lev for lev in keuze if lev.bron == b]
                _meet(f"suite {b}, {naam}", len(deel), sum(lev.rijen_gelezen for lev in deel), _suite, proef, b, deel)
        _meet(
            "na inname, alle bronnen: met tabel en site",
            len(leveringen),
            sum(lev.rijen_gelezen for lev in leveringen),
            _na_inname,
            proef,
        )


def _suite(instellingen: Instellingen, bron: str, leveringen: list) -> None:
    uitkomst = toets.toets(instellingen, bron, leveringen)
    assert uitkomst is None or uitkomst.verschillen == {}, uitkomst.verschillen


def _na_inname(instellingen: Instellingen) -> None:
    for bron in contract.mappen():
        resultaat.na_inname(instellingen, "bench", bron)


def _meet(wat: str, leveringen: int, rijen: int, doe: Callable[..., None], *argumenten: object) -> None:
    """Peak memory is the largest resident set of the process that did it, engine and libraries included."""
    if not leveringen:
        return
    begin = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(1) as proces:
        piek = proces.apply(_in_proces, (doe, argumenten))
    print(f"{wat:44}{leveringen:>11,}{rijen:>13,}{time.monotonic() - begin:>10.1f}{piek:>9.2f}", flush=True)


def _in_proces(doe: Callable[..., None], argumenten: tuple) -> float:
    doe(*argumenten)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
