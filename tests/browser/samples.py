"""Which pages of a site to look at: one of each type in each language."""

from __future__ import annotations

import re
from pathlib import Path

_KIND = re.compile(r'class="kicker">([^<]+)<')
_HEAD = 65_536


def samples(folder: Path) -> list[str]:
    """Return paths of pages, sorted: the first of each type in each language.

    What a page names above its heading as the kind of thing it is about is its type; without that, its folder. Pages at
    the root and overviews are each a type of their own, unless they name a kind.
    """
    found: dict[tuple[str, str], str] = {}
    for path in sorted(folder.rglob("*.html")):
        parts = path.relative_to(folder).parts
        language, rest = ("en", parts[1:]) if parts[0] == "en" else ("de", parts)
        kind = _KIND.search(path.read_text(encoding="utf-8")[:_HEAD])
        if rest[0] == "overview" or (len(rest) == 1 and not kind):
            name = "/".join(rest)
        else:
            name = kind[1] if kind else f"{rest[0]}/"
        found.setdefault((language, name), "/".join(parts))
    return sorted(found.values())
