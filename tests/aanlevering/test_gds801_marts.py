"""The same deliveries as csv and as 573 messages with verzekerden give the same marts, and leave no BSN in the warehouse."""

import csv
import shutil
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

from pipelines import contract
from pipelines.aanlevering import inname
from pipelines.aanlevering.pseudoniem import Pseudonimiseerder, is_bsn
from pipelines.settings import PROJECT, Instellingen
from pipelines.warehouse.bronnen import zet_klaar
from tests.aanlevering.bericht573 import bericht
from tests.aanlevering.spoor import sporen
from tests.dbt.wereld import dbt

SLEUTEL = "een sleutel van precies 32 bytes"
KOLOMMEN = [k.naam for k in contract.lees("declaraties").kolommen]
ONTVANGER = {"Zvw": {"Ontvanger": "3311", "OntvangerRol": "3"}, "Wlz": {"Ontvanger": "5501", "OntvangerRol": "5"}}
VOORBEELD = PROJECT / "tests" / "voorbeeld" / "landing" / "declaraties"
TABELLEN = "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema = 'marts' ORDER BY ALL"


def leveringen() -> dict[tuple[str, str, str], list[dict]]:
    """Rows of the example csv files by (maand, regio, leverancier): a supplier per vestiging and wet, as a message has one of each."""
    nummers, bsn, gemeente, per_levering = (
        (str(n) for n in range(120000000, 10**9) if is_bsn(str(n))),
        {},
        {},
        defaultdict(list),
    )
    sleutel = Pseudonimiseerder(SLEUTEL.encode())
    for bestand in sorted(VOORBEELD.glob("2024-0[1-6]/ZK0*/*.csv")):
        tekst = bestand.read_text(encoding="utf-8-sig")
        for ruw in csv.DictReader(tekst.splitlines(), delimiter=";" if ";" in tekst.splitlines()[0] else ","):
            rij = {naam: (ruw.get(naam) or "").strip() for naam in KOLOMMEN}
            if rij["wet"] not in ONTVANGER or not rij["declaratie_id"] or not rij["geboortejaar"]:
                continue
            if rij["debet_credit"] == "C" and rij["bedrag"].startswith("-"):
                continue  # a credit of a message has no amount to refuse
            patient = rij["patient_pseudoniem"]
            bsn.setdefault(patient, None)
            bsn[patient] = bsn[patient] or next(nummers)
            rij |= {
                "bsn": bsn[patient],
                "patient_pseudoniem": sleutel.van_bsn(bsn[patient]),
                "bedrag": rij["bedrag"].replace(",", "."),
                "geboortedatum": f"{rij['geboortejaar']}-07-01",
                "gemeente_code": gemeente.setdefault(patient, rij["gemeente_code"]),
            }
            leverancier = rij["agb_vestiging"] if rij["wet"] == "Zvw" else "9" + rij["agb_vestiging"][1:]
            per_levering[bestand.parts[-3], bestand.parts[-2], leverancier].append(rij)
    return per_levering


def schrijf_csv(map_: Path, naam: str, rijen: list[dict]) -> None:
    with (map_ / f"declaraties_{naam}_v01.csv").open("w", encoding="utf-8", newline="") as uit:
        schrijver = csv.DictWriter(uit, KOLOMMEN, extrasaction="ignore", delimiter=";")
        schrijver.writeheader()
        schrijver.writerows(rijen)


def schrijf_573(map_: Path, naam: str, rijen: list[dict]) -> None:
    met_null = [{k: v or None for k, v in rij.items()} for rij in rijen]
    (map_ / f"declaraties_{naam}_v01.xml").write_bytes(bericht(met_null, header=ONTVANGER[rijen[0]["wet"]]))
    woonplaats = {rij["bsn"]: rij["gemeente_code"] for rij in rijen if rij["gemeente_code"]}
    with (map_ / f"verzekerden_{naam}_v01.csv").open("w", encoding="utf-8", newline="") as uit:
        csv.writer(uit).writerows([("patient", "gemeente_code"), *woonplaats.items()])


@pytest.fixture(scope="module")
def bouwplaats(tmp_path_factory):
    """Data root per way of delivering, with the warehouse that was built of it, and the BSNs that went in."""
    per_levering, plaats = leveringen(), tmp_path_factory.mktemp("marts")
    warehouse = plaats / "warehouse.duckdb"  # one file for both in turn: dbt reads its project and the seeds once
    with pytest.MonkeyPatch.context() as omgeving:
        omgeving.setenv("GGZ_PSEUDONIEM_SLEUTEL", SLEUTEL)
        for soort, schrijf in (("csv", schrijf_csv), ("573", schrijf_573)):
            instellingen = Instellingen(data=plaats / soort)
            for (maand, regio, leverancier), rijen in per_levering.items():
                map_ = instellingen.landing / "declaraties" / maand / regio
                map_.mkdir(parents=True, exist_ok=True)
                schrijf(map_, f"{maand}_{regio}_{leverancier}", rijen)
            inname.neem_in(instellingen, "declaraties")
            with duckdb.connect(str(warehouse)) as con:
                zet_klaar(instellingen, con)
            if soort == "csv":
                dbt(warehouse, "seed")
            dbt(warehouse, "run", "--select", "+path:models/marts", "+signaal")
            shutil.copy(warehouse, instellingen.warehouse)
    return plaats, {rij["bsn"] for rijen in per_levering.values() for rij in rijen}


@pytest.fixture(scope="module")
def warehouses(bouwplaats):
    """Both warehouses, read-only."""
    plaats, _ = bouwplaats
    open_ = {
        soort: duckdb.connect(str(plaats / soort / "warehouse.duckdb"), read_only=True) for soort in ("csv", "573")
    }
    yield open_
    for con in open_.values():
        con.close()


def test_every_mart_is_the_same_to_the_last_cell(warehouses):
    tabellen = warehouses["csv"].execute(TABELLEN).fetchall()
    assert tabellen == warehouses["573"].execute(TABELLEN).fetchall()
    gevuld = 0
    for schema, tabel in tabellen:
        als_csv, als_573 = (
            con.execute(f'SELECT * FROM "{schema}"."{tabel}" ORDER BY ALL').fetchall() for con in warehouses.values()
        )
        assert als_573 == als_csv, tabel
        gevuld += bool(als_csv)
    assert gevuld > 3


def test_as_many_rows_are_taken_in_and_flagged(warehouses):
    vraag = """SELECT maand, iza_regio, leverancier, code, count(*) FROM kwaliteit.signaal WHERE bron = 'declaraties' GROUP BY ALL ORDER BY ALL"""
    assert warehouses["573"].execute(vraag).fetchall() == warehouses["csv"].execute(vraag).fetchall()
    aantal = "SELECT count(*), count(*) FILTER (WHERE codes IS NULL), count(*) FILTER (WHERE debet_credit = 'C') FROM aanlevering.declaraties"
    assert warehouses["573"].execute(aantal).fetchone()[0] == warehouses["csv"].execute(aantal).fetchone()[0] > 500
    assert warehouses["573"].execute(aantal).fetchone()[2] == warehouses["csv"].execute(aantal).fetchone()[2] > 0


def test_no_bsn_is_in_the_warehouse_or_in_what_dbt_left(bouwplaats):
    plaats, bsns = bouwplaats
    assert len(bsns) > 50
    assert sporen(plaats / "573", bsns) == []
    assert sporen(plaats / "target", bsns) == []
