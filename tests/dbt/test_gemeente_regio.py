"""Where a gemeente lay on a day: by the years of CBS that were loaded, and for the rest as the plain table says."""

import duckdb
import pytest

from tests.dbt.wereld import dbt

DAGEN = ("2021-06-01", "2023-12-31", "2024-01-01", "2030-01-01")
GEMEENTEN = [("GM0001", "ZK09"), ("GM0002", "ZK06"), ("GM0003", "ZK09"), ("GM0004", "ZK09"), ("GM0005", "ZK21")]
JAREN = [
    (2022, "GM0002", "ZK09"),
    (2023, "GM0002", "ZK09"),
    (2024, "GM0002", "ZK06"),  # wisselt in 2024
    (2022, "GM0003", "ZK09"),  # opgegaan na 2022
    (2024, "GM0004", "ZK09"),  # ontstaan in 2024
    (2022, "GM0005", "ZK09"),  # daarna met de hand verbeterd
    (2022, "GM0009", "ZK09"),  # niet in de indeling: blijft onbekend
]


@pytest.fixture(scope="module")
def regio(tmp_path_factory):
    """Runs the model on the seeds above; gives region by gemeente and day."""
    warehouse = tmp_path_factory.mktemp("gemeente") / "warehouse.duckdb"
    with duckdb.connect(str(warehouse)) as con:
        con.execute("create schema referentie")
        con.execute("create table referentie.gemeente_iza_regio (gemeente_code varchar, iza_regio varchar)")
        con.executemany("insert into referentie.gemeente_iza_regio values (?, ?)", GEMEENTEN)
        con.execute(
            "create table referentie.gemeente_iza_regio_jaar (jaar integer, gemeente_code varchar, iza_regio varchar)"
        )
        con.executemany("insert into referentie.gemeente_iza_regio_jaar values (?, ?, ?)", JAREN)
    dbt(warehouse, "run", "--select", "int_gemeente_regio")
    with duckdb.connect(str(warehouse), read_only=True) as con:
        rijen = con.execute(
            "select gemeente_code, dag, iza_regio from intermediate.int_gemeente_regio, (select unnest(?)::date as dag) "
            "where dag between geldig_van and geldig_tot",
            [list(DAGEN)],
        ).fetchall()
    op_dag = {(code, str(dag)): iza_regio for code, dag, iza_regio in rijen}
    assert len(op_dag) == len(rijen), "een gemeente ligt op een dag in één regio"
    return lambda code: [op_dag.get((code, dag)) for dag in DAGEN]


def test_zonder_jaren_geldt_de_indeling_altijd(regio):
    assert regio("GM0001") == ["ZK09"] * 4


def test_een_gemeente_die_wisselt_heeft_per_datum_haar_regio(regio):
    assert regio("GM0002") == ["ZK09", "ZK09", "ZK06", "ZK06"]


def test_een_gemeente_die_is_opgegaan_of_pas_ontstond_is_op_elke_datum_te_vinden(regio):
    assert regio("GM0003") == regio("GM0004") == ["ZK09"] * 4


def test_de_laatste_regio_is_die_van_de_indeling(regio):
    assert regio("GM0005") == ["ZK21"] * 4


def test_wat_niet_in_de_indeling_staat_blijft_onbekend(regio):
    assert regio("GM0009") == [None] * 4
