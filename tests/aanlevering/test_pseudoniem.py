"""Pseudonyms at the door: the hash, the 11-proef, the key, and what an error may say."""

import pyarrow as pa
import pytest

from pipelines.aanlevering import pseudoniem
from pipelines.aanlevering.pseudoniem import Pseudonimiseerder, SleutelOntbreekt, is_bsn, pseudonimiseer

SLEUTEL = "een sleutel van precies 32 bytes"
BSN = "123456782"
# echo -n 123456782 | openssl dgst -sha256 -hmac "een sleutel van precies 32 bytes"
PSEUDONIEM = "87168feb74bb20d2ceed6eca7cb3b049fa398db35ed0bd096faca87c5a81b14a"


@pytest.fixture
def sleutel(monkeypatch):
    monkeypatch.setenv("GGZ_PSEUDONIEM_SLEUTEL", SLEUTEL)


def test_pseudonym_is_hmac_sha256_over_the_nine_digits():
    assert Pseudonimiseerder(SLEUTEL.encode()).van_bsn(BSN) == PSEUDONIEM


def test_key_is_taken_as_it_stands_also_when_it_looks_like_hex(monkeypatch):
    monkeypatch.setenv("GGZ_PSEUDONIEM_SLEUTEL", "00" * 32)
    assert Pseudonimiseerder.uit_instellingen().van_bsn(BSN) == Pseudonimiseerder(b"00" * 32).van_bsn(BSN)


@pytest.mark.parametrize("bsn", ["123456782", "111222333", "010000008"])
def test_number_that_passes_the_11_proef_is_a_bsn(bsn):
    assert is_bsn(bsn)


@pytest.mark.parametrize(
    "tekst", ["123456789", "12345678", "1234567820", "000000000", "12345678²", "١٢٣٤٥٦٧٨٢", "", "abc"]
)
def test_anything_else_is_no_bsn(tekst):
    assert not is_bsn(tekst)
    assert Pseudonimiseerder(SLEUTEL.encode()).van_patient(tekst) is None


def test_pseudonym_stays_as_it_is():
    assert Pseudonimiseerder(SLEUTEL.encode()).van_patient(PSEUDONIEM) == PSEUDONIEM


def test_key_versions_differ_and_do_not_show_the_key():
    een, ander = Pseudonimiseerder(b"a" * 32), Pseudonimiseerder(b"b" * 32)
    assert een.versie != ander.versie
    assert len(een.versie) == 8
    assert een.versie == Pseudonimiseerder(b"a" * 32).versie


@pytest.mark.parametrize("sleutel", [None, "", "31 bytes is een te korte sleutel"[:31]])
def test_without_a_key_of_32_bytes_a_bsn_is_refused_with_instructions(monkeypatch, sleutel):
    monkeypatch.delenv("GGZ_PSEUDONIEM_SLEUTEL", raising=False)
    if sleutel is not None:
        monkeypatch.setenv("GGZ_PSEUDONIEM_SLEUTEL", sleutel)
    with pytest.raises(SleutelOntbreekt) as fout:
        pseudonimiseer(pa.array([BSN]))
    assert fout.value.code == "B01"
    assert "GGZ_PSEUDONIEM_SLEUTEL" in fout.value.toelichting
    assert BSN not in str(fout.value)


def test_column_without_bsns_needs_no_key(monkeypatch):
    monkeypatch.delenv("GGZ_PSEUDONIEM_SLEUTEL", raising=False)
    pseudoniemen, fout = pseudonimiseer(pa.array([PSEUDONIEM, None]))
    assert pseudoniemen.to_pylist() == [PSEUDONIEM, None]
    assert fout.to_pylist() == [False, False]


@pytest.mark.usefixtures("sleutel")
def test_column_of_bsns_and_pseudonyms_becomes_pseudonyms_and_marks_what_is_neither():
    kolom = pa.chunked_array([[BSN, PSEUDONIEM, "123456789"], [None, BSN]])
    pseudoniemen, fout = pseudonimiseer(kolom)
    assert pseudoniemen.to_pylist() == [PSEUDONIEM, PSEUDONIEM, None, None, PSEUDONIEM]
    assert fout.to_pylist() == [False, False, True, False, False]


@pytest.mark.usefixtures("sleutel")
def test_empty_column_stays_empty():
    pseudoniemen, fout = pseudonimiseer(pa.array([], pa.string()))
    assert (pseudoniemen.to_pylist(), fout.to_pylist()) == ([], [])


def test_key_is_not_in_what_is_shown_of_the_pseudonymiser():
    assert SLEUTEL not in repr(Pseudonimiseerder(SLEUTEL.encode()))
    assert pseudoniem.SLEUTEL_BYTES_MIN == 32
