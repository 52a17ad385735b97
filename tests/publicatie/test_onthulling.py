"""What may be withheld too little: disclosure control on tables small enough to check by hand or by trying everything."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from pipelines.publicatie.onthulling.beveilig import audit, beveilig, primair
from pipelines.publicatie.onthulling.lezer import GETOOND, PRIMAIR, SECUNDAIR, Eis
from pipelines.publicatie.onthulling.stelsel import TabellenOneens, verenig
from tests.publicatie.tabellen import kruistabel, stelsel

EIS = Eis()


def test_wards_1_1_50_with_their_total_shown_hold_only_when_the_50_is_withheld_too():
    afdelingen = stelsel([1, 1, 50, 52], [(3, [0, 1, 2])])
    alleen_primair = audit(afdelingen, primair(afdelingen, EIS), EIS)
    assert [lek.cel for lek in alleen_primair.lekken] == [0, 1]
    assert (alleen_primair.laag[0], alleen_primair.hoog[0]) == (1, 1)
    uitkomst = beveilig(afdelingen, EIS)
    assert uitkomst.lekken == []
    assert list(uitkomst.status) in ([PRIMAIR, PRIMAIR, SECUNDAIR, GETOOND], [PRIMAIR, PRIMAIR, GETOOND, SECUNDAIR])


def test_a_true_zero_stays_zero_and_the_threshold_itself_is_shown():
    assert list(primair(stelsel([0, 1, 9, 10]), EIS)) == [GETOOND, PRIMAIR, PRIMAIR, GETOOND]


def test_a_single_small_count_in_a_line_gives_itself_away():
    uitkomst = audit(regel := stelsel([5, 20, 25], [(2, [0, 1])]), primair(regel, EIS), EIS)
    assert (uitkomst.laag[0], uitkomst.hoog[0]) == (5, 5)
    assert [lek.cel for lek in uitkomst.lekken] == [0]


def test_two_small_counts_that_reach_the_threshold_together_need_nothing_more():
    uitkomst = beveilig(stelsel([5, 6, 11], [(2, [0, 1])]), EIS)
    assert list(uitkomst.status) == [PRIMAIR, PRIMAIR, GETOOND]
    assert uitkomst.lekken == []


def test_who_knows_which_cells_are_small_does_not_read_9_and_9_off_a_total_of_18():
    uitkomst = beveilig(stelsel([9, 9, 18, 30, 48], [(2, [0, 1]), (4, [2, 3])]), EIS)
    assert uitkomst.lekken == [] and uitkomst.krap == []
    assert uitkomst.status[2] == SECUNDAIR


def test_an_upper_bound_counts_as_something_the_reader_knows():
    # boven_treeknorm 3 of a shown 12 wachtplekken is at most 12
    uitkomst = audit(regel := stelsel([3, 12], hoogstens=[(0, 1)]), primair(regel, EIS), EIS)
    assert uitkomst.lekken == []
    assert uitkomst.hoog[0] <= 12


def test_a_withheld_cell_of_another_region_is_not_found_by_a_tafel_that_knows_its_own():
    # R1 knows its own 30 and the total 75: what is left is R0
    regios = stelsel([5, 30, 40, 75], [(3, [0, 1, 2])], regio=["R0", "R1", "R2", ""])
    status = np.array([PRIMAIR, SECUNDAIR, GETOOND, GETOOND])
    assert audit(regios, status, EIS).lekken == []
    assert audit(regios, status, EIS, ("R1",)).lekken == [(0, "R1", 5, 5)]
    assert beveilig(regios, EIS, tafels=("R0", "R1", "R2")).lekken == []


def test_a_cell_shown_earlier_with_the_same_figure_cannot_protect_another():
    toen = stelsel([12, 50, 62], [(2, [0, 1])])
    nu = stelsel([8, 50, 58], [(2, [0, 1])])
    samen, (plaats_nu, plaats_toen) = verenig([nu, toen])
    assert plaats_nu[1] == plaats_toen[1] and plaats_nu[0] != plaats_toen[0]
    vast = np.zeros(len(samen), bool)
    vast[plaats_toen] = True
    uitkomst = beveilig(samen, EIS, vast=vast)
    assert list(uitkomst.status[plaats_nu]) == [PRIMAIR, GETOOND, SECUNDAIR]
    assert uitkomst.lekken == []


def test_what_cannot_be_protected_is_reported_with_its_cell():
    regel = stelsel([5, 20, 25], [(2, [0, 1])])
    uitkomst = beveilig(regel, EIS, vast=np.array([False, True, True]))
    assert uitkomst.lekken == [(0, "openbaar", 5, 5)]


def test_a_large_cell_that_earlier_publications_give_away_is_shown_and_a_small_one_is_not():
    vast = np.array([False, True, True])
    groot = beveilig(stelsel([40, 50, 90], [(2, [0, 1])]), EIS, np.array([SECUNDAIR, GETOOND, GETOOND]), vast)
    assert (list(groot.status), groot.lekken) == ([GETOOND] * 3, [])
    klein = beveilig(stelsel([4, 50, 54], [(2, [0, 1])]), EIS, np.array([PRIMAIR, GETOOND, GETOOND]), vast)
    assert klein.status[0] == PRIMAIR
    assert klein.lekken == [(0, "openbaar", 4, 4)]


def test_cells_that_want_the_same_room_are_helped_one_by_one():
    # two publications of capaciteit_maand in one system: what one withheld cell gains another loses, so together none moves
    geval = json.loads(Path(__file__).with_name("zelfde_ruimte.json").read_text())
    nu_en_toen = stelsel(geval["waarde"], geval["sommen"])
    uitkomst = beveilig(
        nu_en_toen, EIS, np.array(geval["status"]), vast=np.isin(np.arange(len(nu_en_toen)), geval["vast"])
    )
    assert uitkomst.lekken == []
    assert all(uitkomst.status[geval["vast"]] == GETOOND)


def test_a_total_that_came_out_the_same_over_other_parts_is_not_known_to_be_the_same():
    toen, nu = stelsel([1, 3, 8, 12], [(3, [0, 1, 2])]), stelsel([1, 4, 7, 12], [(3, [0, 1, 2])])
    _, (in_toen, in_nu) = verenig([toen, nu])
    assert list(in_toen == in_nu) == [True, False, False, False]
    _, (in_toen, in_nu) = verenig([toen, toen])
    assert list(in_toen == in_nu) == [True, True, True, True]


def test_figures_that_contradict_their_total_are_refused():
    with pytest.raises(TabellenOneens, match="kloppen niet"):
        stelsel([1, 2, 4], [(2, [0, 1])])


def _alle_tabellen(systeem, status):
    """Every table of whole counts that agrees with what is shown, by trying all of them (cells up to 30)."""
    onbekend = np.flatnonzero(status != GETOOND)
    gelijk, hoogstens = systeem.gelijk.toarray(), systeem.hoogstens.toarray()
    for waarden in itertools.product(range(1, 31), repeat=len(onbekend)):
        x = systeem.waarde.copy()
        x[onbekend] = waarden
        if not (gelijk @ x).any() and (hoogstens @ x <= 0).all():
            yield x


@pytest.mark.parametrize("seed", range(8))
def test_the_intervals_of_the_audit_are_those_of_trying_every_table(seed):
    loting = np.random.default_rng(seed)
    tabel = kruistabel(loting.integers(0, 14, (2, 2)))
    status = primair(tabel, EIS)
    if not 1 <= (status != GETOOND).sum() <= 3:
        status[:] = GETOOND
        status[:2] = PRIMAIR
    mogelijk = np.array(list(_alle_tabellen(tabel, status)))
    uitkomst = audit(tabel, status, EIS)
    breed = mogelijk.max(0) - mogelijk.min(0)
    om = (mogelijk.min(0) < 10) & (mogelijk.max(0) >= 10)
    lek = set(np.flatnonzero((status != GETOOND) & ~om & (breed < 10)))
    assert {lek.cel for lek in uitkomst.lekken} == lek
    for cel in lek:
        assert (uitkomst.laag[cel], uitkomst.hoog[cel]) == (mogelijk[:, cel].min(), mogelijk[:, cel].max())


@pytest.mark.parametrize("seed", range(6))
def test_random_tables_are_protected_and_lose_less_than_whole_rows(seed):
    loting = np.random.default_rng(seed)
    binnen = loting.choice([0, 1, 3, 8, 12, 40, 90, 200], (4, 6))
    tabel = kruistabel(binnen)
    uitkomst = beveilig(tabel, EIS)
    assert uitkomst.lekken == []
    assert audit(tabel, uitkomst.status, EIS).lekken == []
    assert (uitkomst.status[tabel.waarde == 0] == GETOOND).all()
    assert set(np.flatnonzero(uitkomst.status == PRIMAIR)) == set(
        np.flatnonzero((tabel.waarde > 0) & (tabel.waarde < 10))
    )
