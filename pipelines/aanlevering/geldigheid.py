"""Whether a registered verdict still stands: what a delivery was judged by, and with which key its rows were read.

Belongs here: telling the rules and the key of now from those of then. Does not belong here: judging.
"""

import ast
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from pipelines import contract
from pipelines.aanlevering import naam as namen
from pipelines.aanlevering import pseudoniem
from pipelines.aanlevering.landing import Landing
from pipelines.aanlevering.opslag import is_heel, opslagpad
from pipelines.aanlevering.register import Levering, Register
from pipelines.fundament import seeds
from pipelines.settings import Instellingen

ROT = "pipelines"
OORDEEL = ("pipelines.aanlevering.naam", "pipelines.aanlevering.lezing", "pipelines.aanlevering.partij")
"""The three that come to a verdict: by its name, by what is read, by what its rows say."""


def kenmerk(naam: namen.Naam) -> tuple[str, str | None]:
    """The rules that judge a delivery of this name now, and the version of the key: "" without one, None where no BSN can stand.

    That its month is still to come is one of them, and no longer is one when the month is there.
    """
    regels = regelhash(naam.bron) + (" toekomst" if naam.maand > namen.deze_maand() else "")
    bsn = naam.formaat.startswith("xml") or any(k.bsn_toegestaan for k in contract.lees(naam.bron).kolommen)
    if not bsn:
        return regels, None
    try:
        return regels, pseudoniem.Pseudonimiseerder.uit_instellingen().versie
    except pseudoniem.SleutelOntbreekt:
        return regels, ""


def geldt_nog(instellingen: Instellingen, levering: Levering) -> bool:
    """Whether a registered verdict still stands: the same rules and key, and its rows still stored.

    Rows that were read with a key stand as long as there is none, whatever the rules: without it they could only be lost.
    """
    naam = namen.ontleed(levering.bestand)
    regels, sleutel = kenmerk(naam) if naam else (None, None)
    zelfde = (levering.regels, levering.sleutel) == (regels, sleutel)
    if levering.code is not None:
        return zelfde
    zonder_sleutel = bool(levering.sleutel) and sleutel == ""
    return (zelfde or zonder_sleutel) and is_heel(opslagpad(instellingen, levering))


def is_van_nu(levering: Levering) -> bool:
    """Whether the rules that judged a delivery are those of now; they stay those of then where it cannot be read again."""
    naam = namen.ontleed(levering.bestand)
    return naam is not None and levering.regels == kenmerk(naam)[0]


WEG = "het bestand staat niet meer in landing"
KWIJT = "de ingelezen rijen zijn weg of beschadigd, en het bestand staat niet meer zo in landing"


class Aanwezig:
    """Which deliveries that were taken in still lie in landing.

    Of a folder that cannot be read, and of a source of which nothing is there (a disk that is not mounted), nothing is known.
    """

    def __init__(self, landing: Landing):
        self._namen: dict[str, set[str]] = {}
        self._later = [namen.als_tekst(pad) for pad in landing.later]
        for pad in (*landing.paden, *landing.later):
            self._namen.setdefault(pad.parts[0] if pad.parts else "", set()).add(
                namen.als_tekst(PurePosixPath(pad.name))
            )

    def verdwenen(self, levering: Levering) -> bool:
        """Whether it counts while its file is gone."""
        bekend = self._namen.get(contract.lees(levering.bron).map)
        onleesbaar = any(pad == "." or levering.pad.startswith(f"{pad}/") for pad in self._later)
        weg = bool(bekend) and levering.bestand not in bekend and not onleesbaar
        return weg and levering.code is None and levering.ingetrokken is None

    def terug(self, levering: Levering, sha256: str | None) -> bool:
        """Whether it does not count for its file was gone, and a file with that content (``sha256``) is there again."""
        return (levering.ingetrokken or "").startswith((WEG, KWIJT)) and levering.sha256 == sha256


def is_kwijt(instellingen: Instellingen, levering: Levering, sha256: str | None) -> bool:
    """Whether the rows of a delivery are lost: not whole in the store, and its content no longer what landing holds (``sha256``)."""
    bewaard = levering.code is None and levering.rijen_gelezen > 0 and levering.sha256 != sha256
    return bewaard and not is_heel(opslagpad(instellingen, levering))


def eis_een_sleutel(instellingen: Instellingen, blijven: Iterable[PurePosixPath]) -> None:
    """``AndereSleutel`` where deliveries that stay as they are were read with another key than that of now."""
    paden = {namen.als_tekst(pad) for pad in blijven}
    if not paden:
        return
    try:
        nu = pseudoniem.Pseudonimiseerder.uit_instellingen().versie
    except pseudoniem.SleutelOntbreekt:
        return
    with Register(instellingen.register) as register:
        anders = [
            lev
            for lev in register.leveringen()
            if lev.code is None and lev.sleutel not in (None, "", nu) and lev.pad in paden
        ]
    if anders:
        raise pseudoniem.AndereSleutel(len(anders), anders[0].pad)


@cache
def regelhash(bron: str) -> str:
    """Hash of all that judges a row of ``bron``, in two parts with a point between them: what reads it (its contract, and the code with
    its tables), and what a steward changes (its suite, and the code lists that it looks things up in)."""
    lijsten = {seeds.pad(tabel) for tabel in contract.lees(bron).codelijsten}
    lezen = {contract.MAP / f"{bron}.yaml"} | oordelende_bestanden()
    return f"{_hash(lezen)}{_TUSSEN}{_hash({contract.VERWACHTINGEN / f'{bron}.yaml'} | lijsten - lezen)}"


_TUSSEN = "."


def zelfde_lezing(eerder: Levering, nu: Levering) -> bool:
    """Whether reading the file again would give the cells of then: only the rules of a steward, or nothing, changed since."""
    lezen = [(lev.regels or "").partition(_TUSSEN) for lev in (eerder, nu)]
    return eerder.sleutel == nu.sleutel and bool(lezen[0][1]) and lezen[0][0] == lezen[1][0]


def _hash(paden: Iterable[Path]) -> str:
    som = hashlib.sha256()
    for pad in sorted(paden):
        som.update(pad.read_bytes())
    return som.hexdigest()


@cache
def oordelende_bestanden() -> frozenset[Path]:
    """The modules that ``OORDEEL`` imports, directly or not; the YAML beside them that is theirs, and the seeds that they name."""
    modules, nog = set(), list(OORDEEL)
    paden = set()
    while nog:
        module = nog.pop()
        if module in modules:
            continue
        modules.add(module)
        bron = Path(find_spec(module).origin)
        boom = ast.parse(bron.read_text(encoding="utf-8"))
        paden |= {bron, *bron.parent.glob(f"{bron.stem}_v*.yaml"), *_seeds(boom)}
        nog += _imports(boom)
    return frozenset(paden)


def _imports(boom: ast.AST) -> list[str]:
    """The modules of this project that a module imports."""
    namen_ = {alias.name for knoop in ast.walk(boom) if isinstance(knoop, ast.Import) for alias in knoop.names}
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.ImportFrom):
            namen_ |= {knoop.module, *(f"{knoop.module}.{alias.name}" for alias in knoop.names)}
    return [naam for naam in namen_ if naam.split(".")[0] == ROT and _is_module(naam)]


def _is_module(naam: str) -> bool:
    try:
        return find_spec(naam) is not None
    except ModuleNotFoundError:  # a name in a module
        return False


def _seeds(boom: ast.AST) -> set[Path]:
    """The seeds that a module reads by name: ``seeds.lees("iza_regio")``."""
    return {
        seeds.pad(knoop.args[0].value)
        for knoop in ast.walk(boom)
        if isinstance(knoop, ast.Call)
        and ast.unparse(knoop.func) in ("seeds.lees", "seeds.pad")
        and isinstance(knoop.args[0], ast.Constant)
    }
