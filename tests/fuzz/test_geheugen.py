"""Hostile messages, tens of megabytes of each kind: refused or read, within a stated memory."""

import subprocess
import sys

import pytest

PIEK_MB = 320
"""Highest memory of a process that reads a hostile message; an idle one with the same imports takes some 120."""

PROGRAMMA = """
import itertools, sys
from pipelines import contract
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.pseudoniem import Pseudonimiseerder
from pipelines.aanlevering.readers import gds801

KOP = b"<Bericht><Header><Berichtcode>573</Berichtcode></Header><Verzekerde><BSN>123456782</BSN>"
DECLARANT = (b"<Bericht><Header><Berichtcode>573</Berichtcode></Header><DeclaratieContext><Declarant><Zorgaanbiedercode>%s"
    b"</Zorgaanbiedercode></Declarant></DeclaratieContext><Verzekerde><BSN>123456782</BSN>")
MB = 1 << 20

class Stroom:
    def __init__(self, *stukken):
        self._stukken, self._rest = itertools.chain(*stukken), b""
    def read(self, aantal):
        while len(self._rest) < aantal and (stuk := next(self._stukken, None)) is not None:
            self._rest += stuk
        stuk, self._rest = self._rest[:aantal], self._rest[aantal:]
        return stuk

def keer(stuk, megabytes):
    return itertools.repeat(stuk * max(1, 65536 // len(stuk)), megabytes * 16)

def genummerd(vorm, aantal):
    return (vorm % n for n in range(aantal))

LACH = b'<!DOCTYPE Bericht [<!ENTITY l0 "lachen">' + b"".join(
    b'<!ENTITY l%d "' % n + b"&l%d;" % (n - 1) * 10 + b'">' for n in range(1, 12)) + b"]>"
LANG = b"<Prestatie><DebetPrestatie><Referentienummer>" + b"n" * 60000 + b"</Referentienummer></DebetPrestatie></Prestatie>"
GEVALLEN = {
    "miljard keer lachen": [[LACH + KOP + b"&l11;"]],
    "tekst zonder eind": [[KOP], keer(b"1", 50)],
    "veld zonder eind": [[KOP + b"<Prestatie><DebetPrestatie><Aantal>"], keer(b"1", 50)],
    "tag zonder eind": [[KOP + b"<x "], keer(b" ", 50)],
    "miljoenen attributen": [[KOP + b"<x "], genummerd(b'a%d="" ', 10_000_000)],
    "commentaar zonder eind": [[KOP + b"<!--"], keer(b"x ", 50)],
    "diep": [[KOP], keer(b"<x>", 20)],
    "miljoenen namen": [[KOP], genummerd(b"<x%d/>", 10_000_000)],
    "miljoenen naamruimten": [[KOP], genummerd(b'<a:x xmlns:a="urn:%d"/>', 400_000)],
    "miljoenen voorvoegsels": [[KOP], genummerd(b'<x xmlns:a%d="u"/>', 10_000_000)],
    "lange namen": [[KOP], genummerd(b"<n%d" + b"a" * 900_000 + b"/>", 300)],
    "lange attributen": [[KOP], genummerd(b"<x n%d" + b"a" * 900_000 + b'="1"/>', 300)],
    "lange voorvoegsels": [[KOP], genummerd(b"<x xmlns:n%d" + b"a" * 900_000 + b'="u"/>', 300)],
    "lange declarant": [[DECLARANT % (b"9" * 60_000)], keer(b"<Prestatie/>", 1)],
    "declarant van tweehonderd tekens": [[DECLARANT % (b"9" * 200)], keer(b"<Prestatie><DebetPrestatie/></Prestatie>", 4)],
    "prestatie zonder eind": [[KOP + b"<Prestatie>"], keer(b"<DebetPrestatie/>", 50)],
    "diagnosen zonder eind": [[KOP + b"<Prestatie><DebetPrestatie><AanvullendePrestatiegegevens>"], keer(b"<Diagnose/>", 50)],
    "afval tussen prestaties": [[KOP], keer(b"<x><y>z</y></x><Prestatie/>", 6)],
    "kolossale velden": [[KOP], keer(LANG, 60)],
    "lege verzekerden": [[KOP + b"</Verzekerde>"], keer(b"<Verzekerde/>", 6)],
    "witruimte": [keer(b" ", 50)],
    "nullen": [keer(b"\\0", 50)],
}
try:
    sleutel = Pseudonimiseerder(b"een sleutel van precies 32 bytes")
    rijen = sum(b.num_rows for b in gds801.lees(Stroom(*GEVALLEN[sys.argv[1]]), contract.lees("declaraties"), pseudonimiseerder=sleutel))
    uitkomst = f"{rijen} rijen"
except Geweigerd as fout:
    uitkomst = fout.code
# not ru_maxrss: that a child takes over from the process that started it
piek = next(regel for regel in open("/proc/self/status") if regel.startswith("VmHWM"))
print(uitkomst, int(piek.split()[1]) // 1024, sep=";")
"""


@pytest.mark.parametrize(
    ("geval", "uitkomst"),
    [
        ("miljard keer lachen", "B01"),
        ("tekst zonder eind", "B01"),
        ("veld zonder eind", "B01"),
        ("tag zonder eind", "B01"),
        ("miljoenen attributen", "B01"),
        ("commentaar zonder eind", "B01"),
        ("diep", "B01"),
        ("miljoenen namen", "B01"),
        ("miljoenen naamruimten", "B01"),
        ("miljoenen voorvoegsels", "B01"),
        ("lange namen", "B01"),
        ("lange attributen", "B01"),
        ("lange voorvoegsels", "B01"),
        ("lange declarant", "B01"),
        ("declarant van tweehonderd tekens", "B01"),
        ("prestatie zonder eind", "B01"),
        ("diagnosen zonder eind", "B01"),
        ("afval tussen prestaties", "B01"),
        ("kolossale velden", "B01"),
        ("lege verzekerden", "B01"),
        ("witruimte", "B04"),
        ("nullen", "B01"),
    ],
)
def test_hostile_message_is_refused_within_its_memory(geval, uitkomst):
    klaar = subprocess.run(
        [sys.executable, "-c", PROGRAMMA, geval], capture_output=True, text=True, timeout=120, check=False
    )
    assert klaar.returncode == 0, klaar.stderr
    gekregen, piek = klaar.stdout.strip().split(";")
    assert gekregen == uitkomst
    assert int(piek) < PIEK_MB
