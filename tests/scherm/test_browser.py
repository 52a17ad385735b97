"""The three users at work in a real browser, on a demo that the whole pipeline has built.

Chromium comes from the system (``GGZ_CHROMIUM`` names another). Screenshots and measured times are kept in ``uitvoer/``. No
request may leave the machine: every page is watched, and the check of each test fails on one.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from pipelines.rapport.druk import browser as chromium
from pipelines.settings import PROJECT

pytestmark = pytest.mark.browser
UITVOER = PROJECT / "uitvoer"
GGZ = Path(sys.executable).with_name("ggz")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGINAS = {
    "regio": "",
    "regio-stroom": "?onderwerp=stroom",
    "regio-uitgesteld": "?onderwerp=uitgesteld",
    "regio-wachten": "?onderwerp=wachten",
    "regio-herkomst": "?onderwerp=herkomst",
    "regio-capaciteit": "?onderwerp=capaciteit",
    "regio-aanbieders": "?onderwerp=aanbieders",
    "landelijk": "landelijk",
    "landelijk-overzicht": "landelijk?landelijk_onderwerp=overzicht",
    "landelijk-veelvoud": "landelijk?landelijk_onderwerp=veelvoud",
    "landelijk-gepubliceerd": "landelijk?landelijk_onderwerp=gepubliceerd",
    "landelijk-definities": "landelijk?landelijk_onderwerp=definities",
    "landelijk-publicaties": "landelijk?landelijk_onderwerp=publicaties",
    "datakwaliteit": "datakwaliteit",
    "datakwaliteit-bevindingen": "datakwaliteit?kwaliteit_onderwerp=bevindingen",
    "datakwaliteit-zpm": "datakwaliteit?kwaliteit_onderwerp=zpm",
    "datakwaliteit-leveranciers": "datakwaliteit?kwaliteit_onderwerp=leveranciers",
    "uitleg": "uitleg",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> dict[str, str]:
    """The environment of a tiny national demo: deliveries made, everything run."""
    omgeving = os.environ | {"GGZ_DATA": str(tmp_path_factory.mktemp("demo"))}
    for opdracht in (["demo-data", "--schaal", "0.002", "--maanden", "6"], ["run"]):
        klaar = subprocess.run([GGZ, *opdracht], env=omgeving, capture_output=True, text=True)
        assert klaar.returncode == 0, klaar.stdout[-3000:] + klaar.stderr[-3000:]
    return omgeving


@pytest.fixture(scope="module")
def adres(demo):
    """A running application, of this test alone."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        poort = s.getsockname()[1]
    start = f"from pipelines.scherm.cli import commando; commando(['--poort', '{poort}'])"
    with subprocess.Popen(
        [sys.executable, "-c", start], env=demo, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as proces:
        try:
            _wacht_op(f"http://127.0.0.1:{poort}/_stcore/health", proces)
            yield f"http://127.0.0.1:{poort}/"
        finally:
            proces.terminate()


def _wacht_op(url: str, proces: subprocess.Popen) -> None:
    for _ in range(120):
        assert proces.poll() is None, "de schermen zijn gestopt"
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("de schermen komen niet op")


@pytest.fixture(scope="module")
def chrome():
    with sync_playwright() as p:
        gestart = p.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield gestart
        gestart.close()


@pytest.fixture
def pagina(chrome, request):
    """A page of 1280 wide (or as the test asks); fails the test when anything is asked from elsewhere."""
    breedte = getattr(request, "param", 1280)
    context = chrome.new_context(viewport={"width": breedte, "height": 900}, locale="nl-NL", accept_downloads=True)
    page = context.new_page()
    buiten = []
    context.on(
        "request",
        lambda r: (
            buiten.append(r.url) if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:", r.url) else None
        ),
    )
    page.on("websocket", lambda w: buiten.append(w.url) if not w.url.startswith("ws://127.0.0.1:") else None)
    yield page
    context.close()
    assert not buiten, f"verzoeken naar buiten: {buiten}"


def _open(page: Page, url: str) -> float:
    """Opens a page and waits until it stands still; returns the seconds until its first figure was there."""
    begin = time.monotonic()
    page.goto(url)
    page.wait_for_selector(".ggz-plek > *, [data-testid=stAlert]", timeout=60_000)
    eerste = time.monotonic() - begin
    _rust(page)
    return eerste


def _rust(page: Page) -> None:
    """Until the script stands still; it starts some moments after a click."""
    page.wait_for_timeout(300)
    page.wait_for_function(
        "document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'",
        timeout=60_000,
    )
    page.wait_for_timeout(250)


def _kies(page: Page, label: str, tekst: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).first.click()
    page.get_by_role("option", name=tekst, exact=True).first.click()
    _rust(page)


@pytest.mark.parametrize("naam", PAGINAS)
def test_elke_pagina_staat_is_toegankelijk_en_wordt_bewaard(adres, pagina, naam):
    UITVOER.mkdir(exist_ok=True)
    seconden = _open(pagina, adres + PAGINAS[naam])
    assert pagina.locator("[data-testid=stException]").count() == 0
    assert pagina.evaluate("document.documentElement.lang") == "nl"
    overtredingen = Axe().run(pagina, options={"runOnly": WCAG}).response["violations"]
    _bewaar(pagina, naam)
    tijden = UITVOER / "paginatijden.json"
    alle = json.loads(tijden.read_text()) if tijden.exists() else {}
    tijden.write_text(json.dumps(alle | {naam: round(seconden, 2)}, indent=1))
    assert not [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in overtredingen]


def _bewaar(page: Page, naam: str) -> None:
    """A screenshot of all of the page: Streamlit scrolls inside the window, so the window is made as high as the page."""
    hoog = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight") + 80
    page.set_viewport_size({"width": page.viewport_size["width"], "height": max(900, min(hoog, 6000))})
    page.wait_for_timeout(200)
    page.screenshot(path=UITVOER / f"{naam}-{page.viewport_size['width']}.png")


@pytest.mark.parametrize("pagina", [390], indirect=True)
@pytest.mark.parametrize("naam", ["regio", "regio-wachten", "regio-capaciteit", "landelijk", "datakwaliteit"])
def test_op_een_telefoon_schuift_niets_opzij(adres, pagina, naam):
    _open(pagina, adres + PAGINAS[naam])
    _bewaar(pagina, naam)
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 390
    assert pagina.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_regiotafel_ziet_hoe_vol_wie_wacht_en_neemt_de_cijfers_mee(adres, pagina, tmp_path):
    _open(pagina, adres)
    _kies(pagina, "Bekijk als", "Regiotafel Amsterdam")
    expect(pagina.get_by_role("heading", name=re.compile("Amsterdam in"))).to_be_visible()
    for kop in ("Bezetting", "Wachten", "Uitstroom", "Hoe zeker is dit?"):
        expect(pagina.locator(".kort")).to_contain_text(kop)
    pagina.get_by_text("Wat betekent dit?").first.click()
    expect(pagina.locator("details[open]").first).to_contain_text("Bezetting")
    pagina.get_by_role("radio", name="Wachten").or_(
        pagina.get_by_role("button", name="Wachten", exact=True)
    ).first.click()
    _rust(pagina)
    expect(pagina.get_by_role("heading", name=re.compile("Gemiddelde wachttijd per fase"))).to_be_visible()
    pagina.get_by_text("Bekijk als tabel").first.click()
    expect(pagina.locator("details[open] table").first).to_contain_text("Aanmelding tot intake")
    with pagina.expect_download() as csv:
        pagina.get_by_role("button", name="Tekst (csv)").first.click()
    tekst = Path(csv.value.path()).read_text(encoding="utf-8-sig")
    assert "# Bron: wachtlijsten van aanbieders" in tekst and "# Stand: " in tekst and "# Status: " in tekst
    with pagina.expect_download() as xlsx:
        pagina.get_by_role("button", name="Excel (xlsx)").first.click()
    assert Path(xlsx.value.path()).read_bytes()[:2] == b"PK"
    with pagina.expect_download() as png:
        pagina.get_by_role("button", name="Afbeelding (png)").first.click()
    assert Path(png.value.path()).read_bytes()[:4] == b"\x89PNG"


def test_regiotafel_ziet_de_eigen_aanbieders_en_die_van_een_ander_niet(adres, pagina):
    _open(pagina, adres + "?onderwerp=aanbieders")
    _kies(pagina, "Bekijk als", "Regiotafel Amsterdam")
    scherm, aanbieder = pagina.locator("[data-testid=stMain]"), re.compile(r"069\d{5}")
    expect(scherm).to_contain_text("u kijkt als Regiotafel Amsterdam")
    expect(scherm).to_contain_text(aanbieder)
    _kies(pagina, "^Regio|Regio$", "Haaglanden")
    expect(scherm).not_to_contain_text(aanbieder)


def test_analist_kiest_een_regio_op_de_kaart_met_het_toetsenbord_en_vergelijkt_definities(adres, pagina):
    _open(pagina, adres + "landelijk")
    _kies(pagina, "Cijfer", "Bezetting")
    expect(pagina.get_by_role("heading", name=re.compile("^Bezetting, alle clusters"))).to_be_visible()
    pagina.locator("svg [data-kies=ZK10]:visible").first.focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name=re.compile("^Haaglanden: bezetting"))).to_be_visible()
    pagina.get_by_role("radio", name="Andere definitie").or_(
        pagina.get_by_role("button", name="Andere definitie", exact=True)
    ).first.click()
    _rust(pagina)
    expect(pagina.get_by_role("heading", name=re.compile("^Wat gaat waarheen"))).to_be_visible()
    expect(pagina.locator(".ggz-plek table").first).to_contain_text("▸")


def test_steward_opent_een_bevinding_ziet_de_rijen_en_legt_een_oordeel_vast(adres, pagina):
    _open(pagina, adres + "datakwaliteit?kwaliteit_onderwerp=bevindingen&ernst=blokkerend")
    pagina.locator("button[data-kies][aria-label^='Open A']").first.click()
    _rust(pagina)
    expect(pagina.get_by_text(re.compile("De rijen erachter"))).to_be_visible()
    pagina.get_by_text("Opgelost", exact=True).last.click()
    pagina.get_by_role("textbox", name="Reden").fill("leverancier levert versie 2")
    pagina.get_by_role("button", name="Vastleggen").click()
    _rust(pagina)
    expect(pagina.get_by_text(re.compile("leverancier levert versie 2")).first).to_be_visible()
    _bewaar(pagina, "datakwaliteit-bevinding")


def test_met_alleen_het_toetsenbord_is_alles_te_bereiken(adres, pagina):
    _open(pagina, adres)
    bereikt = set()
    for _ in range(60):
        pagina.keyboard.press("Tab")
        bereikt.add(
            pagina.evaluate(
                "(document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || '').slice(0, 40)"
            )
        )
    alles = " | ".join(bereikt)
    for naam in ("Landelijk", "Wat betekent dit?", "Excel (xlsx)"):
        assert naam in alles, alles


def test_op_papier_staat_alleen_de_inhoud(adres, pagina):
    _open(pagina, adres + "?onderwerp=wachten")
    pagina.emulate_media(media="print")
    expect(pagina.locator("[data-testid=stHeader]")).to_be_hidden()
    expect(pagina.locator(".ggz-plek .voet").first).to_be_hidden()
    expect(pagina.locator(".ggz-plek svg[role]:visible").first).to_be_visible()
    pagina.pdf(path=UITVOER / "regio-wachten.pdf", format="A4", print_background=True)


def test_zonder_inlogvoorziening_luistert_het_scherm_alleen_hier(adres, pagina):
    _open(pagina, adres)
    expect(pagina.get_by_role("note")).to_contain_text("Demonstratie")
    geweigerd = subprocess.run(
        [sys.executable, "-c", "from pipelines.scherm.cli import commando; commando(['--adres', '0.0.0.0'])"],
        capture_output=True,
        text=True,
    )
    assert geweigerd.returncode == 2 and "127.0.0.1" in geweigerd.stderr


def test_de_kwartaalrapportage_heeft_twee_paginas_hoofdzaken_en_een_bijlage(demo, tmp_path):
    start = f"from pipelines.rapport.cli import commando; commando(['--regio', 'ZK02', '--kwartaal', '2026K3', '--uit', {str(tmp_path)!r}])"
    klaar = subprocess.run([sys.executable, "-c", start], env=demo, capture_output=True, text=True)
    assert klaar.returncode == 0, klaar.stderr
    pdf = (tmp_path / "kwartaalrapportage_2026K3_ZK02.pdf").read_bytes()
    assert 4 <= len(re.findall(rb"/Type\s*/Page[^s]", pdf)) <= 10
    (UITVOER / "kwartaalrapportage.pdf").write_bytes(pdf)
