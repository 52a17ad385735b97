"""The pictures of the screens in README and docs, from the data of ``make demo``:

    make beelden     # python -m tests.scherm.beelden

The browser tests take the same pictures of their own small demo, so that an address or a figure that is gone is seen there.
"""

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pipelines.rapport.druk import browser as chromium
from pipelines.settings import PROJECT, Instellingen
from tests.scherm.conftest import applicatie, rust, vrije_poort

MAP = PROJECT / "docs" / "beeld"
BEELDEN = {
    # name: address, and what of the page
    "capaciteit": ("?regio=ZK02&onderwerp=capaciteit", "[class*=st-key-vak-balans-]"),
    "kaart": (
        "landelijk?landelijk_onderwerp=kaart&cijfer=aandeel_boven_treeknorm",
        "[data-testid=stMainBlockContainer]",
    ),
}
HOOGST = 1000  # pixels: a picture shows what a page is, not all of it


def maak(pagina: Page, adres: str, map_: Path) -> list[Path]:
    """Takes every picture into ``map_``."""
    gemaakt = []
    for naam, (waar, wat) in BEELDEN.items():
        pagina.set_viewport_size({"width": 1280, "height": 2400})
        pagina.goto(adres + waar)
        deel = pagina.locator(wat).first
        deel.locator(".ggz-plek > *").first.wait_for(timeout=60_000)
        rust(pagina)
        vak = deel.bounding_box()
        doel = map_ / f"{naam}.png"
        pagina.screenshot(path=doel, clip=vak | {"height": min(vak["height"], HOOGST)})
        gemaakt.append(doel)
    return gemaakt


if __name__ == "__main__":
    with applicatie(Instellingen().data, vrije_poort()) as adres, sync_playwright() as p:
        gestart = p.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for doel in maak(gestart.new_page(locale="nl-NL"), adres, MAP):
            print(f"{doel.relative_to(PROJECT)} gemaakt")
        gestart.close()
