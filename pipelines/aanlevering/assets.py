"""Ingest as Dagster assets: landing -> inname, per bron, in partitions of maand x iza_regio.

Belongs here: partitions, freshness and what each ingest asset says of itself. Does not belong here: what ingest does
(``inname``), nor anything of the warehouse.
"""

import hashlib
import logging
import warnings
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import dagster as dg

from pipelines import contract
from pipelines.aanlevering import naam as namen
from pipelines.aanlevering.inname import Inname, neem_in, verdwaald
from pipelines.aanlevering.landing import kijk
from pipelines.fundament.slot import schrijfslot
from pipelines.settings import TIJDZONE, Instellingen

# backfill_policy is in beta; the version is locked
warnings.filterwarnings("ignore", category=dg.BetaWarning)

logger = logging.getLogger("ggz.inname")

IZA_REGIOS = list(namen.regios())

# Suppliers deliver by the 10th; on the morning of the 11th the month must be in.
MAANDELIJKS = "0 6 11 * *"


@cache
def partities(bron: str) -> dg.PartitionsDefinition:
    """Months from the first of the contract, of a regional source times regions."""
    grens = contract.lees(bron)
    maanden = dg.MonthlyPartitionsDefinition(grens.vanaf, fmt="%Y-%m", timezone=TIJDZONE, end_offset=1)
    if grens.regio:
        return maanden
    return dg.MultiPartitionsDefinition({"maand": maanden, "iza_regio": dg.StaticPartitionsDefinition(IZA_REGIOS)})


def versheid(bron: str) -> dg.FreshnessPolicy:
    grens = contract.lees(bron)
    if grens.ritme == "maandelijks":
        return dg.FreshnessPolicy.cron(MAANDELIJKS, lower_bound_delta=timedelta(days=11), timezone=TIJDZONE)
    dagen = grens.vers_dagen
    return dg.FreshnessPolicy.time_window(
        fail_window=timedelta(days=dagen.verouderd), warn_window=timedelta(days=dagen.aandacht)
    )


class Rust(dg.Config):
    """Seconds that a file must have been left alone; not given: what ``GGZ_RUST`` says."""

    rust: float | None = None

    def instellingen(self) -> Instellingen:
        uit = Instellingen()
        return uit if self.rust is None else uit.model_copy(update={"rust": self.rust})


class Keuze(Rust):
    """Which part of landing to look at; empty is everything that is new."""

    maand: str | None = None
    iza_regio: str | None = None


def landing(bron: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["landing", bron],
        group_name="landing",
        description=f"Bestanden zoals aangeleverd. {contract.lees(bron).omschrijving}",
        kinds={"file"},
    )


def inhoud_van_landing(map_: Path) -> str:
    """Fingerprint of names, sizes and modification times of all deliveries; opens none of them."""
    som = hashlib.sha256()
    for pad in kijk(map_).paden:
        try:
            staat = (map_ / pad).stat()
        except OSError:  # it shows when it is read
            continue
        som.update(f"{namen.als_tekst(pad)}\0{staat.st_size}\0{staat.st_mtime_ns}\0".encode())
    return som.hexdigest()


def inname(bron: str) -> dg.AssetsDefinition:
    @dg.asset(
        key=["inname", bron],
        deps=[["landing", bron]],
        partitions_def=partities(bron),
        backfill_policy=dg.BackfillPolicy.single_run(),
        group_name="aanlevering",
        kinds={"python", "parquet"},
        freshness_policy=versheid(bron),
        description=f"Gelezen, getoetst aan het contract en ingeschreven in het register. {contract.lees(bron).omschrijving}",
        check_specs=[
            dg.AssetCheckSpec(
                "geweigerde_leveringen",
                asset=["inname", bron],
                description="Leveringen die in deze run zijn geweigerd (B01-B05). Een geweigerde levering houdt de andere niet tegen.",
            )
        ],
    )
    def _inname(context: dg.AssetExecutionContext, config: Keuze) -> Iterator[dg.AssetCheckResult | dg.Output]:
        instellingen = config.instellingen()
        with schrijfslot(instellingen, f"inname van {bron}"):
            uitkomst = neem_in(instellingen, bron, _gekozen(context, config, bron), logger.debug)
        if uitkomst.gewijzigd:
            logger.info("%s: %s", bron, ", ".join(f"{wat} {aantal}" for wat, aantal in _telling(uitkomst).items()))
        if not context.has_partition_key and not context.has_partition_key_range:
            _meld_partities(context, uitkomst, bron)
        yield dg.Output(None, metadata=_telling(uitkomst))
        yield _geweigerd(uitkomst)

    return _inname


@dg.asset(
    key=["inname", "verdwaald"],
    deps=[["landing", bron] for bron in contract.mappen()],
    group_name="aanlevering",
    kinds={"python"},
    description="Bestanden in landing die in geen partitie passen: naam, map of regio klopt niet (B03).",
)
def inname_verdwaald(context: dg.AssetExecutionContext, config: Rust) -> None:
    instellingen = config.instellingen()
    with schrijfslot(instellingen, "inname van verdwaalde bestanden"):
        uitkomst = verdwaald(instellingen)
    context.add_output_metadata(_telling(uitkomst))


def _gekozen(context: dg.AssetExecutionContext, config: Keuze, bron: str) -> list[tuple[str, str]] | None:
    if context.has_partition_key or context.has_partition_key_range:
        return [_maand_regio(bron, sleutel) for sleutel in context.partition_keys]
    if config.maand is None and config.iza_regio is None:
        return None
    delen = [_maand_regio(bron, sleutel) for sleutel in partities(bron).get_partition_keys()]
    return [(m, r) for m, r in delen if config.maand in (None, m) and config.iza_regio in (None, r)]


def _maand_regio(bron: str, sleutel: str) -> tuple[str, str]:
    landelijk = contract.lees(bron).regio
    if landelijk:
        return sleutel, landelijk
    delen = partities(bron).get_partition_key_from_str(sleutel).keys_by_dimension
    return delen["maand"], delen["iza_regio"]


def _meld_partities(context: dg.AssetExecutionContext, uitkomst: Inname, bron: str) -> None:
    """Show in Dagster which partitions a run over all of landing has touched."""
    for maand, regio in sorted({(lev.maand, lev.iza_regio) for lev in uitkomst.leveringen if lev.maand}):
        sleutel = maand if contract.lees(bron).regio else dg.MultiPartitionKey({"maand": maand, "iza_regio": regio})
        if partities(bron).has_partition_key(sleutel):
            context.log_event(dg.AssetMaterialization(context.asset_key, partition=sleutel))


def _telling(uitkomst: Inname) -> dict[str, int]:
    return {
        "nieuw": len(uitkomst.leveringen),
        "waarvan geweigerd": sum(lev.code is not None for lev in uitkomst.leveringen),
        "ingetrokken of hersteld": len(uitkomst.gevolgd),
        "later opnieuw": len(uitkomst.later) + len(uitkomst.storingen),
        "rijen gelezen": sum(lev.rijen_gelezen for lev in uitkomst.leveringen),
        "rijen afgekeurd": sum(lev.rijen_met_code for lev in uitkomst.leveringen),
    }


def _geweigerd(uitkomst: Inname) -> dg.AssetCheckResult:
    geweigerd = [lev for lev in uitkomst.leveringen if lev.code]
    regels = "\n".join(f"- `{lev.pad}`: {lev.code} {lev.toelichting}" for lev in geweigerd[:50])
    return dg.AssetCheckResult(
        passed=not geweigerd,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"aantal": len(geweigerd), "leveringen": dg.MetadataValue.md(regels or "geen")},
    )
