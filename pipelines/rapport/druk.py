"""A PDF of a page that stands alone, through the chromium of the system.

Belongs here: starting the browser, without a network. Does not belong here: what is on the page.
"""

import os
import shutil
from html import escape
from pathlib import Path

NAMEN = ("chromium", "chromium-browser", "google-chrome")


class GeenBrowser(Exception):
    """No chromium on this machine; the message says how to get one."""


def browser() -> str:
    """Path of the browser: GGZ_CHROMIUM, or the first that is found."""
    gevonden = os.environ.get("GGZ_CHROMIUM") or next((p for n in NAMEN if (p := shutil.which(n))), None)
    if gevonden is None:
        raise GeenBrowser(
            "voor een PDF is chromium nodig (apt-get install chromium), of zet GGZ_CHROMIUM; de HTML is er wel"
        )
    return gevonden


def pdf(html: Path, doel: Path, opschrift: str = "") -> None:
    """Prints ``html`` to A4, with ``opschrift`` at the top of every page. Raises GeenBrowser."""
    pad = browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        # without the sandbox only because the page is our own and the network is off
        chromium = p.chromium.launch(executable_path=pad, args=["--no-sandbox"])
        pagina = chromium.new_context(offline=True).new_page()
        pagina.goto(html.resolve().as_uri())
        pagina.pdf(
            path=str(doel),
            format="A4",
            print_background=True,
            prefer_css_page_size=True,
            display_header_footer=True,
            header_template=f'<div style="font-size:9px;width:100%;text-align:center;font-weight:700;color:#9c3000">{escape(opschrift)}</div>',
            footer_template='<div style="font-size:8px;width:100%;text-align:right;padding-right:13mm;color:#55636f"><span class="pageNumber"></span> van <span class="totalPages"></span></div>',
        )
        chromium.close()
