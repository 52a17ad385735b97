"""The same deliveries as csv and as 573 messages with verzekerden give the same marts, and leave no BSN in the warehouse."""

import csv
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

from pipelines import contract
from pipelines.aanlevering.pseudoniem import Pseudonimiseerder, is_bsn
from pipelines.settings import PROJECT
from tests.aanlevering.bericht573 import bericht

SLEUTEL = "een sleutel van precies 32 bytes"
KOLOMMEN = [k.naam for k in contract.lees("declaraties").kolommen]
ONTVANGER = {"Zvw": {"Ontvanger": "3311", "OntvangerRol": "3"}, "Wlz": {"Ontvanger": "5501", "OntvangerRol": "5"}}
VOORBEELD = PROJECT / "tests" / "voorbeeld" / "landing" / "declaraties"
TABELLEN = "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema = 'marts' ORDER BY ALL"


def leveringen() -> dict[tuple[str, str, str], list[dict]]:
    """Rows of the example csv files by (maand, regio, leverancier): a supplier per vestiging and wet, as a message has one of each."""
    nummers, bsn, gemeente, per_levering = (str(n) for n in range(120000000, 10**9) if is_bsn(str(n))), {}, {}, defaultdict(list)
    sleutel = Pseudonimiseerder(SLEUTEL.encode())
    for bestand in sorted(VOORBEELD.glob("2024-0[1-6]/ZK0*/*.csv")):
        tekst = bestand.read_text(encoding="utf-8-sig")
        for ruw in csv.DictReader(tekst.splitlines(), delimiter=";" if ";" in tekst.splitlines()[0] else ","):
            rij = {naam: (ruw.get(naam) or "").strip() for naam in KOLOMMEN}
            if rij["wet"] not in ONTVANGER or not rij["declaratie_id"] or not rij["geboortejaar"]:
                continue
            patient = rij["patient_pseudoniem"]
            bsn.setdefault(patient, None)
            bsn[patient] = bsn[patient] or next(nummers)
            rij |= {"bsn": bsn[patient], "patient_pseudoniem": sleutel.van_bsn(bsn[patient]), "bedrag": rij["bedrag"].replace(",", "."),
                    "geboortedatum": f"{rij['geboortejaar']}-07-01", "gemeente_code": gemeente.setdefault(patient, rij["gemeente_code"])}
            leverancier = rij["agb_vestiging"] if rij["wet"] == "Zvw" else "9" + rij["agb_vestiging"][1:]
            per_levering[bestand.parts[-3], bestand.parts[-2], leverancier].append(rij)
    return per_levering


def schrijf_csv(map: Path, naam: str, rijen: list[dict]) -> None:
    with (map / f"declaraties_{naam}_v01.csv").open("w", encoding="utf-8", newline="") as uit:
        schrijver = csv.DictWriter(uit, KOLOMMEN, extrasaction="ignore", delimiter=";")
        schrijver.writeheader()
        schrijver.writerows(rijen)


def schrijf_573(map: Path, naam: str, rijen: list[dict]) -> None:
    met_null = [{k: v or None for k, v in rij.items()} for rij in rijen]
    (map / f"declaraties_{naam}_v01.xml").write_bytes(bericht(met_null, header=ONTVANGER[rijen[0]["wet"]]))
    woonplaats = {rij["bsn"]: rij["gemeente_code"] for rij in rijen if rij["gemeente_code"]}
    with (map / f"verzekerden_{naam}_v01.csv").open("w", encoding="utf-8", newline="") as uit:
        csv.writer(uit).writerows([("patient", "gemeente_code"), *woonplaats.items()])


@pytest.fixture(scope="module")
def warehouses(tmp_path_factory):
    """The warehouse of each way of delivering, read-only, and the BSNs that went in."""
    per_levering, open_ = leveringen(), {}
    ggz = Path(sys.executable).with_name("ggz")
    for soort, schrijf in (("csv", schrijf_csv), ("573", schrijf_573)):
        data = tmp_path_factory.mktemp(soort)
        for (maand, regio, leverancier), rijen in per_levering.items():
            map = data / "landing" / "declaraties" / maand / regio
            map.mkdir(parents=True, exist_ok=True)
            schrijf(map, f"{maand}_{regio}_{leverancier}", rijen)
        klaar = subprocess.run([ggz, "run", "--alles"], capture_output=True, text=True, check=False, env=os.environ | {
            "GGZ_DATA": str(data), "GGZ_PSEUDONIEM_SLEUTEL": SLEUTEL})
        open_[soort] = duckdb.connect(str(data / "warehouse.duckdb"), read_only=True)
        assert open_[soort].execute(TABELLEN).fetchall(), klaar.stdout + klaar.stderr
        open_[f"{soort} uitvoer"] = klaar.stdout + klaar.stderr
    yield open_, {rij["bsn"] for rijen in per_levering.values() for rij in rijen}
    for soort in ("csv", "573"):
        open_[soort].close()


def test_every_mart_is_the_same_to_the_last_cell(warehouses):
    open_, _ = warehouses
    tabellen = open_["csv"].execute(TABELLEN).fetchall()
    assert tabellen == open_["573"].execute(TABELLEN).fetchall()
    gevuld = 0
    for schema, tabel in tabellen:
        als_csv, als_573 = (open_[soort].execute(f'SELECT * FROM "{schema}"."{tabel}" ORDER BY ALL').fetchall() for soort in ("csv", "573"))
        assert als_573 == als_csv, tabel
        gevuld += bool(als_csv)
    assert gevuld > 3


def test_as_many_rows_are_taken_in_and_flagged(warehouses):
    open_, _ = warehouses
    vraag = """SELECT maand, iza_regio, leverancier, code, count(*) FROM kwaliteit.signaal WHERE bron = 'declaraties' GROUP BY ALL ORDER BY ALL"""
    assert open_["573"].execute(vraag).fetchall() == open_["csv"].execute(vraag).fetchall()
    aantal = "SELECT count(*), count(*) FILTER (WHERE codes IS NULL), count(*) FILTER (WHERE debet_credit = 'C') FROM aanlevering.declaraties"
    assert open_["573"].execute(aantal).fetchone()[0] == open_["csv"].execute(aantal).fetchone()[0] > 500
    assert open_["573"].execute(aantal).fetchone()[2] == open_["csv"].execute(aantal).fetchone()[2] > 0


def test_no_bsn_is_in_the_warehouse_or_in_what_the_run_said(warehouses):
    open_, bsns = warehouses
    assert not [bsn for bsn in bsns if bsn in open_["573 uitvoer"]]
    kolommen = open_["573"].execute("SELECT table_schema, table_name, column_name FROM information_schema.columns "
                                    "WHERE data_type LIKE 'VARCHAR%' OR data_type IN ('JSON', 'BIGINT')").fetchall()
    assert kolommen
    for schema, tabel, kolom in kolommen:
        gevonden = open_["573"].execute(f"""SELECT DISTINCT nummer FROM (SELECT unnest(regexp_extract_all("{kolom}"::VARCHAR, '[0-9]{{9}}')) AS nummer
            FROM "{schema}"."{tabel}") WHERE nummer IN (SELECT unnest(?))""", [sorted(bsns)]).fetchall()
        assert gevonden == [], f"{schema}.{tabel}.{kolom}"
