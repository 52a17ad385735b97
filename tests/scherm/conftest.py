"""States to read from, made once."""

import pytest
import schermwereld as wereld


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs chromium, and a demo that the whole pipeline has built")


@pytest.fixture(scope="session")
def opname(tmp_path_factory):
    return wereld.opname(tmp_path_factory.mktemp("opname"))


@pytest.fixture(scope="session")
def publicatie(tmp_path_factory):
    return wereld.publicatie(tmp_path_factory.mktemp("publicatie"))
