"""Sorted lines of which a few change: these are found and put, no others are read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence


def place(lines: Sequence[str], name: str, name_of: Callable[[str], str]) -> tuple[int, bool]:
    """Return where the line of a name is or would be, and whether it is there.

    Args:
        lines: sorted by name, one for each.
        name: what is looked for.
        name_of: gives the name of a line.
    """
    at = bisect_left(lines, name, key=name_of)
    return at, at < len(lines) and name_of(lines[at]) == name


def changed(
    lines: Sequence[str], put: Mapping[str, str], gone: Iterable[str], name_of: Callable[[str], str]
) -> list[str]:
    """Return sorted lines with some put in, new or in place of others, and some taken out.

    Args:
        lines: as in :func:`place`.
        put: lines by name.
        gone: names of others.
        name_of: as in :func:`place`.
    """
    found: list[str] = []
    last = 0
    for name in sorted({*put, *gone}):
        at, there = place(lines, name, name_of)
        found += lines[last:at]
        last = at + there
        if name in put:
            found.append(put[name])
    return [*found, *lines[last:]]
