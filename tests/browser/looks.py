"""What must be true of every page: nothing in the console, no other host, accessible, usable by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.mini import REAL

WIDTHS = (360, 768, 1440)
EVERY_LOOK = tuple((width, scheme) for width in WIDTHS for scheme in ("light", "dark"))
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that dark may break: it changes colours and nothing else."""
_MOST_TABS = 250
_FOCUSED = """() => {
  let at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  while (at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  const box = at.getBoundingClientRect();
  const marked = (one) => { const s = getComputedStyle(one); return s.outlineStyle !== "none" || s.boxShadow !== "none"; };
  let seen = false;
  for (let one = at, n = 0; one && n < 4; one = one.parentElement, n++) seen ||= marked(one);
  window.__reached ??= new Map();
  if (!window.__reached.has(at)) window.__reached.set(at, window.__reached.size);
  const name = `${at.tagName.toLowerCase()} ${at.id} ${(at.textContent || "").trim().slice(0, 40)}`;
  return { number: window.__reached.get(at), name, marked: seen, visible: box.width > 0 && box.height > 0 };
}"""
_TO_REACH = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => !one.disabled && one.type !== "hidden" && one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => !(one.type === "radio" && !one.checked))
  .filter((one) => !window.__reached?.has(one))
  .map((one) => `${one.tagName.toLowerCase()} ${one.id} ${(one.textContent || "").trim().slice(0, 40)}`)"""


@dataclass(slots=True)
class Watch:
    """What a page did that no page may do."""

    host: str
    problems: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        """Note what the page does from now on."""
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.problems.append(f"console: {text}")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.problems.append(f"other host: {url}")


@contextmanager
def watched(page: Page, host: str) -> Iterator[Watch]:
    """Watch a page; at the end it must have done nothing that no page may do."""
    watch = Watch(host)
    watch.attach(page)
    yield watch
    assert watch.problems == []


@cache
def _axe() -> str:
    return (REAL.root / "web/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, *, only_colours: bool = False) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA and good practice, one line a place."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_axe())
    rules = {"type": "rule", "values": _OF_COLOURS} if only_colours else {"type": "tag", "values": _TAGS}
    options = json.dumps({"runOnly": rules, "resultTypes": ["violations"]})
    found: list[dict[str, Any]] = page.evaluate(f"async () => (await axe.run(document, {options})).violations")
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def violations_everywhere(page: Page, looks: Iterable[tuple[int, str]] = EVERY_LOOK) -> list[str]:
    """Return what axe-core finds in looks, such as light on a phone; and at which width a page is wider than that."""
    found: list[str] = []
    page.evaluate("() => document.activeElement?.blur()")  # a skip link that is in use hides what is below it
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found += [f"{scheme} {width}: {each}" for each in violations(page, only_colours=scheme == "dark")]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{width}: the page is {wide} px wider than the window")
    return found


def keyboard_faults(page: Page) -> list[str]:
    """Go through a page by the tab key; return what was focused without being seen, and what was not reached."""
    faults: list[str] = []
    page.evaluate("() => { document.activeElement?.blur(); window.__reached = new Map(); }")
    last = -1
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused is None or focused["number"] < last:
            break
        if focused["number"] == last:
            return [*faults, f"the tab key does not leave: {focused['name']}"]
        last = focused["number"]
        if not focused["visible"] or not focused["marked"]:
            faults.append(f"focus is not seen on: {focused['name']}")
    else:
        return faults  # a long list: its beginning was looked at
    return faults + [f"the tab key does not reach: {name}" for name in page.evaluate(_TO_REACH)]
