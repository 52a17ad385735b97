"""What a figure usually does from month to month (XmR chart), the sums of a quarter, and hotspots, on literal series.

The chart of Wheeler's method by hand: values 10, 12 in turns have mean 11 and a mean moving range of 2, so limits 11 +- 5.32.
"""

import shutil

import duckdb
import pytest

from tests.dbt.wereld import dbt

MAAND = [f"2025-{m:02d}-01" for m in range(1, 13)]
REEKSEN = {
    # metric, region, cluster: a value per month from January
    ("bezetting_bedden", "ZK26", "klinisch"): [0.40, 0.44] * 5 + [0.42, 0.60],
    ("bezetting_bedden", "ZK26", "acuut"): [0.90, 0.92] * 6,
    ("bezetting_bedden", "ZK26", "beveiligd"): [0.50] * 11 + [0.60],
    ("bezetting_bedden", "ZK27", "klinisch"): [0.40, 0.44, 0.40, 0.44, 0.40, 0.99],
    ("wachtplekken", "ZK26", "klinisch"): [10, 12] * 5 + [10, 17],
    ("instroom", "ZK26", "klinisch"): [1, 1, 1, 1, 1, 1, 10, 20, 30, 4, 5, 6],
    ("instroom", "ZK27", "klinisch"): [1, 1, 1, 1, 1, 1, 1, 2, 3, 40, 50, 60],
    ("instroom", "ZK28", "klinisch"): [1, 1, 1, 1, 1, 1, 1, 2, 3, 7, None, 9],
}


@pytest.fixture(scope="module")
def kern(warehouse, tmp_path_factory):
    """A copy of the warehouse with other series, on which only these models have run again. ZK27 has another supplier since October."""
    kopie = tmp_path_factory.mktemp("beweging") / "warehouse.duckdb"
    shutil.copy(warehouse, kopie)
    with duckdb.connect(str(kopie)) as con:
        for tabel in ("int_metriek", "int_metriek_totaal", "int_leveranciers"):
            con.execute(f"delete from intermediate.{tabel}")
        con.executemany(
            "insert into intermediate.int_metriek (code, maand, iza_regio, cluster, waarde) values (?, ?, ?, ?, ?)",
            [
                (code, maand, regio, cluster, waarde)
                for (code, regio, cluster), waarden in REEKSEN.items()
                for maand, waarde in zip(MAAND, waarden, strict=False)
                if waarde is not None
            ],
        )
        con.executemany(
            "insert into intermediate.int_leveranciers (bron, maand, iza_regio, leveranciers) values ('declaraties', ?, ?, ?)",
            [
                (maand, regio, "0101 0202" if regio == "ZK27" and maand >= "2025-10-01" else "0101")
                for maand in MAAND
                for regio in ("ZK26", "ZK27", "ZK28")
            ],
        )
    dbt(kopie, "run", "--select", "regelgrens", "kwartaalcijfer", "brandpunt")
    return duckdb.connect(str(kopie), read_only=True)


def grens(kern, kolommen, code, regio, cluster, maand="2025-12-01"):
    sleutel = [code, regio, cluster, maand]
    vraag = f"select {kolommen} from marts.regelgrens where code = ? and iza_regio = ? and cluster = ? and maand = ?"
    return kern.execute(vraag, sleutel).fetchone()


def test_de_grenzen_zijn_die_van_een_regelkaart_over_de_maanden_ervoor(kern):
    """Eleven months: five of 10 and 12 in turns, then 10: mean 120 / 11, ten steps of 2."""
    maanden, midden, laag, hoog, uitslag, oordeel = grens(
        kern, "maanden, midden, laag, hoog, uitslag, oordeel", "wachtplekken", "ZK26", "klinisch"
    )
    assert (maanden, oordeel) == (11, 1)
    assert (midden, laag, hoog) == pytest.approx((120 / 11, 120 / 11 - 5.32, 120 / 11 + 5.32))
    assert uitslag == pytest.approx((17 - 120 / 11) / 5.32)


def test_een_gewone_stap_is_geen_verandering(kern):
    assert grens(kern, "oordeel", "bezetting_bedden", "ZK26", "acuut") == (0,)


def test_met_te_weinig_maanden_of_zonder_beweging_is_het_niet_te_zeggen(kern):
    """ZK27 has five months before June; beveiligd never moved before December."""
    assert grens(kern, "maanden, midden, oordeel", "bezetting_bedden", "ZK27", "klinisch", "2025-06-01") == (
        5,
        None,
        None,
    )
    assert grens(kern, "maanden, midden, oordeel", "bezetting_bedden", "ZK26", "beveiligd") == (11, None, None)


def test_een_brandpunt_is_eerst_wat_voorbij_de_norm_ligt_en_dan_wat_meer_verslechterde_dan_het_beweegt(kern):
    """acuut is beyond 85% and moves as ever; klinisch is within it and rose; a rise of beveiligd cannot be judged."""
    assert kern.execute(
        "select code, cluster, soort, koers, rang from marts.brandpunt where iza_regio = 'ZK26' and maand = '2025-12-01' order by rang"
    ).fetchall() == [
        ("bezetting_bedden", "acuut", "norm", 0, 1),
        ("bezetting_bedden", "klinisch", "verandering", 1, 2),
    ]


def test_een_kwartaal_is_drie_maanden_en_het_verschil_is_over_wie_zes_maanden_hetzelfde_leverde(kern):
    """ZK26: 15 after 60; ZK27: 150 of more suppliers; ZK28 lacks November."""

    def kwartaal(regio):
        return kern.execute(
            "select waarde, regios, waarde_toen, verschil, regios_gelijk from marts.kwartaalcijfer "
            "where code = 'instroom' and maand = '2025-12-01' and iza_regio = ? and cluster = 'klinisch'",
            [regio],
        ).fetchone()

    assert kwartaal("ZK26") == (15, 1, 60, -45, 1)
    assert kwartaal("ZK27") == (150, 1, None, None, 0)
    assert kwartaal("ZK28") is None
    assert kwartaal("NL") == (165, 2, 60, -45, 1)
    assert kern.execute("select count(*) from marts.kwartaalcijfer where code = 'wachtplekken'").fetchone() == (0,)
