"""What every test starts from: its own empty data root, never the one of the user; and that the longest file goes first."""

import os
import tempfile

_LEEG = tempfile.TemporaryDirectory(prefix="ggz-test-")
os.environ["GGZ_DATA"] = _LEEG.name


def pytest_collection_modifyitems(items):
    """Files are divided over two processes in this order: the one that takes minutes must not be the last to start."""
    items.sort(key=lambda item: item.path.name != "test_herhaling.py")
