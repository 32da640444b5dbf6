"""The SPARQL page as a reader uses it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

_SECONDS = 60


class Asking:
    """The SPARQL page in a browser.

    Args:
        page: of the browser.
        url: of the site.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def open(self, language: str = "de", **state: str) -> None:
        """Open the page; ``state`` is what the address says behind "#"."""
        below = "en/" if language == "en" else ""
        self.page.goto("about:blank")  # an address that differs behind "#" only loads nothing
        self.page.goto(f"{self.url}{below}sparql.html" + (f"#{urlencode(state)}" if state else ""))
        expect(self.page.locator("#sparql-run")).to_be_enabled()

    def choose(self, question: str) -> None:
        """Take a question of the catalogue."""
        self.page.locator("#sparql-question").select_option(question)

    def fill(self, parameter: str, value: str) -> None:
        """Fill in a parameter of the question."""
        field = self.page.locator(f"#sparql-p-{parameter}")
        field.fill(value)
        field.blur()

    def offer(self, parameter: str) -> None:
        """Wait until names are offered for a parameter."""
        self.page.locator(f"#sparql-p-{parameter}").focus()
        expect(self.page.locator(f"#sparql-p-{parameter}-list option").first).to_be_attached()

    def type(self, sparql: str) -> None:
        """Write a query in place of what is in the editor."""
        self.page.locator("#sparql-editor .cm-content").focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(sparql)

    def text(self) -> str:
        """Return what is in the editor."""
        return "\n".join(self.page.locator("#sparql-editor .cm-line").all_text_contents())

    def run(self) -> None:
        """Ask, and wait until the answer or an error is there."""
        self.page.locator("#sparql-run").press("Enter")  # the editor may still grow: a click would miss the button
        self.wait()

    def wait(self) -> None:
        """Wait until nothing runs."""
        expect(self.page.locator("#sparql-run")).to_be_enabled(timeout=_SECONDS * 1000)

    def error(self) -> str:
        """Return the error shown; empty if there is none."""
        shown = self.page.locator("#sparql-error")
        return shown.inner_text() if shown.is_visible() else ""

    def show(self, view: str) -> None:
        """Show the answer otherwise: ``table``, ``chart``, ``network`` or ``turtle``."""
        self.page.locator(f"[data-view={view}]").click()

    def cells(self) -> list[list[str]]:
        """Return the texts of the table's cells."""
        rows = self.page.locator("#sparql-view tbody tr").all()
        return [row.locator("td").all_inner_texts() for row in rows]

    def download(self, form: str) -> str:
        """Return the answer as a file."""
        assert self.error() == ""
        with self.page.expect_download() as download:
            self.page.locator(f"[data-file={form}]").click()
        return Path(download.value.path()).read_bytes().decode()
