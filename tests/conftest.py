"""What every test starts from: its own empty data root, the longest file first, and names that two processes agree on."""

import os
import tempfile

import pytest

_LEEG = tempfile.TemporaryDirectory(prefix="ggz-test-")
os.environ["GGZ_DATA"] = _LEEG.name


def pytest_collection_modifyitems(items):
    """Files are divided over two processes in this order: the one that takes minutes must not be the last to start."""
    items.sort(key=lambda item: item.path.name != "test_herhaling.py")


def pytest_make_parametrize_id(config, val, argname):
    """Bytes are no name for a test: gzip writes the time in them, and the two processes must see the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def opname(tmp_path_factory):
    """A snapshot of a literal warehouse, as screens and report read it."""
    from tests.scherm import schermwereld

    return schermwereld.opname(tmp_path_factory.mktemp("opname"))


@pytest.fixture(scope="session")
def publicatie(tmp_path_factory):
    """The same as a publication."""
    from tests.scherm import schermwereld

    return schermwereld.publicatie(tmp_path_factory.mktemp("publicatie"))
