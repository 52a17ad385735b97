"""The warehouse as Dagster assets: sources put ready, dbt models with their tests, and the record of a complete build.

Belongs here: how the parts appear in Dagster, and their order. Does not belong here: what each part does.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets

from pipelines import contract
from pipelines.aanlevering.inname import VERDWAALD
from pipelines.fundament.kind import VAN_GGZ
from pipelines.fundament.nederlands import telwoord
from pipelines.fundament.slot import schrijfslot
from pipelines.settings import Instellingen
from pipelines.warehouse import bijwerken, bouw, dbt, definities, toetsuitkomst, verbinding
from pipelines.warehouse.bronnen import zet_klaar
from pipelines.warehouse.selectie import MODEL, SEED, TEST, geraakt

logger = logging.getLogger("ggz.dbt")

MANIFEST = dbt.manifest()
BRONTABELLEN = {
    tabel["name"]: tabel["meta"].get("bron")
    for tabel in MANIFEST["sources"].values()
    if tabel["source_name"] == "aanlevering"
}
NOG_EENS, WACHT_S = 3, 60  # retries, and seconds before each
MERK = "ggz/bouw"  # tag of a run that builds all that is due: the state that it is made of
GOED, MISLUKT = {"success", "pass"}, {"error", "fail"}  # as dbt words it


@contextmanager
def nog_eens(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> Iterator[None]:
    """A warehouse that another program keeps open is tried again three times, after a minute each: that passes. Nobody waits for such
    a run; who waits for ``ggz run`` is told at once."""
    try:
        yield
    except verbinding.NietTeOpenen as fout:
        if VAN_GGZ in context.run.tags:
            raise
        raise dg.RetryRequested(max_retries=NOG_EENS, seconds_to_wait=WACHT_S) from fout


class Vertaler(DagsterDbtTranslator):
    """dbt nodes under the schema they stand in, so that lineage reads as the way of the data."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        return dg.AssetKey([self._laag(dbt_resource_props), dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return self._laag(dbt_resource_props)

    @staticmethod
    def _laag(props: Mapping[str, Any]) -> str:
        if props["resource_type"] == "source":
            return props["source_name"]
        return "referentie" if props["resource_type"] == "seed" else props["fqn"][1]


@dg.multi_asset(
    name="bronnen",
    specs=[
        dg.AssetSpec(
            ["aanlevering", tabel],
            # a table of one source follows from its intake, the others from every intake
            deps=[["inname", contract.lees(bron).map]]
            if bron
            else [["inname", b] for b in (*contract.mappen(), VERDWAALD)],
            group_name="aanlevering",
            kinds={"duckdb"},
            description=f"Tabel {tabel} zoals de inname haar overdraagt en dbt haar leest.",
        )
        for tabel, bron in BRONTABELLEN.items()
    ]
    + [
        dg.AssetSpec(
            ["definities", tabel],
            group_name="referentie",
            kinds={"duckdb"},
            description=f"Eigen rijen van {tabel}, van versies van de definitie die met ggz definitie zijn opgenomen.",
        )
        for tabel in definities.TABELLEN
    ],
)
def bronnen(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    instellingen = Instellingen()
    with (
        nog_eens(context),
        schrijfslot(instellingen, "klaarzetten van de bronnen"),
        verbinding.schrijf(instellingen.warehouse) as con,
    ):
        zet_klaar(instellingen, con)
    for tabel in BRONTABELLEN:
        yield dg.MaterializeResult(asset_key=["aanlevering", tabel])
    for tabel in definities.TABELLEN:
        yield dg.MaterializeResult(asset_key=["definities", tabel])


@dbt_assets(manifest=MANIFEST, dagster_dbt_translator=Vertaler(), name="dbt")
def dbt_modellen(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    instellingen = Instellingen()
    gekozen = context.selected_asset_keys | context.selected_asset_check_keys
    with nog_eens(context), schrijfslot(instellingen, "bouwen van het warehouse"):
        bij = False
        if MERK in context.run.tags:
            with verbinding.schrijf(instellingen.warehouse) as con:
                bij = bouw.begin(con, bouw.vingerafdrukken(con, instellingen))
        uitkomsten, knopen = [], [knoop for knoop, sleutel in SLEUTELS.items() if sleutel in gekozen]
        for uitkomst in dbt.bouw(instellingen, knopen, bij):
            uitkomsten.append(uitkomst)
            logger.debug("dbt: %d van %d klaar", len(uitkomsten), len(knopen))
            yield from _gebeurtenis(uitkomst)
    toetsuitkomst.bewaar(instellingen, context.run_id, uitkomsten, MANIFEST["nodes"])
    mislukt = [MANIFEST["nodes"][u.knoop]["name"] for u in uitkomsten if u.status in MISLUKT]
    if bijwerken.GERAAKT in {MANIFEST["nodes"][u.knoop]["name"] for u in uitkomsten} and not mislukt:
        logger.info("dbt: tabellen met mensen %s", _hoe(instellingen) if bij else "geheel gemaakt")
    logger.info("dbt: %d gebouwd en getoetst, %d mislukt", sum(u.status in GOED for u in uitkomsten), len(mislukt))
    if mislukt:
        raise dg.Failure(f"{', '.join(mislukt)}. Wat daarvan afhangt is niet gebouwd.", allow_retries=False)


def _hoe(instellingen: Instellingen) -> str:
    """For whom tables were kept up to date, in words."""
    with verbinding.lees(instellingen.warehouse) as con:
        mensen, maanden = bijwerken.omvang(con)
    return f"bijgewerkt voor {telwoord(mensen, 'mens', 'mensen')} in {telwoord(maanden, 'maand', 'maanden')}"


def _gebeurtenis(uitkomst: dbt.Uitkomst) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """What Dagster is told of a node: what was built or tested; nothing of what was left out."""
    sleutel = SLEUTELS.get(uitkomst.knoop)
    if isinstance(sleutel, dg.AssetKey) and uitkomst.status in GOED:
        yield dg.MaterializeResult(asset_key=sleutel, metadata={"seconden": uitkomst.seconden})
    elif isinstance(sleutel, dg.AssetCheckKey) and uitkomst.status != "skipped":
        yield dg.AssetCheckResult(
            asset_key=sleutel.asset_key,
            check_name=sleutel.name,
            passed=uitkomst.status == "pass",
            severity=dg.AssetCheckSeverity.WARN if uitkomst.status == "warn" else dg.AssetCheckSeverity.ERROR,
            metadata={"rijen die niet voldoen": uitkomst.aantal, "melding": uitkomst.melding},
        )


# Per node of dbt what it is in Dagster; a test of a source is none.
SLEUTELS: dict[str, dg.AssetKey | dg.AssetCheckKey] = {
    knoop["unique_id"]: Vertaler().get_asset_key(knoop)
    for knoop in MANIFEST["nodes"].values()
    if knoop["resource_type"] in (SEED, MODEL)
}
SLEUTELS |= {
    knoop["unique_id"]: toets.key
    for toets in dbt_modellen.check_specs
    for knoop in MANIFEST["nodes"].values()
    if knoop["resource_type"] == TEST and knoop["name"] == toets.name
}


def te_bouwen(instellingen: Instellingen) -> tuple[bouw.Plan, set[dg.AssetKey], set[dg.AssetCheckKey]] | None:
    """The build that is due, with the tables and tests of dbt that it asks for; None when nothing is due."""
    plan = bouw.te_bouwen(instellingen)
    if plan is None:
        return None
    gevraagd = [SLEUTELS[knoop] for knoop in geraakt(MANIFEST, plan.gewijzigd) if knoop in SLEUTELS]
    return (
        plan,
        {sleutel for sleutel in gevraagd if isinstance(sleutel, dg.AssetKey)},
        {sleutel for sleutel in gevraagd if isinstance(sleutel, dg.AssetCheckKey)},
    )


def bouw_voltooid(na: list[dg.AssetsDefinition]) -> dg.AssetsDefinition:
    """The asset that closes the build record, once all of ``na`` stand."""

    @dg.asset(
        key=["beheer", "bouw"],
        deps=[dbt_modellen, *na],
        group_name="beheer",
        kinds={"duckdb"},
        description="Vastgelegd, als alles staat en getoetst is: waarvan het warehouse is gebouwd. Zonder dit bouwt de volgende "
        "run opnieuw.",
    )
    def _bouw_voltooid(context: dg.AssetExecutionContext) -> None:
        instellingen = Instellingen()
        with (
            nog_eens(context),
            schrijfslot(instellingen, "afsluiten van de bouw"),
            verbinding.schrijf(instellingen.warehouse) as con,
        ):
            nu = bouw.vingerafdrukken(con, instellingen)
            if not bouw.voltooi(con, nu, context.run.tags.get(MERK, ""), context.run_id):
                logger.info("Niet afgesloten: er is sindsdien iets veranderd, of dit was geen hele bouw.")

    return _bouw_voltooid
