"""What the documentation tells to type exists: the commands themselves are run by tests/e2e/test_ggz.py."""

import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from pipelines.bediening.ggz import ggz
from pipelines.settings import PROJECT
from tests.e2e import boeken


def test_elke_opdracht_staat_in_een_blok_dat_wordt_gedraaid():
    assert boeken.buiten_een_blok() == []


def test_elke_uitzondering_staat_nog_in_de_documentatie():
    assert [begin for begin, staat_er in boeken.uitzonderingen().items() if not staat_er] == []


@pytest.mark.parametrize("begin", [begin for begin in boeken.NIET_TE_DRAAIEN if begin.startswith(("ggz", "make"))])
def test_een_opdracht_die_geen_toets_draait_bestaat(begin):
    wat, *rest = begin.split()
    opdracht = [Path(sys.executable).with_name("ggz"), *rest, "--help"] if wat == "ggz" else ["make", "-n", *rest]
    assert subprocess.run(opdracht, cwd=PROJECT, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("regel", [regel for regel in boeken.ingebed() if regel.startswith("ggz")])
def test_een_opdracht_die_in_een_zin_staat_bestaat_met_haar_opties(regel):
    opdracht, context = ggz, click.Context(ggz)
    for woord in shlex.split(regel)[1:]:
        if isinstance(opdracht, click.Group) and not woord.startswith("-"):
            opdracht = opdracht.get_command(context, woord)
            assert opdracht is not None, f"ggz heeft geen {woord}"
        elif woord.startswith("--") and woord != "--help":
            assert woord in {naam for optie in opdracht.params for naam in optie.opts}


@pytest.mark.parametrize("regel", [regel for regel in boeken.ingebed() if not regel.startswith("ggz")])
def test_een_doel_van_make_en_een_module_die_in_een_zin_staan_bestaan(regel):
    programma, een, twee = [*regel.split(), ""][:3]
    if programma == "make":
        assert f"\n{een}:" in (PROJECT / "Makefile").read_text(encoding="utf-8")
    else:
        assert find_spec(twee) is not None


def test_er_zijn_tien_vragen_en_voor_elke_lezer_een_gids():
    assert len(boeken.vragen()) == 10
    lezers = {"landelijk", "regio", "steward", "aanbieders", "beheer", "engineers"}
    assert {pad.stem for pad in boeken.GIDSEN} == {"index", *lezers}
