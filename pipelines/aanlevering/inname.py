"""Taking in: from files in the landing area to judged rows in the store and a line in the register.

A delivery becomes one parquet file in the store, written beside and renamed, and then its line in the register: a run that is
killed in between finds the file without its line and does it again.

Belongs here: which files are new, in what order, and what becomes of a refusal. Does not belong here: names (``naam``), reading
(``leesproces``, ``lezing``), judging together (``partij``), storing (``opslag``), and whether an earlier verdict stands (``geldigheid``).
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pipelines import contract
from pipelines.aanlevering import geldigheid, herkeuring, landing, leesproces
from pipelines.aanlevering import naam as namen
from pipelines.aanlevering.fouten import Geweigerd, NietNu
from pipelines.aanlevering.opslag import Bewaring, is_heel, opslagpad
from pipelines.aanlevering.partij import Partij
from pipelines.aanlevering.register import Levering, Register
from pipelines.fundament.maand import is_maand
from pipelines.settings import Instellingen

VERDWAALD = "verdwaald"  # the intake of files that belong to no partition


@dataclass(frozen=True)
class Inname:
    """What a call took in: deliveries with a new verdict, in order of path, and those that no longer count or count again.

    ``later`` says per path why a file or folder was not looked at, ``storingen`` where that is trouble of ours.
    """

    leveringen: tuple[Levering, ...]
    gevolgd: tuple[Levering, ...] = ()
    later: dict[str, str] = field(default_factory=dict)
    storingen: dict[str, str] = field(default_factory=dict)

    @property
    def gewijzigd(self) -> bool:
        return bool(self.leveringen or self.gevolgd)


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
    gezien = landing.kijk(instellingen.landing, contract.lees(bron).map, instellingen.rust or 0)
    paden = [p for p in gezien.paden if _thuis(p) and (gekozen is None or (p.parts[1], p.parts[2]) in gekozen)]
    geldigheid.eis_een_sleutel(instellingen, set(gezien.paden) - set(paden))
    with Register(instellingen.register) as register:
        uitkomst = _verwerk(instellingen, register, paden, voortgang)
        leveringen = [lev for b in contract.samen_met(bron) for lev in register.leveringen(b)]
        scope = [lev for lev in leveringen if gekozen is None or (lev.maand, lev.iza_regio) in gekozen]
        gevolgd = _volg_landing(instellingen, register, scope, gezien)
    later = {namen.als_tekst(pad): reden for pad, reden in gezien.later.items()}
    return replace(uitkomst, gevolgd=gevolgd, later=later | uitkomst.later)


def verdwaald(instellingen: Instellingen) -> Inname:
    """Registers (B03) the files that belong to no partition: an unknown name, folder or region."""
    paden = [p for p in landing.kijk(instellingen.landing, rust=instellingen.rust or 0).paden if not _thuis(p)]
    with Register(instellingen.register) as register:
        return _verwerk(instellingen, register, paden, lambda _: None)


def nieuw(instellingen: Instellingen) -> dict[str, list[PurePosixPath]]:
    """Which intakes (a folder of landing, or ``VERDWAALD``) have work, and the paths in landing that give it: a file without a verdict that
    still stands, or one that is gone."""
    with Register(instellingen.register) as register:
        gezien = register.gezien()
        leveringen = {(lev.bestand, lev.sha256): lev for lev in register.leveringen()}
    gekeken = landing.kijk(instellingen.landing, rust=instellingen.rust or 0)
    aanwezig = geldigheid.Aanwezig(gekeken)
    nu = _inhoud(gekeken, gezien)
    gevonden: dict[str, list[PurePosixPath]] = {}
    for lev in leveringen.values():
        if lev.bron and (aanwezig.verdwenen(lev) or geldigheid.is_kwijt(instellingen, lev, nu.get(lev.bestand))):
            gevonden.setdefault(contract.lees(lev.bron).map, []).append(PurePosixPath(lev.pad))
    for pad in gekeken.paden:
        grootte, moment, sha256 = gezien.get(namen.als_tekst(pad), (None, None, None))
        levering = leveringen.get((namen.als_tekst(PurePosixPath(pad.name)), sha256))
        try:
            staat = (instellingen.landing / pad).stat()
            bekend = levering is not None and (grootte, moment) == (staat.st_size, staat.st_mtime_ns)
        except OSError:  # cannot be read now: the intake says what it is
            bekend = False
        if not bekend or not geldigheid.geldt_nog(instellingen, levering) or aanwezig.terug(levering, sha256):
            gevonden.setdefault(pad.parts[0] if _thuis(pad) else VERDWAALD, []).append(pad)
    return gevonden


def _inhoud(gekeken: landing.Landing, gezien: dict[str, tuple]) -> dict[str, str | None]:
    """By file name what was in it at the last look (sha256), of all that is in landing now."""
    return {
        namen.als_tekst(PurePosixPath(pad.name)): gezien.get(namen.als_tekst(pad), (None, None, None))[2]
        for pad in gekeken.paden
    }


def _thuis(pad: PurePosixPath) -> bool:
    """Whether the path lies in the folder of a partition that exists; what its name says may still be wrong."""
    if len(pad.parts) != 4 or pad.parts[0] not in contract.mappen() or not is_maand(pad.parts[1]):
        return False
    regio = contract.lees(pad.parts[0]).regio
    return pad.parts[2] == regio if regio else pad.parts[2] in namen.regios()


def _verwerk(
    instellingen: Instellingen, register: Register, paden: list[PurePosixPath], voortgang: Callable[[str], None]
) -> Inname:
    nieuw, storingen = [], {}

    def registreer(levering: Levering) -> None:
        register.schrijf(levering)
        nieuw.append(levering)
        voortgang(f"{levering.bestand}: {levering.code or f'{levering.rijen_gelezen} rijen'}")

    bekend, partij, eerder_gestoord = _Bekend(register), Partij(registreer), register.storingen()
    for pad in paden:
        tekst = namen.als_tekst(pad)
        try:
            _neem(instellingen, pad, bekend, partij, registreer)
            if tekst in eerder_gestoord:
                register.wis_storing(tekst)
        except NietNu as fout:
            storingen[tekst] = f"niet te lezen: {fout}"
            register.meld_storing(tekst, storingen[tekst])
            voortgang(f"{tekst}: later opnieuw, {storingen[tekst]}")
    partij.keur()
    return Inname(tuple(nieuw), storingen=storingen)


def _neem(
    instellingen: Instellingen,
    pad: PurePosixPath,
    bekend: "_Bekend",
    partij: Partij,
    registreer: Callable[[Levering], None],
) -> None:
    """Takes in one file where it is new; ``NietNu`` where that has to wait."""
    try:
        levering = _nieuw(instellingen, pad, bekend)
    except FileNotFoundError:
        return  # gone since landing was looked at
    except OSError as fout:
        raise NietNu(os.strerror(fout.errno or 0)) from fout
    if levering is None:
        return
    try:
        naam = _toegelaten(pad, levering, bekend)
        _lees(instellingen, pad, naam, levering, bekend, partij)
        bekend.voeg_toe(levering)
    except Geweigerd as fout:
        registreer(replace(levering, code=fout.code, toelichting=fout.toelichting))


def _volg_landing(
    instellingen: Instellingen, register: Register, leveringen: list[Levering], gezien: landing.Landing
) -> tuple[Levering, ...]:
    """Withdraws what was removed from landing or lost, and lets count again what is back; gives the deliveries that changed so."""
    aanwezig, inhoud = geldigheid.Aanwezig(gezien), register.gezien()
    nu = _inhoud(gezien, inhoud)
    gevolgd = []
    for levering in leveringen:
        if aanwezig.verdwenen(levering):
            register.trek_in(levering, "ggz run", geldigheid.WEG)
        elif geldigheid.is_kwijt(instellingen, levering, nu.get(levering.bestand)):
            register.schrijf(replace(levering, rijen_gelezen=0, rijen_met_code=0))
            if levering.ingetrokken is None:
                register.trek_in(levering, "ggz run", geldigheid.KWIJT)
        elif aanwezig.terug(levering, nu.get(levering.bestand)):
            register.herstel(levering, "ggz run", "het bestand staat weer in landing")
        else:
            continue
        gevolgd.append(levering)
    return tuple(gevolgd)


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
            self.gezien[pad] = (staat.st_size, staat.st_mtime_ns, sha)
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


def _lees(
    instellingen: Instellingen,
    pad: PurePosixPath,
    naam: namen.Naam,
    levering: Levering,
    bekend: "_Bekend",
    partij: Partij,
) -> None:
    """Reads the file into ``partij``, or the rows that are stored of it where only the rules on them changed; ``Geweigerd`` and ``NietNu``
    leave nothing of it there."""
    bewaring = Bewaring(levering, opslagpad(instellingen, levering))
    grens = contract.lees(naam.bron)
    try:
        if _alleen_regels_anders(
            bekend.per_bestand.get((levering.bestand, levering.sha256)), levering, bewaring, grens
        ):
            delen = herkeuring.lees(bewaring.doel, grens)
        else:
            delen = leesproces.lees(instellingen, instellingen.landing / pad, naam)
        for deel in delen:
            partij.voeg_toe(bewaring, deel)
        nu = (instellingen.landing / pad).stat()
        if (nu.st_size, nu.st_mtime_ns) != bekend.gezien[levering.pad][:2]:
            raise NietNu("het bestand veranderde tijdens het lezen")
    except FileNotFoundError:
        partij.schrap(bewaring)
        raise NietNu("het bestand verdween tijdens het lezen") from None
    except BaseException:
        partij.schrap(bewaring)
        raise
    bewaring.compleet = True


def _alleen_regels_anders(
    eerder: Levering | None, levering: Levering, bewaring: Bewaring, grens: contract.Contract
) -> bool:
    """Whether the cells as delivered are all in the store, and reading them again would give the same."""
    bewaard = eerder is not None and eerder.code is None and geldigheid.zelfde_lezing(eerder, levering)
    return bewaard and is_heel(bewaring.doel) and herkeuring.is_heel_bewaard(bewaring.doel, grens)
