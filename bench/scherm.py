"""How long the pages of the screens take, and how much memory the server holds.

    GGZ_DATA=DATA python bench/scherm.py [KEREN]     DATA: a data root with a publication or a warehouse

Starts ``ggz scherm`` on it and visits every page in chromium, KEREN times (default 3), and prints the median in seconds:
first, in a browser that has never been here; again, in a browser that has; and the change to it by a click from the page
before. A page is there when its first figure is. ``cpu``: what the server itself worked for a visit, which other work on the
machine leaves as it is. *leeg* is the peer: a page of Streamlit with a line of text and the same row of subjects, in the same run;
what it takes is the browser's and the framework's. The last row: from start to the first answer, and memory (VmHWM).
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from pipelines.rapport.druk import browser as chromium

GGZ, STREAMLIT = (str(Path(sys.executable).with_name(naam)) for naam in ("ggz", "streamlit"))
PAGINAS = {
    "": (
        "Regio",
        "onderwerp",
        (
            "overzicht",
            "vergelijken",
            "stroom",
            "uitgesteld",
            "wachten",
            "inwoners",
            "capaciteit",
            "scenarios",
            "voorzieningen",
            "aanbieders",
        ),
    ),
    "landelijk": (
        "Landelijk",
        "landelijk_onderwerp",
        (
            "kaart",
            "overzicht",
            "wachten",
            "capaciteit",
            "voorzieningen",
            "inwoners",
            "scenarios",
            "veelvoud",
            "gepubliceerd",
            "definities",
            "publicaties",
        ),
    ),
    "datakwaliteit": (
        "Datakwaliteit",
        "kwaliteit_onderwerp",
        ("kalender", "gemis", "bevindingen", "zpm", "vulling", "leveranciers"),
    ),
    "uitleg": ("Uitleg", None, ("",)),
}
LEEG = """
import streamlit as st
st.segmented_control("Onderwerp", ["een", "twee", "drie"], default="een", key="o")
st.html("<div class=ggz-plek><p>" + str(st.session_state.o) + "</p></div>")
"""
ER = ".ggz-plek > *, [data-testid=stAlert]"
STIL = "document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'"


def open_(context: BrowserContext, adres: str) -> float:
    """Seconds from a new tab to the first figure."""
    pagina = context.new_page()
    begin = time.monotonic()
    pagina.goto(adres)
    pagina.wait_for_selector(ER, timeout=120_000)
    duur = time.monotonic() - begin
    pagina.wait_for_function(STIL)
    pagina.close()
    return duur


def klikken(pagina: Page, onderwerpen: int) -> list[float]:
    """Seconds from a click on each subject after the first until the page of it stands still."""
    tijden = []
    for i in range(1, onderwerpen):
        knop = pagina.locator("[data-testid=stButtonGroup]").first.locator("button").nth(i)
        begin = time.monotonic()
        knop.click()
        pagina.wait_for_timeout(30)
        pagina.wait_for_function(STIL, timeout=120_000)
        tijden.append(time.monotonic() - begin)
    return tijden


def cpu(pid: int) -> float:
    """Seconds of processor that a process has used."""
    velden = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK")


def meet(
    browser: Browser, adres: str, paginas: dict[str, tuple], keren: int, pid: int
) -> dict[str, tuple[list[float], ...]]:
    uit = {}
    for pad, (naam, sleutel, onderwerpen) in paginas.items():
        for o in onderwerpen:
            url = f"{adres}{pad}" + (f"?{sleutel}={o}" if o else "")
            eerste, weer, werk = [], [], []
            for _ in range(keren):
                with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
                    eerste.append(open_(context, url))
                    voor = cpu(pid)
                    weer.append(open_(context, url))
                    werk.append(cpu(pid) - voor)
            uit[f"{naam} {o}".strip()] = (eerste, weer, [], werk)
        if len(onderwerpen) > 1:
            with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
                pagina = context.new_page()
                pagina.goto(adres + pad)
                pagina.wait_for_selector(ER, timeout=120_000)
                pagina.wait_for_function(STIL)
                for o, duur in zip(onderwerpen[1:], klikken(pagina, len(onderwerpen)), strict=True):
                    uit[f"{naam} {o}"][2].append(duur)
    return uit


@contextmanager
def server(*opdracht: str) -> Iterator[tuple[str, subprocess.Popen, float]]:
    """A server of pages: its address, its process, and the seconds until its first answer."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        poort = s.getsockname()[1]
    adres, begin = f"http://127.0.0.1:{poort}/", time.monotonic()
    with subprocess.Popen(
        [deel.format(poort=poort) for deel in opdracht], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as proces:
        try:
            while not _antwoordt(adres):
                time.sleep(0.1)
            start = time.monotonic() - begin
            time.sleep(5)  # what is loaded before the first visit
            yield adres, proces, start
        finally:
            proces.terminate()


def main() -> None:
    keren = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print(f"{'pagina':32} {'eerste':>8} {'weer':>8} {'klik':>8} {'cpu':>8}")
    with sync_playwright() as p, tempfile.TemporaryDirectory() as map_:
        browser = p.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        leeg = Path(map_) / "leeg.py"
        leeg.write_text(LEEG)
        vast = ("--server.headless=true", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false")
        with server(STREAMLIT, "run", str(leeg), "--server.port={poort}", *vast) as (adres, proces, _):
            toon(meet(browser, adres, {"": ("leeg", "o", ("een", "twee", "drie"))}, keren, proces.pid))
        with server(GGZ, "scherm", "--poort", "{poort}") as (adres, proces, start):
            toon(meet(browser, adres, PAGINAS, keren, proces.pid))
            piek = next(r for r in Path(f"/proc/{proces.pid}/status").read_text().splitlines() if r.startswith("VmHWM"))
    print(
        f"start van de server {start:.1f} s; geheugen {int(piek.split()[1]) / 1024:.0f} MB; belasting {os.getloadavg()[0]:.1f}"
    )


def toon(tijden: dict[str, tuple[list[float], ...]]) -> None:
    for naam, vier in tijden.items():
        print(f"{naam:32} " + " ".join(f"{statistics.median(t):8.2f}" if t else f"{'':8}" for t in vier), flush=True)


def _antwoordt(adres: str) -> bool:
    try:
        with urllib.request.urlopen(f"{adres}_stcore/health", timeout=1):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    main()
