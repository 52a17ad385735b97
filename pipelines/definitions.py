"""The one place where Dagster's assets, checks, schedule, sensor and resources meet.

Belongs here: what runs when, and with what. Does not belong here: what an asset does (each in its own folder).
"""

import time
from datetime import date

import dagster as dg

from pipelines import contract
from pipelines.aanlevering.assets import MAANDELIJKS, Keuze, inhoud_van_landing, inname, inname_verdwaald, landing
from pipelines.aanlevering.inname import VERDWAALD
from pipelines.aanlevering.inname import nieuw as inname_nieuw
from pipelines.aanlevering.landing import RUST_PLANNER
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


def inname_verzoek(
    namen: set[str], rust: float, maand: str | None = None, iza_regio: str | None = None
) -> dg.RunRequest:
    """A run of these intakes (of a part of landing) with their checks, and of the sources put ready for dbt.

    ``rust``: seconds that a file must have been left alone.
    """
    keuze = Keuze(maand=maand, iza_regio=iza_regio, rust=rust).model_dump(exclude_none=True)
    return dg.RunRequest(
        asset_selection=[*(INNAMES[naam].key for naam in sorted(namen)), *bronnen.keys],
        run_config={
            "ops": {
                f"inname__{naam}": {"config": {"rust": rust} if naam == VERDWAALD else keuze} for naam in sorted(namen)
            }
        },
    )


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


PAUZE = 15 * 60
"""Seconds after which is looked again whether what was asked for has been taken in: a run may have failed, or a file not been
readable then."""


def _planner() -> Instellingen:
    """The settings for runs that nobody waits for."""
    uit = Instellingen()
    return uit.model_copy(update={"rust": RUST_PLANNER}) if uit.rust is None else uit


@dg.sensor(
    asset_selection=dg.AssetSelection.assets(*INNAMES.values(), bronnen),
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Neemt in wat nog niet is ingenomen, zodra er een minuut lang niet aan is geschreven.",
)
def nieuwe_aanleveringen(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """What is not yet taken in is what the register says. The cursor holds how landing looked at the last look, how when a run was last
    asked for, and when that was: a landing that has not changed since is not asked about again before ``PAUZE`` is over, nor is one
    that never comes to rest.
    """
    gezien, gevraagd, sinds = ((context.cursor or "").split(" ") + ["", ""])[:3]
    instellingen = _planner()
    nu, tijd = inhoud_van_landing(instellingen.landing), time.time()
    pauze = tijd - float(sinds or 0) < PAUZE
    if nu == gevraagd and pauze:
        return dg.SkipReason("Niets nieuws in landing.")
    try:
        with schrijfslot(instellingen, "kijken wat er in te nemen is", wacht=False):
            # two looks that see the same are a minute apart; else only what was left alone for that long
            stil = nu == gezien
            namen = bouw.te_innemen(Instellingen()) if stil else set() if pauze else set(inname_nieuw(instellingen))
    except Bezet as reden:
        return dg.SkipReason(str(reden))
    context.update_cursor(f"{nu} {nu if stil else gevraagd or '-'} {tijd if stil or namen else sinds or 0}")
    if not namen:
        return dg.SkipReason("Alles in landing is al ingenomen." if stil else "Er komen nog bestanden binnen.")
    return inname_verzoek(namen, instellingen.rust)


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
    instellingen = _planner()
    namen = bouw.te_innemen(instellingen)
    return inname_verzoek(namen, instellingen.rust) if namen else dg.SkipReason("Alles in landing is al ingenomen.")


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
