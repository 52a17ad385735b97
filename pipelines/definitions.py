"""The one place where Dagster's assets, checks, schedule, sensor and resources meet.

Belongs here: what runs when, and with what. Does not belong here: what an asset does (each in its own folder).
"""

from datetime import date

import dagster as dg

from pipelines import contract
from pipelines.aanlevering.assets import MAANDELIJKS, inhoud_van_landing, inname, inname_verdwaald, landing
from pipelines.aanlevering.inname import VERDWAALD
from pipelines.analyse.assets import analyses
from pipelines.fundament.slot import Bezet, schrijfslot
from pipelines.kwaliteit.assets import contracten, geen_verdwaalde_bestanden, tellingen, toetsing, uitkomst
from pipelines.publicatie.assets import publicatie
from pipelines.settings import TIJDZONE, Instellingen
from pipelines.warehouse import bouw
from pipelines.warehouse.assets import MERK, bouw_voltooid, bronnen, dbt_modellen, te_bouwen
from pipelines.warehouse.verbinding import NietTeOpenen

INNAMES = {bron: inname(bron) for bron in contract.mappen()} | {VERDWAALD: inname_verdwaald}
# What reads the marts; the build is complete when these stand too.
NA_BOUW = [uitkomst, analyses, publicatie]
VOLTOOID = bouw_voltooid(NA_BOUW)


def inname_verzoek(namen: set[str]) -> dg.RunRequest:
    """A run of these intakes with their checks, and of the sources put ready for dbt."""
    return dg.RunRequest(asset_selection=[*(INNAMES[naam].key for naam in sorted(namen)), *bronnen.keys])


def bouw_verzoek(instellingen: Instellingen) -> dg.RunRequest | None:
    """A run of all that is due and of nothing else: the tables and checks that a change reaches, and what reads the marts.

    None when nothing is due. Raises NietTeOpenen while another program holds the warehouse.
    """
    gevraagd = te_bouwen(instellingen)
    if gevraagd is None:
        return None
    plan, tabellen, toetsen = gevraagd
    eigen = [spec.key for telling in tellingen for spec in telling.check_specs if spec.asset_key in tabellen]
    return dg.RunRequest(
        # a build that failed is tried again once a day, and when something changes
        run_key=f"{plan.merk} {date.today()}",
        asset_selection=[
            *sorted(tabellen),
            *(sleutel for deel in (bronnen, toetsing, *NA_BOUW, VOLTOOID) for sleutel in deel.keys),
        ],
        asset_check_keys=[*sorted(toetsen), *eigen],
        tags={MERK: plan.merk},
    )


@dg.sensor(
    asset_selection=dg.AssetSelection.assets(*INNAMES.values(), bronnen),
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Neemt in wat nieuw in landing staat, zodra er een minuut lang niets meer bij komt.",
)
def nieuwe_aanleveringen(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """The cursor holds what was seen at the last look, and what was last asked to be taken in."""
    gezien, _, gevraagd = (context.cursor or "").partition(" ")
    instellingen = Instellingen()
    nu = inhoud_van_landing(instellingen.landing)
    if nu == gevraagd:
        return dg.SkipReason("Niets nieuws in landing.")
    if nu != gezien:
        context.update_cursor(f"{nu} {gevraagd}")
        return dg.SkipReason("Er komen nog bestanden binnen.")
    namen = bouw.te_innemen(instellingen)
    return dg.SensorResult(run_requests=[inname_verzoek(namen)] if namen else [], cursor=f"{nu} {nu}")


@dg.sensor(
    asset_selection=dg.AssetSelection.assets(bronnen, toetsing, dbt_modellen, *NA_BOUW, VOLTOOID),
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Bouwt, toetst en publiceert wat door nieuwe aanleveringen, oordelen, scenario's of code niet meer klopt.",
)
def nieuwe_bouw(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    instellingen = Instellingen()
    try:
        with schrijfslot(instellingen, "kijken wat er te bouwen is", wacht=False):
            return bouw_verzoek(instellingen) or dg.SkipReason("Het warehouse is gebouwd van wat er staat.")
    except (Bezet, NietTeOpenen) as reden:
        return dg.SkipReason(str(reden))


# Dagster's own job over all assets, the only one that takes assets with different partitions in one run; it is asked for its name.
ALLES = dg.Definitions(assets=[inname_verdwaald]).resolve_implicit_global_asset_job_def().name


@dg.schedule(
    job_name=ALLES,
    cron_schedule=MAANDELIJKS,
    execution_timezone=TIJDZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Elke 11e om 06:00: leveranciers leveren uiterlijk de 10e. Wat daarna te bouwen is vraagt nieuwe_bouw.",
)
def maandelijks() -> dg.RunRequest | dg.SkipReason:
    namen = bouw.te_innemen(Instellingen())
    return inname_verzoek(namen) if namen else dg.SkipReason("Alles in landing is al ingenomen.")


defs = dg.Definitions(
    assets=[
        *(landing(bron) for bron in contract.mappen()),
        *INNAMES.values(),
        bronnen,
        toetsing,
        dbt_modellen,
        *NA_BOUW,
        VOLTOOID,
    ],
    asset_checks=[*contracten, geen_verdwaalde_bestanden, *tellingen],
    schedules=[maandelijks],
    sensors=[nieuwe_aanleveringen, nieuwe_bouw],
    # the warehouse has one writer, and a process per step would load everything again each time
    executor=dg.in_process_executor,
)
