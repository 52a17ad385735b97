"""A literal warehouse of two regions and two months: the smallest that can be published."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import duckdb
import pytest

from pipelines.publicatie import vintage
from pipelines.settings import Instellingen

STROOM = """CREATE TABLE marts.stroom_maand (maand DATE, iza_regio VARCHAR, cluster VARCHAR, stand_begin BIGINT, instroom_nieuw BIGINT,
    instroom_terugkeer BIGINT, instroom BIGINT, doorstroom_in BIGINT, doorstroom_uit BIGINT, uitstroom BIGINT, stand_eind BIGINT,
    personen BIGINT, status VARCHAR, geleverd BOOLEAN)"""
# as the mart has them: country and six clusters together, what is unknown left out
TOTALEN = """CREATE VIEW marts.stroom_maand_totaal AS
    SELECT maand, gebied AS iza_regio, groep AS "cluster", sum(stand_begin)::BIGINT AS stand_begin,
        sum(instroom_nieuw)::BIGINT AS instroom_nieuw, sum(instroom_terugkeer)::BIGINT AS instroom_terugkeer,
        sum(instroom)::BIGINT AS instroom, sum(doorstroom_in)::BIGINT AS doorstroom_in, sum(doorstroom_uit)::BIGINT AS doorstroom_uit,
        sum(uitstroom)::BIGINT AS uitstroom, sum(stand_eind)::BIGINT AS stand_eind,
        max(CASE WHEN geleverd THEN status END) AS status, max(personen) AS personen, bool_or(aanloop) AS aanloop,
        count(DISTINCT CASE WHEN geleverd THEN iza_regio END) AS regios_geleverd, count(DISTINCT iza_regio) AS regios
    FROM (SELECT *, unnest([iza_regio, 'NL']) AS gebied FROM marts.stroom_maand) AS land, unnest([land.cluster, 'zes_clusters']) AS c(groep)
    WHERE gebied = 'NL' OR groep = 'zes_clusters' GROUP BY ALL"""
PSEUDONIEM = "ab" * 32


def stroom(maand, regio, cluster, begin, nieuw, terug, uit):
    return (maand, regio, cluster, begin, nieuw, terug, nieuw + terug, 0, 0, uit, begin + nieuw + terug - uit, begin + nieuw + terug,
            "definitief", True)  # fmt: skip


RIJEN = [
    stroom(date(2026, 8, 1), "ZK01", "acuut", 100, 3, 20, 12),
    stroom(date(2026, 8, 1), "ZK01", "klinisch", 200, 40, 15, 30),
    stroom(date(2026, 8, 1), "ZK02", "acuut", 150, 30, 25, 20),
    stroom(date(2026, 8, 1), "ZK02", "klinisch", 80, 14, 0, 11),
    (date(2026, 9, 1), "ZK01", "acuut", *[None] * 9, "voorlopig", False),
    (date(2026, 9, 1), "ZK01", "klinisch", *[None] * 9, "voorlopig", False),
    stroom(date(2026, 9, 1), "ZK02", "acuut", 185, 31, 26, 20),
    stroom(date(2026, 9, 1), "ZK02", "klinisch", 83, 14, 2, 11),
]


@pytest.fixture(autouse=True)
def geen_processen(monkeypatch):
    """Work in threads: starting processes takes longer than these tables. What runs in a process of its own has them."""
    monkeypatch.setattr(vintage, "ProcessPoolExecutor", lambda aantal, *_, **__: ThreadPoolExecutor(aantal))


@pytest.fixture
def instellingen(tmp_path):
    """Settings of a data root with that warehouse."""
    uit = Instellingen(data=tmp_path / "data")
    uit.data.mkdir()
    with duckdb.connect(str(uit.warehouse)) as con:
        con.execute("CREATE SCHEMA marts; CREATE SCHEMA kwaliteit; CREATE SCHEMA referentie")
        con.execute(STROOM)
        con.executemany(f"INSERT INTO marts.stroom_maand VALUES ({', '.join('?' * 14)})", RIJEN)
        con.execute("ALTER TABLE marts.stroom_maand ADD COLUMN aanloop BOOLEAN DEFAULT false")
        con.execute(TOTALEN)
        con.execute(f"CREATE TABLE marts.episode AS SELECT '{PSEUDONIEM}' AS patient_pseudoniem, 'ZK01' AS iza_regio")
        con.execute("""CREATE TABLE marts.aanbieder_wachttijd AS SELECT DATE '2026-09-01' AS maand, 'ZK02' AS iza_regio, '06290001'
            AS agb_vestiging, 'acuut' AS "cluster", 3 AS wachtplekken""")
        con.execute("""CREATE TABLE kwaliteit.aanlevering (bron VARCHAR, maand VARCHAR, iza_regio VARCHAR, leverancier VARCHAR,
            versie INTEGER, bestand VARCHAR, sha256 VARCHAR, status VARCHAR)""")
        lever(con, "2026-08", "ZK01", 1, "cc", "actief")
        lever(con, "2026-09", "ZK02", 1, "aa", "actief")
        con.execute("CREATE TABLE referentie.definitie_versie AS SELECT 'hhm-2023' AS versie, 'J' AS standaard")
        con.execute("CREATE TABLE referentie.cluster_regel AS SELECT 'hhm-2023' AS versie, 10 AS volgorde")
    return uit


def lever(con, maand, regio, versie, sha, status, bron="declaraties"):
    """Adds a delivery to the register."""
    bestand = f"{bron}_{maand}_{regio}_06290000_v{versie:02}.csv"
    con.execute(
        "INSERT INTO kwaliteit.aanlevering VALUES (?, ?, ?, '06290000', ?, ?, ?, ?)",
        [bron, maand, regio, versie, bestand, sha * 32, status],
    )
