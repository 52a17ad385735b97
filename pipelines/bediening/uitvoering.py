"""A run of the pipeline through Dagster, in this process: what ``ggz run`` does.

Belongs here: starting the run, and its outcome. Does not belong here: what runs (``definitions``) and how the outcome is
shown (``verslag``).
"""

import os
import re
from dataclasses import dataclass

import dagster as dg

from pipelines.aanlevering.inname import VERDWAALD
from pipelines.aanlevering.opslag import ruim_beschadigde
from pipelines.aanlevering.register import Levering, Register
from pipelines.bediening import administratie
from pipelines.definitions import INNAMES, bouw_verzoek, defs, inname_verzoek
from pipelines.fundament.kind import VAN_GGZ
from pipelines.fundament.slot import schrijfslot
from pipelines.kwaliteit import toets
from pipelines.settings import Instellingen
from pipelines.warehouse import bouw


@dataclass(frozen=True)
class Uitslag:
    """Outcome of a run: checks that failed (name of the asset and of the check), steps that broke (name and reason), and the
    deliveries that it judged anew. ``beschadigd``: deliveries of which the stored rows turned out damaged, and were read again."""

    geslaagd: bool
    gezakt: tuple[str, ...]
    gebroken: tuple[tuple[str, str], ...]
    beoordeeld: frozenset[Levering]
    beschadigd: tuple[str, ...] = ()


def draai(bron: str | None = None, maand: str | None = None, iza_regio: str | None = None, rust: float = 0) -> Uitslag:
    """Takes in what is new of the given part of landing (None: all of it), and builds, checks and publishes what follows.

    Two runs of Dagster, as its sensors ask for them: only after the first is known what is due in the second. All that is asked is
    asked under the lock: of what another run did while this one waited, nothing is ours. ``rust``: seconds that a file must have been
    left alone. A build that fails on stored rows that are damaged is done once more, after those are read again from landing.
    """
    instellingen = Instellingen().model_copy(update={"rust": rust})
    with schrijfslot(instellingen, "ggz run"), administratie.instance(instellingen) as instance:
        eerder = leveringen(instellingen)
        namen = bouw.te_innemen(instellingen) & ({bron, VERDWAALD} if bron else INNAMES.keys())
        if namen:
            toets.laad_alvast()
        # only the holder of the lock runs here: any other run of ggz that counts as started was killed
        administratie.sluit_gestorven_runs(instance, van_ggz=True)
        resultaten = _neem_in_en_bouw(instance, instellingen, inname_verzoek(namen, rust, maand, iza_regio))
        beschadigd = () if resultaten[-1].success else ruim_beschadigde(instellingen)
        if beschadigd:
            opnieuw = inname_verzoek(bouw.te_innemen(instellingen), rust)
            resultaten = _neem_in_en_bouw(instance, instellingen, opnieuw)
        nu = leveringen(instellingen)
    return Uitslag(
        all(resultaat.success for resultaat in resultaten),
        tuple(
            f"{toets.asset_key.to_user_string()}: {toets.check_name}"
            for resultaat in resultaten
            for toets in resultaat.get_asset_check_evaluations()
            if not toets.passed and toets.severity == dg.AssetCheckSeverity.ERROR
        ),
        tuple(
            (stap.step_key, _reden(stap.event_specific_data.error))
            for resultaat in resultaten
            for stap in resultaat.get_step_failure_events()
        ),
        frozenset(nu - eerder),
        beschadigd,
    )


def _neem_in_en_bouw(
    instance: dg.DagsterInstance, instellingen: Instellingen, verzoek: dg.RunRequest
) -> list[dg.ExecuteInProcessResult]:
    resultaten = [_voer_uit(instance, verzoek)]
    if resultaten[0].success and (bouwen := bouw_verzoek(instellingen)):
        resultaten.append(_voer_uit(instance, bouwen))
    return resultaten


def leveringen(instellingen: Instellingen) -> set[Levering]:
    """The register as it is now."""
    with Register(instellingen.register) as register:
        return set(register.leveringen())


def _voer_uit(instance: dg.DagsterInstance, verzoek: dg.RunRequest) -> dg.ExecuteInProcessResult:
    job = defs.resolve_implicit_global_asset_job_def().get_subset(
        asset_selection=set(verzoek.asset_selection),
        asset_check_selection=None if verzoek.asset_check_keys is None else set(verzoek.asset_check_keys),
    )
    return job.execute_in_process(
        instance=instance,
        run_config=verzoek.run_config,
        tags={**verzoek.tags, VAN_GGZ: str(os.getpid())},
        raise_on_error=False,
    )


def _reden(fout) -> str:
    """What the step itself said; what that came from stands in the log."""
    while fout.cause is not None and (fout.cls_name or "").startswith("Dagster"):
        fout = fout.cause
    return re.sub(r"^(\w+\.)+\w+: ", "", fout.message.strip())
