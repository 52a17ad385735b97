"""The warehouse as Dagster assets: sources put ready, dbt models with their tests, and the record of a complete build.

Belongs here: how the parts appear in Dagster, and their order. Does not belong here: what each part does.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from importlib.metadata import version
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliInvocation, DbtCliResource, dbt_assets
from packaging.version import Version

from pipelines import contract
from pipelines.fundament.slot import schrijfslot
from pipelines.settings import Instellingen
from pipelines.warehouse import bouw, definities, toetsuitkomst, verbinding
from pipelines.warehouse.bronnen import zet_klaar
from pipelines.warehouse.dbt import manifest, omgeving
from pipelines.warehouse.selectie import TEST, ongewijzigd

logger = logging.getLogger("ggz.dbt")

MANIFEST = manifest()
BRONTABELLEN = {
    tabel["name"]: tabel["meta"].get("bron")
    for tabel in MANIFEST["sources"].values()
    if tabel["source_name"] == "aanlevering"
}
ONGEWIJZIGD = {"status": "ongewijzigd"}


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


class Dbt(DbtCliResource):
    """dbt without two detours of dagster-dbt: ``dbt --version`` (seconds, and look-ups on the network) and a second adapter."""

    @property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:
        return None


@dg.multi_asset(
    name="bronnen",
    specs=[
        dg.AssetSpec(
            ["aanlevering", tabel],
            # a table of one source follows from its intake, the others from every intake
            deps=[["inname", contract.lees(bron).map]]
            if bron
            else [["inname", b] for b in (*contract.mappen(), "verdwaald")],
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
def bronnen() -> Iterator[dg.MaterializeResult]:
    instellingen = Instellingen()
    with schrijfslot(instellingen, "klaarzetten van de bronnen"), verbinding.schrijf(instellingen.warehouse) as con:
        zet_klaar(instellingen, con)
    for tabel in BRONTABELLEN:
        yield dg.MaterializeResult(asset_key=["aanlevering", tabel])
    for tabel in definities.TABELLEN:
        yield dg.MaterializeResult(asset_key=["definities", tabel])


@dbt_assets(manifest=MANIFEST, dagster_dbt_translator=Vertaler(), name="dbt")
def dbt_modellen(context: dg.AssetExecutionContext, dbt: Dbt) -> Iterator:
    instellingen = Instellingen()
    alles = not context.is_subset
    with schrijfslot(instellingen, "bouwen van het warehouse"):
        with verbinding.schrijf(instellingen.warehouse) as con:
            nu = bouw.vingerafdrukken(con, instellingen)
            anders = bouw.gewijzigd(con, nu)
            if alles and not anders:
                logger.info("Niets nieuws: het warehouse is al gebouwd van deze aanleveringen.")
                return
            if anders:
                bouw.begin(con, nu, context.run_id)
        leveringen = anders - bouw.NA_DBT
        staat = ongewijzigd(MANIFEST, leveringen) if alles and bouw.CODE not in anders else []
        gebeurtenissen: Iterable = ()
        if leveringen or not alles:
            os.environ.update(omgeving(instellingen))
            logger.info("Warehouse bouwen (gewijzigd: %s)", ", ".join(sorted(anders)) or "niets")
            opdracht = ["build", "--log-level-file", "none", *_behalve(staat)]
            werk = instellingen.data / "dbt"
            (werk / toetsuitkomst.BESTAND).unlink(missing_ok=True)
            aanroep = dbt.cli(opdracht, context=context, target_path=werk)
            gebeurtenissen = _met_voortgang(
                aanroep, lambda: toetsuitkomst.bewaar(instellingen, context.run_id, aanroep)
            )
        yield from _met_wat_staat(gebeurtenissen, staat, context.selected_asset_check_keys)


def _behalve(staat: list[dict[str, Any]]) -> list[str]:
    """Leaves these nodes out, and no test but these."""
    return ["--indirect-selection", "empty", "--exclude", " ".join(knoop["name"] for knoop in staat)] if staat else []


def _met_wat_staat(gebeurtenissen: Iterable, staat: list[dict[str, Any]], toetsen: Set[dg.AssetCheckKey]) -> Iterator:
    """The events of dbt, and among them what stays as it is: each table once all that it is made of has been reported."""
    sleutels = {
        naam: Vertaler().get_asset_key(k) for naam, k in MANIFEST["nodes"].items() if k["resource_type"] != TEST
    }
    namen = {naam: sleutel.to_python_identifier() for naam, sleutel in sleutels.items()}
    wacht = {
        namen[k["unique_id"]]: {namen[ouder] for ouder in k["depends_on"].get("nodes", []) if ouder in namen}
        for k in staat
        if k["resource_type"] != TEST
    }
    gemeld: set[str] = set()
    getoetst: set[dg.AssetCheckKey] = set()

    def wat_kan() -> Iterator[dg.Output]:
        while nu := [naam for naam, ouders in wacht.items() if ouders <= gemeld]:
            for naam in nu:
                del wacht[naam]
                yield dg.Output(None, output_name=naam, metadata=ONGEWIJZIGD)
            gemeld.update(nu)

    yield from wat_kan()
    for gebeurtenis in gebeurtenissen:
        yield gebeurtenis
        if isinstance(gebeurtenis, dg.AssetCheckResult):
            getoetst.add(dg.AssetCheckKey(gebeurtenis.asset_key, gebeurtenis.check_name))
        elif isinstance(gebeurtenis, dg.Output):
            gemeld.add(gebeurtenis.output_name)
            yield from wat_kan()
    for toets in toetsen - getoetst if staat else ():
        yield dg.AssetCheckResult(asset_key=toets.asset_key, check_name=toets.name, passed=True, metadata=ONGEWIJZIGD)


def _met_voortgang(dbt: DbtCliInvocation, na: Callable[[], None]) -> Iterator:
    """The events of dbt; ``na`` is called when it has ended, also when it failed."""
    gebouwd = getoetst = 0
    try:
        for gebeurtenis in dbt.stream():
            gebouwd += isinstance(gebeurtenis, dg.Output)
            getoetst += isinstance(gebeurtenis, dg.AssetCheckResult)
            logger.debug("dbt: %d tabellen, %d toetsen", gebouwd, getoetst)
            yield gebeurtenis
        logger.info("Gebouwd: %d tabellen, %d toetsen", gebouwd, getoetst)
    finally:
        # whatever broke here: no dbt may go on writing after the lock is given back
        if dbt.process.poll() is None:
            dbt.process.kill()
            dbt.process.wait()
        na()


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
        with schrijfslot(instellingen, "afsluiten van de bouw"), verbinding.schrijf(instellingen.warehouse) as con:
            bouw.voltooi(con, context.run_id)

    return _bouw_voltooid
