"""Writing beside and renaming: who reads finds what was there, or all of what is new.

Belongs here: taking a place in one step, for files and for folders. Does not belong here: what is written.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def naast(doel: Path) -> Iterator[Path]:
    """A free path beside ``doel`` to make a file or a folder at; at the end of the block that takes the place of ``doel``.

    A block that fails leaves ``doel`` as it was. A folder can only take the place of nothing.
    """
    doel.parent.mkdir(parents=True, exist_ok=True)
    deel = doel.with_name(f".{doel.name}.{os.getpid()}")
    _verwijder(deel)
    try:
        yield deel
        deel.replace(doel)
    finally:
        _verwijder(deel)


def schrijf(doel: Path, inhoud: str | bytes) -> None:
    """Puts a text (as utf-8) or bytes at ``doel`` in one step."""
    with naast(doel) as deel:
        deel.write_bytes(inhoud.encode() if isinstance(inhoud, str) else inhoud)


def _verwijder(pad: Path) -> None:
    if pad.is_dir():
        shutil.rmtree(pad)
    else:
        pad.unlink(missing_ok=True)
