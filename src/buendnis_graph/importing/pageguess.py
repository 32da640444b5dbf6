"""Which part of a page is the list of members, if nobody says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from buendnis_graph.errors import ListError
from buendnis_graph.importing.columns import has_name_column
from buendnis_graph.importing.html import ENTRY, broken_lines, definitions, entries, items, table_rows
from buendnis_graph.importing.model import Limits, Remark
from buendnis_graph.importing.words import has_organisation_word, looks_like_name

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_FURNITURE = frozenset({"nav", "footer", "aside", "form"})
_SHARE = 0.3
"""Part of the entries that must hold a word of an organisation: many members bear a name without one."""

Found = tuple[tuple[str, ...] | None, list[tuple[str, ...]], list[Remark]]


def guess(tree: LexborHTMLParser, limits: Limits) -> Found:
    """Return the likeliest list of a page: a table with a column of names, else a list, a definition list, cards.

    Raises:
        ListError: if nothing looks like one.
    """
    for find in (_table, _list, _definitions, _cards, _lines):
        found = find(tree, limits)
        if found is not None:
            return found
    raise ListError(
        "nothing on the page looks like a list of organisations.",
        hint="Say where it is: --select 'CSS selector', for example --select 'ul.members li'",
    )


def _content(tree: LexborHTMLParser, css: str) -> list[LexborNode]:
    return [node for node in tree.css(css) if not _in_furniture(node)]


def _in_furniture(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in _FURNITURE:
            return True
        parent = parent.parent
    return False


def _share(names: list[str]) -> float:
    """Return the share of organisation-like entries, 0 if the entries do not have the shape of names."""
    named = [name for name in names if looks_like_name(name)]
    if len(named) < 2 or 2 * len(named) < len(names):
        return 0.0
    return sum(has_organisation_word(name) for name in named) / len(names)


def _table(tree: LexborHTMLParser, limits: Limits) -> Found | None:
    best: list[tuple[str, ...]] = []
    count = 0
    for table in _content(tree, "table"):
        if table.css_first("table table") is not None:
            continue  # a layout
        rows = [row for row in table_rows(table, limits) if any(row)]
        if len(rows) < 2:
            continue
        columns = list(zip(*(row + ("",) * (max(map(len, rows)) - len(row)) for row in rows), strict=True))
        shares = [max(_share([c for c in cells if c]) for cells in (column, column[1:])) for column in columns]
        if has_name_column(rows[0]) or max(shares, default=0.0) >= _SHARE:
            count += 1
            best = rows if len(rows) > len(best) else best
    return (None, best, [Remark("table", detail=str(count))]) if best else None


def _list(tree: LexborHTMLParser, _limits: Limits) -> Found | None:
    groups: dict[int, list[tuple[str, ...]]] = {}
    for node in _content(tree, "ul, ol"):
        rows = [row for row in items(node) if row[0]]
        alone = len(rows) == 1 and has_organisation_word(rows[0][0])
        if not alone and _share([row[0] for row in rows]) < _SHARE:
            continue
        # Lists beside one another are one list in parts: by letter, by region.
        parent = node.parent
        groups.setdefault(parent.mem_id if parent is not None else 0, []).extend(rows)
    groups = {key: rows for key, rows in groups.items() if len(rows) > 1}
    if not groups:
        return None
    best = max(groups.values(), key=len)
    return ENTRY, best, [Remark("list", detail=str(len(groups)))]


def _definitions(tree: LexborHTMLParser, _limits: Limits) -> Found | None:
    found = [definitions(node) for node in _content(tree, "dl")]
    fitting = [rows for rows in found if _share([row[0] for row in rows]) >= _SHARE]
    if not fitting:
        return None
    best = max(fitting, key=lambda rows: len(rows))
    return ("name", "role", "website"), list(best), [Remark("definitions", detail=str(len(fitting)))]


def _cards(tree: LexborHTMLParser, _limits: Limits) -> Found | None:
    """Return blocks side by side, alike in tag and class, that have one heading each."""
    groups: dict[tuple[int, str, str], dict[int, LexborNode]] = {}
    for heading in _content(tree, "h2, h3, h4, h5, h6"):
        node, parent = heading, heading.parent
        while parent is not None and parent.tag not in {"body", "html", None}:
            if sum(_alike(child, node) for child in parent.iter()) > 1:
                break
            node, parent = parent, parent.parent
        if parent is not None:
            key = (parent.mem_id, node.tag or "", node.attributes.get("class") or "")
            groups.setdefault(key, {})[node.mem_id] = node
    fitting = []
    for blocks in groups.values():
        rows = entries(blocks.values())
        if _share([row[0] for row in rows]) >= _SHARE:
            fitting.append(rows)
    if not fitting:
        return None
    best = max(fitting, key=lambda rows: len(rows))
    return ENTRY, list(best), [Remark("cards", detail=str(len(fitting)))]


def _lines(tree: LexborHTMLParser, _limits: Limits) -> Found | None:
    """Return a paragraph in which line breaks stand between the entries."""
    found = []
    for node in _content(tree, "p, div, td, section"):
        blocks = [inner for inner in node.css("p, div, table, ul") if inner.mem_id != node.mem_id]
        if sum(child.tag == "br" for child in node.iter()) > 1 and not blocks:
            found.append(broken_lines(node))
    fitting = [rows for rows in found if _share([row[0] for row in rows]) >= _SHARE]
    if not fitting:
        return None
    return ENTRY, max(fitting, key=lambda rows: len(rows)), [Remark("lines", detail=str(len(fitting)))]


def _alike(one: LexborNode, other: LexborNode) -> bool:
    return one.tag == other.tag and one.attributes.get("class") == other.attributes.get("class")
