"""Reader of berichtcode 573 (GDS801, XML): a message as a stream -> batches of rows of spec 1.2.

Belongs here: walking the message in constant memory, and spec 1.6: which element becomes which column. Does not belong here:
element names (the mapping file), when a control rule is broken (`gds801_regels`), and what a row must hold (the contract).

The message is the enemy until shown otherwise: no DTD, no entities, no network, and no piece of it is held longer than one
Verzekerde up to its current Prestatie. No error text holds anything that the message says: libxml2 quotes content in its
messages, so only its kind of error and the line are passed on.
"""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from lxml import etree

from pipelines.aanlevering.cellen import Tabel
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.pseudoniem import Pseudonimiseerder
from pipelines.aanlevering.readers import gds801_regels as regels
from pipelines.aanlevering.readers.gds801_mapping import Knoop, Mapping, mappings
from pipelines.contract import Contract

STUK_BYTES = 1 << 16
"""Bytes given to the parser at a time."""

ONVERWERKT_BYTES_MAX = 4 << 20
"""Bytes of a message in which no known element ends. A Prestatie is some 2 kB; more than this is not a 573 message."""

BATCH_BYTES_MAX = 64 << 20
"""Bytes of a message that become one batch at most, however few rows they hold."""

CREDIT_VENSTER = 100_000
"""Prestaties back over which VC102 (a credit of a debet in the same message) is seen; bounds the memory it takes."""

GEEN_BSN, GEEN_DATUM = "(geen geldig BSN)", "(geen datum)"
"""What stands in a row for a BSN or Geboortedatum of a wrong form: the value itself gets no further than here."""

VERPLICHT_CREDIT = ("declaratie_id", "gerelateerd_declaratie_id", "begindatum")
"""All that a C row from a 573 message needs; the rest it takes from its D row (spec 1.6)."""


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
    rijen: list[dict] = []
    begin = 0
    with _open(bestand) as stroom:
        for rij in bericht.rijen(stroom):
            if len(rijen) >= rijen_per_batch or bericht.bytes_gelezen - begin > BATCH_BYTES_MAX:
                yield _batch(rijen, kolommen)
                rijen, begin = [], bericht.bytes_gelezen
            rijen.append(rij)
    if rijen:
        bericht.sluit(rijen[-1])
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


def _onleesbaar(toelichting: str) -> Geweigerd:
    return Geweigerd("B01", toelichting)


def _niets() -> Geweigerd:
    return Geweigerd("B04", "Het bestand is leeg. Lever het bericht opnieuw aan.")


class _Bericht:
    """One message while it is read: where we are in it, and what of it must be remembered."""

    def __init__(self, pseudonimiseerder: Pseudonimiseerder | None) -> None:
        self.bytes_gelezen = 0
        self._pseudonimiseerder = pseudonimiseerder
        self._mapping: Mapping = mappings()[min(mappings())]  # until the Header says which
        self._wortel: etree._Element | None = None
        self._klasse_van_tag: dict[str, str] = {}
        self._bomen: dict[str, dict[str, Knoop]] = {}
        self._gelezen: dict[str, dict] = {}
        self._kop: regels.Kop | None = None
        self._verzekerde: etree._Element | None = None
        self._persoon: dict = {}
        self._rijnummer = 0
        self._som_centen = 0
        self._referenties: dict[int, None] = {}

    def rijen(self, stroom: BinaryIO) -> Iterator[dict]:
        """Every prestatie of the message as a row; `Geweigerd` for what cannot be read."""
        parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=["{*}Bericht", *(f"{{*}}{self._mapping.paden[klasse]}" for klasse in _KLASSEN)],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        gebeurtenissen = parser.read_events()
        verwerkt = 0
        for stuk in _stukken(stroom):
            if not self.bytes_gelezen and not stuk.strip(_WIT):
                continue
            self.bytes_gelezen += len(stuk)
            _voer(parser.feed, stuk)
            for gebeurtenis, element in gebeurtenissen:
                if gebeurtenis == "start":
                    self._begin(element)
                elif klasse := self._klasse_van_tag.get(element.tag):
                    verwerkt = self.bytes_gelezen
                    yield from self._eind(klasse, element)
            if self.bytes_gelezen - verwerkt > ONVERWERKT_BYTES_MAX:
                raise _onleesbaar(
                    f"In meer dan {ONVERWERKT_BYTES_MAX >> 20} MB van het bestand eindigt geen onderdeel van een 573-bericht. "
                    "Controleer of dit een declaratiebericht is."
                )
        if not self.bytes_gelezen:
            raise _niets()
        _voer(parser.close)
        if self._wortel is None:
            raise _onleesbaar("Het bestand is geen 573-bericht: het buitenste element is niet Bericht.")
        self._begin_rijen()

    def sluit(self, rij: dict) -> None:
        """Put what is known only at the end of the message with its last row."""
        self._beoordeel(rij, regels.van_totaal(self._gelezen.get("overzicht", {}), self._som_centen))

    def _begin(self, element: etree._Element) -> None:
        if element.getparent() is not None:
            return
        if element.getroottree().docinfo.internalDTD is not None:
            raise _onleesbaar("Het bericht bevat een DOCTYPE. Lever het bericht zonder DOCTYPE aan.")
        if etree.QName(element).localname != "Bericht":
            return
        self._wortel = element
        self._gebruik(self._mapping)

    def _gebruik(self, mapping: Mapping) -> None:
        """Read by this version's names, in the namespace of the message or in none; other namespaces are not ours."""
        naamruimte = etree.QName(self._wortel).namespace
        self._mapping = mapping
        self._bomen = mapping.bomen(naamruimte)
        self._klasse_van_tag = {}
        for klasse, pad in mapping.paden.items():
            self._klasse_van_tag[pad] = klasse
            if naamruimte:
                self._klasse_van_tag[f"{{{naamruimte}}}{pad}"] = klasse

    def _eind(self, klasse: str, element: etree._Element) -> Iterator[dict]:
        ouder = element.getparent()
        if klasse == "prestatie":
            if ouder.getparent() is not self._wortel or self._klasse_van_tag.get(ouder.tag) != "verzekerde":
                raise _onleesbaar(f"Een Prestatie staat niet in een Verzekerde ({_plek(element)}).")
            self._begin_rijen()
            self._lees_persoon(ouder, reversed(list(element.itersiblings(preceding=True))))
            yield from self._prestatie(element)
        elif ouder is not self._wortel:
            raise _onleesbaar(f"Een hoofdonderdeel staat niet direct in Bericht ({_plek(element)}).")
        elif klasse == "verzekerde":
            if element is self._verzekerde:
                self._lees_persoon(element, element)
            self._verzekerde = None
        else:
            self._lees_onderdeel(klasse, element)
        _ruim_op(element)

    def _lees_onderdeel(self, klasse: str, element: etree._Element) -> None:
        if klasse in self._gelezen or (self._kop and klasse != "overzicht"):
            raise _onleesbaar(
                f"Header, DeclaratieContext en Overzicht horen één keer voor te komen, vóór de Verzekerden ({_plek(element)})."
            )
        self._gelezen[klasse] = _vul(element, self._bomen[klasse], {})
        if klasse == "kop":
            self._gebruik(_versie(self._gelezen["kop"]))

    def _begin_rijen(self) -> None:
        """All that goes before the first Prestatie has been read: settle what holds for every row."""
        if self._kop:
            return
        if "kop" not in self._gelezen:
            raise _onleesbaar("De Header ontbreekt, of staat niet vóór de Verzekerden.")
        header, context, codes = self._gelezen["kop"], self._gelezen.get("context", {}), self._mapping.codes
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

    def _lees_persoon(self, verzekerde: etree._Element, elementen: Iterator[etree._Element]) -> None:
        """Who the Verzekerde is: all that stands before the first Prestatie, and nothing after it."""
        waarden = _vul(elementen, self._bomen["verzekerde"], {})
        if verzekerde is not self._verzekerde:
            self._verzekerde, self._persoon = verzekerde, self._naar_persoon(waarden)
        elif waarden:
            raise _onleesbaar(f"In een Verzekerde staan persoonsgegevens na een Prestatie ({_plek(verzekerde)}).")

    def _naar_persoon(self, waarden: dict) -> dict:
        bsn, geboortedatum = waarden.get("bsn"), waarden.get("geboortedatum")
        pseudoniem = None
        if bsn:
            self._pseudonimiseerder = self._pseudonimiseerder or Pseudonimiseerder.uit_instellingen()
            pseudoniem = self._pseudonimiseerder.van_bsn(bsn) or GEEN_BSN
        geboren = regels.is_datum(geboortedatum)
        return {
            "patient_pseudoniem": pseudoniem,
            "geboortejaar": geboortedatum[:4] if geboren else GEEN_DATUM if geboortedatum else None,
            "_bsn": bool(bsn),
        }

    def _prestatie(self, element: etree._Element) -> Iterator[dict]:
        """A row for the DebetPrestatie or CreditPrestatie in it; an empty row where there is neither, for nothing is dropped."""
        soorten = [(soort, kind) for kind in element if (soort := self._klasse_van_tag.get(kind.tag)) in ("debet", "credit")]
        for soort, kind in soorten or [(None, element)]:
            self._rijnummer += 1
            rij = {"rijnummer": self._rijnummer, **self._persoon}
            if self._rijnummer == 1:
                self._beoordeel(rij, regels.van_bericht(self._kop, self._gelezen.get("context", {}), self._mapping))
            waarden = _vul(kind, self._bomen[soort], {}) if soort else {}
            if soort == "debet":
                self._debet(rij, waarden)
            elif soort == "credit":
                self._credit(rij, waarden)
            yield rij

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
        self._som_centen += regels.centen(waarden.get("bedrag")) or 0
        gebroken = regels.van_debet(waarden, kop, self._mapping, bsn=rij["_bsn"])
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
            bedrag=waarden.get("bedrag"),
        )
        self._som_centen -= regels.centen(waarden.get("bedrag")) or 0
        self._beoordeel(rij, regels.van_credit(waarden, self._mapping) + self._heft_op("credit", "debet", gerelateerd))

    def _heft_op(self, soort: str, tegenhanger: str, referentie: str | None) -> list[str]:
        """VC102, seen from whichever of the two comes last; hashes, for a reference may be as long as it likes."""
        if referentie is None:
            return []
        self._referenties[hash((soort, referentie))] = None
        if len(self._referenties) > CREDIT_VENSTER:
            del self._referenties[next(iter(self._referenties))]
        return ["VC102"] if hash((tegenhanger, referentie)) in self._referenties else []

    def _beoordeel(self, rij: dict, gebroken: list[str]) -> None:
        """Give a row the codes of the rules it breaks, as the mapping judges them."""
        for vc in gebroken:
            regel = self._mapping.regels[vc]
            if regel["oordeel"] == "geweigerd":
                rij["_codes"] = sorted({*(rij.get("_codes") or ()), regel["code"], vc})
            else:
                rij["_signalen"] = [*(rij.get("_signalen") or ()), vc]


_KLASSEN = ("kop", "context", "overzicht", "verzekerde", "prestatie")
_WIT = b"\xef\xbb\xbf \t\r\n"


def _stukken(stroom: BinaryIO) -> Iterator[bytes]:
    try:
        while stuk := stroom.read(STUK_BYTES):
            yield stuk
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise _onleesbaar("Het gz-bestand is beschadigd of afgebroken. Pak het bericht opnieuw in en lever het aan.") from None


def _voer(stap, *stuk: bytes) -> None:
    try:
        stap(*stuk)
    except etree.XMLSyntaxError as fout:
        # from None, and no str(fout): libxml2 quotes the content around the error
        soort = fout.error_log.last_error.type_name if fout.error_log.last_error else "onbekend"
        raise _onleesbaar(
            f"Het bestand is geen welgevormde XML (regel {fout.lineno or 0}, soort fout {soort}). "
            "Maak het bericht opnieuw aan en lever het aan."
        ) from None


def _versie(header: dict) -> Mapping:
    """The mapping of the message's version; a message that says none is of the first."""
    eerste = min(mappings())
    if header.get("berichtcode") != mappings()[eerste].berichtcode:
        raise _onleesbaar("De Berichtcode in de Header is niet 573. Alleen declaratieberichten worden gelezen.")
    delen = (header.get("berichtversie", str(eerste[0])), header.get("berichtsubversie", str(eerste[1])))
    if not all(deel.isascii() and deel.isdigit() and len(deel) <= 3 for deel in delen):
        raise _onleesbaar("Berichtversie en Berichtsubversie in de Header zijn geen gehele getallen.")
    versie = tuple(int(deel) for deel in delen)
    if versie not in mappings():
        bekend = ", ".join(f"{hoofd}.{sub}" for hoofd, sub in sorted(mappings()))
        raise _onleesbaar(
            f"Het bericht heeft versie {versie[0]}.{versie[1]}; gelezen worden: {bekend}. Lever het bericht in zo'n versie aan, "
            "of laat de beheerder een mapping voor deze versie toevoegen (docs/gds801.md)."
        )
    return mappings()[versie]


def _vul(elementen: Iterator[etree._Element], boom: dict[str, Knoop], waarden: dict) -> dict:
    """The fields that ``boom`` finds in these elements; of a field that is there twice the first counts."""
    for element in elementen:
        knoop = boom.get(element.tag)
        if knoop is None:
            continue
        if knoop.lijst:
            waarden.setdefault(knoop.lijst, []).append(_vul(element, knoop.onder, {}))
            continue
        if knoop.veld and knoop.veld not in waarden:
            tekst = "" if knoop.aanwezig else (element.text or "").strip()
            if tekst or knoop.aanwezig:
                waarden[knoop.veld] = tekst
        if knoop.onder:
            _vul(element, knoop.onder, waarden)
    return waarden


def _van_lijst(codes: list[dict], lijst: str) -> str | None:
    return next((code.get("code") for code in codes if code.get("codelijst") == lijst), None)


def _ruim_op(element: etree._Element) -> None:
    """Let go of an element that has been read and of all that stands before it."""
    element.clear()
    ouder = element.getparent()
    while (vorige := element.getprevious()) is not None:
        ouder.remove(vorige)


def _plek(element: etree._Element) -> str:
    return f"regel {element.sourceline}"
