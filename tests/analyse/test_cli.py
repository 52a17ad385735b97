"""``ggz scenario`` as a user meets it."""

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.analyse.cli import commando

BESTAND = """
naam: korter
titel: Een kwart korter
maatregelen: [{duur_procent: -25, bron: test}]
"""


@pytest.fixture
def ggz(tmp_path, monkeypatch, klein):
    """Runs the command with its data under tmp_path; a scenario file lies ready."""
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    (tmp_path / "korter.yaml").write_text(BESTAND)
    return lambda *woorden: CliRunner().invoke(commando, [str(w) for w in woorden])


@pytest.fixture
def gevuld(tmp_path, vul):
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as verbinding:
        vul(verbinding)
    return tmp_path


def test_a_scenario_is_kept_for_the_next_run_and_the_warehouse_is_left_alone(ggz, gevuld):
    voor = (gevuld / "warehouse.duckdb").read_bytes()
    uit = ggz(gevuld / "korter.yaml")
    assert uit.exit_code == 0, uit.output
    assert "Een kwart korter: Nederland in 2026-02" in uit.output
    assert (gevuld / "analyse" / "scenarios" / "korter.yaml").read_text() == BESTAND
    assert (gevuld / "analyse" / "scenario_resultaat" / "korter.parquet").exists()
    assert (gevuld / "warehouse.duckdb").read_bytes() == voor


def test_without_a_warehouse_it_says_what_to_do_first(ggz, tmp_path):
    uit = ggz(tmp_path / "korter.yaml")
    assert uit.exit_code == 1 and "draai eerst `ggz run`" in uit.output


def test_a_warehouse_that_a_run_is_writing_asks_for_patience(ggz, gevuld, monkeypatch):
    def bezet(*_, **__):
        raise duckdb.IOException("Could not set lock on file")

    monkeypatch.setattr(duckdb, "connect", bezet)
    uit = ggz(gevuld / "korter.yaml")
    assert uit.exit_code == 1 and "geopend door een ander programma" in uit.output


def test_a_faulty_file_is_told_by_field_and_nothing_is_kept(ggz, gevuld):
    (gevuld / "stuk.yaml").write_text("naam: stuk")
    uit = ggz(gevuld / "stuk.yaml")
    assert uit.exit_code == 1 and "titel: ontbreekt" in uit.output
    assert not (gevuld / "analyse").exists()


def test_nobody_can_overwrite_unchanged_policy(ggz, gevuld):
    (gevuld / "basis.yaml").write_text("naam: basis\ntitel: Anders")
    assert "kies een andere naam" in ggz(gevuld / "basis.yaml").output


def test_examples_are_listed_with_their_title(ggz):
    uit = ggz("--voorbeelden")
    assert "verkennend-gesprek.yaml" in uit.output and "25% minder instroom" in uit.output


def test_calibration_is_shown_per_cluster(ggz, gevuld):
    uit = ggz("--kalibratie")
    assert uit.exit_code == 0 and "nagebootst" in uit.output and "klinisch" in uit.output


def test_without_file_or_option_it_asks_for_one(ggz):
    assert ggz().exit_code == 2
