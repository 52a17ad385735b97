"""The demo looks like life: published totals within a stated bound, and every kind of flow in the marts.

The totals are measured at a tenth of the nation, on the spells and lists themselves, before any file is written.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from pipelines.demo.parameters import NUMMER, Parameters
from pipelines.demo.populatie import Populatie
from pipelines.demo.stelsel import Stelsel
from pipelines.demo.trajecten import Tijdvak, Zorg, maak_zorg
from pipelines.demo.wachtlijst import Plekken, Wachtlijst

SCHAAL, SEED = 0.1, 1


@dataclass(frozen=True)
class Land:
    zorg: Zorg
    plekken: Plekken
    tijdvak: Tijdvak

    def personen(self, soorten) -> float:
        """Distinct persons in these kinds of care in the second year, as for the nation."""
        jaar = (self.zorg.van < self.tijdvak.grens[24]) & (self.zorg.tot > self.tijdvak.grens[12])
        return len(np.unique(self.zorg.persoon[jaar & np.isin(self.zorg.soort, [NUMMER[s] for s in soorten])])) / SCHAAL


@pytest.fixture(scope="module")
def land() -> Land:
    parameters = Parameters.lees()
    stelsel, tijdvak = Stelsel(parameters), Tijdvak.tot_en_met("2026-10", 24)
    zorg, woonregio = maak_zorg(parameters, stelsel, tijdvak, SCHAAL, SEED)
    lijst = Wachtlijst(parameters, stelsel, tijdvak, Populatie(parameters, woonregio, SEED), SEED)
    return Land(zorg, lijst.plekken(zorg, np.arange(len(zorg))), tijdvak)


def _open(land: Land) -> Plekken:
    dag = land.tijdvak.grens[13] - 1
    return land.plekken.neem(np.flatnonzero((land.plekken.aanmelding <= dag) & (land.plekken.einde > dag)))


def test_clients_in_a_year_are_those_of_vektis(land):
    assert land.personen(NUMMER.keys() - {"wmo"}) == pytest.approx(816_000, rel=0.03)


def test_open_wachtplekken_are_those_of_the_nza(land):
    assert len(_open(land)) / SCHAAL == pytest.approx(108_878, rel=0.06)


def test_more_than_half_waits_over_14_weeks(land):
    dag = land.tijdvak.grens[13] - 1
    assert 0.5 < ((dag - _open(land).aanmelding) > 98).mean() < 0.6


def test_one_person_in_five_stands_on_several_lists(land):
    _, plekken = np.unique(_open(land).persoon, return_counts=True)
    assert (plekken > 1).mean() == pytest.approx(0.2, abs=0.02)


def test_acute_care_reaches_some_fifty_thousand_persons(land):
    assert land.personen(["crisis", "hic"]) == pytest.approx(50_000, rel=0.2)


def test_stock_stays_where_the_parameters_put_it(land):
    parameters, zorg = Parameters.lees(), land.zorg
    for soort in ("hic", "klinisch", "beveiligd", "topambulant", "fact", "ambulant"):
        deze = zorg.soort == NUMMER[soort]
        stand = [(deze & (zorg.van <= dag) & (zorg.tot > dag)).sum() / SCHAAL for dag in land.tijdvak.grens[12:24]]
        assert np.mean(stand) == pytest.approx(parameters["zorg"][soort]["stand"], rel=0.12)


def test_every_kind_of_flow_occurs(demo, warehouse):
    deel = dict(
        warehouse.execute("select soort_in, count(*) / sum(count(*)) over () from marts.episode group by 1").fetchall()
    )
    assert set(deel) == {"instroom_nieuw", "instroom_terugkeer", "doorstroom"}
    assert min(deel.values()) > 0.01
    uit = {
        rij[0] for rij in warehouse.execute("select distinct soort_uit from marts.episode where not open").fetchall()
    }
    vervolg = {
        rij[0]
        for rij in warehouse.execute(
            "select distinct vervolg from marts.episode where soort_uit = 'uitstroom'"
        ).fetchall()
    }
    assert uit == {"doorstroom", "uitstroom"}
    assert vervolg >= {"wlz", "ggz_niet_cruciaal", "geen"}


def test_wards_are_full_but_not_overfull_and_some_beds_are_closed_or_blocked(warehouse):
    hoogste, gemiddeld, dicht, wacht = warehouse.execute(
        """
        select max(bezettingsgraad), sum(bezette_dagen) / sum(beschikbare_dagen), sum(gesloten_personeel), sum(uitgestelde_dagen)
        from marts.capaciteit_maand where geleverd and "cluster" = 'klinisch'
        """
    ).fetchone()
    assert hoogste <= 1.01
    assert 0.4 < gemiddeld < 1  # wards of a bed or two at this schaal; about 0.9 at schaal 1.0 (docs/demodata.md)
    assert dicht > 0
    assert wacht > 0
