"""The contracts, their suites, and what is made from them."""

import re

import pytest

from pipelines import contract
from pipelines.aanlevering.keuring import Keuring, voorwaarde
from pipelines.contract.beschrijving import beschrijvingen
from pipelines.settings import PROJECT


@pytest.mark.parametrize("pad", beschrijvingen(), ids=lambda pad: pad.name)
def test_wat_uit_de_contracten_is_gemaakt_is_bij(pad):
    assert pad.read_text(encoding="utf-8") == beschrijvingen()[pad], "draai: python -m pipelines.contract.beschrijving"


@pytest.mark.parametrize("bron", contract.bronnen())
def test_elke_regel_noemt_een_kolom_van_de_bron_en_heeft_een_eigen_naam(bron):
    grens = contract.lees(bron)
    assert {r.kolom for r in grens.regels} <= {k.naam for k in grens.kolommen} | {""}
    assert len({r.naam for r in grens.regels}) == len(grens.regels)


def test_er_is_een_suite_per_contract():
    assert {p.stem for p in (PROJECT / "expectations").glob("*.yaml")} == set(contract.bronnen())


def test_een_grens_van_de_suite_keurt_af():
    regel = next(r for r in contract.lees("bedden").regels if r.naam == "beveiligingsniveau_between")
    with Keuring.verbinding() as con:
        fout = {
            n: con.execute(f"SELECT {voorwaarde(regel)} FROM (SELECT ? AS beveiligingsniveau) rij", [n]).fetchone()[0]
            for n in (-1, 0, 4, 5, None)
        }
    assert fout == {-1: True, 0: False, 4: False, 5: True, None: False}


def test_een_onbekend_type_verwachting_noemt_de_regel():
    regel = contract.Regel(naam="x_proef", type="expect_column_mean_to_be_between", kolom="x", code="A05", uitleg="")
    with pytest.raises(ValueError, match=re.escape("x_proef")):
        voorwaarde(regel)
