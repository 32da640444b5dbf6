"""Which pages of a site to look at: one of each type in each language."""

from __future__ import annotations

import re
from pathlib import Path

_TYPE = re.compile(r'"@type"\s*:\s*("[^"]+"|\[[^\]]*\])')
_HEAD = 65_536


def samples(folder: Path) -> list[str]:
    """Return paths of pages, sorted: the first of each language, folder and type (as its embedded JSON-LD says).

    Pages at the root of a language are all of a type of their own.
    """
    found: dict[tuple[str, ...], str] = {}
    for path in sorted(folder.rglob("*.html")):
        parts = path.relative_to(folder).parts
        language, rest = ("en", parts[1:]) if parts[0] == "en" else ("de", parts)
        own = rest[0] if len(rest) == 1 or rest[0] == "overview" else ""
        text = path.read_text(encoding="utf-8")[:_HEAD]
        kind = _TYPE.search(text)
        key = (language, "/".join(rest)) if own else (language, rest[0], kind[1] if kind else "")
        found.setdefault(key, "/".join(parts))
    return sorted(found.values())
