"""Definitions side by side say what SQL says, in words, with sign and state; the report under another version says so."""

import re

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from pipelines.blokken import definities, gegevens
from pipelines.blokken.cijfer import LEEG, NOG_NIET, ONBEKEND
from pipelines.blokken.definities import CIJFERS, Paar
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.rapport import druk, onder_definitie
from pipelines.rapport.cli import commando
from pipelines.rapport.inhoud import Kwartaal
from pipelines.rapport.onder_definitie import OnbekendeVersie
from pipelines.scherm.paginas import landelijk
from tests.scherm import schermwereld
from tests.scherm.schermwereld import ANDER, GEHEIM, MAANDEN, MIJN

LANDELIJKE, STEWARD = Gebruiker("Lo", "landelijk"), Gebruiker("Sam", "steward")
AMSTERDAM, PUBLIEK = Gebruiker("Ans", "regio", MIJN), Gebruiker("lezer", "publiek")
PAAR = Paar("hhm-2023", "voorstel-epa")
MEI, AUGUSTUS = MAANDEN[0], MAANDEN[3]


@pytest.fixture
def g(opname):
    return gegevens.voor(opname, LANDELIJKE)


def tekst(html: str) -> str:
    """What a reader reads, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("&nbsp;", " ")


def test_de_agenda_staat_op_gewicht_en_wijst_naar_de_bevinding_en_de_registratie(g):
    html = definities.agendablok(g, MIJN).als_html()
    assert html.index("1. ") < html.index("ZPM-02") < html.index("2. ") < html.index("ZPM-14")
    assert 'href="datakwaliteit?kwaliteit_onderwerp=zpm&amp;zpmregio=ZK02"' in html
    assert "Outreachend of acuut 22 66" in tekst(html) and "Een eigen prestatie." in html
    assert "nog niet vastgelegd" in html and "september 2025 tot en met augustus 2026" in html


def test_een_verschil_heeft_zijn_teken_en_gelijk_heet_gelijk(g):
    html = tekst(definities.naast_elkaar(g, PAAR, MIJN, MEI).als_html())
    assert "In zorg, einde maand (episodes) 40 gelijk 40 → 25 −15" in html
    assert "Plaatsen in gebruik (plaatsen, gemiddeld) 30,5 gelijk" in html


def test_wat_niet_te_bepalen_is_blijft_dat_ook_onder_een_andere_versie(g):
    rij = g.tabel("definitie_verschil", iza_regio=MIJN, maand=AUGUSTUS, cluster="acuut").to_dict("records")[0]
    assert definities.cijfer(rij, CIJFERS["uitstroom"], "naar").toestand == NOG_NIET
    assert definities.cijfer(rij, CIJFERS["instroom"], "naar").voorlopig
    assert not definities.cijfer(rij, CIJFERS["operationeel"], "naar").voorlopig
    leeg = rij | {"wachtplekken_van": None, "personen_van": None, "regios_wachtlijst": 0}
    assert definities.cijfer(leeg, CIJFERS["wachtplekken"], "van").toestand == ONBEKEND
    assert definities.cijfer(leeg, CIJFERS["personen"], "van").toestand == LEEG


def test_personen_staan_niet_bij_het_land_en_dat_staat_erbij(g):
    land = tekst(definities.naast_elkaar(g, PAAR, "NL", MEI).als_html(met_knoppen=False))
    assert "Personen met zorg" not in land and "Personen tellen niet op" in land and "2 van 31 regio" in land


def test_per_regio_staat_het_land_voorop_en_dan_het_grootste_verschil(g):
    blok = definities.per_regio(g, PAAR, "stand_eind", "outreachend", MEI)
    html = tekst(blok.als_html(met_knoppen=False))
    assert html.index("Nederland") < html.index("Amsterdam 40 25 −15")


def test_de_sankey_gaat_van_cluster_door_de_regel_naar_cluster_en_staat_ook_in_een_tabel(g):
    blok = definities.verplaatsingblok(g, PAAR, MIJN, "prestaties", AUGUSTUS)
    beeld = blok.teken(760, "x")
    assert "Outreachend → regel setting 4 overig: 12" in beeld
    assert "regel setting 4 overig → → Niet cruciaal: 12" in beeld
    assert blok.rijen == [["Outreachend", "Setting 4", "Setting 4 overig", "Niet cruciaal", "12", "0", "12", "1"]]
    niets = definities.verplaatsingblok(g, PAAR, MIJN, "verblijfsdagen", AUGUSTUS)
    assert niets.teken is None and "geen verblijfsdagen" in niets.als_html()


def test_wat_een_versie_anders_doet_staat_in_zinnen(g):
    html = tekst(definities.wijzigingblok(g, PAAR).als_html())
    assert (
        "Regel “setting 4 overig” (consult, groepsconsult, setting 4, vestiging met MPU) is nieuw en plaatst in niet cruciaal."
        in html
    )
    assert "Bedtype PAAZ valt onder hoogspecialistisch ziekenhuis en niet onder klinisch." in html


def test_wie_geraakt_wordt_staat_er_met_naam_en_deel(g, tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    assert "06000001 Amsterdam 12 0 12 25,0%" in tekst(definities.geraakt(g, PAAR, MIJN, AUGUSTUS).als_html())
    (tmp_path / "aanbieders.csv").write_text("agb,naam,plaats\n06000001,GGZ <Amstel>,Amsterdam\n", encoding="utf-8")
    html = definities.geraakt(g, PAAR, MIJN, AUGUSTUS).als_html()
    assert "GGZ &lt;Amstel&gt; (06000001)" in html and "<Amstel>" not in html


@pytest.mark.parametrize("bron", ["opname", "publicatie"])
def test_een_regiotafel_ziet_alleen_de_eigen_regio_en_wie_openbaar_leest_niets(bron, request):
    g = gegevens.voor(request.getfixturevalue(bron), AMSTERDAM)
    alles = [
        definities.agendablok(g, ANDER),
        definities.naast_elkaar(g, PAAR, ANDER, MEI),
        definities.per_regio(g, PAAR, "stand_eind", "outreachend", MEI),
        definities.verplaatsingblok(g, PAAR, ANDER, "prestaties", AUGUSTUS),
        definities.geraakt(g, PAAR, ANDER, AUGUSTUS),
    ]
    for blok in alles:
        assert str(GEHEIM) not in blok.als_html().replace(".", "") and "06000009" not in blok.als_html()
    assert "−15" in definities.naast_elkaar(g, PAAR, MIJN, MEI).als_html()
    assert "setting 4 overig" in definities.wijzigingblok(g, PAAR).als_html()
    assert definities.paren(gegevens.voor(g.bron, PUBLIEK), MEI) == []


def _script(bron, wie):
    from pipelines.blokken import gegevens
    from pipelines.scherm.paginas import landelijk

    landelijk.pagina(gegevens.voor(bron, wie))


@pytest.mark.parametrize(
    "wie", [LANDELIJKE, STEWARD, AMSTERDAM, PUBLIEK], ids=["landelijk", "steward", "regio", "publiek"]
)
def test_de_pagina_definities_draait_voor_elke_rol(opname, wie):
    proef = AppTest.from_function(_script, args=(opname, wie), default_timeout=60)
    proef.query_params["landelijk_onderwerp"] = "definities"
    proef.run()
    assert not proef.exception
    keuzes = [s.label for s in proef.selectbox]
    assert ("Naar versie" in keuzes) == (wie.rol != "publiek")
    assert landelijk.ONDERWERPEN["definities"][0] == "Definities"


def test_het_rapport_onder_een_andere_versie_zegt_dat_en_noemt_wat_er_niet_is(opname):
    g = gegevens.voor(opname, AMSTERDAM)
    html = onder_definitie.rapport(g, MIJN, Kwartaal(2026, 3), PAAR)
    assert "Gerekend onder definitie voorstel-epa. Dit is niet de standaard (hhm-2023)." in html
    assert re.search(r"<title>[^<]*onder definitie voorstel-epa</title>", html)
    assert "Wat er onder voorstel-epa niet is" in html and "Bezettingsgraad en norm" in html
    assert "Wat is onzeker" in html and "Declaraties komen maanden later binnen" in html
    assert "standaard 240 (gelijk)" not in html and "standaard 40 (gelijk)" in html
    assert not re.findall(r'(?:src|href)="(?!datakwaliteit)|url\((?!#|data:font)|@import', html)
    assert str(GEHEIM) not in html.replace(".", "")


def test_de_standaard_geeft_het_gewone_rapport_en_een_onbekende_versie_de_lijst(g):
    assert onder_definitie.paar(g, "hhm-2023") is None and onder_definitie.paar(g, "voorstel-epa") == PAAR
    with pytest.raises(OnbekendeVersie, match=r"hhm-2023 \(de standaard\) en voorstel-epa.*ggz run"):
        onder_definitie.paar(g, "voorstel-x")


def test_de_opdracht_zet_de_versie_in_de_naam_en_boven_elke_pagina(tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(schermwereld.dataroot(tmp_path)))
    gedrukt = []
    monkeypatch.setattr(druk, "pdf", lambda html, doel, opschrift="": gedrukt.append((doel.name, opschrift)))
    uit = CliRunner().invoke(commando, ["--regio", MIJN, "--kwartaal", "2026K3", "--definitie", "voorstel-epa"])
    assert uit.exit_code == 0, uit.output
    assert gedrukt == [("kwartaalrapportage_2026K3_ZK02_voorstel-epa.pdf", onder_definitie.opschrift(PAAR))]
    fout = CliRunner().invoke(commando, ["--kwartaal", "2026K3", "--definitie", "bestaat-niet"])
    assert fout.exit_code == 2 and "voorstel-epa" in fout.output and "niet doorgerekend" in fout.output
