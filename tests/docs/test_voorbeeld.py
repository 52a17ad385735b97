"""The example deliveries of the guide for suppliers: the good are taken in, the bad are rejected for what the guide says."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import contract
from pipelines.settings import PROJECT

GGZ = Path(sys.executable).with_name("ggz")
GIDS = PROJECT / "docs" / "gids" / "aanbieders.md"
_RIJ = re.compile(r"^\| (\w+) \| \[bestand\]\((\S+)\) \| \[bestand\]\((\S+)\) \| (.+) \|$", re.M)
VOORBEELDEN = {bron: delen for bron, *delen in _RIJ.findall(GIDS.read_text(encoding="utf-8"))}


def _oordeel(pad: str) -> tuple[str, str]:
    """The verdict of ``ggz controleer``, and per row that it rejects the code and the column, as the guide writes them."""
    opdracht = [GGZ, "controleer", "--json", (GIDS.parent / pad).resolve()]
    klaar = subprocess.run(opdracht, capture_output=True, text=True, check=False)
    (bestand,) = json.loads(klaar.stdout)["bestanden"]
    fouten = sorted((rij, regel["code"], regel["kolom"]) for regel in bestand["regels"] for rij in regel["rijen"])
    return bestand["oordeel"], "; ".join(f"{rij}: {code} {kolom}" for rij, code, kolom in fouten)


def test_elke_bron_van_regionale_leveranciers_heeft_een_voorbeeld():
    assert VOORBEELDEN.keys() == {bron for bron in contract.bronnen() if not contract.lees(bron).regio}


@pytest.mark.parametrize("bron", VOORBEELDEN)
def test_het_goede_voorbeeld_is_goed_en_het_foute_heeft_de_codes_van_de_gids(bron):
    goed, fout, per_rij = VOORBEELDEN[bron]
    assert _oordeel(goed) == ("goed", "")
    assert _oordeel(fout) == ("rijen afgekeurd", per_rij)


@pytest.mark.parametrize("bron", VOORBEELDEN)
def test_een_voorbeeld_heeft_elke_kolom_van_het_contract(bron):
    kolommen = [kolom.kop for kolom in contract.lees(bron).kolommen]
    for pad in VOORBEELDEN[bron][:2]:
        kop = (GIDS.parent / pad).read_text(encoding="utf-8").splitlines()[0]
        assert kop.split(";") == kolommen
