"""The verdict on files: read and judged as the intake does, kept nowhere.

Belongs here: which name a file is judged under, and its verdict by rule. Does not belong here: words (``cli``) and cells (``werkboek``).
"""

import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc

from pipelines import contract
from pipelines.aanlevering import landing, leesproces, readers
from pipelines.aanlevering import naam as namen
from pipelines.aanlevering.fouten import Geweigerd, NietNu
from pipelines.aanlevering.opslag import Bewaring
from pipelines.aanlevering.partij import Partij
from pipelines.aanlevering.readers import gds801_regels
from pipelines.aanlevering.register import Levering
from pipelines.fundament import seeds
from pipelines.fundament.maand import VORM
from pipelines.settings import Instellingen

SLEUTEL = "GGZ_PSEUDONIEM_SLEUTEL"
GENOEMD = 1000  # row numbers kept per rule; the count is of all


@dataclass
class Breuk:
    """A rule that rows break: how many, and the numbers of the first. ``keurt_af``: they are refused for it."""

    code: str
    regel: str
    kolom: str
    uitleg: str
    doen: str
    keurt_af: bool
    aantal: int = 0
    rijen: list[int] = field(default_factory=list)


@dataclass
class Verdict:
    """What the intake would say of a file. ``weigering``: code and reason for which the whole of it is refused.

    ``gestoord``: why it could not be looked at. ``naam``: what it was judged as, None where it was not read.
    """

    pad: str
    naam: namen.Naam | None = None
    weigeringen: list[tuple[str, str]] = field(default_factory=list)
    gestoord: str | None = None
    gelezen: int = 0
    afgekeurd: int = 0
    gemengde_decimalen: str | None = None
    breuken: dict[str, Breuk] = field(default_factory=dict)

    @property
    def goed(self) -> bool:
        return not (self.weigeringen or self.gestoord or self.afgekeurd)

    @property
    def oordeel(self) -> str:
        if self.gestoord:
            return "niet gecontroleerd"
        if self.weigeringen:
            return "geweigerd"
        return "rijen afgekeurd" if self.afgekeurd else "goed"


@dataclass(frozen=True)
class Bestand:
    """A file to check: where it is, and its path below landing as far as it says one."""

    pad: Path
    plaats: PurePosixPath


def bestanden(paden: Iterable[Path]) -> Iterator[Bestand]:
    """The files, and those in the folders; a folder that is laid out as landing says in which folder a file belongs."""
    for pad in paden:
        if not pad.is_dir():
            yield Bestand(pad, PurePosixPath(pad.name))
            continue
        gezien = landing.kijk(pad)
        for binnen in (*gezien.paden, *gezien.later):
            yield Bestand(pad / binnen, binnen if len(binnen.parts) == 4 else PurePosixPath(binnen.name))


def controleer(
    te_zien: Iterable[Bestand], bron: str | None = None, toon: Callable[[Verdict, pa.Table], None] = lambda *_: None
) -> list[Verdict]:
    """The verdict on each file, in their order. ``bron``: what a file holds whose name does not fit.

    ``toon`` is given every batch of judged rows as the intake would store them, of files that may yet be refused as a whole.
    """
    verdicten: list[Verdict] = []
    partij = Partij(lambda _: None)
    instellingen = Instellingen()
    with _eigen_sleutel():
        for bestand in te_zien:
            verdict = Verdict(namen.als_tekst(PurePosixPath(bestand.pad)))
            verdicten.append(verdict)
            try:
                verdict.naam = _naam(bestand, bron, verdict)
                _lees(instellingen, bestand.pad, verdict, partij, toon)
            except Geweigerd as fout:
                verdict.weigeringen.append((fout.code, fout.toelichting))
            except NietNu as fout:
                verdict.gestoord = str(fout)
            except OSError as fout:
                verdict.gestoord = os.strerror(fout.errno or 0)
        partij.keur()
    return verdicten


@contextmanager
def _eigen_sleutel() -> Iterator[None]:
    """A key for this check alone: its pseudonyms are shown nowhere, and are worth nothing afterwards."""
    eerder = os.environ.get(SLEUTEL)
    os.environ[SLEUTEL] = secrets.token_hex(32)
    try:
        yield
    finally:
        os.environ.pop(SLEUTEL)
        if eerder is not None:
            os.environ[SLEUTEL] = eerder


def _naam(bestand: Bestand, bron: str | None, verdict: Verdict) -> namen.Naam:
    """What the file is judged as; ``Geweigerd`` where its name says too little and nobody said more."""
    gevonden = namen.ontleed(bestand.pad.name)
    plaats = bestand.plaats
    if gevonden is not None and len(plaats.parts) == 1:
        plaats = PurePosixPath(contract.lees(gevonden.bron).map, gevonden.maand, gevonden.iza_regio, plaats.name)
    try:
        if bron is not None and gevonden is not None and gevonden.bron != bron:
            raise Geweigerd("B03", f"de bestandsnaam noemt {gevonden.bron} en niet {bron}; hernoem het bestand")
        gevonden = namen.keur(plaats)
    except Geweigerd as fout:
        if bron is None:
            raise
        verdict.weigeringen.append((fout.code, fout.toelichting))
        gevonden = _geraden(bestand.pad, bron)
    namen.keur_formaat(gevonden)
    return gevonden


def _geraden(pad: Path, bron: str) -> namen.Naam:
    """A name for a file of ``bron`` that has none: the month is that of its first row, of its name, or else this one."""
    grens = contract.lees(bron)
    laag = pad.name.lower()
    formaat = next((f for f in sorted(grens.formaten, key=len, reverse=True) if laag.endswith(f".{f}")), "")
    naam = namen.Naam(bron, "", grens.regio or namen.regios()[0], grens.leverancier or "0000", 1, formaat)
    in_naam = re.search(VORM, pad.name)
    maand = (formaat and _eerste_maand(pad, naam)) or (in_naam and in_naam[0]) or namen.deze_maand()
    return replace(naam, maand=maand, formaat=formaat or pad.name.partition(".")[2])


def _eerste_maand(pad: Path, naam: namen.Naam) -> str | None:
    grens = contract.lees(naam.bron)
    if not any(k.naam == "maand" for k in grens.kolommen):
        return None
    try:
        for deel in readers.open_tabel(pad, naam.formaat, grens).delen:
            maanden = [m for m in deel.column("maand").to_pylist() if m and re.fullmatch(VORM, m)]
            if maanden:
                return maanden[0]
    except Exception:  # what is wrong with it the reading itself says
        return None
    return None


def _lees(
    instellingen: Instellingen, pad: Path, verdict: Verdict, partij: Partij, toon: Callable[[Verdict, pa.Table], None]
) -> None:
    bezien = _Bezien(verdict, toon)
    try:
        for deel in leesproces.lees(instellingen, pad, verdict.naam):
            partij.voeg_toe(bezien, deel)
    except BaseException:
        partij.schrap(bezien)
        raise
    bezien.compleet = True


class _Bezien(Bewaring):
    """Judged rows on their way to a verdict instead of to the store."""

    def __init__(self, verdict: Verdict, toon: Callable[[Verdict, pa.Table], None]):
        naam = verdict.naam
        # a message is told from a table by its name
        bestand = f"{naam.bron}.{naam.formaat}"
        super().__init__(Levering(bestand, "", bestand, bron=naam.bron, maand=naam.maand), Path(bestand))
        self._verdict, self._toon = verdict, toon

    def schrijf(self, gekeurd: pa.Table) -> None:
        verdict, grens = self._verdict, contract.lees(self._verdict.naam.bron)
        verdict.gelezen += gekeurd.num_rows
        verdict.afgekeurd += gekeurd.num_rows - gekeurd.column("codes").null_count
        for nummer, regels, controle in _gebroken(gekeurd):
            for regel in regels or ():
                self._tel(regel, nummer, partial(_van_regel, grens, regel))
            for regel in (controle or "").split(",") if controle else ():
                self._tel(regel, nummer, partial(_van_controle, regel))
        for w in grens.wissen:
            for nummer in gekeurd.filter(gekeurd.column(w.merk)).column("rijnummer").to_pylist():
                self._tel(w.merk, nummer, partial(_van_wissen, w))
        self._toon(verdict, gekeurd)

    def _tel(self, regel: str, nummer: int, maak: Callable[[], Breuk]) -> None:
        breuk = self._verdict.breuken.get(regel)
        if breuk is None:
            breuk = self._verdict.breuken[regel] = maak()
        breuk.aantal += 1
        if len(breuk.rijen) < GENOEMD:
            breuk.rijen.append(nummer)

    def rond_af(self) -> Levering:
        klaar = self.geteld()
        self._verdict.gemengde_decimalen = klaar.gemengde_decimalen
        return klaar

    def ruim_op(self) -> None:
        """The whole file is refused: of its rows nothing is said."""
        self._verdict.gelezen = self._verdict.afgekeurd = 0
        self._verdict.breuken.clear()


def _gebroken(gekeurd: pa.Table) -> Iterator[tuple]:
    deel = gekeurd.select(["rijnummer", "regels", "controleregels"])
    deel = deel.filter(pc.or_(deel.column("regels").is_valid(), deel.column("controleregels").is_valid()))
    return zip(*(deel.column(k).to_pylist() for k in deel.column_names), strict=True)


def _van_regel(grens: contract.Contract, naam: str) -> Breuk:
    regel = next(r for r in grens.regels if r.naam == naam)
    return Breuk(regel.code, naam, regel.kolom, regel.uitleg, _doen(regel.code), True)


def _van_wissen(w: contract.Wissing) -> Breuk:
    """A value that is erased, and that the row is not refused for."""
    return Breuk(w.code, w.merk, w.kolom, w.uitleg, _doen(w.code), False)


def _van_controle(naam: str) -> Breuk:
    """A control rule of the 573 message (``gds801_oordeel``)."""
    regel = gds801_regels.oordelen()[naam]
    keurt_af = regel["oordeel"] == "geweigerd"
    return Breuk(
        regel["code"] if keurt_af else naam, naam, "", regel["inhoud"], _doen(regel["code"]) or regel["reden"], keurt_af
    )


def _doen(code: str) -> str:
    return next((rij["actie"] for rij in seeds.lees("kwaliteit_code") if rij["code"] == code), "")
