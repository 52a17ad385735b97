"""Waiting begins with people, outflow with what is waited for, providers with who leads: in words, with names, for who may see it."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.blokken import aanbieder, bestemming, gegevens, transfer, wachtenden
from pipelines.blokken.gebruiker import Gebruiker
from tests.scherm.schermwereld import ANDER, GEHEIM, MAANDEN, MIJN

LANDELIJKE, STEWARD = Gebruiker("Lo", "landelijk"), Gebruiker("Sam", "steward")
AMSTERDAM, PUBLIEK = Gebruiker("Ans", "regio", MIJN), Gebruiker("lezer", "publiek")
MEI, AUGUSTUS = MAANDEN[0], MAANDEN[3]


@pytest.fixture
def g(opname):
    return gegevens.voor(opname, AMSTERDAM)


def tekst(html: str) -> str:
    """What a reader reads, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("&nbsp;", " ")


def test_wachten_begint_met_mensen_en_zegt_dat_een_persoon_een_keer_telt(g):
    html = tekst(wachtenden.wachtendenblok(g, MIJN, AUGUSTUS).als_html(met_knoppen=False))
    assert "Mensen die wachten 200" in html and "elke persoon telt één keer" in html and "13,5" in html


def test_naast_de_regio_staat_het_land_alleen_voor_wie_het_land_mag_zien(opname):
    kop = lambda wie: wachtenden.wachtendenblok(gegevens.voor(opname, wie), MIJN, AUGUSTUS).kop  # noqa: E731
    assert kop(AMSTERDAM) == ["Personen", "Amsterdam"]
    assert kop(LANDELIJKE) == ["Personen", "Amsterdam", "Nederland"]


def test_de_weg_gaat_van_aangemeld_langs_de_intake_naar_een_uitkomst_met_het_criterium_van_een_weigering(g):
    blok = wachtenden.wegblok(g, MIJN, AUGUSTUS)
    beeld = blok.teken(1080, "x")
    for band in ("Aangemeld → Intake: 30", "Aangemeld → Geen intake: 20", "Intake → Geweigerd: agressie: 10"):
        assert band in beeld
    assert "Geen intake → Doorverwezen: 5" in beeld and "Geweigerd: agressie 13" in beeld
    assert ["Geen intake", "Wacht nog", "12"] in blok.rijen and "50 plekken, geen personen" in blok.onder


def test_bemiddeling_staat_naast_wat_is_gepubliceerd_met_het_verschil_van_definitie(g):
    html = tekst(wachtenden.bemiddelingblok(g, MIJN, AUGUSTUS).als_html())
    assert "Bemiddelde personen 25 28.000" in html and "16,0% 12,5%" in html
    assert "uit zijn eigen administratie" in html


def test_waarop_wordt_gewacht_staat_naast_wat_vrij_is_en_te_vol_is_geen_plaats(g):
    html = tekst(bestemming.bestemmingblok(g, MIJN, AUGUSTUS).als_html())
    assert "Beschermd wonen 2,5 10,0 9,0 1,0" in html and "Een plek in de Wlz 1,0 4,0 4,5 −0,5" in html
    assert "Een eigen woning 0,5 n.v.t." in html


def test_waar_mensen_heen_gingen_is_van_de_laatste_maand_die_te_bepalen_is_en_nul_zonder_rij(g):
    mei, augustus = (tekst(bestemming.vervolgblok(g, MIJN, m).als_html()) for m in (MEI, AUGUSTUS))
    assert "in mei 2026 eindigden" in mei and "Klinisch 15 0 0 0 25 40" in mei and "Acuut 0 0 0 0 0 40" in mei
    assert "in juli 2026 eindigden" in augustus


def test_wat_niet_is_bereikt_niet_te_zien_is_of_langer_duurt_dan_de_reeks_is_niet_nul(g):
    html = tekst(bestemming.verblijfblok(g, MIJN, AUGUSTUS).als_html())
    leeg = r"n\.v\.t\. niet van toepassing, of niet te berekenen"
    assert re.search(rf"Klinisch 60 33 {leeg} {leeg} 12,5% 20,0%", html)  # a series of four months: nobody a year
    assert re.search(rf"Outreachend 60 33 {leeg} {leeg} {leeg} 20,0%", html)
    assert re.search(rf"Beveiligd 60 {leeg} {leeg}", html)


def test_wie_leidt_staat_in_woorden_met_de_naam_uit_het_register(g, tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    zin = "In augustus 2026 leidt {} het transfermechanisme in Amsterdam: 20 wachtplekken boven de norm van 14 weken, samen 321 weken te lang."
    assert transfer.leider(g, MIJN, AUGUSTUS) == zin.format("06000001")
    (tmp_path / "aanbieders.csv").write_text("agb,naam,plaats\n06000001,GGZ Amstel,Amsterdam\n", encoding="utf-8")
    assert transfer.leider(g, MIJN, AUGUSTUS) == zin.format("GGZ Amstel")
    assert transfer.leider(g, ANDER, AUGUSTUS) is None and transfer.leider(g, MIJN, MEI) is None


def test_een_naam_komt_uit_het_register_zoals_het_nu_is_en_een_code_zonder_naam_blijft_een_code(tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    assert aanbieder.met_code("06000001") == "06000001"
    (tmp_path / "aanbieders.csv").write_text("agb,naam,plaats\n06000001,Eerst,X\n06000002,,X\n", encoding="utf-8")
    assert (aanbieder.naam("06000001"), aanbieder.naam("06000002")) == ("Eerst", "06000002")
    (tmp_path / "aanbieders.csv").write_text("agb,naam,plaats\n06000001,Daarna,X\n", encoding="utf-8")
    assert aanbieder.met_code("06000001") == "Daarna (06000001)"


def test_weigeringen_per_vestiging_zijn_er_voor_de_eigen_regiotafel_en_de_stewards_alleen(opname):
    per = {
        wie.rol: transfer.weigeringblok(gegevens.voor(opname, wie), MIJN, AUGUSTUS).als_html()
        for wie in (AMSTERDAM, STEWARD, LANDELIJKE, PUBLIEK)
    }
    assert "06000001" in per["regio"] and "06000001" in per["steward"]
    for rol in ("landelijk", "publiek"):
        assert "06000001" not in per[rol] and "eigen regiotafel en de datastewards" in per[rol]
    assert "Agressie 13 2" in tekst(transfer.exclusieblok(gegevens.voor(opname, LANDELIJKE), MIJN, AUGUSTUS).als_html())


@pytest.mark.parametrize("bron", ["opname", "publicatie"])
def test_geen_blok_van_de_keten_geeft_een_ander_de_cijfers_van_groningen(bron, request):
    g = gegevens.voor(request.getfixturevalue(bron), AMSTERDAM)
    for maak in (
        wachtenden.wachtendenblok, wachtenden.wegblok, wachtenden.bemiddelingblok, bestemming.bestemmingblok,
        bestemming.vervolgblok, bestemming.verblijfblok, transfer.transferblok, transfer.exclusieblok, transfer.weigeringblok,
    ):  # fmt: skip
        for maand in (MEI, AUGUSTUS):
            blok = maak(g, ANDER, maand)
            uit = blok.als_html() + ("" if blok.data is None else blok.data.to_csv())
            assert str(GEHEIM) not in uit.replace(".", "") and "06000009" not in uit, blok.titel


def test_waar_niets_te_tonen_is_staat_waarom(publicatie):
    anders = wachtenden.wachtendenblok(gegevens.voor(publicatie, AMSTERDAM), ANDER, AUGUSTUS).als_html()
    assert "van Groningen ziet uw rol alleen de openbare versie" in anders
    assert "De reden: per regio tellen mensen op meer lijsten anders" in anders
    eigen = wachtenden.wachtendenblok(gegevens.voor(publicatie, AMSTERDAM), MIJN, MEI).als_html()
    assert "Over mei 2026 is van Amsterdam niets geleverd." in eigen


def _script(bron, wie):
    from pipelines.blokken import gegevens
    from pipelines.scherm.paginas import regio

    regio.pagina(gegevens.voor(bron, wie))


@pytest.mark.parametrize("onderwerp", ["wachten", "uitgesteld", "aanbieders"])
@pytest.mark.parametrize(
    "wie", [LANDELIJKE, STEWARD, AMSTERDAM, PUBLIEK], ids=["landelijk", "steward", "regio", "publiek"]
)
def test_de_paginas_van_de_keten_draaien_voor_elke_rol(publicatie, wie, onderwerp):
    proef = AppTest.from_function(_script, args=(publicatie, wie), default_timeout=60)
    proef.query_params["onderwerp"] = onderwerp
    proef.query_params["regio"] = MIJN
    proef.run()
    assert not proef.exception
