"""Taking in: from files in the landing area to judged rows in the store and a line in the register.

A delivery becomes one parquet file in the store, written beside and renamed, and then its line in the register: a run that is
killed in between finds the file without its line and does it again.
"""

import hashlib
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from pipelines import contract
from pipelines.aanlevering import cellen, pseudoniem, readers
from pipelines.aanlevering import naam as namen
from pipelines.aanlevering.cellen import Tabel
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.keuring import CODELIJSTEN, Keuring
from pipelines.aanlevering.register import Levering, Register
from pipelines.contract import Contract
from pipelines.settings import PROJECT, Instellingen

BRONNEN = ("declaraties", "hic_monitor", "wachtlijst", "bedden", "wachttijden_open")


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
    _eis_een_sleutel(instellingen, paden, gekozen_paden)
    return _verwerk(instellingen, gekozen_paden, voortgang)


def verdwaald(instellingen: Instellingen) -> Inname:
    """Registers (B03) the files that belong to no partition: an unknown name, folder or region."""
    return _verwerk(instellingen, [p for p in namen.bestanden(instellingen.landing) if not _thuis(p)], lambda _: None)


def _thuis(pad: PurePosixPath) -> bool:
    """Whether the path lies in the folder of a partition that exists; what its name says may still be wrong."""
    if len(pad.parts) != 4 or pad.parts[0] not in BRONNEN or not namen.is_maand(pad.parts[1]):
        return False
    regio = contract.lees(pad.parts[0]).regio
    return pad.parts[2] == regio if regio else pad.parts[2] in _regios()


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
                _lees(instellingen.landing / pad, naam, levering, opslagpad(instellingen, levering), partij)
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
    sha = bekend.sha256(instellingen.landing / pad, str(pad))
    naam = namen.ontleed(pad.name)
    levering = Levering(pad.name, sha, str(pad), moment=datetime.now(UTC).isoformat(timespec="seconds"))
    if naam is not None:
        levering = replace(
            levering,
            bron=naam.bron,
            maand=naam.maand,
            iza_regio=naam.iza_regio,
            leverancier=naam.leverancier,
            versie=naam.versie,
            regels=_regels(naam),
        )
    eerder = bekend.per_bestand.get((pad.name, sha))
    if eerder is None:
        return levering
    # judged anew under other rules it is still as old as it was
    stil = eerder.pad == levering.pad or eerder.code is None
    return None if stil and geldt_nog(instellingen, eerder) else replace(levering, moment=eerder.moment)


def _toegelaten(pad: PurePosixPath, levering: Levering, bekend: _Bekend) -> namen.Naam:
    """The name of a delivery that may be read; ``Geweigerd`` B03, B05 or B01 before a byte of it is looked at."""
    naam = namen.keur(pad, _regios())
    ingenomen = bekend.ingenomen.get(_versie(levering))
    if ingenomen is not None and (ingenomen.bestand, ingenomen.sha256) != (levering.bestand, levering.sha256):
        raise Geweigerd(
            "B05",
            f"versie v{naam.versie:02d} is al ingenomen met andere inhoud ({ingenomen.bestand}); "
            "lever de wijziging aan onder een hoger versienummer",
        )
    namen.keur_formaat(naam)
    return naam


def geldt_nog(instellingen: Instellingen, levering: Levering) -> bool:
    """Whether a registered verdict still stands: the same rules and key, and its rows still stored.

    Rows that were read with a key stand as long as there is none: without it they could only be lost.
    """
    naam = namen.ontleed(levering.bestand)
    nu = _regels(naam) if naam else None
    if levering.code is not None:
        return levering.regels == nu
    zonder_sleutel = _sleutel(nu) == "" and _sleutel(levering.regels) != ""
    return (levering.regels == nu or zonder_sleutel) and opslagpad(instellingen, levering).exists()


def _eis_een_sleutel(instellingen: Instellingen, paden: list[PurePosixPath], gekozen: list[PurePosixPath]) -> None:
    """``AndereSleutel`` where deliveries of ``paden`` that are not ``gekozen`` were read with another key than that of now."""
    blijven = {str(pad) for pad in set(paden) - set(gekozen)}
    if not blijven:
        return
    try:
        nu = pseudoniem.Pseudonimiseerder.uit_instellingen().versie
    except pseudoniem.SleutelOntbreekt:
        return
    with Register(instellingen.register) as register:
        anders = [
            lev
            for lev in register.leveringen()
            if lev.code is None and _sleutel(lev.regels) not in ("", nu) and lev.pad in blijven
        ]
    if anders:
        raise pseudoniem.AndereSleutel(len(anders), anders[0].pad)


def opslagpad(instellingen: Instellingen, levering: Levering) -> Path:
    """Where the rows of a delivery are stored."""
    return instellingen.opslag / levering.bron / levering.maand / levering.iza_regio / f"{levering.bestand}.parquet"


def _lees(bestand: Path, naam: namen.Naam, levering: Levering, doel: Path, partij: "Partij") -> None:
    """Reads the file into ``partij``; ``Geweigerd`` B01, B04, B02 or B03 leaves nothing of it there."""
    grens = contract.lees(naam.bron)
    with _zonder_inhoud():
        tabel = readers.open_tabel(bestand, naam.formaat, grens)
    ontbreekt = [k for k in grens.verplichte_koppen if k not in tabel.koppen]
    bewaring, andere_maand = _Bewaring(levering, doel), None
    partij.voeg_toe(bewaring, pa.RecordBatch.from_pylist([], schema=cellen.schema(grens)))
    try:
        for deel in map(_zonder_bsn(grens), _gelezen(tabel)):
            if not ontbreekt and not andere_maand:  # and else read on: an unreadable file (B01) goes before these
                andere_maand = _andere_maand(deel, grens, naam.maand)
                partij.voeg_toe(bewaring, deel)
        if ontbreekt:
            raise Geweigerd(
                "B02", f"verplichte kolom ontbreekt: {', '.join(ontbreekt)}; kolomnamen zijn hoofdlettergevoelig"
            )
        if andere_maand:
            raise Geweigerd(
                "B03", f"rij {andere_maand} gaat over een andere maand dan {naam.maand} uit de bestandsnaam"
            )
    except BaseException:
        partij.schrap(bewaring)
        raise
    bewaring.compleet = True


@contextmanager
def _zonder_inhoud() -> Iterator[None]:
    """A reader that breaks refuses its file, and says where: the message of its error may quote a cell, and so a BSN."""
    try:
        yield
    except (Geweigerd, MemoryError):
        raise
    except Exception as fout:
        plaats = traceback.extract_tb(fout.__traceback__)[-1]
        soort = f"{type(fout).__name__} in {Path(plaats.filename).name}, regel {plaats.lineno}"
        raise Geweigerd(
            "B01", f"het bestand is niet te lezen ({soort}); maak het opnieuw en lever het opnieuw aan"
        ) from None


def _gelezen(tabel: Tabel) -> Iterator[pa.RecordBatch]:
    with _zonder_inhoud():
        yield from tabel.delen


class _Bewaring:
    """The rows of one delivery on their way to the store: written beside, and renamed when complete."""

    def __init__(self, levering: Levering, doel: Path):
        self.levering, self.doel, self.naast = levering, doel, doel.with_suffix(".deel")
        self.compleet, self.gelezen, self.met_code = False, 0, 0
        self._schrijver: pq.ParquetWriter | None = None

    def schrijf(self, gekeurd: pa.Table) -> None:
        if self._schrijver is None:
            self.doel.parent.mkdir(parents=True, exist_ok=True)
            self._schrijver = pq.ParquetWriter(self.naast, gekeurd.schema, compression="zstd")
        if gekeurd.num_rows:
            self._schrijver.write_table(gekeurd)
        self.gelezen += gekeurd.num_rows
        self.met_code += gekeurd.num_rows - gekeurd.column("codes").null_count

    def rond_af(self) -> Levering:
        self._schrijver.close()
        self.naast.rename(self.doel)
        return replace(self.levering, rijen_gelezen=self.gelezen, rijen_met_code=self.met_code)

    def ruim_op(self) -> None:
        if self._schrijver is not None:
            self._schrijver.close()
        self.naast.unlink(missing_ok=True)


class Partij:
    """Rows of several deliveries of one bron that are judged together: planning the statement costs more than a small file.

    ``klaar`` is called with each delivery whose rows are all in the store.
    """

    RIJEN, DELEN, BYTES = 250_000, 256, 16 << 20

    def __init__(self, klaar: Callable[[Levering], None]):
        self._klaar = klaar
        self._delen: list[tuple[_Bewaring, pa.RecordBatch]] = []
        self._rijen = self._bytes = 0

    def voeg_toe(self, bewaring: _Bewaring, deel: pa.RecordBatch) -> None:
        omvang = deel.nbytes
        vol = (
            len(self._delen) >= self.DELEN
            or self._rijen + deel.num_rows > self.RIJEN
            or self._bytes + omvang > self.BYTES
        )
        if vol or (self._delen and self._delen[0][0].levering.bron != bewaring.levering.bron):
            self.keur()
        self._delen.append((bewaring, deel))
        self._rijen += deel.num_rows
        self._bytes += omvang

    def schrap(self, bewaring: _Bewaring) -> None:
        self._delen = [(b, d) for b, d in self._delen if b is not bewaring]
        bewaring.ruim_op()

    def keur(self) -> None:
        """Judges and stores all rows so far, and hands over the deliveries that are complete."""
        if not self._delen:
            return
        grens = contract.lees(self._delen[0][0].levering.bron)
        bewaringen = list(dict.fromkeys(b for b, _ in self._delen))
        tabellen = [
            pa.concat_tables(
                [pa.Table.from_batches([d]) for b, d in self._delen if b is bewaring], promote_options="default"
            )
            for bewaring in bewaringen
        ]
        gekeurd = Keuring(grens).keur(
            _verbinding(),
            [(b.levering.bestand, _maandeind(b.levering.maand), t) for b, t in zip(bewaringen, tabellen, strict=True)],
        )
        self._delen, self._rijen, self._bytes, vanaf = [], 0, 0, 0
        for bewaring, tabel in zip(bewaringen, tabellen, strict=True):
            bewaring.schrijf(gekeurd.slice(vanaf, tabel.num_rows))
            vanaf += tabel.num_rows
            if bewaring.compleet:
                self._klaar(bewaring.rond_af())


def _zonder_bsn(grens: Contract) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """Turns the BSNs of a column where they may stand into pseudonyms, before anything else sees them."""
    kolommen = [k.naam for k in grens.kolommen if k.bsn_toegestaan]

    def _vervang(deel: pa.RecordBatch) -> pa.RecordBatch:
        for naam in kolommen:
            pseudoniemen, fout = pseudoniem.pseudonimiseer(deel.column(naam))
            pseudoniemen = pc.if_else(fout, pa.scalar("(geen BSN en geen pseudoniem)"), pseudoniemen)
            deel = deel.set_column(deel.schema.get_field_index(naam), naam, pseudoniemen)
        return deel

    return _vervang


def _andere_maand(deel: pa.RecordBatch, grens: Contract, maand: str) -> int | None:
    """Number of the first row with a well-formed maand other than that of the name."""
    if "maand" not in deel.schema.names:
        return None
    kolom = deel.column("maand")
    vorm = pc.match_substring_regex(kolom, r"^[0-9]{4}-(0[1-9]|1[0-2])$")
    anders = deel.filter(pc.fill_null(pc.and_(vorm, pc.not_equal(kolom, maand)), False))
    anders = [
        n
        for n, fout in zip(anders.column("rijnummer").to_pylist(), anders.column("_vormfout").to_pylist(), strict=True)
        if "maand" not in (fout or [])
    ]
    return anders[0] if anders else None


def _maandeind(maand: str) -> date:
    jaar, nummer = int(maand[:4]), int(maand[5:])
    return (date(jaar + nummer // 12, nummer % 12 + 1, 1)) - timedelta(days=1)


_verbinding = cache(Keuring.verbinding)


@cache
def _regios() -> frozenset[str]:
    return frozenset(pa_csv.read_csv(PROJECT / "seeds" / "iza_regio.csv").column("iza_regio").to_pylist())


def _regels(naam: namen.Naam) -> str:
    """What judged a delivery: the rules, and the key of the pseudonyms where it may hold BSNs."""
    bsn = naam.formaat.startswith("xml") or any(k.bsn_toegestaan for k in contract.lees(naam.bron).kolommen)
    if not bsn:
        return regelhash(naam.bron)
    try:
        return f"{regelhash(naam.bron)}{_SLEUTEL}{pseudoniem.Pseudonimiseerder.uit_instellingen().versie}"
    except pseudoniem.SleutelOntbreekt:
        return f"{regelhash(naam.bron)} zonder sleutel"


_SLEUTEL = " sleutel "


def _sleutel(regels: str | None) -> str:
    """Version of the key in what judged a delivery; empty where it was read without one."""
    hash_, _, versie = (regels or "").partition(_SLEUTEL)
    return versie


@cache
def regelhash(bron: str) -> str:
    """Hash of all that judges a row of ``bron``: its contract, its suite, the code lists, and the code that applies them."""
    som = hashlib.sha256()
    seeds = [PROJECT / "seeds" / f"{t}.csv" for t in (*CODELIJSTEN, "iza_regio", "gds801_oordeel")]
    deur = Path(__file__).parent
    lezers = sorted(p for p in (deur / "readers").iterdir() if p.suffix in (".py", ".yaml"))
    code = [
        *(deur / f"{m}.py" for m in ("naam", "cellen", "keuring", "pseudoniem", "inname")),
        *lezers,
        Path(contract.__file__),
    ]
    for pad in [contract.MAP / f"{bron}.yaml", contract.VERWACHTINGEN / f"{bron}.yaml", *seeds, *code]:
        som.update(pad.read_bytes())
    return som.hexdigest()
