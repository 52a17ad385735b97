"""Files of one audience: a DuckDB file always, and Parquet, CSV with a data package, and an Excel workbook where asked.

Belongs here: how a table looks in a file. Does not belong here: which rows an audience may see (``vintage``).
"""

import json
from datetime import date
from pathlib import Path

import duckdb
import xlsxwriter

from pipelines.publicatie import beschrijving

SOORTEN = {
    "DATE": "date",
    "BOOLEAN": "boolean",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "VARCHAR": "string",
}
NULPUNT = date(1899, 12, 30)  # day 0 of a workbook
LEESWIJZER = [
    "Leeg: onbekend, er is niet aangeleverd. 0: er is aangeleverd en het was nul.",
    "Grijs met een x: achtergehouden. Kolom onderdrukt zegt waarom: primair = een telling onder de drempel; secundair = het getal"
    " zou een ander prijsgeven. Onderdrukte_kolommen noemt de cellen.",
    "Status voorlopig: declaraties over deze maand komen nog binnen. Een daling in de laatste maanden is geen daling van de vraag.",
    "Een wachtplek is geen persoon: ongeveer een op de vijf wachtenden staat op meer dan een lijst.",
    "Tabellen op _totaal bevatten sommen: iza_regio NL is het land, cluster alle is de som van de clusters. Ze tellen alleen regio's"
    " die aanleverden (regios_geleverd).",
]


def schrijf(
    con: duckdb.DuckDBPyConnection,
    schema: str,
    map_: Path,
    naam: str,
    formaten: tuple[str, ...],
    kop: dict[str, str],
    blad: str = "true",
) -> None:
    """Writes all tables of ``schema`` under ``map_``.

    ``kop``: lines for the cover sheet (vintage, audience). ``blad``: condition on iza_regio for all but the DuckDB file: what
    a region opens in a spreadsheet has its own rows and the country's; the other regions' stand once, in the public version.
    """
    map_.mkdir(parents=True)
    tabellen = [
        r[0]
        for r in con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = ? ORDER BY 1", [schema]
        ).fetchall()
    ]
    kolommen = {
        t: con.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
            [schema, t],
        ).fetchall()
        for t in tabellen
    }
    _duckdb(con, schema, map_ / f"{naam}.duckdb", kolommen)
    for formaat in formaten:
        {"parquet": _parquet, "csv": _csv}.get(formaat, lambda *_: None)(con, schema, map_ / formaat, kolommen, kop, blad)
    if "xlsx" in formaten:
        _werkboek(con, schema, map_ / f"{naam}.xlsx", kolommen, kop, blad)


def _tekst(waarde: str) -> str:
    return "'" + waarde.replace("'", "''") + "'"


def _duckdb(con, schema: str, pad: Path, kolommen: dict) -> None:
    con.execute(f"ATTACH {_tekst(str(pad))} AS uit")
    con.execute("BEGIN; CREATE SCHEMA uit.marts")
    for tabel, velden in kolommen.items():
        con.execute(f'CREATE TABLE uit.marts."{tabel}" AS FROM "{schema}"."{tabel}"')
        uitleg = [f'COMMENT ON TABLE uit.marts."{tabel}" IS {_tekst(beschrijving.tabel(tabel))}']
        uitleg += [
            f'COMMENT ON COLUMN uit.marts."{tabel}"."{veld}" IS {_tekst(beschrijving.kolom(tabel, veld))}'
            for veld, _ in velden
        ]
        con.execute(";".join(uitleg))
    con.execute("COMMIT; DETACH uit")


def _rijen(schema: str, tabel: str, velden: list[tuple[str, str]], waar: str) -> str:
    return f'FROM "{schema}"."{tabel}" WHERE {waar if "iza_regio" in dict(velden) else "true"}'


def _parquet(con, schema: str, map_: Path, kolommen: dict, kop: dict, waar: str) -> None:
    map_.mkdir()
    for tabel, velden in kolommen.items():
        meta = ", ".join(
            f"{k}: {_tekst(v)}"
            for k, v in {"publicatie": kop["Publicatie"], "omschrijving": beschrijving.tabel(tabel)}.items()
        )
        doel = _tekst(str(map_ / f"{tabel}.parquet"))
        con.execute(f'COPY ({_rijen(schema, tabel, velden, waar)}) TO {doel} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{meta}}})')
    _datapakket(map_, "parquet", kolommen, kop)


def _csv(con, schema: str, map_: Path, kolommen: dict, kop: dict, waar: str) -> None:
    map_.mkdir()
    for tabel, velden in kolommen.items():
        doel = _tekst(str(map_ / f"{tabel}.csv"))
        con.execute(f"COPY ({_rijen(schema, tabel, velden, waar)}) TO {doel} (FORMAT csv, HEADER)")
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
        "description": " ".join(LEESWIJZER),
        "resources": bronnen,
    }
    (map_ / "datapackage.json").write_text(json.dumps(pakket, ensure_ascii=False, indent=1), encoding="utf-8")


def _werkboek(con, schema: str, pad: Path, kolommen: dict, kop: dict, waar: str) -> None:
    """Cover sheet with status and reading guide, then one sheet per table."""
    boek = xlsxwriter.Workbook(str(pad), {"constant_memory": True, "strings_to_numbers": False})
    stijl = {
        naam: boek.add_format(opmaak)
        for naam, opmaak in {
            "titel": {"bold": True, "font_size": 16},
            "kop": {"bold": True, "bottom": 1, "bg_color": "#D9E2EC", "text_wrap": True, "valign": "top"},
            "tekst": {"text_wrap": True, "valign": "top"},
            "datum": {"num_format": "mm-yyyy"},
            "geheel": {"num_format": "#,##0"},
            "getal": {"num_format": "#,##0.00"},
            "dicht": {"bg_color": "#BFBFBF", "align": "right"},
            "gewoon": {},
        }.items()
    }
    blad = boek.add_worksheet("Lees mij")
    blad.set_column(0, 0, 28)
    blad.set_column(1, 1, 110)
    blad.write(0, 0, "Monitor cruciale ggz", stijl["titel"])
    rij = 2
    for naam, waarde in kop.items():
        blad.write(rij, 0, naam, stijl["kop"])
        blad.write(rij, 1, waarde, stijl["tekst"])
        rij += 1
    for regel in LEESWIJZER:
        blad.write(rij + 1, 1, regel, stijl["tekst"])
        rij += 1
    for tabel in kolommen:
        rij += 1
        blad.write_url(rij + 1, 0, f"internal:'{tabel[:31]}'!A1", string=tabel)
        blad.write(rij + 1, 1, beschrijving.tabel(tabel), stijl["tekst"])
    for tabel, velden in kolommen.items():
        rijen = con.execute(_rijen(schema, tabel, velden, waar)).fetchall()
        _blad(boek.add_worksheet(tabel[:31]), stijl, tabel, velden, rijen)
    boek.close()


def _blad(blad, stijl: dict, tabel: str, velden: list[tuple[str, str]], rijen: list[tuple]) -> None:
    opmaak = [
        stijl[
            "datum" if s == "DATE" else "geheel" if "INT" in s else "getal" if s == "DOUBLE" or "DEC" in s else "gewoon"
        ]
        for _, s in velden
    ]
    getal = [s in ("DOUBLE", "BIGINT", "INTEGER", "HUGEINT") or "DEC" in s for _, s in velden]
    blad.freeze_panes(1, 0)
    blad.set_column(0, len(velden) - 1, 16)
    namen = [v for v, _ in velden]
    for k, veld in enumerate(namen):
        blad.write_string(0, k, veld, stijl["kop"])
    dicht = namen.index("onderdrukte_kolommen") if "onderdrukte_kolommen" in namen else None
    for r, waarden in enumerate(rijen, 1):
        weg = set((waarden[dicht] or "").split()) if dicht is not None else ()
        for k, waarde in enumerate(waarden):
            if waarde is None:
                if namen[k] in weg:
                    blad.write_string(r, k, "x", stijl["dicht"])
            elif getal[k]:
                blad.write_number(r, k, float(waarde), opmaak[k])
            elif isinstance(waarde, str):
                blad.write_string(r, k, waarde)
            elif isinstance(waarde, bool):
                blad.write_boolean(r, k, waarde)
            else:
                blad.write_number(r, k, (waarde - NULPUNT).days, opmaak[k])
    # notes last: constant_memory writes rows in order, comments go to a part of their own
    for k, veld in enumerate(namen):
        if tekst := beschrijving.kolom(tabel, veld):
            blad.write_comment(0, k, tekst, {"x_scale": 2})
    if rijen:
        blad.autofilter(0, 0, len(rijen), len(velden) - 1)
