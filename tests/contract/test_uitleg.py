"""Every code has its page, and a page says what one needs to know of its code."""

import re

import pytest
from click.testing import CliRunner

from pipelines.aanlevering.controle import cli
from pipelines.contract import uitleg
from pipelines.fundament import seeds

DELEN = [
    "Wat het betekent",
    "Voorbeeld",
    "Wat de leverancier doet",
    "Wat de steward doet",
    "Wat het met de cijfers doet",
]
CODES = seeds.lees("kwaliteit_code")


@pytest.mark.parametrize("rij", CODES, ids=lambda rij: rij["code"])
def test_elke_code_heeft_haar_pagina_met_alle_delen_en_links_die_ergens_uitkomen(rij):
    code, bestand = rij["code"], uitleg.pad(rij["code"])
    pagina = uitleg.lees(code)

    assert pagina.titel == f"{code}: {rij['titel']}"
    assert [d for d in pagina.delen if d in DELEN] == DELEN
    assert all(len(inhoud) > 10 for inhoud in pagina.delen.values())
    assert "](" not in pagina.tekst and "# " not in pagina.tekst and "Terug naar" not in pagina.tekst
    for doel in re.findall(r"\]\(([^)#]+)", bestand.read_text(encoding="utf-8")):
        assert (bestand.parent / doel).is_file(), doel


def test_er_is_geen_pagina_van_een_code_die_er_niet_is():
    bestanden = {p.stem for code in ("A01", "ZPM-01") for p in uitleg.pad(code).parent.glob("*.md")}
    assert bestanden == {rij["code"] for rij in CODES}


def test_de_terminal_legt_een_code_uit():
    gevonden = CliRunner().invoke(cli.uitleg, ["a06"])
    assert gevonden.exit_code == 0 and "A06: Geen pseudoniem" in gevonden.output
    onbekend = CliRunner().invoke(cli.uitleg, ["A99"])
    assert onbekend.exit_code == 2 and "is geen code" in onbekend.output
