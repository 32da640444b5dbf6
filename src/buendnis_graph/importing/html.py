"""The building blocks of a page: what is read as text, and the rows of tables and lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from buendnis_graph.importing.model import Limits
from buendnis_graph.importing.roles import role_of
from buendnis_graph.importing.words import has_organisation_word

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SPACE = re.compile(r"[ \t\n\r\f]+")
_INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "label",
        ),
        *("mark", "nobr", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MAX_SPAN = 2_000
_REST = 200


def visible_text(node: LexborNode, *, without: frozenset[str] = frozenset()) -> list[str]:
    """Return an element's text as lines: white space as a browser shows it, a new line where a block begins."""
    parts: list[str] = []
    _gather(node, parts, _UNSEEN | without)
    lines = (_SPACE.sub(" ", line).strip(" ") for line in "".join(parts).split("\v"))
    return [line for line in lines if line.strip()]


def _gather(node: LexborNode, parts: list[str], skipped: frozenset[str]) -> None:
    """Walk without recursion: a page may be nested deeper than Python's stack."""
    stack: list[LexborNode | str] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif item.is_text_node:
            parts.append((item.text_content or "").replace("\v", " "))
        elif item.is_element_node and (item is node or item.tag not in skipped):
            block = item.tag not in _INLINE and item is not node
            if block:
                parts.append("\v")
                stack.append("\v")
            stack.extend(reversed(list(item.iter(include_text=True))))


def link_of(node: LexborNode) -> str:
    """Return the first address outside the page that an element links to, or nothing."""
    links = [node] if node.tag == "a" else node.css("a[href]")
    for link in links:
        address = (link.attributes.get("href") or "").strip()
        if re.match(r"https?://", address, re.IGNORECASE):
            return address
    return ""


def table_rows(table: LexborNode, limits: Limits) -> list[tuple[str, ...]]:
    """Return a table's rows; a cell over several rows counts for each of them, the link of a row as a last cell."""
    rows = [table] if table.tag == "tr" else [row for row in table.css("tr") if _owner(row, "table") in (table, None)]
    hanging: dict[int, tuple[int, str]] = {}
    found: list[tuple[str, ...]] = []
    links: list[str] = []
    for row in rows:
        cells: list[str] = []
        for cell in (c for c in row.iter() if c.tag in {"td", "th"}):
            _hang(cells, hanging)
            text = " ".join(visible_text(cell))
            down, across = _span(cell, "rowspan"), min(_span(cell, "colspan"), limits.columns)
            for offset in range(across):
                if down > 1:
                    hanging[len(cells)] = (down - 1, text if offset == 0 else "")
                cells.append(text if offset == 0 else "")
        _hang(cells, hanging)
        found.append(tuple(cells))
        links.append("" if row.css_first("th") is not None and row.css_first("td") is None else link_of(row))
    return _with_links(found, links)


def _hang(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Add the cells that hang down from rows above at this place."""
    while len(cells) in hanging:
        rows, text = hanging.pop(len(cells))
        if rows > 1:
            hanging[len(cells)] = (rows - 1, text)
        cells.append(text)


def _with_links(rows: list[tuple[str, ...]], links: list[str]) -> list[tuple[str, ...]]:
    usable = websites(links)
    if not any(usable) or any(re.search(r"web|homepage|internet|\burl\b|link", c, re.I) for c in rows[0]):
        return rows
    width = max(len(row) for row in rows)
    first = next((index for index, row in enumerate(rows) if any(row)), 0)
    padded = [row + ("",) * (width - len(row)) for row in rows]
    return [(*row, "website" if i == first and not usable[i] else usable[i]) for i, row in enumerate(padded)]


def websites(links: list[str]) -> list[str]:
    """Return links without those to one host that most entries lead to: profiles on the same site, not websites."""
    hosts = [re.sub(r"^https?://(?:www\.)?([^/?#]*).*", r"\1", link, flags=re.I | re.S).lower() for link in links]
    counts = Counter(host for host in hosts if host)
    common = {host for host, count in counts.items() if count > 2 and 2 * count > counts.total()}
    return ["" if host in common else link for host, link in zip(hosts, links, strict=True)]


def _span(cell: LexborNode, name: str) -> int:
    text = (cell.attributes.get(name) or "1").strip()
    return max(1, min(int(text), _MAX_SPAN)) if text.isdigit() and len(text) < 7 else 1


def _owner(node: LexborNode, tag: str) -> LexborNode | None:
    parent = node.parent
    while parent is not None and parent.tag != tag:
        parent = parent.parent
    return parent


ENTRY = ("name", "website", "further lines")
"""Columns of what :func:`entry` returns; the last is never taken, only reported."""


def items(node: LexborNode) -> list[tuple[str, ...]]:
    """Return the entries of a list; lists within its items have entries of their own."""
    return entries(item for item in node.iter() if item.tag == "li")


def entries(nodes: Iterable[LexborNode]) -> list[tuple[str, ...]]:
    """Return entries without links that are no websites."""
    rows = [entry(node) for node in nodes]
    usable = websites([row[1] for row in rows])
    return [(row[0], link, row[2]) for row, link in zip(rows, usable, strict=True)]


def entry(node: LexborNode) -> tuple[str, str, str]:
    """Return an entry's name, which is its heading or first line, the address it links to, and what else it says."""
    heading = None if node.tag in _HEADINGS else node.css_first(", ".join(sorted(_HEADINGS)))
    lines = visible_text(node, without=frozenset({"ul", "ol"}))
    name = visible_text(heading) if heading is not None else lines
    rest = [line for line in lines if line not in name[:1]]
    return (name[0] if name else "", link_of(node), " ".join(rest)[:_REST])


def broken_lines(node: LexborNode) -> list[tuple[str, ...]]:
    """Return the lines of a block that only line breaks cut, each an entry."""
    return [(line, "", "") for line in visible_text(node)]


def definitions(node: LexborNode) -> list[tuple[str, str, str]]:
    """Return a definition list's names, roles and links; either side may hold the names."""
    pairs = list(_pairs(node))
    left = sum(has_organisation_word(term) for term, _, _ in pairs)
    right = sum(has_organisation_word(text) for _, text, _ in pairs)
    terms_are_roles = all(role_of(term).known for term, _, _ in pairs) and bool(pairs)
    if terms_are_roles or (right > left and len({term for term, _, _ in pairs}) < len(pairs)):
        return [(text, term, link) for term, text, link in pairs]
    seen: dict[str, tuple[str, str, str]] = {}
    for term, text, link in pairs:
        role = text if role_of(text).known else ""
        old = seen.get(term, (term, "", ""))
        seen[term] = (term, old[1] or role, old[2] or link)
    return list(seen.values())


def _pairs(node: LexborNode) -> Iterator[tuple[str, str, str]]:
    term, named = "", False
    for child in node.css("dt, dd"):
        lines = visible_text(child)
        text = lines[0] if lines else ""
        if child.tag == "dt":
            if term and not named:
                yield term, "", ""
            term, named = text, False
        else:
            named = True
            yield term, text, link_of(child)
    if term and not named:
        yield term, "", ""
