"""Names and places of deliveries (spec 1.1): what a path says, and B03 when it does not say it right."""

import os
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from pipelines import contract
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.fundament import maand as maanden
from pipelines.fundament import seeds
from pipelines.settings import TIJDZONE

EERSTE_MAAND = "2015-01"  # spec 1.7; before it no source of this monitor existed
_NIET_TE_ZIEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_NAAM = re.compile(rf"([a-z_]+)_({maanden.VORM})_([A-Z0-9]+)_([a-z0-9]+)_v(\d\d)", re.ASCII)
_REGIO, _LEVERANCIER = r"[A-Z]{2}\d\d", r"\d{8}|\d{4}"  # of a source that is not national


@dataclass(frozen=True)
class Naam:
    """What a well-formed file name says; ``formaat`` is the extension without its dot, such as ``csv.gz``."""

    bron: str
    maand: str
    iza_regio: str
    leverancier: str
    versie: int
    formaat: str


def ontleed(bestand: str) -> Naam | None:
    """The parts of a file name, or None where it does not fit 1.1."""
    stam, _, formaat = bestand.partition(".")
    deel = _NAAM.fullmatch(stam)
    if not formaat or not deel or deel[1] not in contract.bronnen() or deel[5] == "00":
        return None
    grens = contract.lees(deel[1])
    vormen = ((grens.regio or _REGIO, deel[3]), (grens.leverancier or _LEVERANCIER, deel[4]))
    if not all(re.fullmatch(vorm, tekst, re.ASCII) for vorm, tekst in vormen):
        return None
    return Naam(deel[1], deel[2], deel[3], deel[4], int(deel[5]), formaat)


@cache
def regios() -> tuple[str, ...]:
    """The codes of all regions, in the order of ``seeds/iza_regio.csv``."""
    return tuple(rij["iza_regio"] for rij in seeds.lees("iza_regio"))


def keur(pad: PurePosixPath) -> Naam:
    """The name of the file at ``pad`` (below landing); ``Geweigerd`` B03 where name, path or region are off."""
    naam = ontleed(pad.name)
    if naam is None:
        raise Geweigerd(
            "B03",
            "de bestandsnaam heeft niet de vorm <bron>_<jjjj-mm>_<regio>_<leverancier>_v<NN>.<extensie>; "
            "hernoem het bestand en lever het opnieuw aan",
        )
    grens = contract.lees(naam.bron)
    verwacht = PurePosixPath(grens.map, naam.maand, naam.iza_regio, pad.name)
    if pad != verwacht:
        raise Geweigerd(
            "B03", f"het bestand ligt in {als_tekst(pad.parent)}/ maar hoort volgens zijn naam in {verwacht.parent}/"
        )
    if naam.iza_regio not in regios() and naam.iza_regio != grens.regio:
        raise Geweigerd("B03", f"regio {naam.iza_regio} bestaat niet; zie seeds/iza_regio.csv")
    if naam.maand < EERSTE_MAAND:
        raise Geweigerd(
            "B03", f"de maand {naam.maand} ligt voor {EERSTE_MAAND}; controleer de maand in de bestandsnaam"
        )
    if naam.maand > deze_maand():
        raise Geweigerd(
            "B03",
            f"de maand {naam.maand} moet nog komen; controleer de maand in de bestandsnaam, of wacht tot die maand en draai opnieuw",
        )
    return naam


def deze_maand() -> str:
    """The month of today in the Netherlands: what a delivery may be about at most."""
    return maanden.schrijf(datetime.now(ZoneInfo(TIJDZONE)).date())


def keur_formaat(naam: Naam) -> None:
    """``Geweigerd`` B01 where the extension is not one that 1.1 allows for this bron."""
    formaten = contract.lees(naam.bron).formaten
    if naam.formaat not in formaten:
        raise Geweigerd(
            "B01",
            f"extensie .{naam.formaat} kan niet voor {naam.bron}; toegestaan: "
            + ", ".join(f".{f}" for f in formaten)
            + " (kleine letters)",
        )


def als_tekst(pad: PurePosixPath) -> str:
    """The path or name in words that can be stored and shown: bytes that are no UTF-8, and characters that steer a terminal or cannot
    be seen, as \\xNN or \\uNNNN; a back slash as two."""
    tekst = os.fsencode(str(pad).replace("\\", "\\\\")).decode("utf-8", "backslashreplace")
    return _NIET_TE_ZIEN.sub(lambda m: f"\\x{ord(m[0]):02x}" if m[0] < "\xff" else f"\\u{ord(m[0]):04x}", tekst)
