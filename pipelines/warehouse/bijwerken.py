"""Which deliveries came, went or changed since the last build that ended, and whether a build may limit itself to them.

Belongs here: the record of deliveries in the warehouse (``beheer.gezien`` and ``beheer.geraakt``). Does not belong here: which persons and
months they hold (dbt: ``int_geraakt``) and which tables are kept up to date with that (dbt: materialization ``bijgewerkt``).

``gezien`` is what the last build that began was made of; ``geraakt`` grows until a build ends, so that whatever a killed run had done
is done again.
"""

import duckdb

ALLES = "*"  # in place of a delivery: everything is to be made again
GERAAKT = "int_geraakt"  # the model that says whom they touch
HOOGSTE_DEEL = 0.25
"""Share of all rows from which making everything again costs less than keeping up to date: the persons in a quarter of the rows hold
most of the others too."""

_TABELLEN = """
CREATE TABLE IF NOT EXISTS beheer.gezien (bestand VARCHAR, plek VARCHAR, inhoud VARCHAR, ingetrokken VARCHAR, rijen BIGINT);
CREATE TABLE IF NOT EXISTS beheer.geraakt (bestand VARCHAR);
"""
# plek: of the deliveries at one place only the highest version counts, so that each touches the others there
_NU = """
SELECT
    bestand, concat_ws('/', bron, maand, iza_regio, leverancier) AS plek,
    concat_ws('/', sha256, regels, sleutel, gemengde_decimalen) AS inhoud, ingetrokken, rijen_gelezen AS rijen
FROM aanlevering.levering
WHERE code IS NULL
"""


def begin(con: duckdb.DuckDBPyConnection, alles: bool) -> bool:
    """Notes which deliveries are touched by now, within the transaction that opens a build of ``aanlevering.levering``.

    ``alles``: more than deliveries has changed. Returns whether tables may be kept up to date with what is touched: not after
    ``alles``, not when a stored delivery was read again with another content (which persons it held is no longer known), and not
    when the touched hold more than ``HOOGSTE_DEEL`` of the rows.
    """
    con.execute(_TABELLEN)
    con.execute(f"CREATE OR REPLACE TEMP TABLE nu AS {_NU}")
    herlezen = con.execute(
        "SELECT 1 FROM (SELECT bestand, inhoud FROM nu EXCEPT SELECT bestand, inhoud FROM beheer.gezien) "
        "SEMI JOIN beheer.gezien USING (bestand)"
    ).fetchone()
    eerste = not con.execute("SELECT 1 FROM beheer.gezien").fetchone()
    con.execute("""
        WITH verschil AS ((FROM nu EXCEPT FROM beheer.gezien) UNION (FROM beheer.gezien EXCEPT FROM nu))
        INSERT INTO beheer.geraakt
        SELECT bestand FROM (FROM nu UNION FROM beheer.gezien) WHERE plek IN (SELECT plek FROM verschil)
        EXCEPT FROM beheer.geraakt
    """)
    con.execute("DELETE FROM beheer.gezien")
    con.execute("INSERT INTO beheer.gezien FROM nu")
    (deel,) = con.execute(
        "SELECT coalesce(sum(rijen) FILTER (bestand IN (FROM beheer.geraakt)) / sum(rijen), 0) FROM nu"
    ).fetchone()
    con.execute("DROP TABLE nu")
    if alles or herlezen or eerste or deel > HOOGSTE_DEEL:
        # also for the build after this one, should this one be killed half-way
        con.execute("INSERT INTO beheer.geraakt VALUES (?)", [ALLES])
    return not con.execute("SELECT 1 FROM beheer.geraakt WHERE bestand = ?", [ALLES]).fetchone()


def omvang(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Of how many persons, and in how many months of care, the last build kept tables up to date (dbt: ``int_geraakt``)."""
    return con.execute(
        f"SELECT count(DISTINCT patient_pseudoniem), count(DISTINCT maand) FROM intermediate.{GERAAKT}"
    ).fetchone()


def voltooi(con: duckdb.DuckDBPyConnection) -> None:
    """Everything stands: nothing is touched until the next build begins."""
    con.execute("DELETE FROM beheer.geraakt")
