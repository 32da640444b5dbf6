"""Sorted lines of which a few change: these are found and put, no others are read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence


def changed(
    lines: Sequence[str], put: Mapping[str, str], gone: Iterable[str], name_of: Callable[[str], str]
) -> list[str]:
    """Return sorted lines with some put in, new or in place of others, and some taken out.

    Args:
        lines: sorted by name, one for each.
        put: lines by name.
        gone: names of others.
        name_of: gives the name of a line.
    """
    found: list[str] = []
    last = 0
    for name in sorted({*put, *gone}):
        at, there = _place(lines, name, name_of)
        found += lines[last:at]
        last = at + there
        if name in put:
            found.append(put[name])
    return [*found, *lines[last:]]


def _place(lines: Sequence[str], name: str, name_of: Callable[[str], str]) -> tuple[int, bool]:
    """Return where the line of a name is or would be, and whether it is there."""
    at = bisect_left(lines, name, key=name_of)
    return at, at < len(lines) and name_of(lines[at]) == name
