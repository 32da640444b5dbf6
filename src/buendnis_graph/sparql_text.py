"""Words and signs of a SPARQL text, and whether it may be given to the engine.

The engine's parser and evaluator call themselves for each bracket and each link of a chain (``1 + 1 + …``), and end the
process when the stack is full. So a text is bounded before it is parsed. It is read as the engine reads it: what stands
in strings, comments and IRIs counts for nothing, and nothing can be hidden there. Only the engine's parser can tell
``1<'>'…`` from an IRI; where that matters, such a text is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

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
      | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
      | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
                  |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
      | (?P<var>[?$]\w+)
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<name>(?:[^\W\d](?:[\w.-]*\w)?)?:
                (?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]|[.-](?=[\w:.%\\-]))*)
      | (?P<lang>@[\w-]+)
      | (?P<word>\w+)
      | (?P<mark>\\?.)""",
    re.VERBOSE | re.DOTALL,
)
# A look at the whole text tells most queries from those that must be read word by word.
_MAY_UPDATE = re.compile(rf"(?<![^\W\d])(?:{'|'.join(sorted(UPDATES))})(?!\w)", re.IGNORECASE)
_COMMENT_LINE = re.compile(r"^#[^\r\n]*", re.MULTILINE)
_HAS_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_SIGNS_IN_IRI = re.compile(r"[&!+*=(),;?\[\]]")


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield kind, text and place of the words and signs of a query, without space and comments.

    Kinds: ``iri``, ``string``, ``var``, ``number``, ``name`` (prefixed), ``lang``, ``word`` (keywords), ``mark``.
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "skip":
            yield kind, match.group(), match.start()


def _may_hide(iri: str) -> bool:
    """Return whether what looks like an IRI may be a comparison with a text or comment behind it: ``1<'>'``, ``1<#>``.

    Not so if it has a scheme and ``//``, which no expression holds.
    """
    return ("'" in iri or "#" in iri) and not _HAS_SCHEME.match(iri)


def too_much(text: str) -> str:
    """Return what is too much in a query for the engine, whose parser ends the process then; empty if nothing is.

    Brackets in texts and comments do not count; those in what looks like an IRI do, as it may be a comparison.
    """
    if len(text) <= MAX_TOKENS and sum(map(text.count, "([{")) <= MAX_QUERY_NESTING:
        return ""  # each token has a character: no need to read it
    depth = number = 0
    for kind, piece, _ in tokens(text):
        number += 1
        if kind == "iri":
            number += len(_SIGNS_IN_IRI.findall(piece))
            inside = piece.count("(") + piece.count("[")
            if _may_hide(piece):
                return "is long and holds an IRI with ' or # that has no scheme and //"
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
    return bool(_MAY_UPDATE.search(_COMMENT_LINE.sub("", text))) and any(
        kind == "word" and piece.upper() in UPDATES for kind, piece, _ in tokens(text)
    )


def calls_out(text: str) -> bool:
    """Return whether a query may make the engine ask another server.

    The engine reads ``trueSERVICE`` and ``SERVICEex:a`` as two words each, so a word is refused that holds it. So is
    the word anywhere, beside an IRI that may hide it.
    """
    return "SERVICE" in text.upper() and any(
        (
            "SERVICE" in piece.partition(":")[0].upper()
            if kind in {"word", "name"}
            else kind == "iri" and _may_hide(piece)
        )
        for kind, piece, _ in tokens(text)
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


def with_prefixes(text: str, known: Mapping[str, str]) -> str:
    """Return a query with the prefixes declared that it uses without declaring them, as far as they are known.

    Args:
        text: SPARQL.
        known: namespaces by prefix.
    """
    return "".join(f"PREFIX {p}: <{known[p]}> " for p in sorted(prefixes_used(text)) if p in known) + text
