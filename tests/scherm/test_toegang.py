"""Who sees what: no region, URL, widget or download widens what a role may see (spec 5.2)."""

import json
import shutil
from datetime import UTC, datetime
from hashlib import sha256
from http.cookies import SimpleCookie

import duckdb
import pytest
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.testing.v1 import AppTest
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, TOKENS_COOKIE_NAME, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value

from pipelines.blokken import gegevens, naast_elkaar, scenario, uitvoer
from pipelines.blokken.cijfer import AFGESCHERMD, BEKEND
from pipelines.blokken.gebruiker import Gebruiker
from pipelines.blokken.gegevens import NietToegestaan
from pipelines.blokken.metrieken import metrieken, stand
from pipelines.blokken.opmaak import LANDELIJK, clusters
from pipelines.kwaliteit import oordeel
from pipelines.scherm import sessiecookie
from pipelines.scherm.paginas import landelijk, regio
from pipelines.scherm.paginas.landelijk import kaart
from pipelines.scherm.paginas.regio import (
    aanbieders,
    capaciteit,
    inwoners,
    overzicht,
    stroom,
    uitgesteld,
    voorzieningen,
    wachten,
)
from pipelines.scherm.toegang import GeenToegang, SchermInstellingen, bondig, einde, gebruiker
from pipelines.settings import Instellingen
from tests.scherm import schermwereld
from tests.scherm.schermwereld import ANDER, GEHEIM, MIJN

AMSTERDAM, PUBLIEK = Gebruiker("Ans", "regio", MIJN), Gebruiker("lezer", "publiek")
LANDELIJKE, STEWARD = Gebruiker("Lo", "landelijk"), Gebruiker("Sam", "steward")
TABELLEN = (
    "stroom_maand",
    "capaciteit_maand",
    "wachttijd_maand",
    "benodigde_capaciteit",
    "capaciteit_balans",
    "behoefte_inwoners",
    "voorziening_maand",
    "hic_maand",
    "hic_naast_elkaar",
    "meerjarenbeeld",
    "aanbieder_wachttijd",
    "wachttijd_maand_totaal",
    "stroom_maand_jaar",
    "verandering",
    "doorstroom_matrix_jaar",
    "herkomst_bestemming_jaar",
    "definitie_verschuiving_jaar",
    "zpm_mismatch",
    "aanlevering",
    "afgekeurde_rij",
)


@pytest.fixture(params=["opname", "publicatie"])
def bron(request):
    """Before the first publication, and with one."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("wie", [AMSTERDAM, PUBLIEK], ids=["regio", "publiek"])
@pytest.mark.parametrize("tabel", TABELLEN)
def test_geen_tabel_geeft_een_ander_de_cijfers_van_groningen(bron, wie, tabel):
    g = gegevens.voor(bron, wie)
    for df in (g.tabel(tabel), g.tabel(tabel, iza_regio=ANDER) if "iza_regio" in g.tabel(tabel) else g.tabel(tabel)):
        assert str(GEHEIM) not in df.to_csv()


@pytest.mark.parametrize("tabel", ["stroom_maand", "wachttijd_maand", "aanbieder_wachttijd", "zpm_mismatch"])
def test_de_landelijke_tafel_ziet_alle_regios_ook_ongeschoond(bron, tabel):
    assert str(GEHEIM) in gegevens.voor(bron, LANDELIJKE).tabel(tabel).to_csv()


def test_een_regiotafel_ziet_de_eigen_regio_ongeschoond_met_haar_aanbieders(bron):
    g = gegevens.voor(bron, AMSTERDAM)
    assert stand(g, "wachtplekken").bij(_laatste(g), MIJN, "acuut").waarde == 40
    assert list(g.tabel("aanbieder_wachttijd")["agb_vestiging"]) == ["06000001"]


def test_van_een_andere_regio_ziet_een_regiotafel_de_openbare_versie_als_afgeschermd(publicatie):
    g = gegevens.voor(publicatie, AMSTERDAM)
    assert stand(g, "wachtplekken").bij(_laatste(g), ANDER, "acuut").toestand == AFGESCHERMD


def test_zonder_publicatie_is_van_een_andere_regio_alles_afgeschermd_ook_of_zij_leverde(opname):
    g = gegevens.voor(opname, AMSTERDAM)
    assert {stand(g, "wachtplekken").bij(_laatste(g), r, "acuut").toestand for r in (ANDER, "ZK01")} == {AFGESCHERMD}


def test_alleen_wie_alle_regios_ziet_krijgt_een_optelling_voor_het_land(opname):
    maand = _laatste(gegevens.voor(opname, LANDELIJKE))
    assert stand(gegevens.voor(opname, LANDELIJKE), "wachtplekken").bij(maand, LANDELIJK, "acuut").toestand == BEKEND
    assert not stand(gegevens.voor(opname, AMSTERDAM), "wachtplekken").reeks(LANDELIJK, "acuut")


def test_alleen_een_steward_ziet_afgekeurde_rijen(bron):
    assert len(gegevens.voor(bron, STEWARD).tabel("afgekeurde_rij")) == 2
    assert gegevens.voor(bron, LANDELIJKE).tabel("afgekeurde_rij").empty


def test_recordniveau_en_onbekende_tabellen_zijn_er_voor_niemand(bron):
    for tabel in ("episode", "int_prestatie", "duckdb_tables", "stroom_maand; DROP TABLE x"):
        assert gegevens.voor(bron, STEWARD).tabel(tabel).empty


def test_alleen_een_steward_kan_een_oordeel_vastleggen(opname):
    with pytest.raises(NietToegestaan):
        gegevens.voor(opname, LANDELIJKE).beoordeel(Instellingen(), [{"bevinding": "x"}], "opgelost", "", None)


def test_een_oordeel_draagt_de_naam_van_wie_inlogde_en_wie_hetzelfde_ziet_deelt_wat_is_gerekend(opname, tmp_path):
    sam, ria = (gegevens.voor(opname, Gebruiker(naam, "steward")) for naam in ("Sam", "Ria"))
    instellingen = Instellingen(data=tmp_path)
    bevinding = {"bevinding": "b1", "omvang": 3, "laatste_maand": "2026-08", "oordeel_volgnummer": None}
    sam.beoordeel(instellingen, [bevinding], "opgelost", "gebeld", None)
    ria.beoordeel(instellingen, [bevinding | {"oordeel_volgnummer": 1}], "opgelost", "versie 2 is er", None)
    assert oordeel.alle(instellingen.register)["auteur"].to_pylist() == ["Sam", "Ria"]
    assert stand(sam, "instroom") is stand(ria, "instroom")


def test_een_regiotafel_vergelijkt_wat_zij_zelf_in_beide_publicaties_heeft(tmp_path):
    """A figure of its own and a secret of another region changed: it sees the first, in its own files, and not that there was a second."""
    instellingen = Instellingen(data=tmp_path)
    schermwereld.publicatie(instellingen.publicaties)
    oud, nieuw = (instellingen.publicaties / nummer for nummer in ("2026-08_r1", "2026-08_r2"))
    stand = {"moment": "2026-09-05T08:00:00+00:00", "definitie": {}, "code": "a", "aanleveringen": []}
    (oud / "manifest.json").write_text(json.dumps(stand))
    shutil.copytree(oud, nieuw)
    for naam in (MIJN, "landelijk"):
        with duckdb.connect(str(nieuw / naam / f"{naam}.duckdb")) as con:
            con.execute("UPDATE marts.wachttijd_maand SET wachtplekken = wachtplekken + 1")
    g = gegevens.voor(gegevens.nieuwste(instellingen), AMSTERDAM)
    anders = g.herziening(instellingen, "2026-08_r1", "2026-08_r2")
    assert set(anders["kolom"]) == {"wachtplekken"} and MIJN in set(anders["iza_regio"])
    assert str(GEHEIM) not in " ".join(anders["waarde_oud"]) + " ".join(anders["waarde_nieuw"])
    with pytest.raises(NietToegestaan):
        g.herziening(instellingen, "2026-08_r1", "2026-08_r9")
    shutil.rmtree(oud / MIJN)
    with pytest.raises(NietToegestaan, match="geen eigen versie"):
        gegevens.voor(gegevens.nieuwste(instellingen), AMSTERDAM).herziening(instellingen, "2026-08_r1", "2026-08_r2")


def test_geen_blok_van_een_andere_regio_draagt_het_geheim_op_het_scherm_of_in_een_download(bron):
    g = gegevens.voor(bron, AMSTERDAM)
    maand = _laatste(g)
    blokken = [
        overzicht.zes_clusters(g, ANDER, maand),
        stroom.sankeyblok(g, ANDER, maand, 12),
        stroom.doorstroomblok(g, ANDER, maand),
        uitgesteld.redenenblok(g, ANDER, "acuut", maand),
        uitgesteld.redennu(g, ANDER, "acuut", maand),
        wachten.wachtlijn(g, ANDER, "acuut", maand),
        wachten.fasen(g, ANDER, "acuut", maand),
        wachten.wachtclusters(g, ANDER, maand),
        inwoners.woonregios(g, ANDER, maand),
        inwoners.inwoners(g, ANDER, maand),
        inwoners.behandeld(g, ANDER, "acuut", maand),
        *[inwoners.kaart(g, "acuut", maat, maand, ANDER) for maat in inwoners.MATEN],
        voorzieningen.voorzieningen(g, ANDER, maand),
        voorzieningen.hicmonitor(g, ANDER, maand),
        voorzieningen.naast_elkaar(g, ANDER, maand),
        capaciteit.balans(g, ANDER, maand),
        capaciteit.meerjarenbeeld(g, ANDER, clusters()),
        scenario.verloop(g, ANDER, "acuut", "bed", "benodigde_capaciteit"),
        scenario.bijdrage(g, ANDER, "acuut", "bed", "alles-samen", maand),
        aanbieders.aanbiederblok(g, ANDER, maand),
    ]
    for code in metrieken():
        s = stand(g, code)
        blokken += [
            naast_elkaar.naast_anderen(g, MIJN, [ANDER], "acuut", maand, (code,)),
            naast_elkaar.veelvoud(g, s, "acuut", maand, [MIJN, ANDER, LANDELIJK]),
            kaart.kaartblok(g, s, "acuut", maand, ANDER),
            kaart.ranglijst(g, s, "acuut", maand, ANDER),
            kaart.naast_nederland(g, s, "acuut", maand, ANDER),
        ]
    for b in blokken:
        inhoud = b.als_html() + ("" if b.data is None else uitvoer.csv(b.data, b.titel, b.herkomst).decode())
        assert str(GEHEIM) not in inhoud.replace(".", ""), b.sleutel


def _scherm(bron, wie, query: dict, widgets: dict, deel: str = "regio") -> str:
    """All that a page sends to the browser, for a user with a URL and with what the widgets were made to hold."""

    def script(bron, wie, deel):
        from pipelines.blokken import gegevens
        from pipelines.scherm.paginas import datakwaliteit, landelijk, regio

        g = gegevens.voor(bron, wie)
        {"regio": regio, "landelijk": landelijk, "kwaliteit": datakwaliteit}[deel].pagina(g)

    at = AppTest.from_function(script, args=(bron, wie, deel), default_timeout=30)
    for naam, waarde in query.items():
        at.query_params[naam] = waarde
    for naam, waarde in widgets.items():
        at.session_state[naam] = waarde
    at.run()
    assert not at.exception
    return "\n".join(str(element.proto) for element in at._tree if hasattr(element, "proto"))


@pytest.mark.parametrize("onderwerp", list(regio.ONDERWERPEN))
def test_url_en_widgets_met_een_andere_regio_geven_niets_prijs(bron, onderwerp):
    for query, widgets in (
        ({"regio": ANDER, "onderwerp": onderwerp}, {}),
        ({"onderwerp": onderwerp}, {"regio": ANDER, "bekijk_als": LANDELIJKE, "onderwerp": onderwerp}),
    ):
        uit = _scherm(bron, AMSTERDAM, query, widgets)
        assert str(GEHEIM) not in uit.replace(".", "")


@pytest.mark.parametrize("onderwerp", list(landelijk.ONDERWERPEN))
def test_de_landelijke_pagina_geeft_een_regiotafel_niets_van_een_ander(bron, onderwerp):
    uit = _scherm(
        bron,
        AMSTERDAM,
        {"landelijk_onderwerp": onderwerp, "gebied": ANDER, "landelijk_cluster": "acuut"},
        {"kaartregio": ANDER},
        "landelijk",
    )
    assert str(GEHEIM) not in uit.replace(".", "")


def test_hetzelfde_scherm_toont_de_landelijke_tafel_wel_wat_er_staat(opname):
    assert str(GEHEIM) in _scherm(opname, LANDELIJKE, {"regio": ANDER}, {}).replace(".", "")


def test_claims_geven_rol_en_regio():
    instellingen = SchermInstellingen(
        rollen={"tafel": "regio", "land": "landelijk"}, regio_waarden={"Amsterdam": "ZK02"}
    )
    assert gebruiker({"name": "Ans", "roles": ["tafel"], "iza_regio": "Amsterdam"}, instellingen) == AMSTERDAM
    assert gebruiker({"name": "Lo", "roles": ["tafel", "land"]}, instellingen) == LANDELIJKE


@pytest.mark.parametrize(
    ("claim", "claims"),
    [
        ("realm_access.roles", {"realm_access": {"roles": ["offline_access", "ggz-landelijk"]}}),
        ("resource_access.ggz.monitor.roles", {"resource_access": {"ggz.monitor": {"roles": ["ggz-landelijk"]}}}),
        ("https://ggz.nl/roles", {"https://ggz.nl/roles": "openid ggz-landelijk"}),
        ("roles", {"roles": "x,ggz-landelijk"}),
        ("roles", {"roles": ("ggz-landelijk",)}),
    ],
)
def test_een_rol_staat_aan_een_pad_of_in_een_tekst(claim, claims):
    instellingen = SchermInstellingen(rol_claim=claim)
    assert gebruiker({"name": "Lo"} | claims, instellingen) == LANDELIJKE
    kort = bondig({"name": "Lo"} | claims, instellingen)
    assert gebruiker(kort, instellingen) == LANDELIJKE  # and so it comes back from the cookie


def test_een_getal_is_een_naam_als_een_andere():
    instellingen = SchermInstellingen(rollen={"4711": "regio"}, regio_waarden={"2": "ZK02"})
    assert gebruiker({"name": "Ans", "roles": [4711], "iza_regio": 2}, instellingen) == AMSTERDAM


VREEMD = [
    None,
    0,
    1.5,
    True,
    {},
    {"ggz-steward": {}},
    [{"name": "ggz-steward"}],
    [["ggz-steward"]],
    [None],
    ["niet ggz-steward"],
    "",
    b"x",
]


@pytest.mark.parametrize("claim", ["roles", "realm_access.roles", "a.b.c"])
@pytest.mark.parametrize("waarde", VREEMD, ids=repr)
def test_een_claim_van_een_andere_vorm_is_geen_toegang_en_nooit_een_fout(claim, waarde):
    instellingen = SchermInstellingen(rol_claim=claim)
    for claims in ({claim: waarde}, {"realm_access": waarde}, {"realm_access": {"roles": waarde}, "a": {"b": waarde}}):
        claims |= {"name": waarde, "iat": waarde, "iza_regio": waarde}
        for van in (claims, bondig(claims, instellingen)):
            with pytest.raises(GeenToegang):
                gebruiker(van, instellingen)
            assert einde(van, instellingen).year == 1970
    regio = {"roles": ["ggz-regio"], "iza_regio": waarde}
    with pytest.raises(GeenToegang):
        gebruiker(regio, SchermInstellingen())


@pytest.mark.parametrize("iat", ["x", 1e300, -(2**70), [1], 1.7e12 * 1000])
def test_een_moment_dat_er_geen_is_is_een_sessie_die_voorbij_is(iat):
    assert einde({"iat": iat}, SchermInstellingen()).year == 1970


def test_het_koekje_van_iemand_in_tweehonderd_groepen_blijft_onder_vier_kilobyte():
    groepen = [sha256(b"%d" % n).hexdigest() for n in range(200)] + ["ggz-landelijk"]
    claims = {"sub": "1", "name": "Lo", "iat": 1_800_000_000, "roles": groepen, "origin": "o", "is_logged_in": True}
    koppen = [(b"location", b"/")]

    def zet(naam: str, inhoud: str) -> None:
        ondertekend = create_signed_value(get_cookie_secret(), naam, inhoud).decode()
        koppen.append((b"set-cookie", f"{naam}={ondertekend}; HttpOnly; Path=/; SameSite=lax; Max-Age=9".encode()))

    def teken(naam: str, inhoud: str) -> bytes:
        return create_signed_value(get_cookie_secret(), naam, inhoud)

    for naam, inhoud in ((AUTH_COOKIE_NAME, claims), (TOKENS_COOKIE_NAME, {"id_token": "".join(groepen)})):
        set_cookie_with_chunks(zet, teken, naam, inhoud, cookie_attr_size=60)
    assert sum(len(w) for _, w in koppen) > 20_000
    kort = sessiecookie.verkort(koppen, SchermInstellingen())
    assert sum(len(w) for _, w in kort) < 4_000
    assert (b"location", b"/") in kort
    koekjes = [SimpleCookie(w.decode()) for n, w in kort if n == b"set-cookie"]
    (eigen,) = [k[AUTH_COOKIE_NAME] for k in koekjes if AUTH_COOKIE_NAME in k]
    assert eigen["httponly"] and eigen["samesite"] == "lax"
    terug = json.loads(decode_signed_value(get_cookie_secret(), AUTH_COOKIE_NAME, eigen.value))
    assert gebruiker(terug, SchermInstellingen()) == LANDELIJKE
    assert terug["is_logged_in"] is True
    assert all(m["max-age"] == "0" for k in koekjes for naam, m in k.items() if naam != AUTH_COOKIE_NAME)


@pytest.mark.parametrize(
    "claims", [{}, {"roles": ["onbekend"]}, {"roles": ["ggz-regio"]}, {"roles": ["ggz-regio"], "iza_regio": "ZK05"}]
)
def test_zonder_bekende_rol_of_regio_is_er_geen_toegang(claims):
    with pytest.raises(GeenToegang):
        gebruiker(claims, SchermInstellingen())


def test_een_sessie_eindigt_na_de_ingestelde_uren_en_zonder_moment_van_inloggen_meteen():
    vijf_uur = datetime(2026, 9, 1, 5, tzinfo=UTC)
    instellingen = SchermInstellingen(sessie_uren=8)
    assert einde({"iat": int(vijf_uur.timestamp())}, instellingen) == datetime(2026, 9, 1, 13, tzinfo=UTC)
    assert einde({}, instellingen) < datetime.now(UTC)


def _laatste(g):
    from pipelines.blokken.metrieken import maanden

    return maanden(g)[-1]
