"""The quarterly report says what stands out, and carries nothing from elsewhere."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest
from click.testing import CliRunner

from pipelines.blokken import beweging, gegevens
from pipelines.blokken.cijfer import BEKEND, Cijfer
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.blokken.metrieken import metrieken
from pipelines.blokken.opmaak import clusters
from pipelines.rapport import inhoud
from pipelines.rapport.cli import commando
from pipelines.rapport.inhoud import GeenRapport, Kwartaal, brandpunten, rapport
from tests.scherm.schermwereld import ANDER, GEHEIM, MAANDEN, MIJN

AMSTERDAM, LANDELIJKE = Gebruiker("r", "regio", MIJN), Gebruiker("r", "landelijk")


def test_een_kwartaal_eindigt_met_zijn_derde_maand():
    assert [m.month for m in Kwartaal.lees("2026K3").maanden] == [7, 8, 9]


@pytest.mark.parametrize("tekst", ["2026", "2026K5", "26K3", "2026-K3"])
def test_een_kwartaal_dat_er_geen_is_wordt_geweigerd(tekst):
    with pytest.raises(ValueError, match="jjjjKn"):
        Kwartaal.lees(tekst)


def test_brandpunten_zijn_cijfers_voorbij_hun_norm_het_verst_eerst(opname):
    punten = brandpunten(gegevens.voor(opname, AMSTERDAM), MIJN, MAANDEN[3])
    assert [p.code for p in punten] == ["gemiddeld_weken"] * 6
    assert [p.cluster for p in punten] == clusters()


def test_het_rapport_van_een_regio_heeft_alle_delen_en_niets_van_buiten(opname):
    html = rapport(gegevens.voor(opname, AMSTERDAM), MIJN, Kwartaal(2026, 3))
    for kop in (
        "In het kort, augustus 2026",
        "Brandpunten",
        "Wat veranderde",
        "Wat is onzeker",
        "Wie leidt het transfermechanisme",
        "Bijlage",
    ):
        assert f"<h2>{kop}</h2>" in html
    assert "Amsterdam, 3e kwartaal 2026" in html and "06000001" in html
    assert "De laatste maand met cijfers is augustus 2026" in html
    assert not re.findall(r'(?:src|href)="|url\((?!#|data:font)|@import', html)
    assert str(GEHEIM) not in html.replace(".", "")


def test_het_rapport_van_het_land_noemt_de_regio_van_wie_het_transfermechanisme_leidt(opname):
    assert "Groningen" in rapport(gegevens.voor(opname, LANDELIJKE), "NL", Kwartaal(2026, 3))


def test_over_een_kwartaal_zonder_levering_is_er_geen_rapport(opname):
    with pytest.raises(GeenRapport):
        rapport(gegevens.voor(opname, AMSTERDAM), MIJN, Kwartaal(2025, 1))
    with pytest.raises(GeenRapport):
        rapport(gegevens.voor(opname, AMSTERDAM), ANDER, Kwartaal(2026, 3))


def test_de_opdracht_weigert_een_regio_die_niet_bestaat():
    uit = CliRunner().invoke(commando, ["--regio", "ZK05", "--kwartaal", "2026K3"])
    assert uit.exit_code == 2 and "geen IZA-regio" in uit.output


def test_een_kleine_stijging_gaat_niet_voor_op_wat_het_verst_van_de_norm_ligt(monkeypatch):
    rijen = [{"code": "ver", "cluster": "outreachend", "rang": 1}, {"code": "dichtbij", "cluster": "acuut", "rang": 2}]
    verandering = {"ver": -1.0, "dichtbij": 0.002}
    stand = lambda g, code: SimpleNamespace(bij=lambda *_: None, verandering=lambda *_: verandering[code])  # noqa: E731
    monkeypatch.setattr(inhoud, "stand", stand)
    punten = brandpunten(SimpleNamespace(tabel=lambda *_, **__: pd.DataFrame(rijen[::-1])), MIJN, MAANDEN[3])
    assert [p.code for p in punten] == ["ver", "dichtbij"]


def test_stromen_zijn_van_een_kwartaal_en_wat_buiten_de_gewone_beweging_ligt_is_vet(monkeypatch):
    """Instroom of three months, not of the one; a change within what a figure usually does is not bold."""
    g = SimpleNamespace(
        tabel=lambda tabel, **_: pd.DataFrame(
            {
                "kwartaalcijfer": [
                    {"code": "instroom", "cluster": "acuut", "waarde": 30.0, "regios": 1, "verschil": -6.0}
                ],
                "regelgrens": [
                    {"code": "wachtplekken", "cluster": "acuut", "oordeel": 1},
                    {"code": "gemiddeld_weken", "cluster": "acuut", "oordeel": 0},
                ],
            }[tabel]
        )
    )
    maand = {"instroom": 9.0, "uitstroom": 4.0, "wachtplekken": 7.0, "gemiddeld_weken": 5.5}
    stand = lambda g, code: SimpleNamespace(  # noqa: E731
        metriek=metrieken()[code],
        bij=lambda *_: Cijfer(maand[code], BEKEND, False, MAANDEN[3]),
        verandering=lambda *_: 2.0,
    )
    monkeypatch.setattr(inhoud, "stand", stand)
    for zeef in (beweging._oordelen, beweging.kwartaalcijfers):
        monkeypatch.setattr(beweging, zeef.__name__, zeef.__wrapped__)
    cel = lambda code: inhoud._nu_en_verschil(g, code, MIJN, "acuut", MAANDEN[3])  # noqa: E731
    assert "30" in cel("instroom") and "−6" in cel("instroom")
    assert "niet van elk van de drie maanden" in cel("uitstroom")
    assert "<strong>" in cel("wachtplekken") and "<strong>" not in cel("gemiddeld_weken")
