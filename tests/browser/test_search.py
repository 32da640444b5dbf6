"""The page of the search: nothing is listed before something is asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server

pytestmark = pytest.mark.system


def test_no_hits_are_shown_before_a_word_is_typed_or_a_facet_chosen(page: Page, server: Server) -> None:
    page.goto(f"{server.url}en/search.html")
    status, hits = page.locator(".search-status"), page.locator(".search-result")
    expect(status).to_have_text("Type a name, an acronym or a topic – or narrow down.")
    expect(hits).to_have_count(0)
    assert page.locator("#search-kind option").count() > 3
    page.fill("input[name=q]", "Sachsen")
    expect(hits.first).to_be_visible()
    page.fill("input[name=q]", "")
    expect(hits).to_have_count(0)
    page.select_option("#search-kind", "alliance")
    expect(hits.first).to_be_visible()
