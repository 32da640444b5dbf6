"""An HTML page: its list of members as a table, a list, a definition list or cards."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from buendnis_graph.errors import LimitError, ListError
from buendnis_graph.importing.delimited import check_row
from buendnis_graph.importing.html import ENTRY, broken_lines, definitions, entries, items, table_rows, visible_text
from buendnis_graph.importing.jsonld import members
from buendnis_graph.importing.model import Limits, Remark, Row, Table
from buendnis_graph.importing.pageguess import guess

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DEPTH = 5_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
# Tags that are never closed, or need not be, say nothing of how deep a page is nested.
_UNCLOSED = frozenset(
    {
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
            "wbr",
        ),
        *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup"),
        *("caption", "rt", "rp", "html", "head", "body"),
    }
)
Cells = list[tuple[str, ...]]


def read_page(text: str, content: bytes, limits: Limits, css: str = "", *, json_ld_only: bool = False) -> Table:
    """Return the rows of the list of members that a page holds.

    Args:
        text: the page.
        content: the bytes it was decoded from, for the checksum.
        limits: of size.
        css: which elements are the list, or its entries; without it the page is searched for one.
        json_ld_only: take it from the data embedded for search engines.

    Raises:
        ListError: if nothing on the page looks like a list.
        LimitError: if the page is nested too deep, or the list too long.
    """
    from selectolax.lexbor import LexborHTMLParser

    _check_depth(text)
    tree = LexborHTMLParser(text)
    title = tree.css_first("title")
    name = visible_text(title)[0] if title is not None and visible_text(title) else ""
    header, cells, remarks = _find(tree, css, json_ld_only, limits)
    rows: list[Row] = []
    for number, row in enumerate(cells, start=1):
        if any(cell.strip() for cell in row):
            rows.append(Row(number, row))
            check_row(rows[-1], len(rows), limits)
    kind = "json-ld" if remarks and remarks[0].code.startswith("json-ld") else "html"
    return Table(kind, tuple(rows), tuple(remarks), header, hashlib.sha256(content).hexdigest(), name)


def _find(
    tree: LexborHTMLParser, css: str, json_ld_only: bool, limits: Limits
) -> tuple[tuple[str, ...] | None, Cells, list[Remark]]:
    if css:
        return _selected(tree, css, limits)
    scripts = [node.text() for node in tree.css('script[type="application/ld+json"]')]
    header, found, persons = members(scripts)
    if found and (json_ld_only or len(found) > 1):
        return header, found, [Remark("json-ld", detail=str(len(found))), *persons]
    if json_ld_only:
        raise ListError("has no members in its embedded data (JSON-LD).", hint="Try without --kind json-ld.")
    return guess(tree, limits)


def _selected(tree: LexborHTMLParser, css: str, limits: Limits) -> tuple[tuple[str, ...] | None, Cells, list[Remark]]:
    from selectolax.lexbor import SelectolaxError

    try:
        nodes = tree.css(css)
    except (SelectolaxError, ValueError) as error:
        raise ListError(f"'{css}' is no CSS selector.", hint="For example: --select 'ul.members'") from error
    if not nodes:
        raise ListError(f"has no element '{css}'.", hint="Look at the page's source, or try without --select.")
    tags = {node.tag for node in nodes}
    if tags <= {"table", "tr", "tbody"}:
        return None, [row for node in nodes for row in table_rows(node, limits)], []
    if tags <= {"ul", "ol"}:
        return ENTRY, [row for node in nodes for row in items(node)], []
    if tags == {"dl"}:
        return (
            ("name", "role", "website"),
            [row for node in nodes for row in definitions(node)],
            [],
        )
    if len(nodes) == 1:
        inner = _lists_within(nodes[0], limits)
        if inner is not None:
            return inner
    if len(nodes) == 1 and nodes[0].css_first("br") is not None:
        return ENTRY, list(broken_lines(nodes[0])), []
    return ENTRY, entries(nodes), []


def _lists_within(node: LexborNode, limits: Limits) -> tuple[tuple[str, ...] | None, Cells, list[Remark]] | None:
    """Return what is listed in an element that is no list itself, or None if it is one entry."""
    if node.css_first("table") is not None:
        return None, [row for table in node.css("table") for row in table_rows(table, limits)], []
    lists = node.css("ul, ol")
    if lists:
        return ENTRY, [row for found in lists for row in items(found)], []
    if node.css_first("dl") is not None:
        return ("name", "role", "website"), [row for found in node.css("dl") for row in definitions(found)], []
    return None


def _check_depth(text: str) -> None:
    """Refuse what takes the parser minutes: its time grows with the square of the nesting."""
    depth = 0
    for closing, tag in _TAG.findall(text):
        if tag.lower() in _UNCLOSED:
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        if depth > _DEPTH:
            raise LimitError(f"is nested more than {_DEPTH:,} elements deep.", hint="Such a page is no member list.")
