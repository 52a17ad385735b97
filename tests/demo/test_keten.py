"""The demo shows the chain: people sent on, refused, mediated, waiting for a place elsewhere; and the same care in places and claims."""

import math

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


def test_need_is_above_what_there_is_where_regions_are_krap_and_below_where_they_are_ruim(warehouse):
    voorziening = Parameters.lees()["voorziening"]
    tekort = dict(
        warehouse.execute(
            """
            select
                case when iza_regio = any($krap) then 'krap' when iza_regio = any($ruim) then 'ruim' end as soort,
                sum(tekort) * 1.0 / sum(beschikbaar)
            from marts.benodigde_capaciteit
            where geleverd and "cluster" = 'outreachend' and maand = (select max(maand) from marts.benodigde_capaciteit)
            group by 1
            """,
            {naam: voorziening[naam] for naam in ("krap", "ruim")},
        ).fetchall()
    )
    assert tekort["krap"] > 0.03
    assert tekort["ruim"] < 0


def test_no_ward_above_the_norm_is_without_a_shortage_and_the_load_counts_who_is_refused_or_queues(warehouse):
    cellen = warehouse.execute(
        """
        select bezet, beschikbaar, tekort, belasting, onvervuld, case capaciteit_type when 'bed' then 0.85 else 0.95 end
        from marts.benodigde_capaciteit where geleverd
        """
    ).fetchall()
    assert all(tekort > 0 for bezet, plaatsen, tekort, _, _, norm in cellen if bezet > norm * plaatsen)
    assert all(belasting >= bezet for bezet, _, _, belasting, _, _ in cellen)
    assert sum((onvervuld or 0) > 0 for *_, onvervuld, _ in cellen) > 100


def test_load_of_a_cell_is_that_of_the_specification_by_hand(warehouse):
    """Outreachend in ZK02 in the last month: 3.4 from the accepted rows, in Python."""
    bezet, onvervuld, tekort = warehouse.execute(
        """
        select bezet, onvervuld, tekort from marts.benodigde_capaciteit
        where iza_regio = 'ZK02' and "cluster" = 'outreachend' and maand = date '2026-10-01'
        """
    ).fetchone()
    bedden = warehouse.execute(
        """
        select maand, sum(bezette_dagen), sum(opnames), sum(operationeel) from staging.stg_bedden
        where iza_regio = 'ZK02' and bedtype = 'FACT' and wet = 'Zvw' group by 1 order by 1
        """
    ).fetchall()
    lijst = warehouse.execute(
        """
        select maand, count(*) filter (is_open), count(distinct patient_pseudoniem) filter (is_open),
            count(*) filter (reden_einde = 'exclusie' and date_trunc('month', einddatum) = maand)
        from intermediate.int_wachtplek where iza_regio = 'ZK02' and zorgvorm = 'fact' group by 1 order by 1
        """
    ).fetchall()
    assert len(bedden) == len(lijst) == 6  # May to October 2026: 184 days
    dagen_bezet, opnames = sum(rij[1] for rij in bedden), sum(rij[2] for rij in bedden)
    assert opnames >= 10
    groei = max(0, lijst[-1][1] - lijst[0][1]) / (184 - 31)
    geweigerd = sum(rij[3] for rij in lijst) / 184
    uniek = lijst[-1][2] / lijst[-1][1]
    assert bezet == pytest.approx(dagen_bezet / 184)
    assert onvervuld == pytest.approx((groei + geweigerd) * uniek * dagen_bezet / opnames)
    assert tekort == math.ceil((bezet + onvervuld) / 0.95 - 1e-9) - bedden[-1][3]
