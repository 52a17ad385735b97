"""Files of one audience: a DuckDB file always, and Parquet, CSV with a data package, and an Excel workbook where asked.

Belongs here: how a table looks in a file. Does not belong here: which rows an audience may see (``vintage``).
"""

import json
from pathlib import Path

import duckdb

from pipelines.fundament.sql import letterlijk
from pipelines.publicatie import beschrijving, werkboek

SOORTEN = {
    "DATE": "date",
    "BOOLEAN": "boolean",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "VARCHAR": "string",
}


def bewaar(con: duckdb.DuckDBPyConnection, schema: str, map_: Path, naam: str) -> None:
    """Makes ``map_`` with the DuckDB file of this audience: all tables of ``schema``, described."""
    map_.mkdir(parents=True)
    kolommen = _kolommen(con, schema)
    con.execute(f"ATTACH {letterlijk(map_ / f'{naam}.duckdb')} AS uit")
    con.execute("BEGIN; CREATE SCHEMA uit.marts")
    uitleg = []
    for tabel, velden in kolommen.items():
        con.execute(f'CREATE TABLE uit.marts."{tabel}" AS FROM "{schema}"."{tabel}"')
        uitleg.append(f'COMMENT ON TABLE uit.marts."{tabel}" IS {letterlijk(beschrijving.tabel(tabel))}')
        uitleg += [
            f'COMMENT ON COLUMN uit.marts."{tabel}"."{veld}" IS {letterlijk(beschrijving.kolom(tabel, veld))}'
            for veld, _ in velden
        ]
    con.execute(";".join(uitleg))
    con.execute("COMMIT; DETACH uit")


def schrijf(map_: Path, naam: str, formaten: tuple[str, ...], kop: dict[str, str], blad: str = "true") -> None:
    """Writes the tables of the DuckDB file ``naam`` in ``map_`` beside it in these formats.

    ``kop``: lines for the cover sheet (vintage, audience). ``blad``: condition on iza_regio for all but the DuckDB file: what
    a region opens in a spreadsheet has its own rows and the country's; the other regions' stand once, in the public version.
    """
    with duckdb.connect(str(map_ / f"{naam}.duckdb"), read_only=True, config={"threads": 1}) as con:
        kolommen = _kolommen(con, "marts")
        vragen = {
            tabel: f'SELECT * FROM marts."{tabel}" WHERE {blad if "iza_regio" in dict(velden) else "true"}'
            for tabel, velden in kolommen.items()
        }
        if "parquet" in formaten:
            _parquet(con, map_ / "parquet", vragen, kolommen, kop)
        if "csv" in formaten:
            _csv(con, map_ / "csv", vragen, kolommen, kop)
        if "xlsx" in formaten:
            werkboek.schrijf(con, map_ / f"{naam}.xlsx", vragen, kolommen, kop)


def _kolommen(con: duckdb.DuckDBPyConnection, schema: str) -> dict[str, list[tuple[str, str]]]:
    """Name and type of the columns of each table of a schema, in their order."""
    kolommen: dict[str, list[tuple[str, str]]] = {}
    for tabel, veld, soort in con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = ? AND database_name = current_database() "
        "ORDER BY table_name, column_index",
        [schema],
    ).fetchall():
        kolommen.setdefault(tabel, []).append((veld, soort))
    return kolommen


def _parquet(con, map_: Path, vragen: dict[str, str], kolommen: dict, kop: dict) -> None:
    map_.mkdir()
    for tabel, vraag in vragen.items():
        meta = ", ".join(
            f"{k}: {letterlijk(v)}"
            for k, v in {"publicatie": kop["Publicatie"], "omschrijving": beschrijving.tabel(tabel)}.items()
        )
        doel = letterlijk(map_ / f"{tabel}.parquet")
        con.execute(f"COPY ({vraag}) TO {doel} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{meta}}})")
    _datapakket(map_, "parquet", kolommen, kop)


def _csv(con, map_: Path, vragen: dict[str, str], kolommen: dict, kop: dict) -> None:
    map_.mkdir()
    for tabel, vraag in vragen.items():
        con.execute(f"COPY ({vraag}) TO {letterlijk(map_ / f'{tabel}.csv')} (FORMAT csv, HEADER)")
    _datapakket(map_, "csv", kolommen, kop)


def _datapakket(map_: Path, formaat: str, kolommen: dict, kop: dict) -> None:
    """A frictionless data package: the data dictionary beside the files."""
    bronnen = [
        {
            "name": tabel,
            "path": f"{tabel}.{formaat}",
            "profile": "tabular-data-resource" if formaat == "csv" else "data-resource",
            "format": formaat,
            "encoding": "utf-8",
            "description": beschrijving.tabel(tabel),
            "schema": {
                "missingValues": [""],
                "fields": [
                    {
                        "name": veld,
                        "type": SOORTEN.get(soort.split("(")[0], "number"),
                        "description": beschrijving.kolom(tabel, veld),
                    }
                    for veld, soort in velden
                ],
            },
        }
        for tabel, velden in kolommen.items()
    ]
    pakket = {
        "name": map_.parent.name.lower(),
        "title": kop["Publicatie"],
        "description": " ".join(werkboek.LEESWIJZER),
        "resources": bronnen,
    }
    (map_ / "datapackage.json").write_text(json.dumps(pakket, ensure_ascii=False, indent=1), encoding="utf-8")
