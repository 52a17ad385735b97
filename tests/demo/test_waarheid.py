"""The pipeline finds every defect of the demo data and invents none: precision and recall 1.0 for every code."""

import pytest

RIJCODES = ["A01", "A02", "A03", "A04", "A05", "A06", "W01", "W02", "W03", "W04"]
LEVERINGCODES = ["B01", "B02", "B03", "B04", "B05"]
ZPM_CODES = [f"ZPM-{nummer:02d}" for nummer in range(1, 15)]


@pytest.mark.parametrize("code", RIJCODES)
def test_rows_with_a_code_are_exactly_those_of_the_ground_truth(demo, warehouse, code):
    tabel = "kwaliteit.signaal" if code.startswith("W") else "kwaliteit.afgekeurde_rij"
    kolom = "code" if code.startswith("W") else "unnest(string_split(codes, ','))"
    gevonden = warehouse.execute(
        f"select bestand, rijnummer from (select bestand, rijnummer, {kolom} as code from {tabel}) where code = ?",
        [code],
    ).fetchall()
    bedoeld = warehouse.execute(
        "select bestand, rijnummer from read_csv(?, all_varchar = true) where code = ?",
        [str(demo.waarheid("rijen")), code],
    ).fetchall()
    assert {(bestand, str(nummer)) for bestand, nummer in gevonden} == set(bedoeld)
    assert len(gevonden) == len(bedoeld) > 0


@pytest.mark.parametrize("code", LEVERINGCODES)
def test_refused_deliveries_are_exactly_those_of_the_ground_truth(demo, warehouse, code):
    gevonden = warehouse.execute("select bestand from kwaliteit.aanlevering where code = ?", [code]).fetchall()
    bedoeld = warehouse.execute(
        "select bestand from read_csv(?, all_varchar = true) where code = ?", [str(demo.waarheid("leveringen")), code]
    ).fetchall()
    assert sorted(gevonden) == sorted(bedoeld)
    assert gevonden


def test_every_delivery_has_the_status_and_the_rows_of_the_ground_truth(demo, warehouse):
    gevonden = warehouse.execute("select bestand, status, rijen_gelezen from kwaliteit.aanlevering").fetchall()
    bedoeld = warehouse.execute(
        "select bestand, status, rijen::bigint from read_csv(?, all_varchar = true)", [str(demo.waarheid("leveringen"))]
    ).fetchall()
    assert sorted(gevonden) == sorted(bedoeld)


@pytest.mark.parametrize("code", ZPM_CODES)
def test_mismatches_are_exactly_those_of_the_ground_truth(demo, warehouse, code):
    gevonden = warehouse.execute(
        """
        select strftime(maand, '%Y-%m'), iza_regio, agb_vestiging, "cluster", aantal::bigint, round(waarde_a::double, 6), round(waarde_b::double, 6)
        from marts.zpm_mismatch where code = ?
        """,
        [code],
    ).fetchall()
    bedoeld = warehouse.execute(
        """
        select maand, iza_regio, agb_vestiging, "cluster", aantal::bigint, round(waarde_a::double, 6), round(waarde_b::double, 6)
        from read_csv(?, all_varchar = true) where code = ?
        """,
        [str(demo.waarheid("zpm")), code],
    ).fetchall()
    assert set(gevonden) == set(bedoeld)
    assert len(gevonden) == len(bedoeld) > 0


def test_places_that_vanish_from_a_list_or_rise_again_are_exactly_those_of_the_ground_truth(demo, warehouse):
    gevonden = warehouse.execute(
        """
        with plek as (select maand, iza_regio, agb_vestiging, wachtplek_id, is_open from intermediate.int_wachtplek),
        weg as (
            select plek.* replace (plek.maand + interval 1 month as maand)
            from plek
            inner join (from intermediate.int_geleverd where bron = 'wachtlijst') as volgende
                on plek.iza_regio = volgende.iza_regio and volgende.maand = plek.maand + interval 1 month
            where is_open
        )
        select
            case when exists (
                select 1 from plek
                where plek.maand > weg.maand and plek.agb_vestiging = weg.agb_vestiging and plek.wachtplek_id = weg.wachtplek_id
            ) then 'herrezen' else 'verdwenen' end,
            strftime(maand, '%Y-%m'), iza_regio, agb_vestiging, wachtplek_id
        from weg
        anti join plek using (maand, agb_vestiging, wachtplek_id)
        """
    ).fetchall()
    bedoeld = warehouse.execute(
        """
        select replace(soort, 'geschoond', 'verdwenen'), maand, iza_regio, agb_vestiging, wachtplek_id
        from read_csv(?, all_varchar = true) where soort in ('verdwenen', 'geschoond', 'herrezen')
        """,
        [str(demo.waarheid("wachtlijst"))],
    ).fetchall()
    assert sorted(gevonden) == sorted(bedoeld)
    assert {rij[0] for rij in gevonden} == {"herrezen", "verdwenen"}


def test_dates_that_stand_for_no_date_are_exactly_those_of_the_ground_truth(demo, warehouse):
    gevonden = warehouse.execute(
        """
        select
            case
                when einddatum = date '9999-12-31' then 'einddatum_vulwaarde'
                when aanmelddatum = date '1900-01-01' then 'aanmelddatum_vulwaarde'
                else 'geboren_na_aanmelding'
            end,
            strftime(maand, '%Y-%m'), iza_regio, agb_vestiging, wachtplek_id
        from intermediate.int_wachtplek
        where einddatum > date '2100-01-01' or aanmelddatum < date '2022-01-01' or geboortejaar > year(aanmelddatum)
        """
    ).fetchall()
    bedoeld = warehouse.execute(
        """
        select soort, maand, iza_regio, agb_vestiging, wachtplek_id from read_csv(?, all_varchar = true)
        where soort not in ('verdwenen', 'geschoond', 'herrezen')
        """,
        [str(demo.waarheid("wachtlijst"))],
    ).fetchall()
    assert sorted(gevonden) == sorted(bedoeld)
    assert {rij[0] for rij in gevonden} == {"einddatum_vulwaarde", "aanmelddatum_vulwaarde", "geboren_na_aanmelding"}
