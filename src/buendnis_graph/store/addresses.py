"""The addresses of a store: where it is asked, where it is changed, where its graphs are put."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from buendnis_graph.errors import UsageError
from buendnis_graph.terminal import printable
from buendnis_graph.wording import read_toml

NONE = "none"
"""What to give for an address that a store does not have."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses of one store.

    Args:
        query: of SPARQL queries.
        update: of SPARQL updates.
        data: of the Graph Store Protocol; empty if there is none.
    """

    query: str
    update: str
    data: str


@cache
def _layouts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = list(read_toml(__file__, "addresses.toml")["layout"])
    return found


def addresses_of(query: str, update: str = "", data: str = "") -> Addresses:
    """Return the addresses of a store; those that are not given follow from how vendors lay them out.

    Args:
        query: where it is asked.
        update: where it is changed.
        data: where its graphs are put, or ``none``.

    Raises:
        UsageError: if ``query`` is no address.
    """
    parts = urlsplit(checked_address(query))
    known_update, known_data = parts.path, ""
    for layout in _layouts():
        pattern = ("" if layout.get("root") else ".*") + re.escape(layout["query"]).replace(r"\*", "([^/]+)")
        if match := re.fullmatch(pattern, parts.path.rstrip("/")):
            name = match[1] if match.groups() else ""
            ending = layout["query"].replace("*", name)
            before = parts.path.rstrip("/").removesuffix(ending)
            known_update, known_data = (before + layout[key].replace("*", name) for key in ("update", "data"))
            break
    at = {path: urlunsplit((parts.scheme, parts.netloc, path, "", "")) for path in (known_update, known_data)}
    found = "" if data == NONE else data or (at[known_data] if known_data else "")
    return Addresses(query, update or (query if known_update == parts.path else at[known_update]), found)


def checked_address(url: str) -> str:
    """Return an address if it is one of http or https, without a login.

    Raises:
        UsageError: if it is not; what may be a password is not shown.
    """
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and url.isprintable() and " " not in url
        _ = parts.port
    except ValueError:
        is_usable, parts = False, urlsplit("")
    if parts.username is not None or (not is_usable and "@" in url):
        raise UsageError(
            "an endpoint's address must not hold a user name or password.", hint="Leave out what stands before @."
        )
    if not is_usable:
        raise UsageError(
            f"'{printable(url)}' is not the address of an endpoint.", hint="For example: https://example.org/sparql"
        )
    return url
