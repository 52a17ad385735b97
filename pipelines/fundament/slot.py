"""The one writer: register, store and warehouse are written by one process at a time.

Belongs here: taking the lock, and saying who holds it. Does not belong here: what is written under it.
"""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.settings import Instellingen

logger = logging.getLogger("ggz.slot")


class Bezet(Exception):
    """Another process holds the lock; the message says which."""


@contextmanager
def schrijfslot(instellingen: Instellingen, wie: str, wacht: bool = True) -> Iterator[None]:
    """Hold the lock of this data root; waits, and says for whom, while another process holds it. Without ``wacht``: raises Bezet.

    Within one process it may be taken again by who holds it already. The system frees it when the process dies.
    """
    instellingen.data.mkdir(parents=True, exist_ok=True)
    pad = instellingen.data / "warehouse.slot"
    slot = FileLock(pad, is_singleton=True, thread_local=False)
    try:
        slot.acquire(timeout=0)
    except Timeout as fout:
        if not wacht:
            raise Bezet(f"{_houder(pad)} schrijft nu; probeer het daarna opnieuw.") from fout
        logger.warning("%s schrijft al in %s; wachten tot dat klaar is.", _houder(pad), instellingen.data)
        slot.acquire()
    try:
        if slot.lock_counter == 1:
            pad.write_text(json.dumps({"wie": wie, "proces": os.getpid(), "sinds": f"{datetime.now():%H:%M:%S}"}))
        yield
    finally:
        slot.release()


def _houder(pad: Path) -> str:
    try:
        return "{wie} (proces {proces}, sinds {sinds})".format(**json.loads(pad.read_text()))
    except (OSError, ValueError, KeyError):
        return "Een ander proces"
