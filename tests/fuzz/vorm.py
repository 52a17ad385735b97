"""Structure-aware damage: a good workbook or parquet file of which a part is changed, and the package put together again.

Random bytes hardly get past an archive's checksums; these inputs do. Used by the suite (short) and by ``bench/fuzz/vorm.py`` (long).
"""

import io
import random
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import contract
from tests.aanlevering.conftest import HIC
from tests.aanlevering.werkmap import HOOFD, delen, inpakken, relaties

CONTRACT = contract.lees("hic_monitor")
TEKSTEN = f'<sst xmlns="{HOOFD}"><si><t>H1</t></si><si><r><t>H</t></r><r><t>2</t></r></si><si><t>2024-01</t></si></sst>'
STIJLEN = (
    f'<styleSheet xmlns="{HOOFD}"><numFmts><numFmt numFmtId="164" formatCode="dd-mm-yyyy"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
CELLEN = [
    '<c r="{r}"><v>1</v></c>', '<c r="{r}" s="1"><v>45306</v></c>', '<c r="{r}" t="s"><v>1</v></c>', '<c r="{r}" t="e"><v>#N/A</v></c>',
    '<c r="{r}" t="b"><v>1</v></c>', '<c r="{r}"><f>1+1</f></c>', '<c r="{r}" t="str"><f>A1</f><v>x</v></c>', '<c r="{r}" t="d"><v>2024-01-15</v></c>',
    "tekst", "2024-01",
]  # fmt: skip
STUKKEN = [
    "", "<", ">", "&", "&amp;", "&#0;", "&#x10FFFF;", "<!--", "-->", "<![CDATA[", "]]>", "<?x?>", "<!DOCTYPE x>", "'", '"', "=", " ", "\0",
    "-1", "0", "1e999", "9" * 40, "1.5", "NaN", "INF", "XFD1048576", "A1", "ZZZZ9", "A", "s", "e", "n", "d", "str", "inlineStr", "b", "r", "v", "c",
    "row", "f", "sheetData", "\u200b", "\ufeff", "é", "../../x", "\\", "%00", "//", "2024-13-45", "9999-12-31T25:00:00", "60", "2958466",
]  # fmt: skip


def _werkmap(toeval: random.Random) -> dict[str, bytes]:
    rijen = [list(HIC)] + [
        [toeval.choice(CELLEN) if toeval.random() < 0.5 else c for c in HIC.values()] for _ in range(3)
    ]
    rels = relaties(worksheet_1="worksheets/sheet1.xml", sharedStrings_1="sharedStrings.xml", styles_1="styles.xml")
    boek = delen(rijen) | {
        "xl/_rels/workbook.xml.rels": rels,
        "xl/sharedStrings.xml": TEKSTEN,
        "xl/styles.xml": STIJLEN,
    }
    return {naam: xml.encode() for naam, xml in boek.items()}


def _verminkt(toeval: random.Random, inhoud: bytes) -> bytes:
    """A value of the XML replaced so that it stays XML, or any piece of it replaced, doubled, moved or cut."""
    waarden = list(re.finditer(rb'(?<=")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)', inhoud))
    if waarden and toeval.random() < 0.8:
        begin, eind = toeval.choice(waarden).span()
        stuk = escape(toeval.choice([*STUKKEN, inhoud[begin:eind].decode(errors="replace") * 50]), {'"': "&quot;"})
        return inhoud[:begin] + stuk.replace("\0", "").encode() + inhoud[eind:]
    stukken = list(re.finditer(rb"<[^>]*>|[^<>]+|\"[^\"]*\"", inhoud)) or [re.match(rb"", inhoud)]
    van = toeval.choice(stukken)
    begin, eind = van.span()
    if toeval.random() < 0.5 and eind > begin:
        begin = toeval.randrange(begin, eind)
        eind = min(eind, begin + toeval.randrange(1, 8))
    nieuw = toeval.choice(
        [
            lambda: toeval.choice(STUKKEN).encode("utf-8", "surrogatepass"),
            lambda: inhoud[slice(*toeval.choice(stukken).span())],
            lambda: inhoud[begin:eind] * toeval.choice([2, 50]),
            lambda: toeval.randbytes(4),
        ]
    )()
    return inhoud[:begin] + nieuw + inhoud[eind:]


def xlsx(toeval: random.Random) -> bytes:
    boek = _werkmap(toeval)
    for _ in range(toeval.randrange(1, 4)):
        naam = toeval.choice([*boek, "xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"])
        if naam in boek:
            boek[naam] = _verminkt(toeval, boek[naam])
        if toeval.random() < 0.1 and naam in boek:
            ander = toeval.choice([naam.upper(), naam.replace("/", "\\"), "/" + naam])
            boek[ander] = boek.pop(naam)
        if toeval.random() < 0.02:
            boek.pop(naam, None)
    heel = bytearray(inpakken(boek))
    if toeval.random() < 0.2:  # the archive itself
        for _ in range(toeval.randrange(1, 6)):
            heel[toeval.randrange(len(heel))] = toeval.randrange(256)
    return bytes(heel[: toeval.randrange(len(heel))] if toeval.random() < 0.05 else heel)


KOLOMMEN: list[Callable[[random.Random, int], pa.Array]] = [
    lambda t, n: pa.array([t.choice(["H1", None, "é\u200b", "x" * 300]) for _ in range(n)], pa.string()),
    lambda t, n: pa.array([t.choice([b"H1", b"\xff\xfe", None]) for _ in range(n)], pa.binary()),
    lambda t, n: pa.array([t.choice([b"abc", b"\xff\xfe\x00"]) for _ in range(n)], pa.binary(3)),
    lambda t, n: pa.array([t.choice([1, -(2**62), None]) for _ in range(n)], pa.int64()),
    lambda t, n: pa.array([t.choice([1, 2**64 - 1]) for _ in range(n)], pa.uint64()),
    lambda t, n: pa.array([t.choice([1.5, float("nan"), float("inf"), 2.0**60, -0.0, None]) for _ in range(n)], pa.float64()),
    lambda t, n: pa.array([t.choice([1.5, float("nan"), 3e38]) for _ in range(n)], pa.float32()),
    lambda t, n: pa.array([t.choice([date(2024, 1, 15), date.min, date.max]) for _ in range(n)], pa.date32()),
    lambda t, n: pa.array([t.choice([0, 2**62, -(2**62)]) for _ in range(n)], pa.timestamp(t.choice(["ms", "us", "ns"]))),
    lambda t, n: pa.array([t.randrange(86400) for _ in range(n)], pa.time32("s")),
    lambda t, n: pa.array([t.randrange(9) for _ in range(n)], pa.duration("ns")),
    lambda t, n: pa.array([t.choice([Decimal("1.50"), Decimal("-9" * 1), None]) for _ in range(n)], pa.decimal128(20, 2)),
    lambda t, n: pa.array([t.choice([True, False, None]) for _ in range(n)]),
    lambda t, n: pa.array([t.choice([[1], [], None]) for _ in range(n)], pa.list_(pa.int8())),
    lambda t, n: pa.array([t.choice([{"a": 1}, None]) for _ in range(n)], pa.struct([("a", pa.int8())])),
    lambda t, n: pa.nulls(n),
    lambda t, n: pa.array([t.choice(["a", "b", None]) for _ in range(n)], pa.string()).dictionary_encode(),
]  # fmt: skip


def parquet(toeval: random.Random) -> bytes:
    rijen = toeval.choice([0, 1, 7, 300])
    namen = toeval.sample(list(HIC), toeval.randrange(1, len(HIC)))
    tabel = pa.table({naam: toeval.choice(KOLOMMEN)(toeval, rijen) for naam in namen})
    uit = io.BytesIO()
    pq.write_table(
        tabel, uit, compression=toeval.choice(["none", "snappy", "zstd", "gzip"]), use_dictionary=toeval.random() < 0.5,
        data_page_version=toeval.choice(["1.0", "2.0"]), row_group_size=toeval.choice([5, 1000]), write_page_checksum=False,
    )  # fmt: skip
    heel = bytearray(uit.getvalue())
    voet = int.from_bytes(heel[-8:-4], "little")
    for _ in range(toeval.randrange(0, 6)):
        if toeval.random() < 0.5:  # in a page or its header
            plek = toeval.randrange(4, max(5, len(heel) - 8 - voet))
        else:  # in what the file says of itself
            plek = toeval.randrange(max(4, len(heel) - 8 - voet), len(heel) - 4)
        heel[plek] = toeval.choice([0, 0x7F, 0xFF, toeval.randrange(256), heel[plek] ^ (1 << toeval.randrange(8))])
    if toeval.random() < 0.05:
        heel[4 : 4 + toeval.randrange(40)] = b""
    return bytes(heel)


SOORTEN = {"xlsx": xlsx, "parquet": parquet}
