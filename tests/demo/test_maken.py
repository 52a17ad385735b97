"""What `maak` writes: the same bytes for the same seed, the columns of the contract, and every code at least once."""

import csv
import hashlib
from datetime import date

import pyarrow.parquet as pq
import pytest

from pipelines import contract
from pipelines.demo import maak
from pipelines.demo.schrijven import SCHEMAS

KLEINST = {"schaal": 0.001, "maanden": 6}


def _sommen(map_):
    return {
        str(pad.relative_to(map_)): hashlib.sha256(pad.read_bytes()).hexdigest()
        for pad in map_.rglob("*")
        if pad.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_whatever_the_number_of_threads(tmp_path):
    maak(tmp_path / "een", **KLEINST, draden=1)
    maak(tmp_path / "drie", **KLEINST, draden=3)
    een = _sommen(tmp_path / "een")
    assert een == _sommen(tmp_path / "drie")
    assert {naam.rsplit(".", 1)[-1] for naam in een} >= {"csv", "gz", "parquet", "xlsx"}


def test_a_demo_takes_the_place_of_an_earlier_one(tmp_path):
    over = tmp_path / "landing" / "bedden" / "2020-01" / "ZK02" / "bedden_2020-01_ZK02_06900200_v01.csv"
    over.parent.mkdir(parents=True)
    over.write_text("maand\n")
    eigen = tmp_path / "landing" / "wachttijden_open" / "blijft.xlsx"
    eigen.parent.mkdir(parents=True)
    eigen.write_text("van een ander")
    maak(tmp_path, **KLEINST)
    assert not over.exists()
    assert eigen.exists()


@pytest.mark.parametrize("fout", [{"maanden": 5}, {"schaal": 0}, {"schaal": 3}])
def test_arguments_that_make_no_demo_are_refused_before_anything_is_written(tmp_path, fout):
    with pytest.raises(ValueError, match="demo-data"):
        maak(tmp_path, **(KLEINST | fout))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("bron", list(SCHEMAS))
def test_columns_are_those_of_the_contract(bron):
    assert SCHEMAS[bron].names == [kolom.naam for kolom in contract.lees(bron).kolommen]


def test_every_code_of_the_specification_is_in_the_ground_truth(demo):
    bedoeld = [f"A0{i}" for i in range(1, 7)] + [f"B0{i}" for i in range(1, 6)] + [f"W0{i}" for i in range(1, 5)]
    bedoeld += [f"ZPM-{i:02d}" for i in range(1, 15)]
    assert sorted(demo.samenvatting.codes) == sorted(bedoeld)


def test_sources_clash_only_where_that_was_put_in(demo):
    with demo.waarheid("zpm").open() as invoer:
        los = [
            rij for rij in csv.DictReader(invoer) if "ZPM-05" <= rij["code"] <= "ZPM-12" and rij["ingebracht"] != "J"
        ]
    assert los == []


def test_every_region_delivers_every_source_but_personeel_which_some_do_not(demo):
    with demo.waarheid("leveringen").open() as invoer:
        gezien = {(rij["bron"], rij["iza_regio"]) for rij in csv.DictReader(invoer) if rij["status"] == "actief"}
    assert len([1 for bron, _ in gezien if bron != "personeel"]) == 4 * 31
    assert len([1 for bron, _ in gezien if bron == "personeel"]) == 25


def test_deliveries_are_replaced_missing_and_empty(demo):
    with demo.waarheid("leveringen").open() as invoer:
        rijen = list(csv.DictReader(invoer))
    assert {rij["status"] for rij in rijen} == {"actief", "vervangen", "geweigerd"}
    assert any(rij["rijen"] == "0" and rij["status"] == "actief" for rij in rijen)
    hele = {(rij["maand"], rij["iza_regio"]) for rij in rijen if rij["bron"] == "bedden" and rij["status"] == "actief"}
    assert len(hele) < 31 * len(demo.samenvatting.maanden)


def test_every_agb_of_the_deliveries_has_a_name_that_says_it_is_invented(demo):
    with (demo.data / "aanbieders.csv").open(encoding="utf-8") as invoer:
        namen = {rij["agb"]: rij["naam"] + rij["plaats"] for rij in csv.DictReader(invoer)}
    with demo.waarheid("zpm").open() as vondsten, demo.waarheid("leveringen").open() as leveringen:
        gebruikt = {rij["agb_vestiging"] for rij in csv.DictReader(vondsten)} - {""}
        gebruikt |= {rij["leverancier"] for rij in csv.DictReader(leveringen) if rij["bron"] == "bedden"}
    assert len(gebruikt) > 100
    assert gebruikt <= namen.keys()
    assert all(naam.count("(demo)") == 2 for naam in namen.values())


def test_agreements_of_a_region_are_beside_the_deliveries_the_last_of_them_no_agreement(demo):
    with (demo.data / "afspraken" / "demo.csv").open(encoding="utf-8") as invoer:
        rijen = list(csv.DictReader(invoer))
    sleutels = [
        (rij["iza_regio"], rij["cluster"], rij["capaciteit_type"], rij["jaar"], rij["vastgesteld_op"]) for rij in rijen
    ]
    assert len(set(sleutels)) == len(rijen)
    assert len({sleutel[:4] for sleutel in sleutels}) == len(rijen) - 2
    assert [rij["plaatsen"] for rij in rijen if not rij["plaatsen"].isdigit()] == ["nader te bepalen"]


def test_no_date_lies_before_2022_or_after_the_month_of_delivery(demo):
    for pad in demo.samenvatting.landing.glob("declaraties/*/*/*_0901_v*.parquet"):
        try:
            datums = pq.read_table(pad, columns=["begindatum", "verwijsdatum"])
        except OSError:  # a refused delivery
            continue
        jaar, maand = map(int, pad.parts[-3].split("-"))
        na = date(jaar + maand // 12, maand % 12 + 1, 1)
        assert all(datum < na for datum in datums["begindatum"].to_pylist())
        assert all(datum is None or datum >= date(2022, 1, 1) for datum in datums["verwijsdatum"].to_pylist())
