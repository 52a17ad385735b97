"""The site as a reader sees it: opened from disk it asks nothing of a network and its switch works."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from pipelines.kwaliteit import resultaat
from tests.aanlevering.conftest import HIC, csv_tekst

CHROMIUM = shutil.which("chromium")


@pytest.mark.skipif(CHROMIUM is None, reason="geen chromium op deze machine")
def test_een_uitslag_opent_zonder_netwerk_en_toont_op_verzoek_alleen_wat_niet_goed_is(instellingen, lever):
    lever("hic_monitor_2024-01_ZK20_06290000_v01.csv", csv_tekst({**HIC, "capaciteit": "-1"}))
    resultaat.na_inname(instellingen, "run1", "hic_monitor")
    gevraagd, fouten = [], []
    with sync_playwright() as spel:
        browser = spel.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        pagina = browser.new_page()
        pagina.on("request", lambda verzoek: gevraagd.append(verzoek.url))
        pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
        pagina.on("requestfailed", lambda verzoek: fouten.append(verzoek.url))
        pagina.goto((instellingen.datadocs / "index.html").as_uri())
        pagina.get_by_role("cell", name="HIC-monitor").get_by_role("link").click()
        goed = pagina.get_by_text("opnames ligt van 0 tot en met 1.000.000", exact=True)
        fout = pagina.get_by_text("capaciteit ligt van 0 tot en met 1.000.000", exact=True)
        assert goed.is_visible() and fout.is_visible()
        pagina.get_by_label("toon alleen wat niet goed is").check()
        assert fout.is_visible() and not goed.is_visible()
        pagina.get_by_label("toon alleen wat niet goed is").uncheck()
        assert goed.is_visible()
        browser.close()

    assert fouten == []
    assert [url for url in gevraagd if not url.startswith("file:")] == []
