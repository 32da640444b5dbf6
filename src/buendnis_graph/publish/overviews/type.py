"""How wide text is when a reader's own font sets it: an estimate on the safe side, without a font at hand."""

from __future__ import annotations

SIZE = 12.0
"""Size of type in pixels that is used if nothing else is said."""

LINE = 1.25
"""Distance of lines, in sizes of type."""

_WIDTHS = {
    **dict.fromkeys("iljI.,:;|!'()[]/ ‚‘’·", 0.36),
    **dict.fromkeys('ftr-–"„“”*', 0.45),
    **dict.fromkeys("mwMW@%—…", 0.98),
}
_CAPITAL, _OTHER = 0.72, 0.62
"""Widths in sizes of type, after DejaVu Sans, which is wider than most."""


def width(words: str, size: float = SIZE) -> float:
    """Return how wide a line of text is at most, in pixels."""
    return size * sum(_WIDTHS.get(c, _CAPITAL if c.isupper() or ord(c) > 0x2000 else _OTHER) for c in words)


def shortened(words: str, room: float, size: float = SIZE) -> str:
    """Return a text that fits, with an ellipsis for what does not."""
    if width(words, size) <= room:
        return words
    kept = words
    while kept and width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip(" -–,(") + "…"


def lines(words: str, room: float, most: int, size: float = SIZE) -> list[str]:
    """Return a text in so many lines at most, parted between words; the last one is shortened if need be."""
    found: list[str] = []
    rest = words.split()
    while rest and len(found) < most - 1:
        line = rest.pop(0)
        while rest and width(f"{line} {rest[0]}", size) <= room:
            line += f" {rest.pop(0)}"
        found.append(shortened(line, room, size))
    return [*found, shortened(" ".join(rest), room, size)] if rest else found
