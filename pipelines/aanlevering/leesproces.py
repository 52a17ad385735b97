"""Reading in a process of its own: whatever a file does to the program that reads it, only that file is lost.

Belongs here: the process, its limits, what its death means, and how batches come back. Does not belong here: reading (``lezing``).

One process reads all files, one after the other; after a death, or under other settings, the next file gets a new one. Within it a
file may take ``GGZ_LEESGEHEUGEN`` of memory and ``GGZ_LEESTIJD`` of time, also a file that gives nothing to judge meanwhile.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import pyarrow as pa

from pipelines.aanlevering import lezing
from pipelines.aanlevering.fouten import GeheugenVol, Geweigerd, NietNu
from pipelines.aanlevering.naam import Naam
from pipelines.settings import Instellingen

GEREED, DEEL, KLAAR, GEWEIGERD, NIET_NU, GEHEUGEN = b"gereed", b"deel", b"klaar", b"geweigerd", b"niet nu", b"geheugen"
START = 120  # seconds that the process may take to start, which is not the time of a file
RESPIJT = 60  # seconds of computing on top of the time for a file, after which the process stops by itself: its parent may be gone
OP_DE_FILE = {signal.SIGABRT, signal.SIGSEGV, signal.SIGFPE, signal.SIGILL}
"""Deaths in native code, by what stands in the file. Any other is by someone else's hand, or a file that shrank below it (SIGBUS)."""


def lees(instellingen: Instellingen, bestand: Path, naam: Naam) -> Iterator[pa.RecordBatch]:
    """What ``lezing.lees`` gives, and its ``Geweigerd`` and ``NietNu``; B01 too where a limit is passed or the reader breaks on it."""
    lezer = _Lezer.gereed(instellingen)
    over, klaar = instellingen.leestijd, False
    try:
        lezer.vraag(bestand, naam, over)
        while True:
            begin = time.monotonic()
            soort, inhoud = lezer.antwoord(over)
            over -= time.monotonic() - begin
            klaar = soort in (KLAAR, GEWEIGERD, NIET_NU)
            if soort == DEEL:
                yield pa.ipc.open_stream(inhoud).read_next_batch()
            elif soort == KLAAR:
                return
            elif soort == GEWEIGERD:
                raise Geweigerd(*json.loads(inhoud))
            elif soort == NIET_NU:
                raise NietNu(json.loads(inhoud))
            else:
                raise Geweigerd(
                    "B01",
                    f"het lezen vraagt meer dan {instellingen.leesgeheugen} MB geheugen; lever het op in delen of als parquet",
                )
    except TimeoutError:
        raise Geweigerd(
            "B01",
            f"het lezen duurt langer dan {instellingen.leestijd / 60:.0f} minuten; lever het op in delen of als parquet",
        ) from None
    except (EOFError, ConnectionError):
        raise lezer.gestorven() from None
    finally:
        if not klaar:
            lezer.stop()


class _Lezer:
    """The process, from the side of who asks."""

    huidig: "_Lezer | None" = None

    @classmethod
    def gereed(cls, instellingen: Instellingen) -> "_Lezer":
        """The process that runs already, or a new one where there is none or the settings are others."""
        onder = instellingen.leesgeheugen, {k: v for k, v in os.environ.items() if k.startswith("GGZ_")}
        if cls.huidig is not None and (cls.huidig.onder != onder or cls.huidig.proces.poll() is not None):
            cls.huidig.stop()
        if cls.huidig is None:
            cls.huidig = cls(onder)
        return cls.huidig

    def __init__(self, onder: tuple[int, dict[str, str]]):
        self.onder = onder
        self._lijn, ander = Pipe()
        try:
            opdracht = [sys.executable, "-m", __name__, str(ander.fileno()), str(onder[0])]
            self.proces = subprocess.Popen(opdracht, pass_fds=[ander.fileno()], stdin=subprocess.DEVNULL)
        except OSError as fout:
            raise NietNu(f"het leesproces start niet ({os.strerror(fout.errno or 0)})") from None
        finally:
            ander.close()
        try:
            self.antwoord(START)
        except (TimeoutError, EOFError, ConnectionError):
            self.stop()
            raise NietNu("het leesproces start niet; is het geheugen van deze machine op?") from None

    def vraag(self, bestand: Path, naam: Naam, leestijd: float) -> None:
        vraag = json.dumps([os.fsencode(bestand).hex(), asdict(naam), leestijd])
        self._lijn.send_bytes(vraag.encode())

    def antwoord(self, binnen: float) -> tuple[bytes, bytes]:
        """The next answer: its kind and what it holds; ``TimeoutError`` where it does not come within so many seconds."""
        if binnen <= 0 or not self._lijn.poll(binnen):
            raise TimeoutError
        return self._lijn.recv_bytes(), self._lijn.recv_bytes()

    def gestorven(self) -> Exception:
        """What it means for the file that the process is gone."""
        status = self.proces.wait()
        if -status in OP_DE_FILE:
            woord = signal.Signals(-status).name
            return Geweigerd(
                "B01",
                f"het leesprogramma breekt af op dit bestand ({woord}); maak het opnieuw en lever het opnieuw aan",
            )
        if -status == signal.SIGBUS:
            return NietNu("het bestand veranderde tijdens het lezen")
        return NietNu(f"het leesproces is van buiten gestopt (status {status}); is het geheugen van deze machine op?")

    def stop(self) -> None:
        self.proces.kill()
        self.proces.wait()
        self._lijn.close()
        type(self).huidig = None


def dien(lijn: Connection, geheugen: int) -> None:
    """The process itself: reads what it is asked, until nobody asks any more. ``geheugen``: MB of address space."""
    resource.setrlimit(resource.RLIMIT_AS, (geheugen << 20, geheugen << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # its memory holds BSNs
    _antwoord(lijn, GEREED)
    while True:
        pad, naam, leestijd = json.loads(lijn.recv_bytes())
        signal.setitimer(signal.ITIMER_PROF, leestijd + RESPIJT)
        try:
            for deel in lezing.lees(Path(os.fsdecode(bytes.fromhex(pad))), Naam(**naam)):
                _antwoord(lijn, DEEL, _als_stroom(deel))
            _antwoord(lijn, KLAAR)
        except Geweigerd as fout:
            _antwoord(lijn, GEWEIGERD, json.dumps([fout.code, fout.toelichting]).encode())
        except (GeheugenVol, MemoryError):
            _antwoord(lijn, GEHEUGEN)
        except NietNu as fout:
            _antwoord(lijn, NIET_NU, json.dumps(str(fout)).encode())


def _antwoord(lijn: Connection, soort: bytes, inhoud: bytes | pa.Buffer = b"") -> None:
    lijn.send_bytes(soort)
    lijn.send_bytes(inhoud)


def _als_stroom(deel: pa.RecordBatch) -> pa.Buffer:
    uit = pa.BufferOutputStream()
    with pa.ipc.new_stream(uit, deel.schema) as stroom:
        stroom.write_batch(deel)
    return uit.getvalue()


if __name__ == "__main__":
    try:
        dien(Connection(int(sys.argv[1])), int(sys.argv[2]))
    except (EOFError, ConnectionError, KeyboardInterrupt):
        pass  # who asked is gone
