"""Words on the terminal: lines in which nothing from outside is taken for markup or control, and trouble of ours as what to do.

Belongs here: how a line is printed and what an error is called. Does not belong here: what a command tells (``verslag``, ``leverstand``).
"""

import re
import traceback
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipelines.settings import Instellingen

_BESTURING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
VAN_ONS = {
    r"No space left|Errno 28|disk is full|disk full|Disk quota|Errno 122|File too large|Errno 27": "de schijf is vol. Maak ruimte in "
    "{data} en draai opnieuw: wat al is ingenomen en gebouwd blijft staan.",
    r"Read-only file system|Permission denied|Errno 13|Errno 30|readonly database|unable to open database": "in {data} mag niet worden "
    "geschreven. Geef deze gebruiker schrijfrechten en draai opnieuw.",
    r"MemoryError|Out of Memory|Cannot allocate memory|could not allocate": "het geheugen is op. Sluit andere programma's of zet "
    "GGZ_GEHEUGEN lager, en draai opnieuw.",
    r"Input/output error|Errno 5\b|disk I/O error|Stale file handle": "de schijf met {data} geeft leesfouten. Laat haar nakijken en "
    "draai opnieuw.",
}
"""What the machine says (of Python, DuckDB, SQLite and Arrow alike), and what it means for who runs this."""


def regel(scherm: Console, *delen: str | tuple[str, str]) -> None:
    """A line of parts: a text, or a text with its style. In a text nothing is markup, and a control character is shown as its number."""
    heel = Text()
    for deel in delen:
        tekst, stijl = (deel, "") if isinstance(deel, str) else deel
        heel.append(zichtbaar(tekst), stijl)
    scherm.print(heel, highlight=False, soft_wrap=True)


def zichtbaar(tekst: str) -> str:
    """Control characters (such as ESC, which steers a terminal) as \\xNN, and what cannot be written at all as ?."""
    tekst = _BESTURING.sub(lambda m: f"\\x{ord(m[0]):02x}", tekst)
    return tekst.encode("utf-8", "replace").decode()


def in_woorden(fout: BaseException | str) -> str:
    """What went wrong and what to do about it; of an error that is not known what it says itself."""
    ketting = [fout] if isinstance(fout, str) else _oorzaken(fout)
    teksten = [f if isinstance(f, str) else f"{type(f).__name__}: {f}" for f in ketting]
    for patroon, uitleg in VAN_ONS.items():
        if any(re.search(patroon, tekst, re.IGNORECASE) for tekst in teksten):
            return uitleg.format(data=Instellingen().data)
    return str(fout).strip() or type(fout).__name__


def _oorzaken(fout: BaseException) -> list[BaseException]:
    uit = []
    while fout is not None and fout not in uit:
        uit.append(fout)
        fout = fout.__cause__ or fout.__context__
    return uit


def bewaar_fout(logbestand: Path | None = None) -> str:
    """Writes the exception at hand to a log file; says where that is, or that it could not be written (a disk that is full)."""
    try:
        logbestand = logbestand or Instellingen().data / "logs" / f"fout_{datetime.now(UTC):%Y%m%d_%H%M%S}.log"
        logbestand.parent.mkdir(parents=True, exist_ok=True)
        with logbestand.open("a") as log:
            traceback.print_exc(file=log)
    except OSError:
        return "De fout kon niet worden bewaard."
    return f"Meer staat in {logbestand}"
