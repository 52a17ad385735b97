"""A workbook as a package: its parts, the relations between them, and XML read as a stream.

Belongs here: finding a part and walking through it within bounds. Does not belong here: what a cell means (``xlsx_blad``).

A workbook comes from anywhere. No part is unpacked as a whole, no entity or DTD is looked at, names may be written with capitals
and back slashes, and what is larger than a workbook can be is refused (`Geweigerd` B01) before it costs memory.
"""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.parsers import expat

from pipelines.aanlevering.fouten import Geweigerd, van_ons

STUK_BYTES = 1 << 16
"""Bytes given to the parser at a time."""

INHOUD_BYTES_MAX = 16 << 20
"""Of the list of parts; some 200,000 parts, where a workbook has dozens."""

DEEL_BYTES_MAX = 2 << 30
"""Of one part, unpacked."""

TAG_BYTES_MAX = 1 << 20
"""Of one tag or comment, which the parser holds as a whole."""

NAMEN_MAX = 10_000
"""Different names of elements and attributes, which the parser holds."""

_EIND, _EIND64 = b"PK\x05\x06", b"PK\x06\x07"
_OUD = b"\xd0\xcf\x11\xe0"


def onleesbaar(waarom: str = "") -> Geweigerd:
    reden = f" ({waarom})" if waarom else ""
    return Geweigerd("B01", f"het bestand is geen leesbare xlsx-werkmap{reden}; sla het opnieuw op als .xlsx")


class Pakket:
    """The parts of the workbook at ``pad``; open with ``with``."""

    def __init__(self, pad: Path):
        _keur_inhoud(pad)
        try:
            self._zip = zipfile.ZipFile(pad)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as fout:
            if van_ons(fout):
                raise
            raise onleesbaar() from fout
        self._delen: dict[str, zipfile.ZipInfo] = {}
        for deel in self._zip.infolist():
            naam = _gewoon(deel.filename)
            if naam in self._delen:
                raise onleesbaar("een onderdeel komt twee keer voor")
            self._delen[naam] = deel

    def __enter__(self) -> "Pakket":
        return self

    def __exit__(self, *_fout) -> None:
        self._zip.close()

    def relaties(self, van: str) -> dict[str, tuple[str, str]]:
        """Per id the kind (last word of its type) and the part of every relation of part ``van`` ("" is the package)."""
        map_, naam = posixpath.split(van)
        gevonden = {}

        def begin(element: str, attributen: dict[str, str]) -> None:
            if element == "Relationship" and attributen.get("TargetMode", "").lower() != "external":
                soort = attributen.get("Type", "").rpartition("/")[2].lower()
                doel = unquote(attributen.get("Target", "")).replace("\\", "/")
                doel = doel if doel.startswith("/") else posixpath.join("/", map_, doel)
                gevonden[attributen.get("Id", "")] = (soort, _gewoon(doel))

        deel = posixpath.join(map_, "_rels", f"{naam}.rels")
        if self.bestaat(deel):
            for _ in self.loop(deel, begin):
                pass
        return gevonden

    def bestaat(self, deel: str) -> bool:
        return _gewoon(deel) in self._delen

    def loop(
        self,
        deel: str,
        begin: Callable[[str, dict[str, str]], None],
        eind: Callable[[str], None] = lambda _: None,
        tekst: Callable[[str], None] | None = None,
        grootste: int = DEEL_BYTES_MAX,
    ) -> Iterator[None]:
        """Walks through a part, calling back for every element by its local name; yields after every piece."""
        info = self._delen.get(_gewoon(deel))
        if info is None:
            raise onleesbaar("een onderdeel ontbreekt")
        if info.flag_bits & 0x1:
            raise onleesbaar("zij is met een wachtwoord beveiligd")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise onleesbaar("zij is ingepakt op een manier die een werkmap niet kent")
        if info.file_size > grootste:
            raise Geweigerd(
                "B01", f"de werkmap is uitgepakt groter dan {grootste >> 20} MB; lever aan als csv of parquet"
            )
        yield from _loop(self._stukken(info), begin, eind, tekst)

    def _stukken(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(info) as stroom:
                while stuk := stroom.read(STUK_BYTES):
                    yield stuk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error) as fout:
            if van_ons(fout):
                raise
            raise onleesbaar("het archief is beschadigd") from fout


def _keur_inhoud(pad: Path) -> None:
    """Looks at the end of the archive before all of its list of parts is read."""
    with pad.open("rb") as bestand:
        kop = bestand.read(4)
        if kop == _OUD:
            raise onleesbaar("zij is met een wachtwoord beveiligd of een oude .xls")
        grootte = bestand.seek(0, 2)
        bestand.seek(max(0, grootte - (1 << 16) - 64))
        staart = bestand.read()
    plek = staart.rfind(_EIND)
    if plek < 0 or len(staart) < plek + 22 or _EIND64 in staart[max(0, plek - 20) : plek]:
        raise onleesbaar()
    if struct.unpack_from("<L", staart, plek + 12)[0] > INHOUD_BYTES_MAX:
        raise onleesbaar("zij heeft te veel onderdelen")


def _gewoon(naam: str) -> str:
    """The name of a part as it is compared: without regard to capitals, slashes or a way around."""
    return posixpath.normpath("/" + naam.replace("\\", "/").lower()).lstrip("/")


def _loop(
    stukken: Iterator[bytes],
    begin: Callable[[str, dict[str, str]], None],
    eind: Callable[[str], None],
    tekst: Callable[[str], None] | None,
) -> Iterator[None]:
    namen: dict[str, str] = {}
    parser = expat.ParserCreate(intern=namen)
    parser.buffer_text = True

    def geen_doctype(*_) -> None:
        raise onleesbaar("zij bevat een DOCTYPE")

    parser.StartDoctypeDeclHandler = geen_doctype
    parser.StartElementHandler = lambda naam, attributen: begin(naam.rpartition(":")[2], attributen)
    parser.EndElementHandler = lambda naam: eind(naam.rpartition(":")[2])
    if tekst is not None:
        parser.CharacterDataHandler = tekst
    gevoerd = 0
    try:
        for stuk in stukken:
            parser.Parse(stuk, False)
            gevoerd += len(stuk)
            if gevoerd - parser.CurrentByteIndex > TAG_BYTES_MAX or len(namen) > NAMEN_MAX:
                raise onleesbaar("de XML is geen werkblad")
            yield
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, UnicodeError) as fout:
        raise onleesbaar("de XML is niet welgevormd") from fout
    yield
