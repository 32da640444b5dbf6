"""One browser and one site a session."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from buendnis_graph.graph import Graph
from buendnis_graph.locks import locked
from tests.browser import site
from tests.browser.looks import watched
from tests.browser.server import Server, serving

_TIMEOUT = 20_000  # milliseconds
_SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, with a profile of its own that is gone afterwards."""
    path = shutil.which("chromium")
    expect.set_options(timeout=_TIMEOUT)
    assert path, "there is no Chromium: apt-get install chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(_SWITCHES))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site; whichever worker needs it first makes it for all."""
    if site.BUILT:
        return Path(site.BUILT)
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with locked(shared, lambda: None):
        if not (shared / "site").exists():
            graph: Graph = request.getfixturevalue("graph")
            site.make(graph, tmp_path_factory.mktemp("site")).rename(shared / "site")
    return shared / "site"


@pytest.fixture(scope="session")
def server(site_folder: Path) -> Iterator[Server]:
    """The site, served below a prefix."""
    with serving(site_folder) as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A fresh page that must not err nor ask another host."""
    context = browser.new_context(accept_downloads=True)
    context.set_default_timeout(_TIMEOUT)
    page = context.new_page()
    with watched(page, server.url.split("/")[2]):
        yield page
    context.close()
