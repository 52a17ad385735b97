"""Every mart of the literal world is the same on Spark, cell by cell. What is in no example (staff, open waiting times) is in that world."""

import os
import shutil
import subprocess

import pytest

from pipelines.settings import PROJECT

PYTHON = PROJECT / ".venv-spark" / "bin" / "python"


@pytest.mark.skipif(shutil.which("java") is None, reason="geen Java op deze machine (17 of nieuwer)")
@pytest.mark.skipif(not PYTHON.exists(), reason="geen .venv-spark: make spark zet haar klaar")
def test_elke_mart_is_op_spark_cel_voor_cel_gelijk(warehouse):
    klaar = subprocess.run(
        [PYTHON, "-m", "pipelines.warehouse.spark"],
        cwd=PROJECT,
        env=os.environ | {"GGZ_DATA": str(warehouse.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert klaar.returncode == 0, klaar.stdout[-6000:] + klaar.stderr[-2000:]
