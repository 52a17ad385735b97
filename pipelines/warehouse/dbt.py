"""The dbt project: where it stands, its manifest, and how dbt is started.

Belongs here: paths, environment and version of dbt. Does not belong here: which models are due (``bouw``) and how they
appear as assets (``assets``).
"""

import hashlib
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from filelock import FileLock

from pipelines.settings import PROJECT, UITGECHECKT, Instellingen, van_project

logger = logging.getLogger("ggz.dbt")

DBT_PROJECT = van_project("dbt_project")
# nobody writes in an installed package
DOEL = DBT_PROJECT / "target" if UITGECHECKT else Instellingen().data / "dbt" / "project"
GELEZEN = DOEL / "manifest.msgpack"  # the project as dbt read it, for dbt itself
LEES = "parse"  # the command of dbt that reads the project
GEBROKEN = 2  # exit status of dbt_proces when it is not a node that failed
DBT_CODE = (DBT_PROJECT, van_project("seeds"))
# What decides the figures besides the deliveries: a change in any of these is a reason to build everything again.
ALLE_CODE = (*DBT_CODE, van_project("expectations"), PROJECT / "pipelines")
NIET_VAN_CODE = {"target", "logs", "dbt_packages", ".user.yml", "__pycache__"}
PAKKETTEN = ("dbt-core", "dbt-duckdb", "duckdb")


class DbtFout(Exception):
    """dbt could not read or build the project; the message says which file and why."""


def omgeving(instellingen: Instellingen) -> dict[str, str]:
    """The variables that the dbt profile reads."""
    return {
        "GGZ_WAREHOUSE": str(instellingen.warehouse),
        "GGZ_GEHEUGEN": instellingen.geheugen,
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
    }


@cache
def codehash(wortels: tuple[Path, ...] = ALLE_CODE) -> str:
    """Fingerprint of the files under ``wortels`` as they stand on disk, and of the engine's version (sha256, hex)."""
    som = hashlib.sha256(" ".join(f"{naam}=={version(naam)}" for naam in PAKKETTEN).encode())
    for wortel in wortels:
        for pad in sorted(p for p in wortel.rglob("*") if p.is_file()):
            deel = pad.relative_to(PROJECT)
            if not NIET_VAN_CODE.intersection(deel.parts):
                som.update(f"\0{deel}\0".encode() + pad.read_bytes())
    return som.hexdigest()


@cache
def manifest() -> dict[str, Any]:
    """The parsed dbt project; parsed anew, by one process at a time, when it is not that of the code on disk."""
    pad, merk = DOEL / "manifest.json", DOEL / "manifest.codehash"
    DOEL.mkdir(parents=True, exist_ok=True)
    with FileLock(DOEL / "manifest.slot"):
        if not (pad.exists() and GELEZEN.exists() and merk.exists() and merk.read_text() == codehash(DBT_CODE)):
            logger.info("dbt-project inlezen")
            merk.unlink(missing_ok=True)
            draai(Instellingen().warehouse, LEES, doel=DOEL)
            merk.write_text(codehash(DBT_CODE))
        return json.loads(pad.read_bytes())


@dataclass(frozen=True)
class Uitkomst:
    """A node that dbt is done with: ``status`` as dbt words it; ``aantal`` that breaks a test, None where the test could not run."""

    knoop: str
    status: str
    aantal: int | None
    seconden: float
    melding: str


def bouw(instellingen: Instellingen, knopen: Iterable[str], bijwerken: bool = False) -> Iterator[Uitkomst]:
    """Builds and tests these nodes (unique ids of the manifest) and no others, each as it is done; what a failure holds back is
    left out. ``bijwerken``: tables that can be kept up to date with the touched deliveries (``pipelines.warehouse.bijwerken``) are,
    instead of made anew. Raises DbtFout when dbt itself breaks. No dbt goes on when the caller stops."""
    commando = opdracht("build", instellingen.data / "dbt", *_keuze(set(knopen)))
    eigen = omgeving(instellingen) | {"GGZ_BIJWERKEN": "ja" if bijwerken else "nee"}
    with subprocess.Popen(
        commando, cwd=DBT_PROJECT, env=os.environ | eigen, stdout=subprocess.PIPE, text=True
    ) as proces:
        try:
            for regel in proces.stdout:
                yield Uitkomst(*json.loads(regel))
            if proces.wait() == GEBROKEN:
                raise DbtFout("dbt is afgebroken; waarom staat in het log van deze run")
        finally:
            proces.kill()


def _keuze(knopen: set[str]) -> list[str]:
    """How dbt is told of these nodes and no others. It holds every name against every node, which takes seconds when all are named:
    what is left out is named where that is less."""
    namen = {knoop: "fqn:" + ".".join(eigen["fqn"]) for knoop, eigen in manifest()["nodes"].items()}
    rest = namen.keys() - knopen
    vlag, genoemd = ("--exclude", rest) if len(rest) < len(knopen) else ("--select", knopen)
    return ["--indirect-selection", "empty", *([vlag] if genoemd else []), *sorted(namen[knoop] for knoop in genoemd)]


def draai(warehouse: Path, commando: str, *meer: str, doel: Path | None = None) -> None:
    """Runs a command of dbt on ``warehouse``; raises DbtFout with what it said when anything fails.

    ``doel``: folder for what dbt writes about it, beside the warehouse when not said.
    """
    klaar = subprocess.run(
        opdracht(commando, doel or warehouse.parent / "dbt", *meer),
        env=os.environ | omgeving(Instellingen()) | {"GGZ_WAREHOUSE": str(warehouse)},
        cwd=DBT_PROJECT,
        capture_output=True,
        text=True,
    )
    if klaar.returncode:
        raise DbtFout(f"dbt {commando} is mislukt:\n{klaar.stderr.strip()}")


def opdracht(commando: str, doel: Path, *meer: str) -> list[str]:
    """The command line of a process that runs this command of dbt and writes about it in ``doel``."""
    if commando != LEES:
        manifest()
    vast = ["--project-dir", DBT_PROJECT, "--target-path", doel, "--log-path", doel, "--log-level-file", "none"]
    return [
        *(sys.executable, "-m", "pipelines.warehouse.dbt_proces", str(os.getpid())),
        *(commando, *map(str, vast), *meer),
    ]


if __name__ == "__main__":
    manifest()
