"""BSN -> pseudonym, at the door: the only module that ever sees both.

Belongs here: the 11-proef, the keyed hash and its key version. Does not belong here: which column of which delivery holds
a BSN (the readers) and what a refused value costs a row (keuring). No error text of this module holds a value it was given.

A pseudonym is the lower-case hex of HMAC-SHA-256 over the nine digits of the BSN (spec 1.6). The key is the UTF-8 bytes of
``GGZ_PSEUDONIEM_SLEUTEL`` as they stand there, whatever they look like: hex digits are not decoded first.
"""

import hmac
import re
import resource

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.aanlevering.fouten import Geweigerd
from pipelines.settings import Instellingen

SLEUTEL_BYTES_MIN = 32
BSN_TEKENS = 9
"""Of a BSN, and so of what stands in its place inside another field."""
GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)
"""Of the nine digits in the 11-proef."""

_BSN = re.compile(r"[0-9]{9}", re.ASCII)
_NEGEN_CIJFERS = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])", re.ASCII)
_PSEUDONIEM = re.compile(r"[0-9a-f]{64}", re.ASCII)


def lijkt_op_bsn(tekst: str) -> bool:
    """Whether nine digits that could be a BSN stand somewhere in ``tekst``, with no other digit against them."""
    return any(is_bsn(negen) for negen in _NEGEN_CIJFERS.findall(tekst))


class SleutelOntbreekt(Geweigerd):
    """A delivery with BSNs cannot be read without a key: B01, and to be tried again once there is one."""

    def __init__(self) -> None:
        super().__init__(
            "B01",
            "De aanlevering bevat burgerservicenummers (of kenmerken die erop lijken) en er is geen bruikbare sleutel om ze te "
            f"pseudonimiseren. Zet de omgevingsvariabele GGZ_PSEUDONIEM_SLEUTEL op een geheim van minstens {SLEUTEL_BYTES_MIN} bytes (maak er een "
            "met: openssl rand -hex 32) en draai opnieuw; zie docs/pseudonimisering.md.",
        )


class AndereSleutel(Exception):
    """Part of the deliveries was read with another key: the same person would have two pseudonyms."""

    def __init__(self, aantal: int, pad: str) -> None:
        super().__init__(
            f"{aantal} aanleveringen (zoals {pad}) zijn gelezen met een andere pseudoniemsleutel, en deze run leest ze niet "
            "opnieuw. Is de sleutel gewisseld, draai dan ggz run --alles; is het een vergissing, zet dan de oude sleutel terug. "
            "Zie docs/pseudonimisering.md."
        )


def is_bsn(tekst: str) -> bool:
    """Nine digits, not all zero, that pass the 11-proef (weights 9..2 and -1, sum divisible by 11)."""
    if not _BSN.fullmatch(tekst) or tekst == "000000000":
        return False
    return sum(gewicht * int(cijfer) for gewicht, cijfer in zip(GEWICHTEN, tekst, strict=True)) % 11 == 0


class Pseudonimiseerder:
    """One key, and the pseudonyms that it gives."""

    def __init__(self, sleutel: bytes) -> None:
        """``sleutel``: at least 32 bytes, else `SleutelOntbreekt`."""
        if len(sleutel) < SLEUTEL_BYTES_MIN:
            raise SleutelOntbreekt
        self._sleutel = sleutel
        # from here on the memory of this process holds BSNs and the key: no core file when it crashes
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))

    @classmethod
    def uit_instellingen(cls) -> "Pseudonimiseerder":
        """With the key of the environment; `SleutelOntbreekt` when there is none or it is too short."""
        sleutel = Instellingen().pseudoniem_sleutel
        return cls(sleutel.get_secret_value().encode() if sleutel else b"")

    @property
    def versie(self) -> str:
        """Eight hex digits that tell one key from another without giving it away; kept with what was read."""
        return hmac.digest(self._sleutel, b"sleutelversie", "sha256").hex()[:8]

    def van_bsn(self, bsn: str) -> str | None:
        """The pseudonym, or None when ``bsn`` is no BSN."""
        return hmac.digest(self._sleutel, bsn.encode("ascii"), "sha256").hex() if is_bsn(bsn) else None

    def vervanging(self, bsn: str) -> str:
        """What stands in the place of a BSN inside a longer text: as long, and with this key always the same; no BSN: asterisks."""
        return (self.van_bsn(bsn) or "*" * BSN_TEKENS)[:BSN_TEKENS]

    def zonder_bsn(self, tekst: str) -> str:
        """``tekst`` with every nine digits that `lijkt_op_bsn` sees replaced; it follows from ``tekst`` and the key alone."""
        return _NEGEN_CIJFERS.sub(lambda negen: self.vervanging(negen[0]) if is_bsn(negen[0]) else negen[0], tekst)

    def van_patient(self, waarde: str) -> str | None:
        """Of a column that holds a BSN or a pseudonym (``verzekerden``): the pseudonym, or None when it is neither."""
        return waarde if _PSEUDONIEM.fullmatch(waarde) else self.van_bsn(waarde)


def pseudonimiseer(kolom: pa.Array | pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """A text column of BSNs and pseudonyms -> (pseudonyms, wrong form), both as long as the column.

    An empty cell gives null and False; what is neither a BSN nor a pseudonym gives null and True. The key is only asked for
    when there is something other than pseudonyms, so that deliveries without BSNs need none.
    """
    if isinstance(kolom, pa.ChunkedArray):
        kolom = kolom.combine_chunks()
    gecodeerd = kolom.cast(pa.string()).dictionary_encode()
    waarden = gecodeerd.dictionary.to_pylist()
    if all(_PSEUDONIEM.fullmatch(waarde) for waarde in waarden):
        pseudoniemen = waarden
    else:
        pseudonimiseerder = Pseudonimiseerder.uit_instellingen()
        pseudoniemen = [pseudonimiseerder.van_patient(waarde) for waarde in waarden]
    uit = pa.array(pseudoniemen, pa.string()).take(gecodeerd.indices)
    return uit, pc.and_(kolom.is_valid(), uit.is_null())
