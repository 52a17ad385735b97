"""`ggz sql`: one SELECT on the published copy, and no way out of it."""

import duckdb
import pytest

from pipelines.publicatie.sql import VraagGeweigerd, stel


@pytest.fixture
def kopie(tmp_path):
    pad = tmp_path / "ZK01.duckdb"
    with duckdb.connect(str(pad)) as con:
        con.execute("CREATE SCHEMA marts; CREATE TABLE marts.stroom_maand AS SELECT 7 AS personen")
        con.execute("CREATE TABLE andere AS SELECT 1 AS x")
    (tmp_path / "geheim.csv").write_text("x\n1\n")
    duckdb.connect(str(tmp_path / "buur.duckdb")).close()
    return pad


def test_a_table_is_found_without_its_schema(kopie):
    assert stel(kopie, "SELECT personen FROM stroom_maand", 5, "500MB") == (["personen"], [(7,)])


@pytest.mark.parametrize(
    "vraag",
    [
        "SELECT * FROM read_csv('{map}/geheim.csv')",
        "SELECT * FROM '{map}/geheim.csv'",
        "SELECT * FROM read_text('{map}/geheim.csv')",
        "SELECT * FROM glob('{map}/*')",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
        "ATTACH '{map}/buur.duckdb'",
        "COPY stroom_maand TO '{map}/uit.csv'",
        "EXPORT DATABASE '{map}/uit'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "RESET lock_configuration",
        "PRAGMA enable_profiling",
        "CREATE TABLE marts.nieuw AS SELECT 1",
        "DELETE FROM marts.stroom_maand",
        "SELECT 1; SELECT 2",
        "SELECT 1; ATTACH '{map}/buur.duckdb'",
        "WITH x AS (SELECT 1) INSERT INTO marts.stroom_maand SELECT * FROM x",
        "CALL pragma_version()",
        "SELECT * FROM query('ATTACH ''{map}/buur.duckdb''')",
        "geen sql",
        "",
    ],
)
def test_everything_but_one_select_on_the_copy_is_refused(kopie, vraag):
    with pytest.raises(VraagGeweigerd):
        stel(kopie, vraag.format(map=kopie.parent), 5, "500MB")
    assert not (kopie.parent / "uit.csv").exists() and not (kopie.parent / "uit").exists()


def test_a_question_is_stopped_after_its_time(kopie):
    with pytest.raises(VraagGeweigerd, match="langer dan 0.2 seconden"):
        stel(kopie, "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b", 0.2, "500MB")


def test_a_question_cannot_take_more_memory_than_its_limit(kopie):
    with pytest.raises(VraagGeweigerd, match="[Mm]emory"):
        stel(kopie, "SELECT list(range || 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') FROM range(20000000)", 60, "100MB")
