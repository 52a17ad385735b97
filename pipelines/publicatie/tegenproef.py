"""A check of somebody else on a publication that is made and not yet in place, such as an attacker with code of his own.

Belongs here: running the command of ``GGZ_PUBLICATIE_TEGENPROEF`` and what its failure says. Does not belong here: the audit of the
product itself (``publiek``).
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from pipelines.fundament import kind
from pipelines.publicatie.publiek import AuditGezakt

LAATSTE_REGELS = 30  # of what the command said; it ends in the log, so it must name no figure of a person


def beproef(opdracht: str, map_: Path) -> None:
    """Runs ``opdracht`` with the folder of the publication as its last argument. Raises AuditGezakt where it does not end with status 0,
    or cannot be started."""
    delen = shlex.split(opdracht)
    if not shutil.which(delen[0]):
        raise AuditGezakt(
            f"De tegenproef van GGZ_PUBLICATIE_TEGENPROEF start niet: {delen[0]} is geen programma. Er is niets gepubliceerd."
        )
    klaar = subprocess.run(
        [sys.executable, "-m", kind.__name__, str(os.getpid()), *delen, str(map_)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if klaar.returncode:
        slot = "\n".join(klaar.stdout.splitlines()[-LAATSTE_REGELS:])
        raise AuditGezakt(
            f"De tegenproef ({opdracht}) is gezakt met status {klaar.returncode}; er is niets gepubliceerd en de vorige publicatie "
            f"blijft staan. Zij zei:\n{slot}"
        )
