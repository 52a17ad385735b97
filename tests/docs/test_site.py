"""The site: every link leads somewhere, and it opens and searches without a server or the internet."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import sync_playwright

from pipelines.rapport.druk import browser as chromium
from pipelines.settings import PROJECT


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built; a link that leads nowhere, an anchor that is not there or a page that no menu knows breaks it off."""
    map_ = tmp_path_factory.mktemp("site")
    opdracht = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(map_)]
    omgeving = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    klaar = subprocess.run(opdracht, cwd=PROJECT, env=omgeving, capture_output=True, text=True, check=False)
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    return map_


def test_zonder_server_en_zonder_internet_is_een_woord_te_vinden(site):
    with sync_playwright() as spel:
        browser = spel.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        pagina = browser.new_page(viewport={"width": 1280, "height": 900})
        vreemd = []
        pagina.route("http*://**", lambda weg: (vreemd.append(weg.request.url), weg.abort()))
        pagina.goto((site / "index.html").as_uri())
        pagina.locator("[data-md-component=search-query]").fill("wachtplekken")
        pagina.locator(".md-search-result__item a").first.wait_for(timeout=10_000)
        assert "wachtplek" in pagina.locator(".md-search-result__list").inner_text().lower()
        browser.close()
    assert vreemd == []


def test_de_containers_zijn_die_van_het_vergrendelde_project():
    stappen = (PROJECT / "Containerfile").read_text(encoding="utf-8")
    assert "make klaar" in stappen and "pip install" not in stappen
    oordeel = [Path(sys.executable).with_name("hadolint"), PROJECT / "Containerfile"]
    gelint = subprocess.run(oordeel, capture_output=True, text=True, check=False)
    assert gelint.returncode == 0, gelint.stdout
    geheim = {".env", "oidc.toml", "certificaat", "data"}  # keys and persons stay out of the image
    assert geheim <= set((PROJECT / ".dockerignore").read_text(encoding="utf-8").split())
    diensten = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert diensten.keys() == {"pijplijn", "schermen", "proxy"}
    for dienst in diensten.values():
        for plek in dienst.get("volumes", []):
            bron = plek.split(":")[0]
            assert not bron.startswith("./docs") or (PROJECT / bron).is_file(), bron
