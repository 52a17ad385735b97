"""One world for all literal tests: every module adds its own persons, regions and places, and dbt runs once."""

from pathlib import Path

import duckdb
import pytest

from tests.dbt.wereld import Wereld, bouw


@pytest.fixture(scope="session")
def warehouse(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse that dbt made of the rows of all collected modules (their ``vul``)."""
    modules = {item.module for item in request.session.items if hasattr(item.module, "vul")}
    wereld = Wereld()
    for module in sorted(modules, key=lambda m: m.__name__):
        module.vul(wereld)
    return bouw(wereld, tmp_path_factory.mktemp("marts") / "warehouse.duckdb")


@pytest.fixture(scope="session")
def marts(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """A reader of that warehouse."""
    return duckdb.connect(str(warehouse), read_only=True)
