"""Every column that is there is described, and what is described is there."""

import csv

import pytest

from pipelines import contract
from pipelines.fundament import seeds
from pipelines.warehouse import beschrijving
from pipelines.warehouse.dbt import manifest


def test_het_boek_van_de_tabellen_is_dat_van_de_modellen():
    assert beschrijving.BOEK.read_text(encoding="utf-8") == beschrijving.boek(), (
        "draai python -m pipelines.warehouse.beschrijving"
    )


@pytest.mark.parametrize("laag", beschrijving.LAGEN)
def test_geen_tabel_en_geen_kolom_zonder_beschrijving(marts, laag):
    gebouwd = {}
    for tabel, kolom in marts.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = ?", [laag]
    ).fetchall():
        gebouwd.setdefault(tabel, set()).add(kolom)
    modellen = {k["name"]: k for k in manifest()["nodes"].values() if k["schema"] == laag and k["name"] in gebouwd}
    assert modellen
    zonder = [naam for naam, model in modellen.items() if not model["description"]]
    anders = {
        naam: gebouwd[naam] ^ {k for k, v in model["columns"].items() if v["description"]}
        for naam, model in modellen.items()
    }
    assert (zonder, {naam: kolommen for naam, kolommen in anders.items() if kolommen}) == ([], {})


@pytest.mark.parametrize("pad", sorted(seeds.MAP.glob("*.csv")), ids=lambda pad: pad.stem)
def test_elke_referentietabel_beschrijft_de_kolommen_van_haar_bestand_in_hun_volgorde(pad):
    (tabel,) = (k for k in manifest()["nodes"].values() if k["resource_type"] == "seed" and k["name"] == pad.stem)
    with pad.open(encoding="utf-8", newline="") as bestand:
        assert [naam for naam, kolom in tabel["columns"].items() if kolom["description"]] == next(csv.reader(bestand))


def test_geen_kolom_van_een_contract_zonder_betekenis():
    assert [(b, k.naam) for b in contract.bronnen() for k in contract.lees(b).kolommen if not k.betekenis] == []
