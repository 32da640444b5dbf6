"""What may be shown on a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return text without characters that would steer the terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)
