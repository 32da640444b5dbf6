"""Words and signs of a SPARQL text, and whether it may be given to the engine.

The engine's parser and evaluator call themselves for each bracket and each link of a chain (``1 + 1 + …``), and end the
process when the stack is full. So a text is bounded before it is parsed. It is read as the engine reads it: what stands
in strings, comments and IRIs counts for nothing, and nothing can be hidden there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_QUERY_NESTING = 200
"""Brackets in brackets; the engine's parser dies of some hundred more (measured: 2,000 times ``FILTER EXISTS {``)."""
MAX_TOKENS = 4_000
"""Words and signs of a query; 2,600 times ``MINUS {}`` (8,000 tokens) exhaust the engine's stack (measured)."""
MAX_SIGNS_IN_IRI = 500
"""``1<1-1-1…>1`` looks like an IRI and is a chain to the engine."""

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"})
"""Words that begin an update; no query holds one of them bare."""

_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\r\n]*)
      | (?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
                  |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
      | (?P<var>[?$]\w+)
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<name>(?:[^\W\d](?:[\w.-]*\w)?)?:
                (?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]|[.-](?=[\w:.%\\-]))*)
      | (?P<lang>@[\w-]+)
      | (?P<word>\w+)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_SIGNS_IN_IRI = re.compile(r"[&!+*=(),;?\[\]]")


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield kind, text and place of the words and signs of a query, without space and comments.

    Kinds: ``iri``, ``string``, ``var``, ``number``, ``name`` (prefixed), ``lang``, ``word`` (keywords), ``mark``.
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "skip":
            yield kind, match.group(), match.start()


def too_much(text: str) -> str:
    """Return what is too much in a query for the engine, whose parser ends the process then; empty if nothing is.

    Brackets in texts and comments do not count; those in what looks like an IRI do, as it may be a comparison.
    """
    depth = number = 0
    for kind, piece, _ in tokens(text):
        number += 1
        if kind == "iri":
            number += len(_SIGNS_IN_IRI.findall(piece))
            inside = piece.count("(") + piece.count("[")
            if piece.count("-") + piece.count("/") > MAX_SIGNS_IN_IRI or depth + inside > MAX_QUERY_NESTING:
                return f"holds an IRI of more than {MAX_SIGNS_IN_IRI} signs"
        if number > MAX_TOKENS:
            return f"is longer than {MAX_TOKENS:,} words and signs"
        if len(piece) == 1 and piece in "([{":
            depth += 1
            if depth > MAX_QUERY_NESTING:
                return f"is nested more than {MAX_QUERY_NESTING} deep"
        elif len(piece) == 1 and piece in ")]}":
            depth -= 1
    return ""


def form(text: str) -> str:
    """Return the word a query begins with behind its prologue, in capitals; empty if there is none."""
    for kind, piece, _ in tokens(text):
        if kind == "word" and piece.upper() not in {"PREFIX", "BASE", "VERSION"}:
            return piece.upper()
    return ""


def is_update(text: str) -> bool:
    """Return whether a text would change a graph, in whatever disguise."""
    return any(kind == "word" and piece.upper() in UPDATES for kind, piece, _ in tokens(text))


def calls_out(text: str) -> bool:
    """Return whether a query may make the engine ask another server.

    The engine reads ``trueSERVICE`` and ``SERVICEex:a`` as two words each, so a word is refused that holds it.
    """
    return any(
        kind in {"word", "name"} and "SERVICE" in piece.partition(":")[0].upper() for kind, piece, _ in tokens(text)
    )


def prefixes_used(text: str) -> set[str]:
    """Return the prefixes a query uses without declaring them."""
    used: set[str] = set()
    declared: set[str] = set()
    before = ""
    for kind, piece, _ in tokens(text):
        if kind == "name" and not piece.startswith("_:"):
            (declared if before == "PREFIX" else used).add(piece.partition(":")[0])
        before = piece.upper() if kind == "word" else ""
    return used - declared
