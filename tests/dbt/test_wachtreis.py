"""The waiter's way (spec 3.16): the SQL that dbt compiled against a plain reading of the text, on lists of chance.

Two regions, three months and few dates, so that ties, gaps of exactly 90 days and lists that contradict each other are common.
Large lists with a fixed seed, and not hypothesis: a broken rule shows in the first list, and shrinking a list takes minutes.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import duckdb
import pytest

from tests.dbt import wachtreis_naief as naief

MAANDEN = [date(2024, 6, 1), date(2024, 7, 1), date(2024, 8, 1)]
MODELLEN = [
    "intermediate/int_wachtplek",
    "intermediate/int_wachtreis_plek",
    "intermediate/int_wachtreis",
    "intermediate/int_wachtende",
    "intermediate/int_doorverwezen",
    "intermediate/int_wachtgebied",
    "marts/wachtreis_maand",
]
SEEDS = ["referentie.cluster", "referentie.norm", "referentie.wachtfase", "intermediate.int_zorgvorm_cluster"]
LEEG = ["staging.stg_wachtlijst", "intermediate.int_geleverd", "intermediate.int_maand"]
NUL = date(2024, 5, 1)
# around a month's last day and 90 days, so that every boundary is met exactly, and just not
AANMELDING = [-122, -92, -91, -90, -62, -61, -60, -32, -31, -30, -1, 0, 1, 29, 30, 31, 60, 61]
DUUR = [None, None, None, None, 0, 1, 2, 29, 30, 31, 60, 61, 91]
REGIOS = ["ZK01", "ZK02"]


def vul(w):
    """Nothing: the compiled SQL is what is wanted, not the rows."""


def lijst(toeval: Random) -> list[dict]:
    """Rows of some hundreds of places in one to three snapshots; a later one may say other dates, or another region."""
    rijen = {}
    for _ in range(1000):
        vast = {
            "patient_pseudoniem": f"p{toeval.randrange(250)}",
            "agb_vestiging": toeval.choice(["v1", "v2"]),
            "wachtplek_id": str(toeval.randrange(700)),
            "zorgvorm": toeval.choice(["fact", "fact", "crisis", "ambulant"]),
        }
        for maand in toeval.sample(MAANDEN, toeval.choice([1, 1, 2, 3])):
            dag = min(NUL + timedelta(toeval.choice(AANMELDING)), naief.laatste_dag(maand))
            start, eind = (None if d is None else dag + timedelta(d) for d in toeval.choices(DUUR, k=2))
            # one row per key, as A04 leaves
            rijen[maand, vast["agb_vestiging"], vast["wachtplek_id"]] = vast | {
                "maand": maand,
                "iza_regio": toeval.choice(REGIOS),
                "aanmelddatum": dag,
                "intakedatum": start and dag,
                "startdatum_behandeling": start,
                "einddatum": eind,
            }
    return list(rijen.values())


@pytest.fixture(scope="module")
def motor(warehouse: Path, marts: duckdb.DuckDBPyConnection):
    """A database in memory with the compiled models, and what they read: the seeds as they are, the rest empty."""
    con = duckdb.connect()
    con.execute("attach ':memory:' as warehouse")
    for schema in ("staging", "intermediate", "marts", "referentie"):
        con.execute(f"create schema warehouse.{schema}")
    for tabel in SEEDS + LEEG:
        inhoud = marts.sql(f"select * from {tabel} limit {1000 if tabel in SEEDS else 0}").to_arrow_table()  # noqa: F841
        con.execute(f"create table warehouse.{tabel} as select * from inhoud")
    con.executemany(
        "insert into warehouse.intermediate.int_maand (maand, laatste_dag) values (?, ?)",
        [(m, naief.laatste_dag(m)) for m in MAANDEN],
    )
    gecompileerd = warehouse.parent / "dbt" / "compiled" / "cruciale_ggz" / "models"
    for model in MODELLEN:
        schema, naam = model.split("/")
        con.execute(f"create view warehouse.{schema}.{naam} as {(gecompileerd / f'{model}.sql').read_text()}")
    return con


def vul_lijst(motor, rijen, geleverd):
    motor.execute("truncate warehouse.staging.stg_wachtlijst; truncate warehouse.intermediate.int_geleverd")
    motor.executemany(
        f"insert into warehouse.staging.stg_wachtlijst ({', '.join(rijen[0])}) values ({', '.join('?' * len(rijen[0]))})",
        [list(rij.values()) for rij in rijen],
    )
    motor.executemany("insert into warehouse.intermediate.int_geleverd values ('wachtlijst', ?, ?)", sorted(geleverd))


def wachtreis_maand(motor):
    return {
        (maand, gebied): waarden
        for maand, gebied, *waarden in motor.execute(
            "select maand, iza_regio, personen, wachtplekken, personen_meer_plekken, gemiddeld_weken, mediaan_weken, "
            "p90_weken, boven_treeknorm, doorverwezen from warehouse.marts.wachtreis_maand"
        ).fetchall()
    }


def reizen(motor):
    """Place -> (patient, place that its journey begins with, its eind)."""
    rijen = motor.execute("select * from warehouse.intermediate.int_wachtreis").fetchall()
    kolommen = [k[0] for k in motor.description]
    plekken = [dict(zip(kolommen, rij, strict=True)) for rij in rijen]
    begin = {(p["patient_pseudoniem"], p["volgnummer"]): naief.sleutel(p) for p in plekken}
    return {naief.sleutel(p): (begin[p["patient_pseudoniem"], p["reis_nr"]], p["eind"]) for p in plekken}


@pytest.mark.parametrize("zaad", range(2))
def test_wachtreis_is_de_letterlijke_lezing(motor, zaad):
    toeval = Random(zaad)
    rijen = lijst(toeval)
    if zaad:  # a region that did not deliver the last month
        rijen = [r for r in rijen if (r["maand"], r["iza_regio"]) != (MAANDEN[-1], REGIOS[zaad % 2])]
    geleverd = {(rij["maand"], rij["iza_regio"]) for rij in rijen}
    vul_lijst(motor, rijen, geleverd)
    assert reizen(motor) == {
        naief.sleutel(plek): (naief.sleutel(reis[0]), plek["eind"])
        for reis in naief.reizen(rijen, geleverd)
        for plek in reis
    }
    verwacht = naief.wachtreis_maand(rijen, geleverd)
    gevonden = wachtreis_maand(motor)
    assert gevonden.keys() == verwacht.keys()
    for cel in verwacht:
        assert gevonden[cel] == pytest.approx(list(verwacht[cel])), cel


def plek(id_, aanmeld, eind=None, start=None):
    return {
        "patient_pseudoniem": "p",
        "agb_vestiging": "v",
        "wachtplek_id": id_,
        "zorgvorm": "fact",
        "maand": MAANDEN[0],
        "iza_regio": "ZK01",
        "aanmelddatum": date.fromisoformat(aanmeld),
        "intakedatum": start and date.fromisoformat(aanmeld),
        "startdatum_behandeling": start and date.fromisoformat(start),
        "einddatum": eind and date.fromisoformat(eind),
    }


@pytest.mark.parametrize(
    "plekken, begin_van_de_laatste",
    [
        ([plek("a", "2024-01-01", eind="2024-01-10"), plek("b", "2024-04-09")], "a"),  # precies 90 dagen
        ([plek("a", "2024-01-01", eind="2024-01-10"), plek("b", "2024-04-10")], "b"),
        ([plek("a", "2024-01-01"), plek("b", "2024-06-10")], "a"),  # nog open
        ([plek("a", "2024-01-01", start="2024-03-01"), plek("b", "2024-02-29")], "a"),
        ([plek("a", "2024-01-01", start="2024-03-01"), plek("b", "2024-03-01")], "b"),
        # de langste van alle eerdere telt, ook als er een kortere na kwam
        (
            [
                plek("a", "2024-01-01", eind="2024-03-01"),
                plek("b", "2024-01-02", eind="2024-01-03"),
                plek("c", "2024-05-01"),
            ],
            "a",
        ),
        # een reis die begon na een behandeling, weet niets meer van wat daarvoor nog open stond
        (
            [
                plek("a", "2024-01-01"),
                plek("b", "2024-01-01", start="2024-01-05"),
                plek("c", "2024-01-10", eind="2024-01-11"),
                plek("d", "2024-06-01"),
            ],
            "d",
        ),
    ],
)
def test_wanneer_een_nieuwe_reis_begint(motor, plekken, begin_van_de_laatste):
    vul_lijst(motor, plekken, {(MAANDEN[0], "ZK01")})
    assert reizen(motor)[naief.sleutel(plekken[-1])][0][1] == begin_van_de_laatste
