"""Quality in Dagster: the suite of each bron beside its ingest, mismatches and plausibility beside their tables, and the results.

Belongs here: where each check blocks, and what it shows. Does not belong here: checking (``toets``) and keeping (``resultaat``).
"""

from collections.abc import Iterator

import dagster as dg

from pipelines.contract import mappen
from pipelines.fundament import seeds
from pipelines.fundament.slot import schrijfslot
from pipelines.kwaliteit import kerncijfers, overdracht, resultaat
from pipelines.settings import Instellingen
from pipelines.warehouse import verbinding
from pipelines.warehouse.assets import dbt_modellen, nog_eens


def contract(bron: str) -> dg.AssetChecksDefinition:
    @dg.asset_check(
        asset=["inname", bron],
        name="contract",
        blocking=True,
        description="Great Expectations keurt op de aangeleverde cellen dezelfde rijen af als de inname, en elke gelezen rij is bewaard; zo niet, dan "
        "wordt er niets gebouwd. Afgekeurde rijen laten haar niet zakken: zij tellen niet mee, en zijn bevindingen.",
    )
    def _contract(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        instellingen = Instellingen()
        with schrijfslot(instellingen, f"toetsen van {bron}"):
            uitkomst = resultaat.na_inname(instellingen, context.run.run_id, bron)
        afgekeurd = uitkomst.overtredingen
        return dg.AssetCheckResult(
            passed=uitkomst.sluit,
            severity=dg.AssetCheckSeverity.ERROR,
            metadata={
                "leveringen getoetst": len(uitkomst.leveringen),
                "rijen die een regel breken": afgekeurd,
                "oneens (Great Expectations, inname, allebei)": {
                    regel: list(n) for regel, n in uitkomst.verschillen.items()
                },
                "onvolledig (gelezen, bewaard)": {bestand: list(n) for bestand, n in uitkomst.onvolledig.items()},
            },
        )

    return _contract


@dg.asset_check(
    asset=["inname", "verdwaald"],
    name="geen_verdwaalde_bestanden",
    description="Bestanden die in geen partitie passen (B03). Zij houden de andere niet tegen.",
)
def geen_verdwaalde_bestanden(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    instellingen = Instellingen()
    with schrijfslot(instellingen, "toetsen van verdwaalde bestanden"):
        uitkomst = resultaat.na_verdwaald(instellingen, context.run.run_id)
    return dg.AssetCheckResult(
        passed=not uitkomst.leveringen,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"nieuw": len(uitkomst.leveringen)},
    )


@dg.multi_asset(
    name="toetsing",
    specs=[
        dg.AssetSpec(
            ["toetsing", tabel],
            deps=[["inname", naam] for naam in (*mappen(), "verdwaald")],
            group_name="kwaliteit",
            kinds={"duckdb"},
            description=omschrijving,
        )
        for tabel, omschrijving in {
            overdracht.OORDEEL: "Oordelen van stewards uit het register, zoals dbt ze leest.",
            overdracht.RESULTAAT: "Wat toetsen van alle runs zagen, zoals dbt het leest.",
        }.items()
    ],
)
def toetsing(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    instellingen = Instellingen()
    with (
        nog_eens(context),
        schrijfslot(instellingen, "klaarzetten van de toetsing"),
        verbinding.schrijf(instellingen.warehouse) as con,
    ):
        overdracht.zet_klaar(instellingen, con)
    for tabel in (overdracht.OORDEEL, overdracht.RESULTAAT):
        yield dg.MaterializeResult(asset_key=["toetsing", tabel])


@dg.asset(
    key=["kwaliteit", "uitkomst"],
    deps=[dbt_modellen],
    group_name="kwaliteit",
    kinds={"python", "duckdb"},
    description="Wat deze bouw laat zien, bewaard naast de uitkomsten van eerdere runs, en de pagina naast gepubliceerde cijfers.",
)
def uitkomst(context: dg.AssetExecutionContext) -> None:
    instellingen = Instellingen()
    with (
        nog_eens(context),
        schrijfslot(instellingen, "bewaren van de toetsresultaten"),
        verbinding.schrijf(instellingen.warehouse) as con,
    ):
        resultaat.na_bouw(instellingen, con, context.run_id)
        overdracht.zet_klaar(instellingen, con)  # the first result of all makes the view on them
        kerncijfers.na_bouw(instellingen, con)


def _telling(tabel: tuple[str, str], voorwaarde: str) -> dg.AssetChecksDefinition:
    """A warning with its count per code of ``seeds/kwaliteit_code.csv`` that a table of findings holds; never blocking."""
    codes = {code: titel for code, titel in CODES.items() if code.startswith(VOORVOEGSEL[tabel])}

    @dg.multi_asset_check(
        name=f"{tabel[1]}_tellingen",
        specs=[
            dg.AssetCheckSpec(code.replace("-", "_"), asset=list(tabel), description=titel)
            for code, titel in codes.items()
        ],
    )
    def _tellingen(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        instellingen = Instellingen()
        with (
            nog_eens(context),
            schrijfslot(instellingen, f"tellen van {tabel[1]}"),
            verbinding.schrijf(instellingen.warehouse) as con,
        ):
            geteld = {
                code: rest
                for code, *rest in con.execute(
                    f"SELECT code, count(*), count(*) FILTER (maand = (SELECT max(maand) FROM {'.'.join(tabel)})) "
                    f"FROM {'.'.join(tabel)} WHERE {voorwaarde} GROUP BY code"
                ).fetchall()
            }
        for code in codes:
            alle, laatste = geteld.get(code, (0, 0))
            yield dg.AssetCheckResult(
                check_name=code.replace("-", "_"),
                asset_key=list(tabel),
                passed=alle == 0,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"bevindingen": alle, "waarvan in de laatste maand": laatste},
            )

    return _tellingen


CODES = {rij["code"]: rij["titel"] for rij in seeds.lees("kwaliteit_code")}
VOORVOEGSEL = {("marts", "zpm_mismatch"): "ZPM-", ("kwaliteit", "plausibiliteit"): "PL-"}

contracten = [contract(bron) for bron in mappen()]
tellingen = [_telling(("marts", "zpm_mismatch"), "true"), _telling(("kwaliteit", "plausibiliteit"), "afwijkend")]
