"""Scenarios on the screen: what stands there is what was computed, for who may see it."""

import html
import re
from datetime import date

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pipelines.blokken import gegevens, scenario
from pipelines.blokken.gebruiker import Gebruiker
from tests.scherm import schermwereld as wereld
from tests.scherm.schermwereld import ANDER, MIJN

AMSTERDAM, LANDELIJKE = Gebruiker("Ans", "regio", MIJN), Gebruiker("Lo", "landelijk")
MAAND, GEHEIM = "2027-03-01", 7071


def _resultaat(regio, naam, metriek, midden):
    vast = {"cluster": "klinisch", "titel": naam.capitalize(), "reden": None, "eenheid": "plaatsen", "cellen": 1}
    return [
        {"iza_regio": regio, "scenario": naam, "metriek": metriek, "maand": m, "capaciteit_type": soort, **vast}
        | {"midden": midden + plus, "laag": midden - 2.0, "hoog": midden + 2.0}
        for m in ("2026-09-01", MAAND)
        for soort, plus in (("bed", 0.0), ("ambulante_plek", 500.0))
    ]


def _bijdrage(regio, metriek, nummer, maatregel, na_elkaar, alleen, nu, samen):
    vast = {
        "cluster": "klinisch",
        "capaciteit_type": "bed",
        "eenheid": "plaatsen",
        "scenario": "alles",
        "titel": "Alles",
    }
    cijfers = {"op_volgorde": na_elkaar, "alleen": alleen, "ongewijzigd": nu, "samen": samen}
    return {
        "iza_regio": regio,
        "metriek": metriek,
        "volgorde": nummer,
        "maatregel": maatregel,
        "maand": MAAND,
        **vast,
        **cijfers,
    }


@pytest.fixture(scope="module")
def bron(tmp_path_factory):
    """A state with two scenarios of two regions: of the other one every figure is a secret."""
    eigen = wereld.opname(tmp_path_factory.mktemp("scenario"))
    resultaat = [
        rij
        for regio, basis in ((MIJN, 40.0), (ANDER, float(GEHEIM)))
        for rij in _resultaat(regio, "basis", "benodigde_capaciteit", basis)
        + _resultaat(regio, "alles", "benodigde_capaciteit", basis - 6)
    ]
    bijdrage = [
        rij
        for regio, nu in ((MIJN, 40.0), (ANDER, float(GEHEIM)))
        for rij in (
            _bijdrage(regio, "benodigde_capaciteit", 1, "Verblijfsduur: −10%", -9.0, -9.0, nu, nu - 6),
            _bijdrage(regio, "benodigde_capaciteit", 2, "Wachttijd omlaag", 3.0, 4.0, nu, nu - 6),
            _bijdrage(regio, "tekort", 1, "Verblijfsduur: −10%", -9.0, -9.0, 5.0, -1.0),
            _bijdrage(regio, "tekort", 2, "Wachttijd omlaag", 3.0, 4.0, 5.0, -1.0),
        )
    ]
    frames = {"scenario_resultaat": resultaat, "scenario_bijdrage": bijdrage}
    with duckdb.connect(str(eigen.opname)) as con:
        con.execute("CREATE SCHEMA doorrekening")
        for tabel, rijen in frames.items():
            df = pd.DataFrame(rijen).assign(maand=lambda f: pd.to_datetime(f["maand"]).dt.date)  # noqa: F841  read by duckdb
            con.execute(f"CREATE TABLE doorrekening.{tabel} AS SELECT * FROM df")
    return eigen


def tekst(b):
    """What somebody reads of a block, without drawing."""
    kaal = re.sub(r"<svg.*?</svg>", " ", b.als_html(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", kaal)).split())


def test_contributions_are_said_one_after_the_other_and_alone_with_over_or_short(bron):
    g = gegevens.voor(bron, AMSTERDAM)
    b = scenario.bijdrage(g, MIJN, "klinisch", "bed", "alles", date(2027, 3, 1))
    uit = tekst(b)
    assert "Zonder maatregelen 40 5 te kort" in uit
    assert "Verblijfsduur: −10% −9 −9 −9 −9" in uit and "Wachttijd omlaag +3 +4 +3 +4" in uit
    assert "Alle maatregelen samen 34 1 over" in uit
    assert "bedden, maart 2027: benodigde plaatsen" in uit
    assert "<svg" in b.als_html() and "+ 3" in b.als_html() and "− 9" in b.als_html()


def test_the_course_is_of_one_kind_of_place(bron):
    g = gegevens.voor(bron, AMSTERDAM)
    bedden, plekken = (
        scenario.verloop(g, MIJN, "klinisch", s, "benodigde_capaciteit") for s in ("bed", "ambulante_plek")
    )
    assert "Alles 34 38 – 42" not in tekst(bedden) and "Alles 34 32 – 36" in tekst(bedden)
    assert "Alles 534" in tekst(plekken)


def test_no_region_sees_the_scenarios_of_another(bron):
    g = gegevens.voor(bron, AMSTERDAM)
    for b in (
        scenario.verloop(g, ANDER, "klinisch", "bed", "benodigde_capaciteit"),
        scenario.bijdrage(g, ANDER, "klinisch", "bed", "alles", date(2027, 3, 1)),
    ):
        assert str(GEHEIM)[:2] not in b.als_html().replace(".", "") and b.data is None
    assert "7.071" in tekst(
        scenario.bijdrage(gegevens.voor(bron, LANDELIJKE), ANDER, "klinisch", "bed", "alles", date(2027, 3, 1))
    )


def test_the_page_shows_both_blocks_and_says_what_to_do_where_there_is_nothing(bron):
    def script(bron, wie, regio):
        from pipelines.blokken import gegevens
        from pipelines.scherm.paginas import scenarios

        scenarios.toon(gegevens.voor(bron, wie), regio)

    def pagina(cluster):
        proef = AppTest.from_function(script, args=(bron, AMSTERDAM, MIJN), default_timeout=30)
        proef.query_params["cluster"] = cluster
        proef.run()
        assert not proef.exception
        return "\n".join(str(element.proto) for element in proef._tree if hasattr(element, "proto"))

    assert "Wat elke maatregel bijdraagt: alles" in pagina("klinisch")
    assert "ggz scenario BESTAND.yaml" in pagina("acuut")
