"""What holds for every scenario, whatever its measures: tried on cells of all sorts."""

from functools import cache

import duckdb
import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.analyse.maatregel import maak
from pipelines.analyse.model import schat
from pipelines.analyse.plan import maak_plan
from pipelines.analyse.scenario import VRAAG, bijdragen, per_cel
from pipelines.analyse.waarneming import PLAATS, Waarneming, lees
from tests.analyse.conftest import vul_warehouse

CELLEN = {
    ("ZK01", "acuut"): {"geweigerd_per_dag": 0.2, "onvervuld": 3.0, "belasting": 11.0, "uitval": 9, "gesloten": 4},
    ("ZK01", "acuut", "ambulante_plek"): {"operationeel": 70, "bezet": 66.0, "belasting": 66.0, "wachtplekken": 300},
    ("ZK01", "klinisch"): {"onvervuld": None, "geweigerd_per_dag": None, "aandeel_uniek": None},
    ("ZK02", "acuut"): {
        "operationeel": 0,
        "belasting": 0.0,
        "bezet": 0.0,
        "uitgesteld": 0.0,
        "verblijfsduur_dagen": None,
    },
    ("ZK02", "klinisch"): {"uitgesteld": 8.0, "wachtplekken": lambda maand: 90 - maand, "aandeel_uniek": 0.8},
}


@cache
def waarneming() -> Waarneming:
    with duckdb.connect() as con:
        return lees(vul_warehouse(con, regios=("ZK01", "ZK02"), cellen=CELLEN))


def knop(naam, waarden, **erbij):
    return st.fixed_dictionaries({naam: waarden, "bron": st.just("test"), **erbij}, optional=WAAR)


WAAR = {
    "regios": st.sampled_from([["ZK01"], ["ZK02"]]),
    "clusters": st.sampled_from([["acuut"], ["klinisch"]]),
    "vanaf_maand": st.integers(1, 36),
}
PROCENT = st.integers(-99, 150)
PLAATSEN = knop("extra_plaatsen", st.integers(-20, 20), capaciteit_type=st.sampled_from(["bed", "ambulante_plek"]))
MAATREGEL = st.one_of(
    *(
        knop(naam, PROCENT)
        for naam in ("instroom_procent", "duur_procent", "uitgestelde_dagen_procent", "geweigerd_procent")
    ),
    knop("heropenen_procent", st.integers(0, 100)),
    knop("wachtlijst_weken", st.integers(1, 30), maanden=st.integers(1, 48)),
    PLAATSEN,
)
MAATREGELEN = st.lists(MAATREGEL, min_size=1, max_size=5)


@cache
def schatting() -> pd.DataFrame:
    return schat(waarneming(), waarneming().tot)


def cijfers(regels):
    w, s = waarneming(), schatting()
    maatregelen = maak({"naam": "proef", "titel": "Proef", "maatregelen": regels}, "proef").maatregelen
    return per_cel(s, maak_plan(s, maatregelen, w.tot), w.norm)


def nergens_meer(a, b):
    return bool(((a <= b + 1e-9) | np.isnan(a)).all())


@settings(max_examples=40, deadline=None)
@given(MAATREGELEN, PLAATSEN)
def test_more_places_never_give_more_shortage_and_never_change_the_need(regels, erbij):
    meer = {**erbij, "extra_plaatsen": abs(erbij["extra_plaatsen"])}
    zonder, met = cijfers(regels), cijfers([*regels, meer])
    assert nergens_meer(met["tekort"], zonder["tekort"])
    assert np.array_equal(met["benodigde_capaciteit"], zonder["benodigde_capaciteit"], equal_nan=True)


@settings(max_examples=40, deadline=None)
@given(
    MAATREGELEN, st.sampled_from(["duur_procent", "uitgestelde_dagen_procent", "instroom_procent"]), st.integers(-99, 0)
)
def test_a_shorter_stay_or_fewer_people_never_ask_more_where_the_list_has_no_goal(regels, naam, procent):
    zonder_doel = [regel for regel in regels if "wachtlijst_weken" not in regel]
    minder, nu = cijfers([*zonder_doel, {naam: procent, "bron": "test"}]), cijfers(zonder_doel)
    assert nergens_meer(minder["benodigde_capaciteit"], nu["benodigde_capaciteit"])


@settings(max_examples=40, deadline=None)
@given(MAATREGELEN, st.integers(1, 30), st.integers(1, 36))
def test_a_goal_for_the_wait_never_asks_less(regels, weken, maanden):
    doel = {"wachtlijst_weken": weken, "maanden": maanden, "bron": "test"}
    assert nergens_meer(cijfers(regels)["benodigde_capaciteit"], cijfers([*regels, doel])["benodigde_capaciteit"])


@settings(max_examples=40, deadline=None)
@given(MAATREGELEN)
def test_the_month_that_was_observed_is_changed_by_no_measure(regels):
    nu = cijfers([])
    assert all(np.array_equal(x[0], nu[naam][0], equal_nan=True) for naam, x in cijfers(regels).items())


@settings(max_examples=40, deadline=None)
@given(MAATREGELEN)
def test_no_place_no_load_and_no_need_is_less_than_none(regels):
    uit = cijfers(regels)
    assert all(np.nanmin(uit[naam]) >= 0 for naam in ("belasting", "onvervuld", "benodigde_capaciteit", "plaatsen"))


@settings(max_examples=15, deadline=None)
@given(MAATREGELEN, st.randoms(use_true_random=False))
def test_contributions_in_order_add_up_to_the_whole_and_the_whole_to_the_regions_in_any_order(regels, toeval):
    vraag = {"naam": "proef", "titel": "Proef", "maatregelen": regels}
    uit = bijdragen(waarneming(), maak(vraag, "proef"))
    sleutel = ["maand", *PLAATS, "metriek"]
    per = uit.groupby(sleutel).agg(som=("op_volgorde", "sum"), nu=("ongewijzigd", "first"), samen=("samen", "first"))
    assert np.allclose(per["nu"] + per["som"], per["samen"])
    regios = (
        per.drop("NL", level="iza_regio")
        .groupby(level=["maand", "cluster", "capaciteit_type", "metriek"])["samen"]
        .sum()
    )
    assert np.allclose(per.xs("NL", level="iza_regio")["samen"].sort_index(), regios.sort_index())
    anders = bijdragen(waarneming(), maak({**vraag, "maatregelen": toeval.sample(regels, len(regels))}, "proef"))
    zelfde = anders.groupby(sleutel)["samen"].first()
    pd.testing.assert_series_equal(zelfde, per["samen"].rename("samen"), atol=1e-9)


def test_every_kind_of_figure_is_tried():
    assert set(cijfers([])) == set(VRAAG)
