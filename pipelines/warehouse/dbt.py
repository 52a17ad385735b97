"""The dbt project: where it stands, its manifest, and how dbt is started.

Belongs here: paths, environment and version of dbt. Does not belong here: which models are due (``bouw``) and how they
appear as assets (``assets``).
"""

import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from filelock import FileLock

from pipelines.settings import PROJECT, Instellingen

logger = logging.getLogger("ggz.dbt")

DBT_PROJECT = PROJECT / "dbt_project"
DOEL = DBT_PROJECT / "target"
DBT_CODE = (DBT_PROJECT, PROJECT / "seeds")
# What decides the figures besides the deliveries: a change in any of these is a reason to build everything again.
ALLE_CODE = (*DBT_CODE, PROJECT / "expectations", PROJECT / "pipelines")
NIET_VAN_CODE = {"target", "logs", "dbt_packages", ".user.yml", "__pycache__"}
PAKKETTEN = ("dbt-core", "dbt-duckdb", "duckdb")


class DbtFout(Exception):
    """dbt could not read the project; the message says which file and why."""


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
    DOEL.mkdir(exist_ok=True)
    with FileLock(DOEL / "manifest.slot"):
        if not pad.exists() or not merk.exists() or merk.read_text() != codehash(DBT_CODE):
            logger.info("dbt-project inlezen")
            merk.unlink(missing_ok=True)
            _parse()
            merk.write_text(codehash(DBT_CODE))
        return json.loads(pad.read_bytes())


def werkmap(pad: Path) -> Path:
    """Makes ``pad`` a target folder for dbt that starts with the project as already parsed; returns it."""
    manifest()
    pad.mkdir(parents=True, exist_ok=True)
    shutil.copy(DOEL / "partial_parse.msgpack", pad)
    return pad


def _parse() -> None:
    klaar = subprocess.run(
        [sys.executable, "-m", "pipelines.warehouse.dbt_proces", "--quiet", "parse", "--project-dir", DBT_PROJECT],
        env={**os.environ, **omgeving(Instellingen())},
        cwd=DBT_PROJECT,
        capture_output=True,
        text=True,
    )
    if klaar.returncode:
        raise DbtFout(f"dbt kan het project niet lezen:\n{klaar.stdout.strip()}\n{klaar.stderr.strip()}".strip())


if __name__ == "__main__":
    manifest()
