"""Texts in XML."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """Return a text with U+FFFD for each character that XML 1.0 can't hold."""
    return _FORBIDDEN.sub("\ufffd", text)
