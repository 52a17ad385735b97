"""What changed between two publications, cell by cell, and why.

Belongs here: comparing figures and naming the causes that the two manifests allow. Does not belong here: making vintages.
"""

import hashlib
import json
from collections.abc import Collection
from pathlib import Path

import duckdb
import pandas as pd

from pipelines import contract
from pipelines.fundament import seeds
from pipelines.fundament.sql import letterlijk
from pipelines.publicatie.regels import Tabel, lees

LAND = "NL"  # a delivery of the whole country is every region's own
RIJEN_APART = 500  # rows of a reference table that are still told apart
GENOEMD = 3  # changed rules that are named
KOLOMMEN = ["tabel", "sleutel", "iza_regio", "kolom", "waarde_oud", "waarde_nieuw", "oorzaak"]


def tussen(oud: Path, nieuw: Path) -> pd.DataFrame:
    """The revision from one vintage to another, both in place."""
    regels = lees()
    with duckdb.connect() as con:
        con.execute(f"ATTACH {letterlijk(nieuw / 'landelijk' / 'landelijk.duckdb')} AS nieuw (READ_ONLY)")
        con.execute("USE nieuw")
        return vergelijk(oud, con, _manifest(nieuw), list(regels.tabellen.values()), "marts")


def vergelijk(
    oud: Path,
    con: duckdb.DuckDBPyConnection,
    manifest_nieuw: dict,
    tabellen: list[Tabel],
    schema: str = "landelijk",
    doelgroep: str = "landelijk",
) -> pd.DataFrame:
    """One row per cell that has another figure in ``schema`` of ``con`` than in the vintage ``oud``, as ``doelgroep`` has it; new rows are
    no change."""
    con.execute(f"ATTACH {letterlijk(oud / doelgroep / f'{doelgroep}.duckdb')} AS oud (READ_ONLY)")
    try:
        delen = [verschil for t in tabellen if (verschil := _tabel(con, t, schema)) is not None]
    finally:
        con.execute("DETACH oud")
    uit = pd.concat(delen, ignore_index=True) if delen else pd.DataFrame(columns=KOLOMMEN[:-1])
    waarom, bronnen = Oorzaken(_manifest(oud), manifest_nieuw), {t.naam: t.bronnen for t in tabellen}
    plaats = uit[["tabel", "iza_regio"]].drop_duplicates()
    oorzaak = [waarom.van(bronnen[t], None if pd.isna(r) else r) for t, r in plaats.itertuples(index=False)]
    uit = uit.merge(plaats.assign(oorzaak=oorzaak), on=["tabel", "iza_regio"])
    return uit[KOLOMMEN].astype("string")


def _manifest(map_: Path) -> dict:
    return json.loads((map_ / "manifest.json").read_text(encoding="utf-8"))


def _tabel(con: duckdb.DuckDBPyConnection, t: Tabel, schema: str) -> pd.DataFrame | None:
    def velden(waar: str) -> set[str]:
        return {
            r[0]
            for r in con.execute(
                f"SELECT column_name FROM duckdb_columns() WHERE {waar} AND table_name = '{t.naam}'"
            ).fetchall()
        }

    waarden = sorted(
        (velden("database_name = 'oud'") & velden(f"schema_name = '{schema}' AND database_name NOT IN ('oud', 'wh')"))
        - set(t.sleutel)
    )
    if not waarden:
        return None
    gelijk = " AND ".join(f'o."{s}" IS NOT DISTINCT FROM n."{s}"' for s in t.sleutel)
    sleutel = " || '|' || ".join(f"coalesce(n.\"{s}\"::VARCHAR, '')" for s in t.sleutel)
    regio = f'n."{t.eigen_regio[0]}"' if t.eigen_regio else "NULL::VARCHAR"
    # floats that differ in the last bits are the same figure
    paren = ", ".join(
        f"{{'kolom': '{k}', 'oud': o.\"{k}\"::VARCHAR, 'nieuw': n.\"{k}\"::VARCHAR, 'anders': o.\"{k}\" IS DISTINCT FROM n.\"{k}\" AND NOT"
        f' coalesce(abs(try_cast(o."{k}"::VARCHAR AS DOUBLE) - try_cast(n."{k}"::VARCHAR AS DOUBLE)) <= 1e-9, false)}}'
        for k in waarden
    )
    return con.execute(f"""
        WITH paar AS (
            SELECT {sleutel} AS sleutel, {regio} AS iza_regio, unnest([{paren}]) AS cel
            FROM oud.marts."{t.naam}" AS o JOIN "{schema}"."{t.naam}" AS n ON {gelijk}
        )
        SELECT '{t.naam}' AS tabel, sleutel, iza_regio, cel.kolom, cel.oud AS waarde_oud, cel.nieuw AS waarde_nieuw
        FROM paar WHERE cel.anders ORDER BY sleutel, cel.kolom
    """).fetchdf()


def regelstand() -> dict[str, str]:
    """A fingerprint per rule: of each suite (``bedden: capaciteit_between``), of each row of a small reference table (``norm: max_bezetting``),
    and of a large one as a whole."""
    uit = {}
    for bron in contract.bronnen():
        for regel in contract.lees(bron).regels:
            uit[f"{bron}: {regel.naam}"] = _afdruk(regel.model_dump_json())
    for pad in sorted(seeds.MAP.glob("*.csv")):
        rijen = seeds.lees(pad.stem)
        if len(rijen) > RIJEN_APART:
            uit[pad.stem] = _afdruk(pad.read_text(encoding="utf-8"))
            continue
        per_naam: dict[str, list[dict]] = {}
        for rij in rijen:
            per_naam.setdefault(f"{pad.stem}: {next(iter(rij.values()))}", []).append(rij)
        uit |= {naam: _afdruk(repr(deel)) for naam, deel in per_naam.items()}
    return uit


def _afdruk(tekst: str) -> str:
    return hashlib.sha256(tekst.encode()).hexdigest()[:12]


class Oorzaken:
    """The causes that two manifests allow: what changed in definition, deliveries and code between them."""

    def __init__(self, oud: dict, nieuw: dict):
        self.definitie = oud["definitie"] != nieuw["definitie"]
        self.code = oud["code"] != nieuw["code"]
        # older publications do not say which rules they were made by
        van, naar = oud.get("regels", {}), nieuw.get("regels", {})
        self.regels = sorted(r for r in van.keys() | naar.keys() if van.get(r) != naar.get(r)) if van and naar else []
        toen, nu = (
            {
                (a["bron"], a["maand"], a["iza_regio"], a["leverancier"]): a["sha256"]
                for a in m["aanleveringen"]
                if a["status"] == "actief"
            }
            for m in (oud, nieuw)
        )
        self.vervangen = {(k[0], k[2]) for k in toen.keys() & nu.keys() if toen[k] != nu[k]} | {
            (k[0], k[2]) for k in toen.keys() - nu.keys()
        }
        self.nagekomen = {(k[0], k[2]) for k in nu.keys() - toen.keys()}

    def van(self, bronnen: Collection[str], regio: str | None) -> str:
        """All causes that can have done it, the likeliest first; another region's delivery counts where no own one changed."""
        redenen = ["nieuwe definitie"] if self.definitie else []
        redenen += self._regels(bronnen)
        zonder_levering = len(redenen)
        for eigen, waar in ((True, ""), (False, " (andere regio)")):
            for leveringen, woord in (
                (self.vervangen, "vervangen aanlevering"),
                (self.nagekomen, "nagekomen aanlevering"),
            ):
                if any(b in bronnen and ((r in (regio, LAND)) == eigen or regio is None) for b, r in leveringen):
                    redenen.append(f"{woord}{waar}")
            if len(redenen) > zonder_levering:
                break
        return ", ".join(redenen) or ("nieuwe code" if self.code else "onbekend")

    def _regels(self, bronnen: Collection[str]) -> list[str]:
        """Which rules changed that can have done it: those on the rows of these sources, and the reference tables."""
        anders = [
            r for r in self.regels if r.partition(":")[0] in bronnen or r.partition(":")[0] not in contract.bronnen()
        ]
        if not anders:
            return []
        meer = f" en nog {len(anders) - GENOEMD}" if len(anders) > GENOEMD else ""
        return [f"gewijzigde regel ({'; '.join(anders[:GENOEMD])}{meer})"]
