"""What every test starts from: its own empty data root, never the one of the user."""

import os
import tempfile

_LEEG = tempfile.TemporaryDirectory(prefix="ggz-test-")
os.environ["GGZ_DATA"] = _LEEG.name
