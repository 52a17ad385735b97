"""The three users at work in a real browser, on fresh demo data.

Screenshots of every page on a desk, on a phone and on paper are kept in ``uitvoer/``. No request may leave the machine: every
page is watched, and the check of each test fails on one.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from pipelines import contract
from pipelines.aanlevering import inname
from pipelines.demo import maak
from pipelines.fundament.nederlands import getal
from pipelines.kwaliteit import overdracht
from pipelines.rapport import druk
from pipelines.rapport.cli import commando as rapport
from pipelines.scherm.paginas import datakwaliteit, landelijk, regio
from pipelines.settings import PROJECT, Instellingen
from pipelines.warehouse import dbt, verbinding
from pipelines.warehouse.bronnen import zet_klaar
from tests.scherm import beelden, schermwereld
from tests.scherm.conftest import applicatie, kies, rust, vrije_poort
from tests.scherm.schermwereld import MIJN

pytestmark = pytest.mark.browser
UITVOER = PROJECT / "uitvoer"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
REGIOS = ("ZK02", "ZK09", "ZK10")
PAGINAS = {
    **{f"regio-{code}": f"?regio=ZK02&onderwerp={code}" for code in regio.ONDERWERPEN},
    **{f"landelijk-{code}": f"landelijk?landelijk_onderwerp={code}" for code in landelijk.ONDERWERPEN},
    **{f"datakwaliteit-{code}": f"datakwaliteit?kwaliteit_onderwerp={code}" for code in datakwaliteit.ONDERWERPEN},
    "uitleg": "uitleg",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """Demo deliveries of three regions, taken in and built to a warehouse: the run of the operator without Dagster, the tests
    of the models and the publication, which have tests of their own."""
    instellingen = Instellingen(data=tmp_path_factory.mktemp("demo"))
    maak(instellingen.data, schaal=0.001, maanden=6)
    for map_ in instellingen.landing.glob("*/*/*"):
        if map_.name not in REGIOS:
            shutil.rmtree(map_)
    for bron in contract.mappen():
        inname.neem_in(instellingen, bron)
    with verbinding.schrijf(instellingen.warehouse) as con:
        zet_klaar(instellingen, con)
        overdracht.zet_klaar(instellingen, con)
    dbt.draai(instellingen.warehouse, "build", "--exclude-resource-type", "test", "unit_test")
    return instellingen.data


@pytest.fixture(scope="module")
def adres(demo):
    """A running application, one for all tests of this module."""
    with applicatie(demo, vrije_poort()) as adres:
        yield adres


def _open(page: Page, url: str) -> None:
    """Opens a page and waits until it stands still."""
    page.goto(url)
    page.wait_for_selector(".ggz-plek > *, [data-testid=stAlert]", timeout=60_000)
    rust(page)


@pytest.mark.parametrize("naam", PAGINAS)
def test_elke_pagina_is_toegankelijk_past_op_een_telefoon_en_op_papier(adres, pagina, naam):
    UITVOER.mkdir(exist_ok=True)
    _open(pagina, adres + PAGINAS[naam])
    assert pagina.locator("[data-testid=stException]").count() == 0
    if naam != "uitleg":
        expect(pagina.get_by_text("Wat dit niet zegt").first).to_be_visible()
    pagina.wait_for_function("document.documentElement.lang === 'nl'")
    overtredingen = Axe().run(pagina, options={"runOnly": WCAG}).response["violations"]
    _bewaar(pagina, naam)
    assert not [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in overtredingen]
    zonder_tabel = "[...document.querySelectorAll('.ggz-plek')].filter(p => p.querySelector('svg[role]') && !p.querySelector('table'))"
    assert pagina.evaluate(f"{zonder_tabel}.map(p => p.innerText.slice(0, 80))") == []
    _op_een_telefoon(pagina, naam)
    _op_papier(pagina, naam)


def test_een_leverancier_legt_een_bestand_neer_en_leest_het_oordeel(adres, pagina, tmp_path):
    pagina.goto(adres + "aanleveren")
    expect(pagina.get_by_role("heading", name="Aanleveren")).to_be_visible(timeout=60_000)
    bestand = tmp_path / "zomaar.csv"
    bestand.write_text("maand;agb_vestiging\nokt-26;06900201\n")
    pagina.locator("input[type=file]").set_input_files(bestand)
    expect(pagina.get_by_text("kies hierboven wat erin staat")).to_be_visible(timeout=20_000)
    kies(pagina, "Wat erin staat", "HIC-monitor")
    expect(pagina.get_by_text("A01").or_(pagina.get_by_text("B01")).or_(pagina.get_by_text("B02")).first).to_be_visible(
        timeout=20_000
    )
    overtredingen = Axe().run(pagina, options={"runOnly": WCAG}).response["violations"]
    _bewaar(pagina, "aanleveren")
    assert not [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in overtredingen]


def _bewaar(page: Page, naam: str) -> None:
    """A screenshot of all of the page: Streamlit scrolls inside the window, so the window is made as high as the page."""
    hoog = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight") + 80
    page.set_viewport_size({"width": page.viewport_size["width"], "height": max(900, min(hoog, 6000))})
    page.wait_for_timeout(150)
    page.screenshot(path=UITVOER / f"{naam}-{page.viewport_size['width']}.png")


def _op_een_telefoon(page: Page, naam: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(250)
    for waar in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
        assert page.evaluate(f"{waar}.scrollWidth") <= 390
    _bewaar(page, naam)


def _op_papier(page: Page, naam: str) -> None:
    """The header and what is for clicking stay away; the figures stand, and what was chosen (region, month) is said with them."""
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    expect(page.locator("[data-testid=stHeader]")).to_be_hidden()
    for weg in (".stButtonGroup", ".stDownloadButton", ".ggz-plek .voet"):
        assert not any(deel.is_visible() for deel in page.locator(weg).all())
    assert all(keuze.is_visible() for keuze in page.locator(".stSelectbox:not([class*=st-key-scherm-] *)").all())
    expect(page.locator(".ggz-plek > *").first).to_be_visible()
    page.pdf(path=UITVOER / f"{naam}-papier.pdf", format="A4", print_background=True)
    page.emulate_media(media="screen")


def test_regiotafel_ziet_hoe_vol_wie_wacht_en_neemt_de_cijfers_mee(adres, pagina, tmp_path):
    _open(pagina, adres)
    kies(pagina, "Bekijk als", "Regiotafel Amsterdam")
    expect(pagina.get_by_role("heading", name=re.compile("Amsterdam in"))).to_be_visible()
    for kop in ("Bezetting", "Wachten", "Uitstroom", "Hoe zeker is dit?"):
        expect(pagina.locator(".kort").first).to_contain_text(kop)
    pagina.get_by_text("Wat betekent dit?").first.click()
    expect(pagina.locator("details[open]").first).to_contain_text("Bezetting")
    pagina.get_by_role("radio", name="Wachten").or_(
        pagina.get_by_role("button", name="Wachten", exact=True)
    ).first.click()
    rust(pagina)
    expect(pagina.get_by_role("heading", name=re.compile("^Wachttijd tot behandeling"))).to_be_visible()
    pagina.get_by_text("Bekijk als tabel").first.click()
    expect(pagina.locator("details[open] table").first).to_contain_text("Mensen die wachten")
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


def test_capaciteit_geeft_het_oordeel_dat_in_het_warehouse_staat(demo, adres, pagina):
    """Over of te kort van elk cluster, uit de mart zelf nagerekend."""
    _open(pagina, adres + "?regio=ZK02&onderwerp=capaciteit")
    maand = re.search(r"maand=(\d{4}-\d\d)", pagina.url)[1]
    with verbinding.lees(demo / "warehouse.duckdb") as con:
        tekorten = con.execute(
            "SELECT tekort FROM marts.benodigde_capaciteit WHERE iza_regio = 'ZK02' AND maand = ?::DATE AND (bezet > 0 OR erkend > 0) "
            "ORDER BY tekort",
            [f"{maand}-01"],
        ).fetchall()
    woorden = [f"{t} te kort" if t > 0 else f"{-t} over" if t else "precies genoeg" for (t,) in tekorten]
    merken = pagina.locator(".balans h4 .merk").all_inner_texts()
    assert sorted(merken) == sorted(woorden) and tekorten
    expect(pagina.get_by_text("Wat dit niet zegt.").first).to_be_visible()


def test_een_gekozen_cluster_gaat_mee_naar_het_volgende_onderwerp(adres, pagina):
    _open(pagina, adres + "?onderwerp=stroom&regio=ZK02")
    kies(pagina, "Cluster", "Outreachend")
    for onderwerp, kop in (("Wachten", "^Wachttijd tot behandeling, outreachend"), ("Capaciteit", ", outreachend")):
        pagina.get_by_role("radio", name=onderwerp).or_(
            pagina.get_by_role("button", name=onderwerp, exact=True)
        ).first.click()
        rust(pagina)
        expect(pagina.get_by_role("heading", name=re.compile(kop)).first).to_be_visible()


def test_regiotafel_ziet_de_eigen_aanbieders_en_die_van_een_ander_niet(adres, pagina):
    _open(pagina, adres + "?onderwerp=aanbieders")
    kies(pagina, "Bekijk als", "Regiotafel Amsterdam")
    scherm, aanbieder = pagina.locator("[data-testid=stMain]"), re.compile(r"069\d{5}")
    expect(scherm).to_contain_text("u kijkt als Regiotafel Amsterdam")
    expect(scherm).to_contain_text(aanbieder)
    kies(pagina, "^Regio|Regio$", "Haaglanden")
    expect(scherm).not_to_contain_text(aanbieder)


def test_analist_kiest_een_regio_op_de_kaart_met_het_toetsenbord_en_vergelijkt_definities(adres, pagina):
    _open(pagina, adres + "landelijk")
    kies(pagina, "Cijfer", "Bezetting bedden")
    expect(pagina.get_by_role("heading", name=re.compile("^Bezetting bedden, de zes clusters samen"))).to_be_visible()
    pagina.locator("svg [data-kies=ZK10]:visible").first.focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name=re.compile("^Haaglanden: bezetting bedden"))).to_be_visible()
    pagina.get_by_role("radio", name="Definities").or_(
        pagina.get_by_role("button", name="Definities", exact=True)
    ).first.click()
    rust(pagina)
    # the agenda goes first, and leads to the finding
    expect(pagina.locator(".ggz-plek h3").first).to_have_text("Waarover moet het gesprek gaan?")
    kies(pagina, "Naar versie", "voorstel-ziekenhuis")
    expect(pagina.get_by_role("heading", name=re.compile("^voorstel-ziekenhuis naast hhm-2023"))).to_be_visible()
    expect(pagina.get_by_role("heading", name=re.compile("^Wat gaat waarheen, en door welke regel"))).to_be_visible()


OPEN_PLEK = """
    select w.*, last_day(w.maand) - w.aanmelddatum as dagen, coalesce(
        w.agb_onderneming,
        (select min(b.agb_onderneming) from staging.stg_bedden as b where b.agb_vestiging = w.agb_vestiging and b.maand = (
            select max(x.maand) from staging.stg_bedden as x where x.agb_vestiging = w.agb_vestiging and x.maand <= w.maand)),
        w.agb_vestiging
    ) as aanbieder
    from staging.stg_wachtlijst as w
    join referentie.zorgvorm_cluster as z on z.zorgvorm = w.zorgvorm and z.versie is null
    join referentie.cluster as c on c.cluster = z.cluster and c.is_cluster = 'J'
    where w.iza_regio = 'ZK02' and w.maand = '2026-05-01'
    and coalesce(w.startdatum_behandeling, '9999-12-31') > last_day(w.maand)
    and coalesce(w.einddatum, '9999-12-31') > last_day(w.maand)
"""


def test_wat_de_paginas_in_woorden_zeggen_is_wat_sql_uit_de_aanleveringen_telt(adres, demo, pagina):
    with duckdb.connect(str(demo / "warehouse.duckdb"), read_only=True) as con:
        mensen, plekken = con.sql(f"select count(distinct patient_pseudoniem), count(*) from ({OPEN_PLEK})").fetchone()
        leider, boven = con.sql(
            f"select aanbieder, count(*) from ({OPEN_PLEK}) where dagen > 98 group by all order by count(*) desc, sum(dagen - 98) desc, 1"
        ).fetchone()
        van, naar = (
            con.execute(
                "select sum(stand_eind) from marts.definitie_effect where maand = '2026-05-01' and cluster = 'klinisch' and versie = ?",
                [versie],
            ).fetchone()[0]
            for versie in ("hhm-2023", "voorstel-ziekenhuis")
        )
    with (demo / "aanbieders.csv").open(encoding="utf-8") as bestand:
        naam = {r["agb"]: r["naam"] for r in csv.DictReader(bestand)}[leider]
    scherm = pagina.locator("[data-testid=stMain]")
    _open(pagina, adres + "?regio=ZK02&onderwerp=wachten&maand=2026-05")
    expect(scherm).to_contain_text(f"Mensen die wachten{getal(mensen)}")
    pagina.get_by_text("Bekijk als tabel").first.click()
    expect(pagina.locator("details[open] table").first).to_contain_text(f"Hun wachtplekken{getal(plekken)}")
    _open(pagina, adres + "?regio=ZK02&onderwerp=aanbieders&maand=2026-05")
    expect(scherm).to_contain_text(
        f"In mei 2026 leidt {naam} het transfermechanisme in Amsterdam: {getal(boven)} wachtplek"
    )
    _open(pagina, adres + "landelijk?landelijk_onderwerp=definities&versie=voorstel-ziekenhuis&landelijk_maand=2026-05")
    expect(scherm).to_contain_text("voorstel-ziekenhuis naast hhm-2023, Nederland")
    anders = f"{getal(van)}\xa0→\xa0{getal(naar)}" if van != naar else getal(van)
    expect(pagina.locator("tr", has_text="In zorg, einde maand (episodes)").first).to_contain_text(anders)


def test_steward_opent_een_bevinding_ziet_de_rijen_en_legt_een_oordeel_vast(adres, pagina):
    _open(pagina, adres + "datakwaliteit?kwaliteit_onderwerp=bevindingen&ernst=blokkerend")
    pagina.locator("button[data-kies][aria-label^='Bekijk A']").first.click()
    rust(pagina)
    expect(pagina.get_by_text(re.compile("De rijen erachter"))).to_be_visible()
    # what was opened is where the eye is, and where the keyboard is
    expect(pagina.locator("h2[data-focus]")).to_be_in_viewport()
    expect(pagina.locator("h2[data-focus]")).to_be_focused()
    pagina.get_by_text("Opgelost", exact=True).last.click()
    pagina.get_by_role("button", name="Vastleggen").click()
    expect(pagina.get_by_text("Niet vastgelegd: een oordeel vraagt een reden.")).to_be_visible()
    pagina.get_by_role("textbox", name="Reden").fill("leverancier levert versie 2")
    pagina.get_by_role("button", name="Vastleggen").click()
    rust(pagina)
    # in the list of judgements, with author: the text stands in the form too, saved or not
    gegeven = pagina.locator(".ggz-plek li", has_text="leverancier levert versie 2")
    expect(gegeven).to_contain_text("demonstratie: opgelost")
    pagina.reload()
    rust(pagina)
    expect(gegeven).to_be_visible(timeout=30_000)
    expect(pagina.get_by_role("textbox", name="Reden")).to_have_value("")
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


def test_met_de_beveiligingskoppen_van_de_beschreven_proxy_werkt_alles_nog(adres, pagina):
    beschreven = (PROJECT / "docs" / "voorbeeld" / "nginx.conf").read_text(encoding="utf-8")
    koppen = dict(re.findall(r'add_header (\S+) "?(.*?)"? always;', beschreven))
    geweigerd = []

    def met_koppen(route):
        antwoord = route.fetch(max_retries=3)  # a server may close an idle connection just as it is used again
        route.fulfill(response=antwoord, headers=antwoord.headers | koppen)

    pagina.route(lambda url: url.startswith(adres) and "/_stcore/" not in url, met_koppen)
    pagina.on("console", lambda m: geweigerd.append(m.text) if "Content Security Policy" in m.text else None)
    for naam in ("regio-stroom", "landelijk-kaart", "datakwaliteit-bevindingen"):
        _open(pagina, adres + PAGINAS[naam])
        expect(pagina.locator(".ggz-plek > *").first).to_be_visible()
    _open(pagina, adres + PAGINAS["regio-stroom"])
    with pagina.expect_download() as png:
        pagina.get_by_role("button", name="Afbeelding (png)").first.click()
    assert Path(png.value.path()).read_bytes()[:4] == b"\x89PNG"
    assert geweigerd == []


def test_zonder_inlogvoorziening_luistert_het_scherm_alleen_hier(adres, pagina):
    _open(pagina, adres)
    expect(pagina.get_by_role("note")).to_contain_text("Demonstratie")
    geweigerd = subprocess.run(
        [sys.executable, "-c", "from pipelines.scherm.cli import commando; commando(['--adres', '0.0.0.0'])"],
        capture_output=True,
        text=True,
    )
    assert geweigerd.returncode == 2 and "127.0.0.1" in geweigerd.stderr


def test_de_kwartaalrapportage_onder_een_andere_definitie_zegt_dat_boven_elke_bladzijde(
    demo, tmp_path, pagina, monkeypatch
):
    monkeypatch.setenv("GGZ_DATA", str(demo))
    gedrukt = []
    monkeypatch.setattr(druk, "pdf", lambda html, doel, opschrift="": gedrukt.append((html, opschrift)))
    argumenten = ["--regio", "ZK02", "--kwartaal", "2026K3", "--definitie", "voorstel-epa", "--uit", str(tmp_path)]
    uit = CliRunner().invoke(rapport, argumenten)
    assert uit.exit_code == 0, uit.output
    ((html, opschrift),) = gedrukt
    assert opschrift == "Gerekend onder definitie voorstel-epa. Dit is niet de standaard (hhm-2023)."
    # on the screen it stays in sight to the end of the page
    pagina.set_content(html.read_text(encoding="utf-8"))
    pagina.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(pagina.get_by_role("note")).to_be_in_viewport()
    expect(pagina.get_by_role("note")).to_have_text(opschrift)


def _teksten_per_bladzijde(pad: Path) -> list[int]:
    """Pieces of text on each page of a PDF."""
    stromen = re.findall(rb"stream\r?\n(.*?)endstream", pad.read_bytes(), re.S)
    inhoud = [zlib.decompress(s) for s in stromen if s[:1] == b"\x78"]
    return [s.count(b"BT") for s in inhoud if b"Tj" in s or b"TJ" in s]


def test_een_opschrift_staat_boven_elke_bladzijde_van_de_pdf(tmp_path):
    html = tmp_path / "x.html"
    html.write_text(
        "<style>div { break-after: page }</style><div>een</div><div>twee</div><p>drie</p>", encoding="utf-8"
    )
    start = "import sys; from pathlib import Path; from pipelines.rapport import druk; druk.pdf(*map(Path, sys.argv[1:3]), *sys.argv[3:])"
    for naam, opschrift in (("zonder", []), ("met", ["Gerekend onder definitie x"])):
        # a process of its own: this one already holds a browser
        subprocess.run([sys.executable, "-c", start, html, tmp_path / f"{naam}.pdf", *opschrift], check=True)
    zonder, met = (_teksten_per_bladzijde(tmp_path / f"{naam}.pdf") for naam in ("zonder", "met"))
    assert len(met) == 3 and met == [n + 1 for n in zonder]


def test_de_kwartaalrapportage_heeft_twee_paginas_hoofdzaken_en_een_bijlage(demo, tmp_path):
    start = f"from pipelines.rapport.cli import commando; commando(['--regio', 'ZK02', '--kwartaal', '2026K3', '--uit', {str(tmp_path)!r}])"
    omgeving = os.environ | {"GGZ_DATA": str(demo)}
    klaar = subprocess.run([sys.executable, "-c", start], env=omgeving, capture_output=True, text=True)
    assert klaar.returncode == 0, klaar.stderr
    pdf = (tmp_path / "kwartaalrapportage_2026K3_ZK02.pdf").read_bytes()
    assert 4 <= len(re.findall(rb"/Type\s*/Page[^s]", pdf)) <= 12
    UITVOER.mkdir(exist_ok=True)
    (UITVOER / "kwartaalrapportage.pdf").write_bytes(pdf)


def test_wie_leest_neemt_de_hele_publicatie_en_het_rapport_mee(pagina, tmp_path):
    data = schermwereld.dataroot(tmp_path)
    with applicatie(data, vrije_poort()) as adres:
        pagina.goto(adres + "meenemen")
        kies(pagina, "Bekijk als", "Regiotafel Amsterdam")
        expect(pagina.get_by_role("heading", name="Kwartaalrapportage")).to_be_visible(timeout=60_000)
        with pagina.expect_download() as heel:
            pagina.get_by_role("button", name="DuckDB").click()
        eigen = data / "publicaties" / "2026-08_r1" / MIJN / f"{MIJN}.duckdb"
        assert Path(heel.value.path()).read_bytes() == eigen.read_bytes()
        kies(pagina, "Kwartaal", "3e kwartaal 2026")
        pagina.get_by_role("button", name="Maak het rapport").click()
        with pagina.expect_download(timeout=60_000) as rapport:
            pagina.get_by_role("button", name=f"kwartaalrapportage_2026K3_{MIJN}.pdf").click(timeout=60_000)
        assert Path(rapport.value.path()).read_bytes()[:4] == b"%PDF"
        assert not Axe().run(pagina, options={"runOnly": WCAG}).response["violations"]
        _bewaar(pagina, "meenemen")


def test_de_beelden_van_de_documentatie_zijn_te_maken_en_staan_in_een_tekst(adres, pagina, tmp_path):
    gemaakt = beelden.maak(pagina, adres, tmp_path)
    teksten = [PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")]
    alles = "\n".join(p.read_text(encoding="utf-8") for p in teksten)
    for doel in gemaakt:
        assert doel.stat().st_size > 10_000
        assert (beelden.MAP / doel.name).is_file() and f"beeld/{doel.name}" in alles
    assert {p.stem for p in beelden.MAP.glob("*.png")} == set(beelden.BEELDEN)
