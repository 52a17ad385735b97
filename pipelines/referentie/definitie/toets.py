"""What the rules of a version do with every prestatie there can be, and with those of the last months, before anything is built.

Belongs here: putting the combinations ready, and the findings in words. Does not belong here: when a rule fits; that is the macro of
``dbt_project/macros/regel.sql`` by which the marts are built, rendered as it stands.
"""

from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path

import duckdb
import jinja2
import pyarrow as pa

from pipelines import contract
from pipelines.fundament import seeds
from pipelines.fundament.nederlands import getal
from pipelines.referentie.definitie.lezen import JA_NEE, RIJ, Definitie
from pipelines.settings import van_project
from pipelines.warehouse import verbinding
from pipelines.warehouse.definities import GEHEEL, REGEL, kolommen

MACROS = van_project("dbt_project") / "macros" / "regel.sql"
MAP = Path(__file__).parent
CODE_KENMERKEN = ("prestatietype", "setting", "verzorgingsgraad", "beveiligingsniveau", "acuut_binnen_budget")
GEEN_WAREHOUSE = "Er is nog geen warehouse: de regels zijn niet naast prestaties gelegd."


@dataclass(frozen=True)
class Oordeel:
    """Lines in Dutch. ``fouten`` keep a version out; the others are for the steward to judge. ``gebruik`` is of the last months, and says
    why it is empty when there are no prestaties to look at."""

    fouten: list[str]
    onbereikt: list[str] = field(default_factory=list)
    zonder_plaats: list[str] = field(default_factory=list)
    overlap: list[str] = field(default_factory=list)
    ongebruikt: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    gebruik: str = ""


def beoordeel(definitie: Definitie, warehouse: Path) -> Oordeel:
    """The judgement on a version as read; with faults in its form no further than those."""
    if definitie.fouten:
        return Oordeel(definitie.fouten)
    with duckdb.connect() as con:
        _zet_regels_klaar(con, definitie)
        _zet_combinaties_klaar(con, definitie.regels)
        con.execute(_sql("toets.sql", "agb.agb_vestiging"))
        zonder, rest = _zonder_plaats(con)
        ruimte = Oordeel(zonder, onbereikt=_onbereikt(con), zonder_plaats=rest, overlap=_overlap(con))
    ongebruikt, in_rest, gebruik = _gebruik(definitie, warehouse)
    return Oordeel(ruimte.fouten, ruimte.onbereikt, ruimte.zonder_plaats, ruimte.overlap, ongebruikt, in_rest, gebruik)


@cache
def _macro():
    return jinja2.Environment().from_string(MACROS.read_text(encoding="utf-8")).module


def _sql(bestand: str, agb: str) -> str:
    return (
        (MAP / bestand)
        .read_text(encoding="utf-8")
        .format(
            begint_met=_macro().begint_met(agb, "regel.agb_vestiging_begint"),
            past_bij_regel=_macro().past_bij_regel("combinatie", "regel"),
        )
    )


def _zet_regels_klaar(con: duckdb.DuckDBPyConnection, definitie: Definitie) -> None:
    namen = kolommen(REGEL)
    con.register("gelezen", pa.table({k: [rij[k] for rij in definitie.regels] for k in (RIJ, *namen)}))
    velden = ", ".join(f"nullif({k}, ''){'::INTEGER' if k in GEHEEL else ''} AS {k}" for k in namen)
    con.execute(f"CREATE TABLE regel AS SELECT {RIJ}::INTEGER AS {RIJ}, {velden} FROM gelezen")
    con.unregister("gelezen")


def _zet_combinaties_klaar(con: duckdb.DuckDBPyConnection, regels: list[dict[str, str]]) -> None:
    """The lists that a combination is made of. What no rule asks for has one value: it makes no difference."""
    con.execute(
        "CREATE TABLE code AS SELECT prestatiecode, omschrijving, prestatietype, setting, verzorgingsgraad, acuut_binnen_budget, "
        "beveiligingsniveau::INTEGER AS beveiligingsniveau FROM read_csv(?, all_varchar = true)",
        [str(seeds.pad("zpm_prestatie"))],
    )
    lijsten = {r.kolom: r.kwargs["value_set"] for r in contract.lees("declaraties").regels if "value_set" in r.kwargs}
    _lijst(con, "wet", "VARCHAR", lijsten["wet"])
    for kolom in JA_NEE:
        _lijst(con, kolom, "BOOLEAN", [True, False] if any(rij[kolom] for rij in regels) else [False])
    vraagt_type = any(rij["zorgvraagtype"] for rij in regels)
    _lijst(con, "zorgvraagtype", "INTEGER", [None, *(lijsten["zorgvraagtype"] if vraagt_type else ())])
    begin = {
        deel for rij in regels for deel in rij["agb_vestiging_begint"].split("|")
    }  # with '': a code that nobody asks for
    _lijst(con, "agb_vestiging", "VARCHAR", sorted({b.ljust(8, cijfer) for b in begin for cijfer in "0123456789"}))
    con.execute("ALTER TABLE agb_vestiging RENAME TO agb")


def _lijst(con: duckdb.DuckDBPyConnection, naam: str, soort: str, waarden: list) -> None:
    con.execute(f"CREATE TABLE {naam} AS SELECT unnest(?)::{soort} AS {naam}", [waarden])


def _onbereikt(con: duckdb.DuckDBPyConnection) -> list[str]:
    rijen = con.execute(
        "SELECT regel.rij, regel.regel, regel.volgorde, bereik.passend, bereik.eerder FROM bereik INNER JOIN regel USING (rij) "
        "WHERE bereik.eerste = 0 ORDER BY regel.volgorde, regel.rij"
    ).fetchall()
    return [
        f"rij {rij} ({naam}, volgorde {volgorde}): "
        + (
            f"alles wat erop past, valt al onder volgorde {', '.join(map(str, eerder))}"
            if passend
            else "geen prestatie kan aan al haar eisen voldoen"
        )
        for rij, naam, volgorde, passend, eerder in rijen
    ]


def _zonder_plaats(con: duckdb.DuckDBPyConnection) -> tuple[list[str], list[str]]:
    """Prestaties that find no rule under some law (faults), and those that a rule calls onbepaald."""
    rijen = con.execute(
        "SELECT regel, wetten, prestatietype, setting, verzorgingsgraad, codes, voorbeeld FROM zonder_plaats ORDER BY ALL"
    ).fetchall()
    regels = [
        (regel, f"{_kenmerken(wetten, *wat)} ({codes} {'code' if codes == 1 else 'codes'}, zoals {voorbeeld})")
        for regel, wetten, *wat, codes, voorbeeld in rijen
    ]
    zonder = [f"geen regel voor {tekst}" for regel, tekst in regels if regel is None]
    if zonder:
        zonder.append("sluit de regels af met een regel zonder eisen die onbepaald geeft")
    return zonder, [f"{tekst}: {regel}" for regel, tekst in regels if regel is not None]


def _overlap(con: duckdb.DuckDBPyConnection) -> list[str]:
    rijen = con.execute(
        "SELECT eerder_regel, eerder, string_agg(later_regel || ' (' || later || ')', ', ' ORDER BY later) FROM overlap "
        "GROUP BY eerder, eerder_regel ORDER BY eerder"
    ).fetchall()
    return [f"{regel} ({volgorde}) gaat voor {later}" for regel, volgorde, later in rijen]


def _gebruik(definitie: Definitie, warehouse: Path) -> tuple[list[str], list[str], str]:
    """Rules that met no prestatie of the last months, what fell into the rest, and how many there were to look at."""
    with duckdb.connect() as con:
        _zet_regels_klaar(con, definitie)
        try:
            if not warehouse.exists():
                return [], [], GEEN_WAREHOUSE
            verbinding.koppel(con, warehouse, "wh")
            con.execute(_sql("prestaties.sql", "telling.agb_vestiging"))
        except verbinding.NietTeOpenen as fout:
            return [], [], str(fout)
        except duckdb.CatalogException:
            return [], [], GEEN_WAREHOUSE
        ongebruikt = con.execute(
            "SELECT regel.rij, regel.regel, regel.volgorde FROM gebruik INNER JOIN regel USING (rij) WHERE prestaties = 0 "
            "ORDER BY regel.volgorde, regel.rij"
        ).fetchall()
        rest = con.execute(
            "SELECT prestaties, wet, prestatietype, setting, verzorgingsgraad FROM rest ORDER BY ALL DESC"
        ).fetchall()
        som, van, tot = con.execute(
            "SELECT (SELECT sum(prestaties) FROM telling), min(maand), max(maand) FROM venster"
        ).fetchone()
    if not som:
        return [], [], "Er zijn nog geen prestaties om de regels naast te leggen."
    return (
        [f"rij {rij} ({naam}, volgorde {volgorde})" for rij, naam, volgorde in ongebruikt],
        [f"{getal(aantal)}: {_kenmerken(*wat)}" for aantal, *wat in rest],
        f"Gelegd naast {getal(som)} prestaties, van {van:%Y-%m} tot en met {tot:%Y-%m}.",
    )


def _kenmerken(wet: str, prestatietype: str, setting: int | None, verzorgingsgraad: str | None) -> str:
    delen = (("setting", setting), ("verzorgingsgraad", verzorgingsgraad))
    return ", ".join(chain((wet, prestatietype), (f"{naam} {waarde}" for naam, waarde in delen if waarde is not None)))
