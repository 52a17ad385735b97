"""States to read from, made once."""

import sys

import pytest
import schermwereld as wereld


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs chromium, and a demo that the whole pipeline has built")


@pytest.fixture(autouse=True)
def eigen_main():
    """AppTest leaves its script behind as ``__main__``; a process pool of a later test would try to start that."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def opname(tmp_path_factory):
    return wereld.opname(tmp_path_factory.mktemp("opname"))


@pytest.fixture(scope="session")
def publicatie(tmp_path_factory):
    return wereld.publicatie(tmp_path_factory.mktemp("publicatie"))
