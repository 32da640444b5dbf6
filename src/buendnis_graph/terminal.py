"""What may be shown on a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return text without characters that would steer the terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)
