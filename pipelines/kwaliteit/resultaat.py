"""Results of every run (spec 4.2): one row per delivery and rule, kept for good; ``kwaliteit.resultaat`` is a view on them.

Belongs here: writing what a check saw, passes too. Does not belong here: checking (``toets``, dbt) and judging (``oordeel``); what dbt's
own tests said is kept by ``warehouse.toetsuitkomst``.

A run writes one parquet file per step under ``<GGZ_DATA>/kwaliteit/resultaat``, beside and renamed. What the files already hold
is not tested again, so that a run that was killed between intake and test is made good by the next.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from pipelines import contract
from pipelines.aanlevering import geldigheid
from pipelines.aanlevering.register import Levering, Register
from pipelines.contract import overdracht
from pipelines.fundament import schrijven, seeds, sql
from pipelines.kwaliteit import datadocs
from pipelines.kwaliteit.toets import Toets, toets
from pipelines.settings import Instellingen


@dataclass(frozen=True)
class Uitkomst:
    """What was found in the deliveries that had not been tested: suites, refused deliveries, and whether the books balance."""

    leveringen: tuple[Levering, ...]
    toetsen: tuple[Toets, ...]

    @property
    def verschillen(self) -> dict[str, tuple[int, int, int]]:
        """Rules on which Great Expectations and the refusal disagree: rows that each says break it, and that both do."""
        return {f"{t.bron}: {regel}": paar for t in self.toetsen for regel, paar in t.verschillen.items()}

    @property
    def onvolledig(self) -> dict[str, tuple[int, int]]:
        """Deliveries of which (rows read, rows stored) are not the same number."""
        bewaard = {bestand: n for t in self.toetsen for bestand, n in t.rijen.items()}
        return {
            lev.bestand: (lev.rijen_gelezen, bewaard.get(lev.bestand, 0))
            for lev in self.leveringen
            if lev.code is None and lev.rijen_gelezen != bewaard.get(lev.bestand, 0)
        }

    @property
    def overtredingen(self) -> dict[str, int]:
        """How many rows break each rule."""
        geteld = Counter()
        for t in self.toetsen:
            for (_, regel), aantal in t.afgekeurd.items():
                geteld[f"{t.bron}: {regel}"] += aantal
        return dict(geteld)

    @property
    def sluit(self) -> bool:
        return not self.verschillen and not self.onvolledig


def na_inname(instellingen: Instellingen, run: str, bron: str) -> Uitkomst:
    """Runs the suite of ``bron`` on its deliveries that were not tested yet, and keeps the results and a page for the site."""
    with Register(instellingen.register) as register:
        leveringen = [lev for b in contract.samen_met(bron) for lev in register.leveringen(b)]
    return _toets_en_bewaar(instellingen, run, bron, leveringen)


def na_verdwaald(instellingen: Instellingen, run: str) -> Uitkomst:
    """Keeps the refusals that belong to no bron or partition."""
    with Register(instellingen.register) as register:
        return _toets_en_bewaar(instellingen, run, "verdwaald", [lev for lev in register.leveringen() if lev.code])


def _toets_en_bewaar(instellingen: Instellingen, run: str, naam: str, leveringen: list[Levering]) -> Uitkomst:
    bekend = _getoetst(instellingen)
    # rows that were judged by other rules, and cannot be read again, say nothing of those of now
    nieuw = tuple(
        lev
        for lev in leveringen
        if (lev.bestand, lev.sha256, lev.gelezen_met, lev.code) not in bekend
        and (lev.code or geldigheid.is_van_nu(lev))
    )
    per_bron = {bron: [lev for lev in nieuw if lev.bron == bron] for bron in dict.fromkeys(lev.bron for lev in nieuw)}
    toetsen = tuple(t for bron, deel in per_bron.items() if bron and (t := toets(instellingen, bron, deel)))
    uitkomst = Uitkomst(nieuw, toetsen)
    if nieuw:
        moment = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        with duckdb.connect() as con:
            _bewaar(con, instellingen, f"inname/{naam}", run, _rijen_van_inname(con, uitkomst, run, moment))
    for t in toetsen:
        datadocs.schrijf(instellingen, run, t.bron)
    if toetsen:
        datadocs.schrijf_index(instellingen)
    return uitkomst


def _getoetst(instellingen: Instellingen) -> set[tuple]:
    """(bestand, sha256, regels, code) of every delivery whose results are kept and agreed with the refusal."""
    if not any(instellingen.resultaten.glob("inname/*/*.parquet")):
        return set()
    bestanden = sql.letterlijk(sql.bestanden(instellingen.resultaten, "inname/*/*.parquet"))
    with duckdb.connect() as con:
        return set(
            con.execute(
                f"SELECT DISTINCT bestand, sha256, regels, code FROM read_parquet({bestanden}) WHERE sha256 IS NOT NULL"
            ).fetchall()
        )


def _rijen_van_inname(con: duckdb.DuckDBPyConnection, uitkomst: Uitkomst, run: str, moment: datetime) -> str:
    """Registers what was found in ``con``, and returns the statement that makes result rows of it."""
    velden = (
        "bestand",
        "sha256",
        "gelezen_met",
        "bron",
        "maand",
        "iza_regio",
        "leverancier",
        "code",
        "toelichting",
        "rijen_gelezen",
    )
    kolommen = {
        v: pa.array(
            [getattr(lev, v) for lev in uitkomst.leveringen], pa.int64() if v == "rijen_gelezen" else pa.string()
        )
        for v in velden
    }
    con.register("levering", pa.table(kolommen))
    geraakt = [(bestand, regel, n) for t in uitkomst.toetsen for (bestand, regel), n in t.afgekeurd.items()]
    schema = pa.schema([("bestand", pa.string()), ("regel", pa.string()), ("aantal", pa.int64())])
    con.register(
        "geraakt", pa.Table.from_pylist([dict(zip(schema.names, rij, strict=True)) for rij in geraakt], schema)
    )
    con.register("regel", pa.Table.from_pylist(overdracht.regels()))
    con.register("oordeel", _overeenstemming(uitkomst.toetsen))
    codes = sql.letterlijk(seeds.pad("kwaliteit_code"))
    con.execute(f"CREATE VIEW kwaliteit_code AS SELECT * FROM read_csv({codes}, header = true, all_varchar = true)")
    # not agreed upon: without its hash the delivery is tested again
    merk = "levering.sha256" if uitkomst.sluit else "NULL"
    kop = f"""'{run}' AS run, TIMESTAMP '{moment}' AS moment, levering.bron, levering.maand, levering.iza_regio,
        levering.leverancier"""
    staart = f"levering.bestand, {merk} AS sha256, levering.gelezen_met AS regels, levering.code"
    return f"""
        SELECT {kop}, levering.bron AS suite, regel.regel AS expectation, regel.kolom, kwaliteit_code.ernst,
            coalesce(geraakt.aantal, 0) = 0 AS geslaagd, coalesce(geraakt.aantal, 0) AS aantal_onverwacht,
            levering.rijen_gelezen AS aantal, levering.bestand || ': ' || regel.code || ' ' || regel.uitleg AS waarneming, {staart}
        FROM levering
        JOIN regel USING (bron)
        JOIN kwaliteit_code ON kwaliteit_code.code = regel.code
        LEFT JOIN geraakt ON geraakt.bestand = levering.bestand AND geraakt.regel = regel.regel
        WHERE levering.code IS NULL
        UNION ALL
        SELECT {kop}, 'aanlevering' AS suite, kwaliteit_code.code AS expectation, NULL AS kolom, kwaliteit_code.ernst,
            levering.code IS NULL AS geslaagd, CASE WHEN levering.code IS NULL THEN 0 ELSE 1 END AS aantal_onverwacht,
            1 AS aantal, concat_ws(': ', levering.bestand, levering.toelichting) AS waarneming, {staart}
        FROM levering
        JOIN kwaliteit_code ON kwaliteit_code.code LIKE 'B%' AND coalesce(levering.code, kwaliteit_code.code) = kwaliteit_code.code
        UNION ALL
        SELECT '{run}', TIMESTAMP '{moment}', bron, NULL, NULL, NULL, bron, 'great_expectations_keurt_af_wat_de_inname_afkeurt', NULL,
            'blokkerend', verschillen = 0, verschillen, regels, waarneming, NULL, NULL, NULL, NULL
        FROM oordeel
        ORDER BY ALL"""


def _overeenstemming(toetsen: tuple[Toets, ...]) -> pa.Table:
    """Per suite how many rules Great Expectations and the refusal do not agree on, row for row."""
    schema = pa.schema(
        [("bron", pa.string()), ("regels", pa.int64()), ("verschillen", pa.int64()), ("waarneming", pa.string())]
    )
    rijen = [
        {
            "bron": t.bron,
            "regels": len(contract.lees(t.bron).regels),
            "verschillen": len(t.verschillen),
            "waarneming": "; ".join(
                f"{regel}: Great Expectations {gx}, inname {inname}, allebei {samen} rijen"
                for regel, (gx, inname, samen) in t.verschillen.items()
            ),
        }
        for t in toetsen
    ]
    return pa.Table.from_pylist(rijen, schema)


def _bewaar(con: duckdb.DuckDBPyConnection, instellingen: Instellingen, stap: str, run: str, vraag: str) -> None:
    doel = instellingen.resultaten / stap / f"{run}.parquet"
    with schrijven.naast(doel) as deel:
        con.execute(f"COPY ({vraag}) TO {sql.letterlijk(deel)} (FORMAT parquet, COMPRESSION zstd)")


def na_bouw(instellingen: Instellingen, con: duckdb.DuckDBPyConnection, run: str) -> None:
    """Keeps what the warehouse in ``con`` shows of this run (``kwaliteit.resultaat_bouw``) beside the results of the suites."""
    moment = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    vraag = f"SELECT '{run}' AS run, TIMESTAMP '{moment}' AS moment, * FROM kwaliteit.resultaat_bouw ORDER BY ALL"
    _bewaar(con, instellingen, "bouw", run, vraag)
