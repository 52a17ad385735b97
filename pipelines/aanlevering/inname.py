"""Taking in: from files in the landing area to judged rows in the store and a line in the register.

A delivery becomes one parquet file in the store, written beside and renamed, and then its line in the register: a run that is
killed in between finds the file without its line and does it again.

Belongs here: which files are new, in what order, and what becomes of a refusal. Does not belong here: names (``naam``), reading
(``lezing``), judging together (``partij``), storing (``opslag``), and whether an earlier verdict stands (``geldigheid``).
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pipelines import contract
from pipelines.aanlevering import geldigheid, lezing
from pipelines.aanlevering import naam as namen
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.opslag import Bewaring, opslagpad
from pipelines.aanlevering.partij import Partij
from pipelines.aanlevering.register import Levering, Register
from pipelines.fundament.maand import is_maand
from pipelines.settings import Instellingen


@dataclass(frozen=True)
class Inname:
    """What a call took in: deliveries with a new verdict, in order of path."""

    leveringen: tuple[Levering, ...]

    @property
    def gewijzigd(self) -> bool:
        return bool(self.leveringen)


def neem_in(
    instellingen: Instellingen,
    bron: str,
    partities: Iterable[tuple[str, str]] | None = None,
    voortgang: Callable[[str], None] = lambda _: None,
) -> Inname:
    """Takes in what is new for ``bron`` in the given (maand, iza_regio) partitions; None means all.

    A bad delivery is registered with its code and never stops the others. ``AndereSleutel`` where persons would get two
    pseudonyms: rows that this call leaves as they are were read with another key.
    """
    gekozen = None if partities is None else frozenset(partities)
    paden = namen.bestanden(instellingen.landing, contract.lees(bron).map)
    gekozen_paden = [p for p in paden if _thuis(p) and (gekozen is None or (p.parts[1], p.parts[2]) in gekozen)]
    geldigheid.eis_een_sleutel(instellingen, set(paden) - set(gekozen_paden))
    return _verwerk(instellingen, gekozen_paden, voortgang)


def verdwaald(instellingen: Instellingen) -> Inname:
    """Registers (B03) the files that belong to no partition: an unknown name, folder or region."""
    return _verwerk(instellingen, [p for p in namen.bestanden(instellingen.landing) if not _thuis(p)], lambda _: None)


def _thuis(pad: PurePosixPath) -> bool:
    """Whether the path lies in the folder of a partition that exists; what its name says may still be wrong."""
    if len(pad.parts) != 4 or pad.parts[0] not in contract.mappen() or not is_maand(pad.parts[1]):
        return False
    regio = contract.lees(pad.parts[0]).regio
    return pad.parts[2] == regio if regio else pad.parts[2] in namen.regios()


def _verwerk(instellingen: Instellingen, paden: list[PurePosixPath], voortgang: Callable[[str], None]) -> Inname:
    nieuw = []

    def registreer(levering: Levering) -> None:
        register.schrijf(levering)
        nieuw.append(levering)
        voortgang(f"{levering.bestand}: {levering.code or f'{levering.rijen_gelezen} rijen'}")

    with Register(instellingen.register) as register:
        bekend, partij = _Bekend(register), Partij(registreer)
        for pad in paden:
            levering = _nieuw(instellingen, pad, bekend)
            if levering is None:
                continue
            try:
                naam = _toegelaten(pad, levering, bekend)
                _lees(instellingen, pad, naam, levering, partij)
                bekend.voeg_toe(levering)
            except Geweigerd as fout:
                registreer(replace(levering, code=fout.code, toelichting=fout.toelichting))
        partij.keur()
    return Inname(tuple(nieuw))


class _Bekend:
    """What the register already knows, by file and by version."""

    def __init__(self, register: Register):
        self.register = register
        self.gezien = register.gezien()
        self.per_bestand: dict[tuple, Levering] = {}
        self.ingenomen: dict[tuple, Levering] = {}
        for levering in register.leveringen():
            self.voeg_toe(levering)

    def voeg_toe(self, levering: Levering) -> None:
        self.per_bestand[levering.bestand, levering.sha256] = levering
        if levering.code is None:
            self.ingenomen[_versie(levering)] = levering

    def sha256(self, bestand: Path, pad: str) -> str:
        """Content hash; read again only where size or modification time changed."""
        staat = bestand.stat()
        grootte, gewijzigd, sha = self.gezien.get(pad, (None, None, None))
        if (grootte, gewijzigd) != (staat.st_size, staat.st_mtime_ns):
            with bestand.open("rb") as lezer:
                sha = hashlib.file_digest(lezer, "sha256").hexdigest()
            self.register.onthoud(pad, staat.st_size, staat.st_mtime_ns, sha)
        return sha


def _versie(levering: Levering) -> tuple:
    return levering.bron, levering.maand, levering.iza_regio, levering.leverancier, levering.versie


def _nieuw(instellingen: Instellingen, pad: PurePosixPath, bekend: _Bekend) -> Levering | None:
    """The delivery at ``pad`` as its name and content say, or None where the register already holds its verdict."""
    bestand = namen.als_tekst(PurePosixPath(pad.name))
    sha = bekend.sha256(instellingen.landing / pad, namen.als_tekst(pad))
    naam = namen.ontleed(pad.name)
    levering = Levering(bestand, sha, namen.als_tekst(pad), moment=datetime.now(UTC).isoformat(timespec="seconds"))
    if naam is not None:
        regels, sleutel = geldigheid.kenmerk(naam)
        levering = replace(
            levering,
            bron=naam.bron,
            maand=naam.maand,
            iza_regio=naam.iza_regio,
            leverancier=naam.leverancier,
            versie=naam.versie,
            regels=regels,
            sleutel=sleutel,
        )
    eerder = bekend.per_bestand.get((bestand, sha))
    if eerder is None:
        return levering
    # judged anew under other rules it is still as old as it was
    stil = eerder.pad == levering.pad or eerder.code is None
    return None if stil and geldigheid.geldt_nog(instellingen, eerder) else replace(levering, moment=eerder.moment)


def _toegelaten(pad: PurePosixPath, levering: Levering, bekend: _Bekend) -> namen.Naam:
    """The name of a delivery that may be read; ``Geweigerd`` B03, B05 or B01 before a byte of it is looked at."""
    naam = namen.keur(pad)
    ingenomen = bekend.ingenomen.get(_versie(levering))
    if ingenomen is not None and (ingenomen.bestand, ingenomen.sha256) != (levering.bestand, levering.sha256):
        raise Geweigerd(
            "B05",
            f"versie v{naam.versie:02d} is al ingenomen met andere inhoud ({ingenomen.bestand}); "
            "lever de wijziging aan onder een hoger versienummer",
        )
    namen.keur_formaat(naam)
    return naam


def _lees(instellingen: Instellingen, pad: PurePosixPath, naam: namen.Naam, levering: Levering, partij: Partij) -> None:
    """Reads the file into ``partij``; ``Geweigerd`` leaves nothing of it there."""
    bewaring = Bewaring(levering, opslagpad(instellingen, levering))
    try:
        for deel in lezing.lees(instellingen.landing / pad, naam):
            partij.voeg_toe(bewaring, deel)
    except BaseException:
        partij.schrap(bewaring)
        raise
    bewaring.compleet = True
