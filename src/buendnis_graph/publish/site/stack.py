"""Tables that a narrow window shows as cards: each cell bears the heading of its column, for the style sheet to write.

A style sheet that lays cells out as blocks takes from a table what it is to a screen reader; roles give it back.
"""

from __future__ import annotations

import re

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_HEADING = re.compile(r'<th scope="col"[^>]*>(.*?)</th>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_OPENED = re.compile(r'<(table|thead|tbody|tr|td|th scope="(?:col|row)")(?=[ >])')
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell",
          'th scope="col"': "columnheader", 'th scope="row"': "rowheader"}  # fmt: skip


def stacked(page: str) -> str:
    """Return a page with a role at each part of its tables, and at each ``td`` the heading of its column.

    Args:
        page: HTML of ours: each table has one row of headings, each ``<th>`` begins with its scope, none spans several.
    """
    return _TABLE.sub(_stacked, page)


def _stacked(found: re.Match[str]) -> str:
    table = found[0]
    headings = [" ".join(_TAG.sub("", text).split()).replace('"', "&quot;") for text in _HEADING.findall(table)]
    column = 0

    def marked(opened: re.Match[str]) -> str:
        nonlocal column
        part = opened[1]
        column = 0 if part == "tr" else column + (part[:2] in {"td", "th"} and part != "thead")
        label = f' data-label="{headings[column - 1]}"' if part == "td" and column <= len(headings) else ""
        return f'<{part} role="{_ROLES[part]}"{label}'

    return _OPENED.sub(marked, table)
