"""Every mart and every column of a public mart has a decision in seeds/publicatie_*.csv."""

import csv

import pytest

from pipelines.analyse.opslag import TABELLEN
from pipelines.publicatie import regels
from pipelines.publicatie.beschrijving import MODELLEN, tabellen
from pipelines.settings import PROJECT
from pipelines.warehouse.dbt import manifest
from pipelines.warehouse.selectie import geraakt

MARTS = {p.stem for p in (MODELLEN / "marts").glob("*.sql")}
KWALITEIT = {p.stem for p in (MODELLEN / "kwaliteit").glob("*.sql")}
ROL = regels.lees()


def test_every_mart_is_published_or_says_why_not():
    totalen = {t.naam_totaal for t in ROL.tabellen.values() if t.totalen}
    beslist = ROL.tabellen.keys() | totalen | ROL.blijft_binnen.keys()
    assert beslist - KWALITEIT == MARTS | set(TABELLEN)
    assert all(ROL.blijft_binnen.values())
    assert all(t.reden for t in ROL.tabellen.values() if not t.publiek)


def test_rows_of_a_region_are_known_by_a_column_and_row_level_is_for_stewards_or_nobody():
    for tabel, zicht in ROL.zicht.items():
        assert zicht.wie in ("regio", "tafels", "landelijk", "steward", "niemand"), tabel
        assert bool(zicht.eigen_regio) == (zicht.wie == "regio") or tabel in ROL.tabellen, tabel
    assert [t for t, z in ROL.zicht.items() if z.wie == "niemand"] == ["episode"]
    assert {t for t, z in ROL.zicht.items() if z.wie == "steward"} == {"afgekeurde_rij", "signaal", "hic_naast_elkaar"}


def test_every_row_has_every_column():
    with (PROJECT / "seeds" / "publicatie_tabel.csv").open(encoding="utf-8", newline="") as f:
        assert {len(r) for r in csv.reader(f)} == {8}


def test_record_level_data_is_published_to_nobody():
    assert "episode" in ROL.blijft_binnen


@pytest.mark.parametrize("tabel", [t.naam for t in ROL.publiek])
def test_every_column_of_a_public_mart_has_a_rule(tabel):
    with (PROJECT / "seeds" / "publicatie_kolom.csv").open(encoding="utf-8") as f:
        beslist = [r["kolom"] for r in csv.DictReader(f) if r["tabel"] == tabel]
    assert sorted([*beslist, *ROL.tabellen[tabel].sleutel]) == sorted(tabellen()[tabel][1])


@pytest.mark.parametrize("tabel", [t for t in ROL.publiek if t.totalen], ids=lambda t: t.naam)
def test_the_public_columns_of_a_total_stand_in_its_mart(tabel):
    assert set(tabel.totaalkolommen) <= set(tabellen()[tabel.naam_totaal][1])


def test_what_a_derived_column_rests_on_is_a_count_of_the_same_table():
    for t in ROL.publiek:
        for k in t.kolommen:
            assert set(k.basis) <= set(t.van_soort("telling")), (t.naam, k.naam)


def test_the_sources_of_a_table_are_sources_that_its_model_reads():
    bronnen = {s["meta"]["bron"] for s in manifest()["sources"].values() if "bron" in s["meta"]}
    knopen = manifest()["nodes"]
    geraakte = {bron: {knopen[knoop]["name"] for knoop in geraakt(manifest(), {bron})} for bron in bronnen}
    for t in ROL.tabellen.values():
        assert t.bronnen, t.naam
        assert {bron for bron in t.bronnen if t.naam not in geraakte[bron]} == set(), t.naam
