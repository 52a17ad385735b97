"""States to read from, a browser that watches where requests go, and running applications: each made once."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from pipelines.rapport.druk import browser as chromium


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs chromium")


@pytest.fixture(autouse=True)
def eigen_main():
    """AppTest leaves its script behind as ``__main__``; a process pool of a later test would try to start that."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def chrome():
    with sync_playwright() as p:
        # a page that a test hands over itself counts as from outside, and would not be let in here
        vlaggen = ["--no-sandbox", "--disable-features=LocalNetworkAccessChecks"]
        gestart = p.chromium.launch(executable_path=chromium(), args=vlaggen)
        yield gestart
        gestart.close()


@pytest.fixture(scope="session")
def venster(chrome):
    """One profile of the browser for who does not sign in, so that the program is fetched once."""
    return chrome.new_context(locale="nl-NL", accept_downloads=True)


@pytest.fixture
def pagina(venster) -> Iterator[Page]:
    """A page of 1280 wide; fails the test when anything is asked from elsewhere."""
    with bewaakt(venster) as page:
        yield page


@contextmanager
def bewaakt(context: BrowserContext) -> Iterator[Page]:
    """A new page that notes what is asked from elsewhere, and does not bear it."""
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    buiten = []
    hier = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:")
    page.on("request", lambda r: None if hier.match(r.url) else buiten.append(r.url))
    page.on("websocket", lambda w: None if hier.match(w.url) else buiten.append(w.url))
    yield page
    page.close()
    assert not buiten, f"verzoeken naar buiten: {buiten}"


def vrije_poort() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def applicatie(data: Path, poort: int, **omgeving: str) -> Iterator[str]:
    """The application on ``data`` as a process of its own; gives its address."""
    start = f"from pipelines.scherm.cli import commando; commando(['--poort', '{poort}'])"
    with subprocess.Popen(
        [sys.executable, "-c", start],
        env=os.environ | {"GGZ_DATA": str(data)} | omgeving,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as proces:
        try:
            _wacht_op(f"http://127.0.0.1:{poort}/_stcore/health", proces)
            yield f"http://127.0.0.1:{poort}/"
        finally:
            proces.terminate()


def _wacht_op(url: str, proces: subprocess.Popen) -> None:
    for _ in range(240):
        assert proces.poll() is None, "de schermen zijn gestopt"
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("de schermen komen niet op")


def rust(page: Page) -> None:
    """Until the script stands still; it starts some moments after a click."""
    page.wait_for_timeout(200)
    page.wait_for_function(
        "document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'",
        timeout=60_000,
    )
    page.wait_for_timeout(100)


def kies(page: Page, label: str, tekst: str) -> None:
    """Chooses in a list; again where the page was drawn anew under the hand."""
    lijst = page.get_by_role("combobox", name=re.compile(label)).first
    optie = page.get_by_role("option", name=tekst, exact=True).first
    lijst.scroll_into_view_if_needed()  # a list that opens while the page scrolls closes again
    page.wait_for_timeout(100)
    for _ in range(3):
        if lijst.get_attribute("aria-expanded") != "true":
            lijst.click()
        optie.click()
        rust(page)
        if lijst.get_attribute("aria-expanded") != "true":
            return
    raise AssertionError(f"{tekst} is niet te kiezen in {label}")
