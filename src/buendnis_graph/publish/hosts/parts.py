"""What the rules for hosts are made of, read from ``hosts.toml``: variants, languages, headers, policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from buendnis_graph.namespaces import BASE
from buendnis_graph.wording import read_toml

SAFE = "[A-Za-z0-9][A-Za-z0-9_.-]*"
"""One part of a path of ours, as a regular expression: no dot file, nothing to escape, no line break."""

PATH = f"{SAFE}(?:/{SAFE})*"
"""A path of ours below the site's root."""

DATA_SUFFIXES = (".ttl", ".jsonld")
"""Of the data beside a page."""

VARY = "Accept, Accept-Language"
"""What an answer at an address without suffix depends on."""

COLLECTION = f"{BASE}dataset"
"""What every document is part of."""


def part(name: str) -> Any:
    """Return a part of ``hosts.toml``: a table or a list of tables, in the order of the file."""
    return read_toml(__file__, "hosts.toml")[name]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things a reader may prefer by a header: a variant or a language.

    Attributes:
        name: of the variable that holds its weight.
        adds: what it adds to an address: a suffix, or a folder before it.
        ranges: what in the header means it, from the general to the exact; the most exact one there counts.
    """

    name: str
    adds: str
    ranges: tuple[str, ...]


@cache
def variants() -> tuple[Choice, ...]:
    """Return the variants of a document, the preferred first."""
    return tuple(Choice(v["name"], v["suffix"], tuple(v["ranges"])) for v in part("variant"))


@cache
def languages() -> tuple[Choice, ...]:
    """Return the languages of pages, the preferred first."""
    return tuple(Choice(v["name"], v["folder"], tuple(v["ranges"])) for v in part("language"))


def typed(media_type: str) -> str:
    """Return a media type as it is sent: text in UTF-8 says so."""
    return f"{media_type}; charset=utf-8" if media_type in part("charset")["utf8"] else media_type


def wasm_files() -> str:
    """Return a regular expression of the paths of the files that may compile WebAssembly."""
    return "|".join(path.replace(".", "[.]") for path in part("webassembly")["files"])


def policy(*, wasm: bool = False) -> str:
    """Return the Content-Security-Policy that is sent with a file.

    Args:
        wasm: whether it may compile WebAssembly; see :func:`wasm_files`.
    """
    directives = part("policy") | part("policy_sent")
    if wasm:
        directives["script-src"] += " 'wasm-unsafe-eval'"
    return _written(directives)


@cache
def page_policy(own: tuple[str, ...] = ()) -> str:
    """Return the policy that a page has as ``<meta>``.

    Args:
        own: directives of the page: each takes the place of the common one of its name.
    """
    return _written(part("policy") | {name: value for name, _, value in (one.partition(" ") for one in own)})


def _written(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())
