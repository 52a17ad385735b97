"""Junk at the door: whatever the bytes, the readers give rows or `Geweigerd` B01..B04, and never show what they were given."""

import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines import contract
from pipelines.aanlevering import readers
from pipelines.aanlevering.fouten import Geweigerd
from pipelines.aanlevering.pseudoniem import Pseudonimiseerder
from pipelines.aanlevering.readers import gds801
from tests.aanlevering.bericht573 import bericht, rij

BSN = "123456782"
HEEL = bericht([rij(), rij(declaratie_id="N2", debet_credit="C", gerelateerd_declaratie_id="N0"), rij(bsn="111222333")])
NAMEN = [
    "Bericht",
    "Header",
    "Berichtcode",
    "DeclaratieContext",
    "Overzicht",
    "Verzekerde",
    "BSN",
    "Prestatie",
    "DebetPrestatie",
    "CreditPrestatie",
    "Diagnose",
    "AanvullendePrestatiegegevens",
    "Zorgtraject",
    "Verwijzing",
    "x",
]
CSV = (
    ";".join(k.naam for k in contract.lees("wachtlijst").kolommen) + "\n" + "2024-05;W1;" + "a" * 64 + ';"06290300";\n'
).encode()

fuzz = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def lees_573(inhoud: bytes) -> list:
    sleutel = Pseudonimiseerder(b"een sleutel van precies 32 bytes")
    return list(gds801.lees(io.BytesIO(inhoud), contract.lees("declaraties"), pseudonimiseerder=sleutel))


def lees_csv(inhoud: bytes) -> list:
    with tempfile.NamedTemporaryFile(suffix=".csv") as bestand:
        bestand.write(inhoud)
        bestand.flush()
        return list(readers.open_tabel(Path(bestand.name), "csv", contract.lees("wachtlijst")).delen)


def rijen_of_weigering(lees, inhoud: bytes) -> None:
    try:
        gelezen = str([batch.to_pylist() for batch in lees(inhoud)])
    except Geweigerd as fout:
        assert fout.code in ("B01", "B02", "B03", "B04")
        assert fout.toelichting
        gelezen = str(fout)
    assert lees is lees_csv or BSN not in gelezen


@st.composite
def verminkt(draw, heel: bytes) -> bytes:
    """A good file with a few pieces cut, doubled, overwritten or put in."""
    inhoud = bytearray(heel)
    for _ in range(draw(st.integers(1, 4))):
        plek, lengte = draw(st.integers(0, len(inhoud))), draw(st.integers(0, 40))
        stuk = draw(
            st.one_of(
                st.binary(max_size=12),
                st.just(bytes(inhoud[plek : plek + lengte])),
                st.sampled_from(
                    [
                        b"\0",
                        b"<",
                        b"&",
                        b"]]>",
                        b"<!--",
                        b"<![CDATA[",
                        b"<?",
                        b"\xff\xfe",
                        b'"',
                        b";",
                        b"\r",
                        b"\xed\xa0\x80",
                        b"&#0;",
                        b"&#xD800;",
                    ]
                ),
            )
        )
        inhoud[plek : plek + draw(st.sampled_from([0, lengte]))] = stuk
    return bytes(inhoud)


boom = st.recursive(
    st.sampled_from(["", "573", "2024-05-14", BSN, "&amp;", "true", "\n"]),
    lambda kind: st.builds(
        lambda naam, kinderen: f"<{naam}>{''.join(kinderen)}</{naam}>",
        st.sampled_from(NAMEN),
        st.lists(kind, max_size=4),
    ),
    max_leaves=30,
)


@fuzz
@given(st.binary(max_size=400))
@example(b"\0" * 100)
@example(b"<Bericht")
@example(b"PK\x03\x04")
@pytest.mark.parametrize("lees", [lees_573, lees_csv])
def test_any_bytes_give_rows_or_a_refusal(lees, inhoud):
    rijen_of_weigering(lees, inhoud)


@fuzz
@given(verminkt(HEEL))
def test_damaged_message_gives_rows_or_a_refusal(inhoud):
    rijen_of_weigering(lees_573, inhoud)


@fuzz
@given(verminkt(CSV))
def test_damaged_csv_gives_rows_or_a_refusal(inhoud):
    rijen_of_weigering(lees_csv, inhoud)


@fuzz
@given(boom)
def test_any_tree_of_known_names_gives_rows_or_a_refusal(tekst):
    rijen_of_weigering(lees_573, f"<Bericht>{tekst}</Bericht>".encode())
    kop = "<Header><Berichtcode>573</Berichtcode></Header>"
    rijen_of_weigering(lees_573, f"<Bericht>{kop}<Verzekerde><BSN>{BSN}</BSN>{tekst}</Verzekerde></Bericht>".encode())


@pytest.mark.parametrize(
    "codering",
    [
        "utf-16",
        "utf-16-le",
        "utf-32",
        "latin-1",
        "cp1252",
        "utf-7",
        "cp037",
        "idna",
        "rot13",
        "hex",
        "punycode",
        "shift_jis",
        "gb18030",
        "mbcs",
        "undefined",
        "unicode_escape",
    ],
)
def test_declared_encoding_is_read_or_refused(codering):
    tekst = HEEL.decode().replace('encoding="UTF-8"', f'encoding="{codering}"')
    for inhoud in (tekst.encode(), tekst.encode("utf-16"), tekst.encode("utf-32")):
        rijen_of_weigering(lees_573, inhoud)


@pytest.mark.parametrize("codering", ["utf-8", "utf-16", "iso-8859-1", "us-ascii"])
def test_encoding_that_a_message_may_have_gives_the_same_rows(codering):
    tekst = HEEL.decode().replace('encoding="UTF-8"', f'encoding="{codering}"')
    assert lees_573(tekst.encode(codering)) == lees_573(HEEL)
