"""The one place where Dagster's assets, checks, schedule, sensor and resources meet.

Belongs here: what runs when, and with what. Does not belong here: what an asset does (each in its own folder).
"""

import sys

import dagster as dg

from pipelines import contract
from pipelines.aanlevering.assets import MAANDELIJKS, TIJDZONE, inhoud_van_landing, inname, inname_verdwaald, landing
from pipelines.analyse.assets import analyses
from pipelines.kwaliteit.assets import contracten, geen_verdwaalde_bestanden, tellingen, toetsing, uitkomst
from pipelines.publicatie.assets import publicatie
from pipelines.settings import Instellingen
from pipelines.warehouse.assets import Dbt, bouw_voltooid, bronnen, dbt_modellen
from pipelines.warehouse.dbt import DBT_PROJECT

# Dagster's own job over all assets: only that one takes assets with different partitions in one run.
ALLES = "__ASSET_JOB"

maandelijks = dg.ScheduleDefinition(
    name="maandelijks",
    job_name=ALLES,
    cron_schedule=MAANDELIJKS,
    execution_timezone=TIJDZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Elke 11e om 06:00: leveranciers leveren uiterlijk de 10e.",
)

# What reads the marts; the build is complete when these stand too.
NA_BOUW = [uitkomst, analyses, publicatie]


@dg.sensor(
    asset_selection=dg.AssetSelection.all(),
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Neemt in wat nieuw in landing staat, zodra er een minuut lang niets meer bij komt.",
)
def nieuwe_aanleveringen(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """The cursor holds what was seen at the last look, and what was last asked to be taken in."""
    gezien, _, gevraagd = (context.cursor or "").partition(" ")
    nu = inhoud_van_landing(Instellingen().landing)
    if nu == gevraagd:
        return dg.SkipReason("Niets nieuws in landing.")
    if nu != gezien:
        context.update_cursor(f"{nu} {gevraagd}")
        return dg.SkipReason("Er komen nog bestanden binnen.")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=nu)], cursor=f"{nu} {nu}")


defs = dg.Definitions(
    assets=[
        *(landing(bron) for bron in contract.mappen()),
        *(inname(bron) for bron in contract.mappen()),
        inname_verdwaald,
        bronnen,
        toetsing,
        dbt_modellen,
        *NA_BOUW,
        bouw_voltooid(NA_BOUW),
    ],
    asset_checks=[*contracten, geen_verdwaalde_bestanden, *tellingen],
    schedules=[maandelijks],
    sensors=[nieuwe_aanleveringen],
    resources={
        "dbt": Dbt(
            project_dir=str(DBT_PROJECT),
            dbt_executable=sys.executable,
            global_config_flags=["-m", "pipelines.warehouse.dbt_proces"],
        )
    },
    # the warehouse has one writer, and a process per step would load everything again each time
    executor=dg.in_process_executor,
)
