"""The demo shows the chain: people sent on, refused, mediated, waiting for a place elsewhere; and the same care in places and claims."""

import pytest

from pipelines.demo.parameters import Parameters
from pipelines.demo.wachtlijst import ZORGVORM

IHT_IN_SETTING_4 = "('ZK04', 'ZK12', 'ZK16', 'ZK25')"


def test_people_are_sent_on_to_other_lists_some_in_another_region_some_twice(warehouse):
    schakels = warehouse.execute(
        """
        with plek as (
            select patient_pseudoniem, agb_vestiging, wachtplek_id, any_value(iza_regio) as iza_regio, min(aanmelddatum) as van,
                max(einddatum) as tot, bool_or(startdatum_behandeling is not null) as gestart
            from intermediate.int_wachtplek where einddatum < date '2100-01-01' or einddatum is null group by 1, 2, 3
        )
        select later.iza_regio <> eerder.iza_regio, count(*) over (partition by later.patient_pseudoniem)
        from plek as eerder
        inner join plek as later
            on eerder.patient_pseudoniem = later.patient_pseudoniem and later.agb_vestiging <> eerder.agb_vestiging
            and later.van between eerder.tot and eerder.tot + interval 90 day
        where not eerder.gestart
        """
    ).fetchall()
    assert len(schakels) > 50
    assert 0.1 < sum(elders for elders, _ in schakels) / len(schakels) < 0.5
    assert max(aantal for _, aantal in schakels) > 1


def test_a_refusal_names_a_criterium_of_its_zorgvorm_or_none(warehouse):
    gevonden = warehouse.execute(
        "select distinct zorgvorm, exclusiecriterium from intermediate.int_wachtplek where reden_einde = 'exclusie'"
    ).fetchall()
    criteria = Parameters.lees()["wachtlijst"]["exclusiecriterium"]
    assert all(criterium is None or criterium in criteria[zorgvorm] for zorgvorm, criterium in gevonden)
    assert {zorgvorm for zorgvorm, _ in gevonden} >= {"ambulant", "fact", "klinische_opname", "hoogspecialistisch"}
    zonder = warehouse.execute(
        "select avg((exclusiecriterium is null)::int) from intermediate.int_wachtplek where reden_einde = 'exclusie'"
    ).fetchone()[0]
    assert zonder == pytest.approx(0.2, abs=0.07)


def test_mediation_succeeds_and_fails_and_most_rows_have_the_optional_columns(warehouse):
    gelukt, mislukt, urgentie, onderneming, geboortejaar = warehouse.execute(
        """
        select count(*) filter (bemiddeling = 'gelukt'), count(*) filter (bemiddeling = 'mislukt'), avg((urgentie is not null)::int),
            avg((agb_onderneming is not null)::int), avg((geboortejaar is not null)::int)
        from intermediate.int_wachtplek
        """
    ).fetchone()
    assert gelukt > 3 * mislukt > 0
    assert min(urgentie, onderneming, geboortejaar) > 0.7
    assert max(urgentie, onderneming, geboortejaar) < 1
    assert {
        r[0] for r in warehouse.execute("select distinct zorgvorm from intermediate.int_wachtplek").fetchall()
    } <= set(ZORGVORM.values())


def test_beschermd_wonen_is_full_and_what_people_wait_for_most(warehouse):
    deel, eerste = warehouse.execute(
        """
        select
            sum(bezet) filter (bestemming = 'beschermd_wonen') / sum(operationeel) filter (bestemming = 'beschermd_wonen'),
            arg_max(bestemming, uitgesteld)
        from (select bestemming, sum(uitgesteld) as uitgesteld, sum(bezet) as bezet, sum(operationeel) as operationeel
              from marts.bestemming_capaciteit group by 1)
        """
    ).fetchone()
    assert deel > 0.75  # of some three places per region at this schaal; 0.98 at schaal 1.0
    assert eerste == "beschermd_wonen"


def test_acute_care_is_in_places_and_claims_alike_but_where_iht_is_claimed_as_outreaching(warehouse):
    verhouding = dict(
        warehouse.execute(
            f"""
            with plaatsen as (
                select maand, iza_regio, "cluster", sum(bezette_dagen) / any_value(day(last_day(maand))) as bezet
                from marts.capaciteit_maand where geleverd group by all
            )
            select iza_regio in {IHT_IN_SETTING_4}, sum(bezet) / sum((stand_begin + stand_eind) / 2)
            from marts.stroom_maand inner join plaatsen using (maand, iza_regio, "cluster")
            where geleverd and "cluster" = 'acuut' and maand > (select min(maand) from plaatsen) and status = 'definitief'
            group by 1
            """
        ).fetchall()
    )
    assert verhouding[False] == pytest.approx(1, abs=0.12)
    assert verhouding[True] > 1.5


def test_vacancies_are_where_places_are_closed_for_lack_of_staff(warehouse):
    dicht, open_ = (
        warehouse.execute(
            f"""
            select sum(personeel_maand.fte_vacature) / sum(fte_formatie)
            from marts.personeel_maand
            inner join marts.personeel_gesloten using (maand, iza_regio, "cluster")
            where gesloten_personeel {meer} 0
            """
        ).fetchone()[0]
        for meer in (">", "=")
    )
    assert open_ < 0.08
    assert dicht > 2 * open_


def test_shifts_of_the_crisisdienst_stay_open_most_where_regions_are_krap(warehouse):
    krap = Parameters.lees()["voorziening"]["krap"]
    dekking = dict(
        warehouse.execute(
            "select iza_regio = any(?), sum(anw_ingevuld) / sum(anw_diensten) from marts.personeel_maand group by 1",
            [krap],
        ).fetchall()
    )
    assert dekking[True] < dekking[False] - 0.05
