"""Small worlds: outflow per region and cluster with its totals, and for the country where people went. Everything public is attacked."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pipelines.publicatie.onthulling.lezer import Eis
from pipelines.publicatie.publiek import bescherm
from pipelines.publicatie.regels import lees
from pipelines.publicatie.tabellen import Stand
from tests.publicatie.aanval.aanvaller import Kolom, reken, vind

EIS, REGELS = Eis(), lees()
REGIOS, CLUSTERS, VERVOLG = ["ZK01", "ZK02", "ZK03", "ZK04"], ["acuut", "klinisch", "beveiligd"], ["geen", "wlz", "wmo"]
MAAND = pd.Timestamp("2026-01-01")
STROOM = replace(
    REGELS.tabellen["stroom_maand"],
    kolommen=tuple(k for k in REGELS.tabellen["stroom_maand"].kolommen if k.naam == "uitstroom"),
    verbanden=(),
)
LAND = REGELS.tabellen["uitstroom_bestemming_land"]
KOLOMMEN = [
    Kolom("stroom", "uitstroom", ("iza_regio", "cluster")),
    Kolom("land", "aantal", ("iza_regio", "cluster", "vervolg")),
]


def wereld(zaad: int) -> dict[str, pd.DataFrame]:
    """True tables: mostly small counts, as in a small country."""
    loting = np.random.default_rng(zaad)
    telling = loting.poisson(loting.choice([0.3, 3, 12, 40], (4, 3, 1)) * loting.dirichlet([1, 1, 1], (4, 3)))
    binnen = telling.sum(2)
    binnen = pd.DataFrame(binnen, REGIOS, CLUSTERS)
    binnen.loc["NL"] = binnen.sum()
    binnen["zes_clusters"] = binnen.sum(axis=1)
    stroom = binnen.rename_axis("iza_regio").reset_index().melt("iza_regio", var_name="cluster", value_name="uitstroom")
    land = pd.DataFrame(telling.sum(0), CLUSTERS, VERVOLG).rename_axis("cluster").reset_index()
    land = land.melt("cluster", var_name="vervolg", value_name="aantal").query("aantal > 0")
    return {"stroom": stroom.assign(maand=MAAND), "land": land.assign(maand=MAAND, iza_regio="NL", regios_geleverd=4)}


def publiceer(waar: dict[str, pd.DataFrame], met_basis: bool = True, tafels: bool = True) -> dict[str, pd.DataFrame]:
    totaal = (waar["stroom"]["iza_regio"] == "NL") | (waar["stroom"]["cluster"] == "zes_clusters")
    los, som = waar["stroom"][~totaal], waar["stroom"][totaal].reset_index(drop=True)
    eerst = bescherm(STROOM, los.reset_index(drop=True), som, [], REGELS, EIS, tafels)
    openbaar = pd.concat([eerst.tabel, eerst.totaal], ignore_index=True)
    stand = Stand(pd.concat([los, som], ignore_index=True), openbaar)
    basis = {"stroom_maand": stand} if met_basis else {}
    dan = bescherm(LAND, waar["land"].reset_index(drop=True), None, [], REGELS, EIS, tafels, basis=basis)
    return {"stroom": openbaar, "land": dan.tabel}


def geopend(openbaar: dict[str, pd.DataFrame], van: Sequence[str] | None = None) -> dict:
    """Empty cells (of these regions) that are pinned down further than protection asks. A fallen part may be 0, any other empty cell
    is at least 1."""
    sommen = vind({n: pd.concat(wereld(z)[n].assign(w=z) for z in range(4)) for n in openbaar}, _met_wereld(KOLOMMEN))
    sommen = [s._replace(samen=tuple(x for x in s.samen if x != "w")) for s in sommen if s.as_ != "w"]
    assert {(s.geheel.tabel, s.deel.tabel) for s in sommen} >= {("stroom", "stroom"), ("stroom", "land")}
    grenzen = reken(openbaar, KOLOMMEN, [s._replace(geheel=_zonder(s.geheel), deel=_zonder(s.deel)) for s in sommen],
                    {"stroom": 1, "land": 0})  # fmt: skip
    ruim = 1e-6
    return {
        cel: (laag, hoog)
        for cel, (laag, hoog) in grenzen.items()
        if not (laag <= EIS.drempel - 1 + ruim and hoog >= EIS.drempel - ruim)
        and hoog - laag < EIS.spanwijdte - ruim
        and (van is None or openbaar[cel[0]]["iza_regio"].iloc[cel[1]] in van)
    }


def ernaast(waar: dict[str, pd.DataFrame], openbaar: dict[str, pd.DataFrame], regio: str) -> dict[str, pd.DataFrame]:
    """What the tafel of a region reads: the public tables, with its own rows as they are."""
    stroom = openbaar["stroom"].merge(waar["stroom"], on=["maand", "iza_regio", "cluster"], suffixes=("", "_waar"))
    stroom["uitstroom"] = stroom["uitstroom"].where(stroom["iza_regio"] != regio, stroom["uitstroom_waar"])
    return openbaar | {"stroom": stroom}


def _met_wereld(kolommen: list[Kolom]) -> list[Kolom]:
    return [k._replace(sleutel=("w", *k.sleutel)) for k in kolommen]


def _zonder(k: Kolom) -> Kolom:
    return k._replace(sleutel=tuple(s for s in k.sleutel if s != "w"))


@pytest.mark.parametrize("zaad", range(100, 115))
def test_niemand_opent_een_cel_met_alle_openbare_tabellen_naast_elkaar(zaad):
    assert geopend(publiceer(wereld(zaad))) == {}


@pytest.mark.parametrize("zaad", range(100, 105))
def test_geen_regiotafel_opent_een_cel_van_een_ander_met_haar_eigen_cijfers_ernaast(zaad):
    waar = wereld(zaad)
    openbaar = publiceer(waar)
    for regio in REGIOS:
        assert geopend(ernaast(waar, openbaar, regio), [r for r in REGIOS if r != regio]) == {}


def test_een_regiotafel_opent_er_wel_als_zij_niet_in_de_proef_meeleest():
    for zaad in range(100, 110):
        waar = wereld(zaad)
        openbaar = publiceer(waar, tafels=False)
        if any(geopend(ernaast(waar, openbaar, r), [x for x in REGIOS if x != r]) for r in REGIOS):
            return
    pytest.fail("geen tafel opende een cel: deze aanvaller bewijst niets")


def test_de_aanvaller_opent_er_wel_als_de_tabellen_niet_van_elkaar_weten():
    """An attacker that opens nothing proves nothing: without the relation between the tables it does."""
    assert any(geopend(publiceer(wereld(zaad), met_basis=False)) for zaad in range(100, 110))


def test_wat_een_tafel_door_een_eerdere_publicatie_al_weet_houdt_de_volgende_niet_tegen_en_wordt_geteld():
    geteld = []
    for zaad in range(100, 104):
        stroom = wereld(zaad)["stroom"]
        totaal = (stroom["iza_regio"] == "NL") | (stroom["cluster"] == "zes_clusters")
        los, som = stroom[~totaal].reset_index(drop=True), stroom[totaal].reset_index(drop=True)
        toen = bescherm(STROOM, los, som, [], REGELS, EIS)
        eerder = Stand(
            pd.concat([los, som], ignore_index=True), pd.concat([toen.tabel, toen.totaal], ignore_index=True)
        )
        nu = bescherm(STROOM, los, som, [eerder], REGELS, EIS, tafels_lezen_mee=True)
        geteld.append(nu.verslag["weet_een_tafel_door_eerdere"])
    assert any(geteld)
