"""Walking a 573 message as a stream: XML in, filled classes of the mapping out, in constant memory.

Belongs here: the parser and every bound on what a message can make long. Does not belong here: what a class means for a row.

The message is the enemy until shown otherwise: no DTD, so no entities; nothing is fetched; and a tag, a text, the depth and the
number of names have a bound. Expat, for it builds no tree and its error texts never quote the message.
"""

from collections.abc import Callable, Iterator
from xml.parsers import expat

from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.readers.gds801_mapping import Knoop, Mapping

LANG_BYTES_MAX = 1 << 20
"""Longest tag or comment, in bytes; that of a message is some 50."""

VELD_TEKENS_MAX = 1 << 16
"""Longest text of a field, without the white space around it."""

DIEPTE_MAX = 100
"""Deepest nesting; a message nests 8 deep."""

NAMEN_MAX, NAMEN_TEKENS_MAX = 10_000, 1 << 20
"""Most different names of elements, attributes and namespaces, and their length together; a message has some 150, of 20
characters. The parser keeps them all."""

DUBBEL = "_dubbel"
"""Stands in a class of which a field is filled more than once."""

Melding = Callable[[str, dict], None]


def onleesbaar(toelichting: str) -> Geweigerd:
    """B01, with a sentence that holds nothing of the message."""
    return Geweigerd("B01", toelichting)


class Lezing:
    """Elements -> filled classes: walks the tree of the mapping along with the message.

    ``begin(klasse, waarden)`` is called where a class begins and ``eind(klasse, waarden)`` where it ends; ``waarden`` is filled
    in between. Of a field that is there twice the first counts.
    """

    def __init__(self, mapping: Mapping, begin: Melding, eind: Melding) -> None:
        self._mapping, self._begin, self._eind = mapping, begin, eind
        self._tekst: list[str] = []
        self._pad: list[tuple[Knoop, dict]] = []
        self._vreemd = 0  # depth below an element that means nothing to us
        self.onbekend = False
        """Whether such an element stood directly under the root."""
        self._namen: dict[str, str] = {}
        self._namen_geteld = 0
        self._gevoerd = 0
        self._verplaatst: frozenset[str] = frozenset()
        self._parser = parser = expat.ParserCreate(None, " ", self._namen)
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartNamespaceDeclHandler = self._naamruimte
        parser.StartElementHandler = self._begin_wortel
        parser.EndElementHandler = self._eind_element
        parser.CharacterDataHandler = self._tekst.append

    @property
    def regel(self) -> int:
        """Line of the message that is being read."""
        return self._parser.CurrentLineNumber

    @property
    def positie(self) -> int:
        """Byte of the message that is being read."""
        return max(self._parser.CurrentByteIndex, 0)

    def gebruik(self, mapping: Mapping) -> None:
        """From here on, walk by this version of the message; only to be called directly under the root."""
        boom = mapping.in_naamruimte(self._voorvoegsel)
        self._pad[0] = (boom, {})
        self._verplaatst = frozenset(_namen_van_klassen(boom))

    def voer(self, stuk: bytes, slot: bool = False) -> None:
        """Read a piece of the message, the last with ``slot``; `Geweigerd` where it is no XML, or outgrows the bounds above."""
        try:
            self._parser.Parse(stuk, slot)
        except expat.ExpatError as fout:
            raise onleesbaar(
                f"Het bestand is geen welgevormde XML (regel {fout.lineno}: {expat.errors.messages.get(fout.code, 'onbekende fout')}). "
                "Maak het bericht opnieuw aan en lever het aan."
            ) from None
        except (LookupError, ValueError, TypeError) as fout:
            if self._pad and not isinstance(fout, UnicodeError):
                raise  # not what a codec says of an encoding that is none
            raise onleesbaar(
                "De tekencodering die het bericht noemt, bestaat niet. Lever het bericht in UTF-8 aan."
            ) from None
        self._begrens_namen()
        self._begrens_tekst()
        self._gevoerd += len(stuk)
        if self._gevoerd - self.positie > LANG_BYTES_MAX + len(stuk):
            raise onleesbaar(
                f"Een tag is langer dan {LANG_BYTES_MAX >> 20} MB (regel {self.regel}): dit is geen 573-bericht."
            )

    def _begrens_namen(self) -> None:
        if len(self._namen) == self._namen_geteld:
            return
        self._namen_geteld = len(self._namen)
        if self._namen_geteld > NAMEN_MAX or sum(len(naam or "") for naam in self._namen) > NAMEN_TEKENS_MAX:
            raise onleesbaar(
                f"Het bestand heeft meer dan {NAMEN_MAX} verschillende elementnamen, of heel lange: dit is geen 573-bericht."
            )

    def _begrens_tekst(self) -> None:
        """Of the text that is being read; white space around it is no part of it, but may go on for ever too."""
        if sum(map(len, self._tekst)) > VELD_TEKENS_MAX:
            tekst = "".join(self._tekst).lstrip()
            if len(tekst.rstrip()) > VELD_TEKENS_MAX:
                raise self._veld_te_lang()
            self._tekst[:] = [tekst[: VELD_TEKENS_MAX + 1]]  # enough to see that it is too long, should more follow

    def _veld_te_lang(self) -> Geweigerd:
        return onleesbaar(
            f"Een veld is langer dan {VELD_TEKENS_MAX} tekens (regel {self.regel}). Controleer het bericht."
        )

    def _doctype(self, *_) -> None:
        raise onleesbaar("Het bericht bevat een DOCTYPE. Lever het bericht zonder DOCTYPE aan.")

    def _naamruimte(self, _voorvoegsel: str | None, uri: str | None) -> None:
        if uri and len(uri) > 1000:
            raise onleesbaar("Het bericht noemt een naamruimte van meer dan 1000 tekens: dit is geen 573-bericht.")

    def _begin_wortel(self, naam: str, _attributen: list[str]) -> None:
        naamruimte, _, lokaal = naam.rpartition(" ")
        self._voorvoegsel = naamruimte and f"{naamruimte} "
        if lokaal != self._mapping.wortel:
            raise onleesbaar(f"Het bestand is geen 573-bericht: het buitenste element is niet {self._mapping.wortel}.")
        self._pad.append((self._mapping.boom, {}))
        self._parser.StartElementHandler = self._begin_element
        self.gebruik(self._mapping)

    def _begin_element(self, naam: str, _attributen: list[str]) -> None:
        if self._vreemd:
            knoop = None
        else:
            ouder, waarden = self._pad[-1]
            knoop = ouder.onder.get(naam)
        if knoop is None:
            self._begin_onbekend(naam)
            return
        if knoop.klasse:
            waarden = {}
            self._begin(knoop.klasse, waarden)
        elif knoop.lijst:
            item = {}
            waarden.setdefault(knoop.lijst, []).append(item)
            waarden = item
        self._tekst.clear()
        self._pad.append((knoop, waarden))

    def _begin_onbekend(self, naam: str) -> None:
        """Pass by what is not ours, but for what would be a prestatie in another place, namespace or spelling."""
        klassen = None if self._vreemd else self._pad[-1][0].klassen
        if naam in self._verplaatst or (klassen and naam.rpartition(" ")[2].lower() in klassen):
            raise onleesbaar(
                "Een onderdeel van het bericht staat niet op zijn plaats, of in een andere naamruimte of schrijfwijze "
                f"(regel {self.regel})."
            )
        self._vreemd += 1
        if len(self._pad) == 1:
            self.onbekend = True
        if len(self._pad) + self._vreemd > DIEPTE_MAX:
            raise onleesbaar(f"Het bestand is meer dan {DIEPTE_MAX} niveaus diep: dit is geen 573-bericht.")

    def _eind_element(self, _naam: str) -> None:
        if self._vreemd:
            self._vreemd -= 1
        else:
            knoop, waarden = self._pad.pop()
            if knoop.klasse:
                self._eind(knoop.klasse, waarden)
            elif knoop.veld:
                tekst = "".join(self._tekst).strip()
                if len(tekst) > VELD_TEKENS_MAX:
                    raise self._veld_te_lang()
                if tekst or knoop.aanwezig:
                    waarden[DUBBEL if knoop.veld in waarden else knoop.veld] = tekst
        self._tekst.clear()


def _namen_van_klassen(boom: Knoop) -> Iterator[str]:
    for naam, knoop in boom.onder.items():
        if knoop.klasse:
            yield naam
            yield from _namen_van_klassen(knoop)
