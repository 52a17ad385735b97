"""A run of the pipeline through Dagster, in this process: what ``ggz run`` does.

Belongs here: starting the run, and its outcome. Does not belong here: what runs (``definitions``) and how the outcome is
shown (``verslag``).
"""

import os
from dataclasses import dataclass

import dagster as dg

from pipelines.aanlevering.assets import Keuze
from pipelines.aanlevering.inname import VERDWAALD
from pipelines.bediening import administratie
from pipelines.definitions import INNAMES, bouw_verzoek, defs, inname_verzoek
from pipelines.fundament.slot import schrijfslot
from pipelines.settings import Instellingen
from pipelines.warehouse import bouw


@dataclass(frozen=True)
class Uitslag:
    """Outcome of a run: checks that failed (name of the asset and of the check), and steps that broke (name and reason)."""

    geslaagd: bool
    gezakt: tuple[str, ...]
    gebroken: tuple[tuple[str, str], ...]


def draai(bron: str | None = None, maand: str | None = None, iza_regio: str | None = None) -> Uitslag:
    """Takes in what is new of the given part of landing (None: all of it), and builds, checks and publishes what follows.

    Two runs of Dagster, as its sensors ask for them: only after the first is known what is due in the second.
    """
    instellingen = Instellingen()
    namen = bouw.te_innemen(instellingen) & ({bron, VERDWAALD} if bron else INNAMES.keys())
    keuze = {"config": Keuze(maand=maand, iza_regio=iza_regio).model_dump(exclude_none=True)}
    config = {"ops": {f"inname__{naam}": keuze for naam in namen - {VERDWAALD}}}
    with schrijfslot(instellingen, "ggz run"), administratie.instance(instellingen) as instance:
        # only the holder of the lock runs here: any other run of ggz that counts as started was killed
        administratie.sluit_gestorven_runs(instance, van_ggz=True)
        resultaten = [_voer_uit(instance, inname_verzoek(namen), config)]
        if resultaten[0].success and (verzoek := bouw_verzoek(instellingen)):
            resultaten.append(_voer_uit(instance, verzoek))
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
    )


def _voer_uit(
    instance: dg.DagsterInstance, verzoek: dg.RunRequest, config: dict | None = None
) -> dg.ExecuteInProcessResult:
    job = defs.resolve_implicit_global_asset_job_def().get_subset(
        asset_selection=set(verzoek.asset_selection),
        asset_check_selection=None if verzoek.asset_check_keys is None else set(verzoek.asset_check_keys),
    )
    return job.execute_in_process(
        instance=instance,
        run_config=config,
        tags={**verzoek.tags, administratie.PROCES: str(os.getpid())},
        raise_on_error=False,
    )


def _reden(fout) -> str:
    while fout.cause is not None:
        fout = fout.cause
    return fout.message.strip()
