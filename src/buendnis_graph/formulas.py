"""Texts that no spreadsheet runs as a formula."""

from __future__ import annotations

import re

_UNSEEN = r"[\x00-\x08\x0b\x0c\x0e-\x20\x7f\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
# A cell begins at the start and, in a spreadsheet that splits at semicolons (as German ones do), behind those, tabs and
# line ends.
_RISKY = re.compile(rf"(?:\A|(?<=[;\t\r\n]))(?={_UNSEEN}*{_SIGNS})|\A(?=[\t\r])")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def harmless(text: str) -> str:
    """Return a text with an apostrophe before whatever in it would begin a formula; numbers stay numbers."""
    return text if _NUMBER.fullmatch(text) else _RISKY.sub("'", text)
