"""Signing in with a provider of OpenID Connect, in a real browser: roles and regions from claims, other regions, the end.

The figures of Groningen that only Groningen and the landelijke tafel may see are one number (schermwereld.GEHEIM): it must
appear nowhere on a page or in a download of somebody else.
"""

import io
import time
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.scherm import inlogaanbieder
from tests.scherm import schermwereld as wereld
from tests.scherm.conftest import applicatie, bewaakt, kies, rust, vrije_poort
from tests.scherm.schermwereld import ANDER, GEHEIM

pytestmark = pytest.mark.browser
UREN = 8
ACCOUNTS = {
    "Ans Amsterdam": {"groepen": ["tafel"], "regio": "Amsterdam"},
    "Lo Landelijk": {"groepen": ["tafel", "land"]},
    "Nora Niemand": {"groepen": ["ergens-anders"]},
    "Rik Regioloos": {"groepen": ["tafel"], "regio": "Atlantis"},
    "Gijs Groepen": {"groepen": [sha256(b"%d" % n).hexdigest() for n in range(200)] + ["land"]},
    "Olga Object": {"groepen": {"land": True}, "name": {"voornaam": "Olga"}},
    # the session of this one has some seconds left
    "Eef Eindig": {"groepen": ["land"], "iat": lambda: int(time.time()) - UREN * 3600 + 8},
}


@pytest.fixture(scope="module")
def aanbieder_en_adres(tmp_path_factory):
    data, poort = wereld.dataroot(tmp_path_factory.mktemp("inloggen")), vrije_poort()
    terug = f"http://127.0.0.1:{poort}/oauth2callback"
    with inlogaanbieder.draaiend(ACCOUNTS, terug) as aanbieder:
        geheimen = data / "geheimen.toml"
        geheimen.write_text(
            f'[auth]\nredirect_uri = "{terug}"\ncookie_secret = "{"x" * 40}"\nclient_id = "{inlogaanbieder.CLIENT}"\n'
            f'client_secret = "{inlogaanbieder.GEHEIM}"\n'
            f'server_metadata_url = "{aanbieder.adres}/.well-known/openid-configuration"\n'
        )
        omgeving = {
            "GGZ_SCHERM_GEHEIMEN": str(geheimen),
            "GGZ_SCHERM_ROL_CLAIM": "groepen",
            "GGZ_SCHERM_ROLLEN": '{"tafel": "regio", "land": "landelijk"}',
            "GGZ_SCHERM_REGIO_CLAIM": "regio",
            "GGZ_SCHERM_REGIO_WAARDEN": '{"Amsterdam": "ZK02"}',
            "GGZ_SCHERM_SESSIE_UREN": str(UREN),
        }
        with applicatie(data, poort, **omgeving) as adres:
            yield aanbieder, adres


@pytest.fixture(scope="module")
def adres(aanbieder_en_adres) -> str:
    return aanbieder_en_adres[1]


@pytest.fixture
def pagina(chrome):
    """A page in a profile of its own: nobody is signed in."""
    with chrome.new_context(locale="nl-NL", accept_downloads=True) as context, bewaakt(context) as page:
        yield page


def _log_in(page: Page, adres: str, naam: str) -> None:
    page.goto(adres)
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("link", name=naam).click()
    page.wait_for_selector(".ggz-plek > *, [data-testid=stAlert]", timeout=60_000)
    rust(page)


def _geen_geheim(page: Page) -> None:
    assert str(GEHEIM) not in page.content().replace(".", "")


def test_wie_niet_inlogt_ziet_alleen_de_inlogknop_op_elke_pagina(adres, pagina):
    for pad in ("", "?regio=ZK02", "landelijk", "datakwaliteit"):
        pagina.goto(adres + pad)
        expect(pagina.get_by_role("button", name="Inloggen")).to_be_visible(timeout=30_000)
        assert pagina.locator(".ggz-plek, [data-testid=stSelectbox]").count() == 0
        _geen_geheim(pagina)


def test_claims_geven_de_rol_en_de_ruimste_telt(adres, pagina):
    _log_in(pagina, adres, "Lo Landelijk")
    expect(pagina.locator(".ggz-wie")).to_have_text("Lo Landelijk · Landelijke tafel")
    assert pagina.get_by_role("combobox", name="Bekijk als").count() == 0
    pagina.goto(f"{adres}?regio={ANDER}")
    expect(pagina.locator(".overzicht")).to_contain_text("7.654.321", timeout=30_000)


@pytest.mark.parametrize(
    ("naam", "reden"),
    [("Nora Niemand", "geen rol"), ("Olga Object", "geen rol"), ("Rik Regioloos", "geen bestaande IZA-regio")],
)
def test_zonder_bekende_rol_of_regio_is_er_niets_te_zien(adres, pagina, naam, reden):
    _log_in(pagina, adres, naam)
    expect(pagina.get_by_role("alert")).to_contain_text(reden)
    assert pagina.locator(".ggz-plek > *").count() == 0
    expect(pagina.get_by_role("button", name="Uitloggen")).to_be_visible()


def test_een_regiotafel_ziet_van_een_andere_regio_nergens_wat_niet_openbaar_is(adres, pagina):
    _log_in(pagina, adres, "Ans Amsterdam")
    expect(pagina.locator(".ggz-wie")).to_have_text("Ans Amsterdam · Regiotafel Amsterdam")
    expect(pagina.get_by_role("heading", name="Amsterdam in juni 2026")).to_be_visible()
    # a state that a colleague of the landelijke tafel might send, and what a curious user might add to it
    adressen = [f"?regio={ANDER}&onderwerp={o}&bekijk_als=landelijk&rol=steward" for o in ("overzicht", "aanbieders")]
    adressen += [
        f"landelijk?landelijk_onderwerp={o}&gebied={ANDER}&cijfer=wachtplekken" for o in ("kaart", "definities")
    ]
    for pad in [*adressen, f"datakwaliteit?kalenderregio={ANDER}"]:
        pagina.goto(adres + pad)
        pagina.wait_for_selector(".ggz-plek > *, [data-testid=stAlert]", timeout=30_000)
        rust(pagina)
        _geen_geheim(pagina)


def test_wat_een_regiotafel_van_een_ander_kiest_en_meeneemt_is_de_openbare_versie(adres, pagina):
    _log_in(pagina, adres, "Ans Amsterdam")
    kies(pagina, "^Regio|Regio$", "Groningen")
    expect(pagina.get_by_role("heading", name="Groningen in juni 2026")).to_be_visible()
    expect(pagina.locator(".overzicht .c-afgeschermd").first).to_be_visible()
    with pagina.expect_download() as csv:
        pagina.get_by_role("button", name="Tekst (csv)").first.click()
    tekst = Path(csv.value.path()).read_text(encoding="utf-8-sig")
    assert "Groningen" in tekst and "afgeschermd" in tekst and str(GEHEIM) not in tekst
    with pagina.expect_download() as xlsx:
        pagina.get_by_role("button", name="Excel (xlsx)").first.click()
    blad = openpyxl.load_workbook(io.BytesIO(Path(xlsx.value.path()).read_bytes()))["Cijfers"]
    assert GEHEIM not in [cel.value for rij in blad for cel in rij]
    _geen_geheim(pagina)


def test_een_zelfgemaakte_cookie_opent_niets(adres, pagina):
    pagina.context.add_cookies(
        [{"name": "_streamlit_user", "value": '{"is_logged_in": true, "groepen": ["land"]}', "url": adres}]
    )
    pagina.goto(adres)
    expect(pagina.get_by_role("button", name="Inloggen")).to_be_visible(timeout=30_000)


def test_de_pagina_draagt_geen_geheim_en_de_cookie_is_niet_te_lezen(adres, pagina):
    _log_in(pagina, adres, "Ans Amsterdam")
    (cookie,) = [c for c in pagina.context.cookies() if c["name"] == "_streamlit_user"]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    inhoud = pagina.content() + pagina.evaluate("document.cookie + JSON.stringify(localStorage)")
    assert inlogaanbieder.GEHEIM not in inhoud and "eyJ" not in inhoud


def test_wie_in_tweehonderd_groepen_zit_logt_in_met_een_koekje_onder_vier_kilobyte(adres, pagina):
    _log_in(pagina, adres, "Gijs Groepen")
    expect(pagina.locator(".ggz-wie")).to_have_text("Gijs Groepen · Landelijke tafel")
    assert sum(len(c["name"]) + len(c["value"]) for c in pagina.context.cookies()) < 4096


def test_uitloggen_eindigt_ook_bij_de_aanbieder_en_daarna_is_er_niets_meer_te_zien(aanbieder_en_adres, pagina):
    aanbieder, adres = aanbieder_en_adres
    _log_in(pagina, adres, "Ans Amsterdam")
    eerder = aanbieder.uitgelogd
    pagina.get_by_role("button", name="Uitloggen").click()
    expect(pagina.get_by_role("button", name="Inloggen")).to_be_visible(timeout=30_000)
    assert aanbieder.uitgelogd == eerder + 1
    pagina.goto(f"{adres}?regio=ZK02")
    expect(pagina.get_by_role("button", name="Inloggen")).to_be_visible(timeout=30_000)
    assert pagina.locator(".ggz-plek > *").count() == 0


def test_een_sessie_eindigt_op_haar_uur_ook_als_niemand_klikt(adres, pagina):
    _log_in(pagina, adres, "Eef Eindig")
    expect(pagina.get_by_role("button", name="Inloggen")).to_be_visible(timeout=30_000)
    assert pagina.locator(".ggz-plek > *").count() == 0
