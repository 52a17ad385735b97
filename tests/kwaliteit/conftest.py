"""A few literal deliveries, and a warehouse of which only the tables that quality reads stand, made by hand."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
import pytest

from pipelines.aanlevering import inname
from pipelines.settings import PROJECT, Instellingen
from pipelines.warehouse.dbt import DBT_PROJECT, omgeving

# what dbt makes and quality reads after it
TABELLEN = """
CREATE SCHEMA aanlevering; CREATE SCHEMA kwaliteit; CREATE SCHEMA marts; CREATE SCHEMA referentie; CREATE SCHEMA intermediate; CREATE SCHEMA staging;
CREATE TABLE kwaliteit.aanlevering (bron VARCHAR, maand VARCHAR, iza_regio VARCHAR, leverancier VARCHAR, versie INTEGER, bestand VARCHAR,
  sha256 VARCHAR, status VARCHAR, code VARCHAR, toelichting VARCHAR, rijen_gelezen BIGINT, rijen_geaccepteerd BIGINT,
  rijen_afgekeurd BIGINT, moment TIMESTAMP);
CREATE TABLE kwaliteit.afgekeurde_rij (bron VARCHAR, maand VARCHAR, iza_regio VARCHAR, leverancier VARCHAR, bestand VARCHAR,
  rijnummer BIGINT, codes VARCHAR, rij VARCHAR);
CREATE TABLE kwaliteit.signaal (bron VARCHAR, maand VARCHAR, iza_regio VARCHAR, leverancier VARCHAR, bestand VARCHAR, rijnummer BIGINT,
  code VARCHAR);
CREATE TABLE kwaliteit.controleregel (bron VARCHAR, maand VARCHAR, iza_regio VARCHAR, leverancier VARCHAR, bestand VARCHAR, regel VARCHAR,
  oordeel VARCHAR, inhoud VARCHAR, reden VARCHAR, rijen BIGINT);
CREATE TABLE kwaliteit.plausibiliteit (code VARCHAR, bron VARCHAR, maand DATE, iza_regio VARCHAR, leverancier VARCHAR, onderwerp VARCHAR,
  omvang BIGINT, afwijkend BOOLEAN, waarneming VARCHAR);
CREATE TABLE kwaliteit.score (maand DATE, bron VARCHAR, leverancier VARCHAR, verwachte_leveringen BIGINT, leveringen BIGINT,
  rijen_gelezen BIGINT, rijen_geaccepteerd BIGINT, dekking DOUBLE, geldigheid DOUBLE, tijdigheid DOUBLE, score DOUBLE);
CREATE TABLE marts.stroom_maand (maand DATE, iza_regio VARCHAR, "cluster" VARCHAR, stand_begin BIGINT, instroom BIGINT, doorstroom_in BIGINT,
  doorstroom_uit BIGINT, uitstroom BIGINT, stand_eind BIGINT);
CREATE TABLE aanlevering.bron AS FROM (VALUES ('bedden', 'maandelijks', true), ('declaraties', 'maandelijks', true),
  ('wachtlijst', 'maandelijks', true), ('vrijwillig', 'maandelijks', false), ('wachttijden_open', 'vrij', false)) AS bron (bron, ritme, verplicht);
CREATE TABLE intermediate.int_maandstatus (maand DATE, iza_regio VARCHAR, status VARCHAR);
CREATE TABLE staging.stg_declaraties (agb_vestiging VARCHAR, leverancier VARCHAR, begindatum DATE);
CREATE TABLE staging.stg_hic_monitor (agb_vestiging VARCHAR, leverancier VARCHAR, maand DATE);
CREATE TABLE staging.stg_wachtlijst (agb_vestiging VARCHAR, leverancier VARCHAR, maand DATE);
CREATE TABLE staging.stg_bedden (agb_vestiging VARCHAR, leverancier VARCHAR, maand DATE);
"""


@pytest.fixture
def instellingen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Instellingen:
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    return Instellingen()


@pytest.fixture
def lever(instellingen: Instellingen) -> Callable[[str, str], Path]:
    """Puts a file at its place in the landing area and takes in what is new."""

    def _lever(naam: str, inhoud: str) -> Path:
        bron, maand, regio = naam.rsplit("_", 4)[:3]
        pad = instellingen.landing / bron / maand / regio / naam
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_text(inhoud, encoding="utf-8")
        inname.neem_in(instellingen, bron)
        return pad

    return _lever


def hand_warehouse(pad: Path) -> None:
    """A new warehouse file at ``pad`` with the seeds of quality and, empty, the tables that dbt would make."""
    pad.unlink(missing_ok=True)
    pad.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(pad)) as con:
        con.execute(TABELLEN)
        for seed in ("kwaliteit_code", "kwaliteit_norm", "gds801_oordeel"):
            con.execute(
                f"CREATE TABLE referentie.{seed} AS SELECT * FROM read_csv('{PROJECT / 'seeds' / f'{seed}.csv'}', header = true)"
            )


@pytest.fixture
def leeg_warehouse(instellingen: Instellingen) -> None:
    hand_warehouse(instellingen.warehouse)


def zet_leveringen(warehouse: Path, leveringen: Iterable[str]) -> None:
    """Puts deliveries in the warehouse as dbt's staging would: rows as SQL values of ``kwaliteit.aanlevering``."""
    with duckdb.connect(str(warehouse)) as con:
        con.execute(f"INSERT INTO kwaliteit.aanlevering VALUES {', '.join(leveringen)}")
        con.execute(
            "CREATE TABLE staging.stg_levering AS SELECT *, "
            "CASE WHEN code IS NULL THEN (maand || '-01')::DATE END AS aanlevermaand FROM kwaliteit.aanlevering"
        )


@pytest.fixture(scope="session")
def dbt_map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where dbt keeps its parsed project between the tests of this folder."""
    return tmp_path_factory.mktemp("dbt")


@pytest.fixture
def dbt_run(instellingen: Instellingen, dbt_map: Path) -> Callable[..., None]:
    """Runs the named models of dbt on the tables that stand in the warehouse."""
    return lambda *modellen: draai_dbt(instellingen, dbt_map, *modellen)


def draai_dbt(instellingen: Instellingen, dbt_map: Path, *modellen: str) -> None:
    opdracht = ["--quiet", "run", "--select", *modellen, "--target-path", dbt_map, "--log-path", dbt_map]
    klaar = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", *opdracht],
        cwd=DBT_PROJECT,
        env={**os.environ, **omgeving(instellingen)},
        capture_output=True,
        text=True,
    )
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
