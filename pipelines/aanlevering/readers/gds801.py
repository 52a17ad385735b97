"""Reader of berichtcode 573 (GDS801, XML): a message as a stream -> batches of rows of spec 1.2.

Belongs here: spec 1.6, which element becomes which column. Does not belong here: how
XML is walked (`gds801_xml`), element names (the mapping file), when a control rule is broken (`gds801_regels`), and what a row
must hold (the contract).

No error text holds anything that a message says, for it may be a BSN.
"""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from pipelines.aanlevering.cellen import Tabel
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.pseudoniem import BSN_TEKENS, Pseudonimiseerder, lijkt_op_bsn
from pipelines.aanlevering.readers import gds801_regels as regels
from pipelines.aanlevering.readers.gds801_mapping import Mapping, mappings
from pipelines.aanlevering.readers.gds801_xml import DUBBEL, Lezing, onleesbaar
from pipelines.contract import Contract

STUK_BYTES = 1 << 16
"""Bytes given to the parser at a time."""

NUMMERS = ("zorgtrajectnummer", "bedrag")
"""Fields that may well hold nine digits of their own, and that a row cannot do without."""

PRESTATIE_BYTES_MAX = 1 << 20
"""Longest Prestatie, in bytes; a real one is some 2 kB."""

BATCH_BYTES_MAX = 16 << 20
"""Bytes of a message that become one batch at most, however few rows they hold."""

KOP_TEKENS_MAX = 200
"""Longest field of Header and DeclaratieContext, for every row repeats some of them."""

CREDIT_VENSTER = 50_000
"""Prestaties back over which VC102 (a credit of a debet in the same message) is at least seen; bounds the memory it takes."""

GEEN_BSN, GEEN_DATUM = "(geen geldig BSN)", "(geen datum)"
"""What stands in a row for a BSN or Geboortedatum of a wrong form: the value itself gets no further than here."""


def open_tabel(pad: Path, contract: Contract) -> Tabel:
    """The message at ``pad`` as text cells; a message has every column of the contract, filled or not."""
    return Tabel([kolom.kop for kolom in contract.kolommen], lees(pad, contract))


def lees(
    bestand: Path | BinaryIO,
    contract: Contract,
    *,
    pseudonimiseerder: Pseudonimiseerder | None = None,
    rijen_per_batch: int = 20_000,
) -> Iterator[pa.RecordBatch]:
    """Rows of a message, in its order; text columns of ``contract`` as delivered, empty = null.

    ``bestand``: a path (``.gz`` is unpacked) or an open binary file of XML. Beside the contract's columns a batch has
    ``rijnummer`` (from 1), ``_vormfout`` (null: a message has no cells of a wrong kind), ``_codes`` (why the row is refused:
    the code of spec 1.7 and the VC rule) and ``_signalen`` (VC rules it breaks and lives with). What is found on the whole
    message stands with its first row (VC001, VC098, VC171) or its last (VC016). The key is asked for at the first BSN.

    Raises `Geweigerd`: B01 for anything that is not a readable 573 message of a known version, B04 when there is nothing.
    """
    kolommen = [kolom.naam for kolom in contract.kolommen]
    bericht = _Bericht(pseudonimiseerder)
    rijen, begin = bericht.rijen, 0
    with _open(bestand) as stroom:
        for gelezen in bericht.lees(stroom):
            if len(rijen) > rijen_per_batch or (rijen and gelezen - begin > BATCH_BYTES_MAX):
                yield _batch(rijen[:-1], kolommen)  # the last row waits: it may be the last of the message
                del rijen[:-1]
                begin = gelezen
    if rijen:
        yield _batch(rijen, kolommen)


def _open(bestand: Path | BinaryIO):
    if not isinstance(bestand, Path):
        return nullcontext(bestand)
    if bestand.stat().st_size == 0:
        raise _niets()
    return gzip.open(bestand) if bestand.suffix == ".gz" else bestand.open("rb")


def _batch(rijen: list[dict], kolommen: list[str]) -> pa.RecordBatch:
    velden = [(naam, pa.string()) for naam in kolommen] + [
        ("rijnummer", pa.int64()),
        ("_vormfout", pa.list_(pa.string())),
        ("_codes", pa.list_(pa.string())),
        ("_signalen", pa.list_(pa.string())),
    ]
    return pa.RecordBatch.from_arrays(
        [pa.array([rij.get(naam) for rij in rijen], soort) for naam, soort in velden], schema=pa.schema(velden)
    )


def _niets() -> Geweigerd:
    return Geweigerd("B04", "Het bestand is leeg. Lever het bericht opnieuw aan.")


class _Bericht:
    """Filled classes -> rows, and what of the message must be remembered for them."""

    def __init__(self, pseudonimiseerder: Pseudonimiseerder | None) -> None:
        self.rijen: list[dict] = []
        self._pseudonimiseerder = pseudonimiseerder
        self._mapping: Mapping = mappings()[min(mappings())]  # until the Header says which
        self._lezing = Lezing(self._mapping, self._begin, self._eind)
        self._gelezen: dict[str, dict] = {}
        self._kop: regels.Kop | None = None
        self._verzekerde: dict | None = None
        self._persoon: dict | None = None  # what every row of the Verzekerde has
        self._persoon_velden = 0
        self._bsn: str | None = None  # what the Verzekerde has for one
        self._prestatie_begin: int | None = None
        self._prestatie_rijen = 0
        self._rijnummer = 0
        self._som_centen = 0
        self._referenties: set[int] = set()
        self._eerdere_referenties: set[int] = set()

    def lees(self, stroom: BinaryIO) -> Iterator[int]:
        """Read the message, adding to ``rijen``; gives the bytes read so far after every piece."""
        gelezen = 0
        for stuk in _stukken(stroom):
            if not gelezen and not stuk.strip(_WIT):
                continue
            gelezen += len(stuk)
            self._lezing.voer(stuk)
            self._begrens_prestatie()
            yield gelezen
        if not gelezen:
            raise _niets()
        self._lezing.voer(b"", slot=True)
        self._vereis_kop()
        self._vereis_prestaties()
        if self.rijen:
            self._beoordeel(self.rijen[-1], regels.van_totaal(self._gelezen.get("overzicht", {}), self._som_centen))

    def _begin(self, klasse: str, waarden: dict) -> None:
        if klasse == "prestatie":
            self._prestatie_begin, self._prestatie_rijen = self._lezing.positie, 0
            if self._persoon is None:
                self._persoon = self._naar_persoon(self._verzekerde)
        elif klasse == "verzekerde":
            self._vereis_kop()
            self._verzekerde, self._persoon = waarden, None

    def _eind(self, klasse: str, waarden: dict) -> None:
        if klasse == "debet":
            self._debet(self._rij(), waarden)
        elif klasse == "credit":
            self._credit(self._rij(), waarden)
        elif klasse == "prestatie":
            self._begrens_prestatie()
            self._prestatie_begin = None
            if not self._prestatie_rijen:
                self._rij()  # neither debet nor credit: a row without anything, for nothing is dropped in silence
        elif klasse == "verzekerde":
            if DUBBEL in waarden or (self._persoon and self._persoon_velden != len(waarden)):
                raise onleesbaar(
                    f"In een Verzekerde staan persoonsgegevens twee keer, of na een Prestatie (regel {self._lezing.regel})."
                )
        else:
            self._lees_onderdeel(klasse, waarden)

    def _lees_onderdeel(self, klasse: str, waarden: dict) -> None:
        if klasse in self._gelezen or (self._kop and klasse != "overzicht"):
            raise onleesbaar(
                "Header, DeclaratieContext en Overzicht horen één keer voor te komen, en de eerste twee vóór de Verzekerden "
                f"(regel {self._lezing.regel})."
            )
        self._gelezen[klasse] = waarden
        if klasse == "kop":
            self._mapping = _versie(waarden)
            self._lezing.gebruik(self._mapping)

    def _vereis_kop(self) -> None:
        """All that goes before the first Verzekerde has been read: settle what holds for every row."""
        if self._kop:
            return
        if "kop" not in self._gelezen:
            raise onleesbaar("De Header ontbreekt, of staat niet vóór de Verzekerden.")
        header, context, codes = self._gelezen["kop"], self._gelezen.get("context", {}), self._mapping.codes
        if any(len(waarde) > KOP_TEKENS_MAX for waarde in (*header.values(), *context.values())):
            raise onleesbaar(f"Een veld in Header of DeclaratieContext is langer dan {KOP_TEKENS_MAX} tekens.")
        ontvanger = header.get("ontvanger")
        dji = ontvanger == codes["ontvanger_dji"]
        zorgkantoor = header.get("ontvanger_rol", "").lstrip("0") == codes["rol_zorgkantoor"]
        self._kop = regels.Kop(
            productie=header.get("berichtsoort") == codes["productie"],
            dji=dji,
            verblijf=ontvanger == codes["ontvanger_verblijf"],
            wet="Wfz" if dji else "Wlz" if zorgkantoor else "Zvw",
            agb_onderneming=context.get("declarant"),
            agb_vestiging=context.get("zorgaanbieder") or context.get("declarant"),
        )

    def _vereis_prestaties(self) -> None:
        """A message without any is a nulmelding, but not where there is something in it that we could not read."""
        if not self._rijnummer and (self._verzekerde is not None or self._lezing.onbekend):
            raise onleesbaar(
                "Het bericht heeft geen enkele Prestatie, maar is ook niet leeg: er staan Verzekerden zonder Prestatie in, of "
                "onderdelen met een naam of naamruimte die de lezer niet kent. Controleer de namen en de naamruimten (xmlns)."
            )

    def _begrens_prestatie(self) -> None:
        if self._prestatie_begin is not None and self._lezing.positie - self._prestatie_begin > PRESTATIE_BYTES_MAX:
            raise onleesbaar(
                f"Een Prestatie is langer dan {PRESTATIE_BYTES_MAX >> 20} MB (regel {self._lezing.regel})."
            )

    def _naar_persoon(self, waarden: dict) -> dict:
        bsn, geboortedatum = waarden.get("bsn"), waarden.get("geboortedatum")
        self._bsn, self._persoon_velden = bsn, len(waarden)
        pseudoniem = self._sleutel().van_bsn(bsn) if bsn else None
        geboren = regels.is_dag(geboortedatum)
        return {
            "patient_pseudoniem": pseudoniem or (GEEN_BSN if bsn else None),
            "geboortejaar": geboortedatum[:4] if geboren else GEEN_DATUM if geboortedatum else None,
        }

    def _rij(self) -> dict:
        self._rijnummer += 1
        self._prestatie_rijen += 1
        rij = {"rijnummer": self._rijnummer, **self._persoon}
        self.rijen.append(rij)
        if self._rijnummer == 1:
            self._beoordeel(rij, regels.van_bericht(self._kop, self._gelezen.get("context", {}), self._mapping))
        return rij

    def _debet(self, rij: dict, waarden: dict) -> None:
        codes, kop, privacy = self._mapping.codes, self._kop, waarden.get("privacy")
        rij.update(
            declaratie_id=waarden.get("declaratie_id"),
            debet_credit="D",
            agb_onderneming=kop.agb_onderneming,
            agb_vestiging=kop.agb_vestiging,
            wet=kop.wet,
            zorgtrajectnummer=waarden.get("zorgtrajectnummer"),
            prestatiecode=waarden.get("prestatiecode"),
            begindatum=waarden.get("begindatum"),
            bedrag=waarden.get("bedrag"),
            zorgvraagtype=_van_lijst(waarden.get("diagnosen", ()), codes["zorgvraagtype"]),
            zorglabel=_van_lijst(waarden.get("kenmerken", ()), codes["zorglabel"]),
            privacyverklaring=self._mapping.waarden["privacy"].get(privacy, privacy),
            verwijzing_type=waarden.get("verwijzing_type"),
            verwijsdatum=waarden.get("verwijsdatum"),
        )
        self._zonder_bsn(rij)
        self._som_centen += regels.centen(waarden.get("bedrag")) or 0
        gebroken = regels.van_verzekerde(self._verzekerde, kop) + regels.van_debet(waarden, kop, self._mapping)
        self._beoordeel(rij, gebroken + self._heft_op("debet", "credit", waarden.get("declaratie_id")))

    def _credit(self, rij: dict, waarden: dict) -> None:
        gerelateerd = waarden.get("gerelateerd_declaratie_id")
        rij.update(
            declaratie_id=waarden.get("declaratie_id"),
            debet_credit="C",
            gerelateerd_declaratie_id=gerelateerd,
            agb_onderneming=self._kop.agb_onderneming,
            agb_vestiging=self._kop.agb_vestiging,
            wet=self._kop.wet,
            begindatum=waarden.get("begindatum"),
        )
        self._zonder_bsn(rij)
        self._som_centen -= regels.centen(waarden.get("bedrag")) or 0
        self._beoordeel(rij, regels.van_credit(waarden, self._mapping) + self._heft_op("credit", "debet", gerelateerd))

    def _sleutel(self) -> Pseudonimiseerder:
        self._pseudonimiseerder = self._pseudonimiseerder or Pseudonimiseerder.uit_instellingen()
        return self._pseudonimiseerder

    def _zonder_bsn(self, rij: dict) -> None:
        """A field may be made of a BSN: there too it is replaced, the same in every message.

        The BSN of the Verzekerde is known, wherever it stands. Of someone else's only the form is known. A reference is always
        treated alike, so that a credit finds its debet whoever it stands with; ``NUMMERS`` stay while they can: a zorgtraject
        ties the rows of this message to those of a csv.
        """
        bekend = rij["patient_pseudoniem"] not in (None, GEEN_BSN)
        eigen = self._bsn if self._bsn and len(self._bsn) >= BSN_TEKENS else None
        for naam, tekst in rij.items():
            if naam == "patient_pseudoniem" or not isinstance(tekst, str) or len(tekst) < BSN_TEKENS:
                continue
            if lijkt_op_bsn(tekst) and not (bekend and naam in NUMMERS):
                rij[naam] = self._sleutel().zonder_bsn(tekst)
            if eigen and eigen in rij[naam]:
                rij[naam] = rij[naam].replace(eigen, self._sleutel().vervanging(eigen))

    def _heft_op(self, soort: str, tegenhanger: str, referentie: str | None) -> list[str]:
        """VC102, seen from whichever of the two comes last; hashes, for a reference may be as long as it likes."""
        if referentie is None:
            return []
        if len(self._referenties) >= CREDIT_VENSTER:
            self._eerdere_referenties, self._referenties = self._referenties, set()
        self._referenties.add(hash((soort, referentie)))
        gezocht = hash((tegenhanger, referentie))
        return ["VC102"] if gezocht in self._referenties or gezocht in self._eerdere_referenties else []

    def _beoordeel(self, rij: dict, gebroken: list[str]) -> None:
        """Give a row the codes of the rules it breaks, as ``seeds/gds801_oordeel.csv`` judges them."""
        for vc in gebroken:
            regel = regels.oordelen()[vc]
            if regel["oordeel"] == "geweigerd":
                rij["_codes"] = sorted({*(rij.get("_codes") or ()), regel["code"], vc})
            else:
                rij["_signalen"] = [*(rij.get("_signalen") or ()), vc]


_WIT = b"\xef\xbb\xbf \t\r\n"


def _stukken(stroom: BinaryIO) -> Iterator[bytes]:
    try:
        while stuk := stroom.read(STUK_BYTES):
            yield stuk
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise onleesbaar(
            "Het gz-bestand is beschadigd of afgebroken. Pak het bericht opnieuw in en lever het aan."
        ) from None


def _versie(header: dict) -> Mapping:
    """The mapping of the message's version; a message that says none is of the first."""
    eerste = min(mappings())
    if header.get("berichtcode") != mappings()[eerste].berichtcode:
        raise onleesbaar("De Berichtcode in de Header is niet 573. Alleen declaratieberichten worden gelezen.")
    delen = (header.get("berichtversie", str(eerste[0])), header.get("berichtsubversie", str(eerste[1])))
    if not all(deel.isascii() and deel.isdigit() and len(deel) <= 3 for deel in delen):
        raise onleesbaar("Berichtversie en Berichtsubversie in de Header zijn geen gehele getallen.")
    versie = tuple(int(deel) for deel in delen)
    if versie not in mappings():
        bekend = ", ".join(f"{hoofd}.{sub}" for hoofd, sub in sorted(mappings()))
        raise onleesbaar(
            f"Het bericht heeft versie {versie[0]}.{versie[1]}; gelezen worden: {bekend}. Lever het bericht in zo'n versie aan, "
            "of laat de beheerder een mapping voor deze versie toevoegen (docs/gds801.md)."
        )
    return mappings()[versie]


def _van_lijst(codes: list[dict], lijst: str) -> str | None:
    return next((code.get("code") for code in codes if code.get("codelijst") == lijst), None)
