"""Every type of page, in both languages, on a phone, a tablet and a desk, light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.looks import keyboard_faults, violations_everywhere
from tests.browser.samples import samples
from tests.browser.server import Server

pytestmark = pytest.mark.system
GERMAN = ((360, "light"), (1440, "light"), (1440, "dark"))
ENGLISH = ((768, "light"), (360, "dark"))
"""Both languages have the same layout, so that the looks are shared among them; the keyboard goes through the German."""


def test_no_page_errs_or_bars_anyone(page: Page, server: Server) -> None:
    pages = samples(server.folder)
    assert {"sparql.html", "en/sparql.html"} <= set(pages)
    faults: list[str] = []
    for path in pages:
        looks = ENGLISH if path.startswith("en/") else GERMAN
        page.goto(server.url + path)
        page.wait_for_load_state("networkidle")
        by_keyboard = [] if path.startswith("en/") else keyboard_faults(page)
        faults += [f"{path}: {fault}" for fault in (*by_keyboard, *violations_everywhere(page, looks))]
    assert "\n".join(faults) == ""
