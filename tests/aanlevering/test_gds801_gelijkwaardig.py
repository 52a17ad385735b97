"""The same month as csv and as 573 messages gives the same rows: what the marts are made of cannot tell which it was."""

import csv
import io
from collections import defaultdict
from pathlib import Path

import pytest

from pipelines import contract
from pipelines.aanlevering import readers
from pipelines.aanlevering.pseudoniem import Pseudonimiseerder, is_bsn
from pipelines.aanlevering.readers import gds801
from pipelines.settings import PROJECT
from tests.aanlevering.bericht573 import bericht

SLEUTEL = Pseudonimiseerder(b"een sleutel van precies 32 bytes")
CONTRACT = contract.lees("declaraties")
ONTVANGER = {
    "Zvw": {"Ontvanger": "3311", "OntvangerRol": "3"},
    "Wlz": {"Ontvanger": "5501", "OntvangerRol": "5"},
    "Wfz": {"Ontvanger": "9992", "OntvangerRol": "4"},
}
VOORBEELDEN = sorted((PROJECT / "tests" / "voorbeeld" / "landing" / "declaraties").glob("2024-0[1-6]/*/*.csv"))


def bsns():
    return (str(n) for n in range(100000000, 1000000000) if is_bsn(str(n)))


def met_bsn(rijen: list[dict]) -> list[dict]:
    """Every patient a BSN of his own, and the pseudonym that follows from it."""
    nummers, van = bsns(), {}
    for rij in rijen:
        bsn = van.setdefault(rij["patient_pseudoniem"], None) or next(nummers)
        van[rij["patient_pseudoniem"]] = bsn
        rij |= {
            "bsn": bsn,
            "patient_pseudoniem": SLEUTEL.van_bsn(bsn),
            "geboortedatum": rij["geboortejaar"] and f"{rij['geboortejaar']}-07-01",
            "bedrag": rij["bedrag"].replace(",", "."),
        }
    return rijen


def uit_csv(rijen: list[dict], map: Path) -> list[dict]:
    bestand = map / "declaraties.csv"
    with bestand.open("w", encoding="utf-8", newline="") as uit:
        schrijver = csv.DictWriter(uit, [k.naam for k in CONTRACT.kolommen], extrasaction="ignore", delimiter=";")
        schrijver.writeheader()
        schrijver.writerows(rijen)
    return [r for deel in readers.open_tabel(bestand, "csv", CONTRACT).delen for r in deel.to_pylist()]


def uit_berichten(rijen: list[dict]) -> list[dict]:
    """A message per declarant, vestiging and wet, for a message has one of each."""
    per_bericht = defaultdict(list)
    for rij in rijen:
        per_bericht[rij["agb_onderneming"], rij["agb_vestiging"], rij["wet"]].append(
            {k: v or None for k, v in rij.items()}
        )
    gelezen = []
    for (_, _, wet), prestaties in per_bericht.items():
        prestaties.sort(key=lambda r: r["bsn"])
        xml = bericht(prestaties, header=ONTVANGER[wet])
        for deel in gds801.lees(io.BytesIO(xml), CONTRACT, pseudonimiseerder=SLEUTEL):
            gelezen += deel.to_pylist()
    return gelezen


def per_id(rijen: list[dict], soort: str, kolommen: list[str]) -> dict[str, dict]:
    return {r["declaratie_id"]: {k: r[k] for k in kolommen} for r in rijen if r["debet_credit"] == soort}


@pytest.mark.parametrize("voorbeeld", VOORBEELDEN, ids=lambda pad: pad.stem)
def test_month_as_csv_and_as_messages_gives_the_same_rows(voorbeeld, tmp_path):
    with voorbeeld.open(encoding="utf-8-sig", newline="") as invoer:
        tekst = invoer.read()
    scheiding = ";" if ";" in tekst.splitlines()[0] else ","
    ruw = [
        r
        for r in csv.DictReader(io.StringIO(tekst), delimiter=scheiding)
        if r["wet"] in ONTVANGER and r["declaratie_id"]
    ]
    rijen = met_bsn([{k.naam: (r.get(k.naam) or "").strip() for k in CONTRACT.kolommen} for r in ruw])
    goed = [r for r in rijen if r["privacyverklaring"] in "JN" and r["debet_credit"] in ("D", "C")]
    als_csv, als_573 = uit_csv(goed, tmp_path), uit_berichten(goed)
    kolommen = [k.naam for k in CONTRACT.kolommen if k.naam != "gemeente_code"]
    assert len(als_573) == len(als_csv) == len(goed) > 0
    assert per_id(als_573, "D", kolommen) == per_id(als_csv, "D", kolommen)
    assert per_id(als_573, "C", list(CONTRACT.credit_uit_bericht)) == per_id(
        als_csv, "C", list(CONTRACT.credit_uit_bericht)
    )
    assert [r for r in als_573 if r["_codes"]] == []


def test_there_are_examples_with_debets_and_credits():
    assert len(VOORBEELDEN) > 5
    assert any(
        ';"C";' in pad.read_text(encoding="utf-8-sig") or ",C," in pad.read_text(encoding="utf-8-sig")
        for pad in VOORBEELDEN
    )
