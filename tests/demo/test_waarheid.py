"""The pipeline finds every defect of the demo data and invents none: precision and recall 1.0 for every code."""

import pytest

RIJCODES = ["A01", "A02", "A03", "A04", "A05", "A06", "W01", "W02", "W03", "W04"]
LEVERINGCODES = ["B01", "B02", "B03", "B04", "B05"]
ZPM_CODES = [f"ZPM-{nummer:02d}" for nummer in range(1, 13)]


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
        select strftime(maand, '%Y-%m'), iza_regio, agb_vestiging, "cluster", aantal::bigint, waarde_a::bigint, waarde_b::bigint
        from marts.zpm_mismatch where code = ?
        """,
        [code],
    ).fetchall()
    bedoeld = warehouse.execute(
        """
        select maand, iza_regio, agb_vestiging, "cluster", aantal::bigint, waarde_a::bigint, waarde_b::bigint
        from read_csv(?, all_varchar = true) where code = ?
        """,
        [str(demo.waarheid("zpm")), code],
    ).fetchall()
    assert set(gevonden) == set(bedoeld)
    assert len(gevonden) == len(bedoeld) > 0
