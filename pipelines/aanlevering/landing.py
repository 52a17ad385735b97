"""What lies in landing: the files that count as a delivery, and what cannot be looked at now, with the reason.

Belongs here: walking the folders, so that one file, folder or moment never stops the rest. Does not belong here: what a name says
(``naam``) and what is in a file (``lezing``). The intake, the sensor and the check for news all look through this module.
"""

import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

UPLOADS = (".part", ".filepart", ".tmp", ".crdownload")
"""How programs name a file that they are still writing."""

UPLOAD = "het bestand wordt nog geüpload; hernoem het als het af is"
JONG = "het bestand is zo kort geleden gewijzigd dat het nog geschreven kan worden"


RUST_PLANNER, RUST_GEVRAAGD = 60, 2
"""Seconds that a file must be left alone (``GGZ_RUST`` not set): when nobody waits for the run, and when somebody asked for it."""

STIL = 2  # seconds after which who asked for a run waits no longer for a file that goes on changing


@dataclass(frozen=True)
class Landing:
    """Paths below landing, in order of their bytes; ``later`` says per path why it is not looked at now."""

    paden: tuple[PurePosixPath, ...]
    later: dict[PurePosixPath, str] = field(default_factory=dict)


def kijk(landing: Path, map: str = ".", rust: float = 0) -> Landing:
    """The files of folder ``map``; files changed less than ``rust`` seconds ago wait.

    Folders and files whose name begins with a dot are passed by, as are files with a tilde in front. Links to folders are
    followed, but never around.
    """
    paden, later = [], {}
    nu = time.time()
    for pad, uitkomst in _loop(landing, PurePosixPath(map), set()):
        if isinstance(uitkomst, OSError):
            later[pad] = f"niet te lezen ({os.strerror(uitkomst.errno or 0)}); controleer de rechten en draai opnieuw"
        elif pad.name.lower().endswith(UPLOADS):
            later[pad] = UPLOAD
        elif (
            0 <= nu - uitkomst.st_mtime < rust
        ):  # not of a file of which the clock is ahead: that one would wait for long
            later[pad] = JONG
        else:
            paden.append(pad)
    return Landing(tuple(sorted(paden, key=lambda p: os.fsencode(str(p)))), later)


def wacht_op_rust(landing: Path, rust: float) -> None:
    """Waits until all files have been left alone for ``rust`` seconds, at most ``STIL`` seconds."""
    einde = time.monotonic() + min(rust, STIL)
    while JONG in kijk(landing, rust=rust).later.values() and time.monotonic() < einde:
        time.sleep(0.2)


def _loop(
    landing: Path, map_: PurePosixPath, boven: set[tuple]
) -> Iterator[tuple[PurePosixPath, os.stat_result | OSError]]:
    """Every file below ``map_`` with its state, and every folder or file that cannot be looked at with why."""
    try:
        eigen = os.stat(landing / map_)
        inhoud = list(os.scandir(landing / map_))
    except FileNotFoundError:
        return
    except OSError as fout:
        yield map_, fout
        return
    hier = (eigen.st_dev, eigen.st_ino)
    if hier in boven:
        return
    for deel in inhoud:
        pad = map_ / deel.name
        if deel.name.startswith("."):
            continue
        try:
            staat = deel.stat()
        except FileNotFoundError:  # gone since, or a link to nowhere
            continue
        except OSError as fout:
            yield pad, fout
            continue
        if stat.S_ISDIR(staat.st_mode):
            yield from _loop(landing, pad, boven | {hier})
        elif stat.S_ISREG(staat.st_mode) and not deel.name.startswith("~"):
            yield pad, staat
