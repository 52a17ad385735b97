"""Trying changed rules on the rows that are stored, before they count: which they would newly refuse or let in.

Belongs here: judging stored cells by another suite and setting the two verdicts side by side. Does not belong here: how cells come
back from the store (``aanlevering.herkeuring``) and how they are judged (``aanlevering.keuring``). Nothing is written or read in.
"""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import xlsxwriter
import yaml
from pydantic import ValidationError

from pipelines import contract
from pipelines.aanlevering import herkeuring
from pipelines.aanlevering.keuring import Keuring
from pipelines.aanlevering.opslag import is_heel, opslagpad
from pipelines.aanlevering.register import Levering, Register, porties
from pipelines.fundament import sql
from pipelines.fundament.maand import laatste_dag
from pipelines.fundament.nederlands import getal, telwoord
from pipelines.settings import Instellingen

RIJEN = 250_000  # judged in one statement
_LEEG = {"personen": "NULL::VARCHAR", "plaatsen": "NULL::BIGINT", "euro": "NULL::DECIMAL(12, 2)"}
_TELLING = (
    """count(*) FILTER (was IS NULL AND wordt IS NOT NULL), count(*) FILTER (was IS NOT NULL AND wordt IS NULL)"""
)
_MATEN = """
SELECT stand, count(*), nullif(count(DISTINCT personen), 0), sum(plaatsen)::BIGINT, sum(euro)::DOUBLE
FROM (SELECT 'nu' AS stand, * FROM proef WHERE was IS NULL UNION ALL SELECT 'met deze regels', * FROM proef WHERE wordt IS NULL)
GROUP BY stand ORDER BY stand DESC"""
_REGELS = f"""
WITH per_regel AS (
  SELECT unnest(list_distinct(list_concat(coalesce(was_regels, []), coalesce(wordt_regels, [])))) AS regel, * FROM proef
)
SELECT regel, count(*) FILTER (list_contains(was_regels, regel)), count(*) FILTER (list_contains(wordt_regels, regel)), {_TELLING}
FROM per_regel GROUP BY regel
HAVING count(*) FILTER (list_contains(was_regels, regel)) <> count(*) FILTER (list_contains(wordt_regels, regel)) ORDER BY regel"""
_LEVERANCIERS = f"""
SELECT leverancier, maand, iza_regio, {_TELLING} FROM proef
WHERE (was IS NULL) <> (wordt IS NULL) GROUP BY leverancier, maand, iza_regio ORDER BY 4 DESC, 5 DESC, 1, 2, 3"""
_ANDERS = """
SELECT CASE WHEN was IS NULL THEN 'nieuw afgekeurd' ELSE 'nieuw aangenomen' END, leverancier, maand, bestand, rijnummer,
  array_to_string(CASE WHEN was IS NULL THEN wordt_regels ELSE was_regels END, ', ')
FROM proef WHERE (was IS NULL) <> (wordt IS NULL) ORDER BY bestand, rijnummer"""


class ProefFout(Exception):
    """The rules cannot be tried; the message says why."""


@dataclass(frozen=True)
class Deel:
    """A table of the outcome."""

    titel: str
    leeg: str
    koppen: tuple[str, ...]
    rijen: list[tuple] = field(default_factory=list)


@dataclass(frozen=True)
class Uitkomst:
    """What the rules would change. ``rijen``: every row of which the verdict differs, without a value of it."""

    regels: Deel
    leveranciers: Deel
    totaal: Deel
    rijen: Deel
    slotzin: str


def beproef(instellingen: Instellingen, suite: Path) -> Uitkomst:
    """Judges the stored rows of the active deliveries by the suite at this path; ``ProefFout`` where it is no suite, or cannot run."""
    grens = _contract(suite)
    if not herkeuring.bewaart_cellen(grens):
        raise ProefFout(
            f"van {grens.naam} bewaart de opslag niet elke cel; alleen opnieuw innemen laat zien wat een regel doet"
        )
    leveringen = [lev for lev in _actief(instellingen, grens.bron) if is_heel(opslagpad(instellingen, lev))]
    if not leveringen:
        raise ProefFout(f"er is van {grens.naam} nog niets ingenomen")
    with duckdb.connect(config={"memory_limit": instellingen.geheugen, "threads": instellingen.threads}) as con:
        _zet_klaar(con, instellingen, grens, leveringen)
        regel_in_woorden = {r.naam: r.uitleg for r in grens.regels}
        per_regel = [(f"{r}: {regel_in_woorden.get(r, 'vervallen')}", *n) for r, *n in con.execute(_REGELS).fetchall()]
        gelezen, gewist, meer, minder = con.execute(
            f"SELECT count(*), count(*) FILTER (gewist), {_TELLING} FROM proef"
        ).fetchone()
        niets = "Er verandert niets."
        aantallen = ("nieuw afgekeurd", "nieuw aangenomen")
        return Uitkomst(
            Deel("Per regel", niets, ("regel", "breken nu", "breken dan", *aantallen), per_regel),
            Deel(
                "Per leverancier en maand",
                niets,
                ("leverancier", "maand", "regio", *aantallen),
                con.execute(_LEVERANCIERS).fetchall(),
            ),
            Deel(
                "Wat meetelt", niets, ("stand", "rijen", "personen", "plaatsen", "euro"), con.execute(_MATEN).fetchall()
            ),
            Deel(
                "Rijen",
                niets,
                ("wat", "leverancier", "maand", "bestand", "rij", "regels"),
                con.execute(_ANDERS).fetchall(),
            ),
            _slotzin(gelezen, gewist, meer, minder),
        )


def schrijf(uitkomst: Uitkomst, pad: Path) -> None:
    """Writes the outcome as a workbook, with every row of which the verdict differs."""
    with xlsxwriter.Workbook(pad, {"strings_to_formulas": False, "strings_to_urls": False}) as boek:
        vet = boek.add_format({"bold": True})
        for deel in (uitkomst.regels, uitkomst.leveranciers, uitkomst.totaal, uitkomst.rijen):
            blad = boek.add_worksheet(deel.titel)
            blad.write_row(0, 0, deel.koppen, vet)
            for nummer, rij in enumerate(deel.rijen, start=1):
                blad.write_row(nummer, 0, rij)
            blad.freeze_panes(1, 0)
            blad.autofit(max_width=480)


def als_tekst(cel: object) -> str:
    return "" if cel is None else getal(cel) if isinstance(cel, int | float) else str(cel)


def _contract(suite: Path) -> contract.Contract:
    try:
        bron = yaml.safe_load(suite.read_text(encoding="utf-8"))["suite"]
        if bron not in contract.bronnen():
            raise ProefFout(f"{suite}: {bron!r} is geen bron; kies uit {', '.join(contract.bronnen())}")
        return contract.met_suite(bron, suite)
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as fout:
        raise ProefFout(f"{suite} is geen suite met regels; zie expectations/README.md") from fout
    except ValidationError as fout:
        raise ProefFout(f"{suite}: {fout.errors()[0]['msg']} ({'.'.join(map(str, fout.errors()[0]['loc']))})") from fout


def _actief(instellingen: Instellingen, bron: str) -> list[Levering]:
    """Of each supplier, region and month the highest version that counts."""
    hoogste: dict[tuple, Levering] = {}
    with Register(instellingen.register) as register:
        for lev in register.leveringen(bron):
            plaats = (lev.maand, lev.iza_regio, lev.leverancier)
            if lev.code is None and lev.ingetrokken is None:
                hoogste[plaats] = max(hoogste.get(plaats, lev), lev, key=lambda x: x.versie)
    return list(hoogste.values())


def _zet_klaar(
    con: duckdb.DuckDBPyConnection, instellingen: Instellingen, grens: contract.Contract, leveringen: list[Levering]
) -> None:
    """Table ``proef``: per stored row its verdict now (``was``) and by the rules that are tried (``wordt``)."""
    maten = _LEEG | grens.maten
    velden = ", ".join(f"{uitdrukking} AS {naam}" for naam, uitdrukking in maten.items())
    keurder = Keuring.verbinding(grens.codelijsten)
    tabel = "CREATE TABLE proef AS"
    for deel in porties(leveringen, RIJEN):
        paden = ", ".join(sql.letterlijk(sql.bestanden(opslagpad(instellingen, lev))) for lev in deel)
        oud = f"read_parquet([{paden}], hive_partitioning = false)"
        try:
            nieuw = Keuring(grens).keur(keurder, [_gelezen(con, instellingen, lev, grens) for lev in deel])
        except duckdb.Error as fout:
            raise ProefFout(_zonder_waarden(fout)) from None
        con.register("nieuw", nieuw)
        con.register(
            "levering",
            pa.Table.from_pylist(
                [{k: getattr(lev, k) for k in ("bestand", "leverancier", "maand", "iza_regio")} for lev in deel]
            ),
        )
        con.execute(f"""
{tabel}
WITH oud AS (SELECT bestand, rijnummer, codes, regels, (uit_bericht OR {herkeuring.gewist(grens)}) AS gewist FROM {oud}),
nu AS (SELECT bestand, rijnummer, codes, regels, {velden} FROM nieuw)
SELECT levering.*, rijnummer, gewist, oud.codes AS was, oud.regels AS was_regels,
  CASE WHEN gewist THEN oud.codes ELSE nu.codes END AS wordt, CASE WHEN gewist THEN oud.regels ELSE nu.regels END AS wordt_regels,
  {", ".join(maten)}
FROM oud JOIN nu USING (bestand, rijnummer) JOIN levering USING (bestand)""")
        tabel = "INSERT INTO proef"


def _gelezen(
    con: duckdb.DuckDBPyConnection, instellingen: Instellingen, lev: Levering, grens: contract.Contract
) -> tuple:
    delen = list(herkeuring.lees(opslagpad(instellingen, lev), grens))
    return lev.bestand, laatste_dag(lev.maand), pa.Table.from_batches(delen)


def _zonder_waarden(fout: duckdb.Error) -> str:
    """Why the rules cannot run: a mistake in their text may be quoted, an error about a row may hold a value of it."""
    in_tekst = isinstance(fout, duckdb.BinderException | duckdb.CatalogException | duckdb.ParserException)
    return f"de regels zijn niet uit te voeren: {str(fout).splitlines()[0] if in_tekst else type(fout).__name__}"


def _slotzin(gelezen: int, gewist: int, meer: int, minder: int) -> str:
    niet = (
        f" Van {telwoord(gewist, 'rij', 'rijen')} is een cel gewist of is het oordeel uit een bericht: die houden hun oordeel."
        if gewist
        else ""
    )
    return (
        f"{telwoord(gelezen, 'rij', 'rijen')} beoordeeld zonder een aanlevering te lezen: {telwoord(meer, 'rij wordt', 'rijen worden')} nieuw "
        f"afgekeurd, {telwoord(minder, 'rij', 'rijen')} nieuw aangenomen.{niet}"
    )
