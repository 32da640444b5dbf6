"""A document as Turtle: its thing first, then the rest by IRI; one predicate and object a line, as in our files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

import pyoxigraph as ox

from buendnis_graph.evidence.turtle import Names, term_text
from buendnis_graph.namespaces import PREFIXES, RDF_TYPE
from buendnis_graph.publish.documents.model import Document

_NAMES = Names(None)
_KNOWN = 2**17
"""Terms whose text is kept: documents repeat them."""


@lru_cache(_KNOWN)
def _text(term: ox.NamedNode | ox.Literal) -> tuple[str, str]:
    """Return a term's text and the prefix it needs (empty if none)."""
    text = term_text(term, _NAMES)
    if isinstance(term, ox.NamedNode):
        return text, _prefix(text)
    return text, _prefix(text.rpartition("^^")[2]) if '"^^' in text and not term.language else ""


def _prefix(name: str) -> str:
    return "" if name.startswith(("<", '"')) else name.partition(":")[0]


@lru_cache(_KNOWN)
def _verb(predicate: ox.NamedNode) -> tuple[str, str]:
    return ("a", "") if predicate == RDF_TYPE else _text(predicate)


def turtle(document: Document) -> str:
    """Return a document as Turtle."""
    return write(chain(document.own, document.borrowed), document.iri)


def write(triples: Iterable[ox.Triple], first: str) -> str:
    """Return triples as Turtle.

    Args:
        triples: without blank nodes; those of a subject are written in this order.
        first: the IRI of the subject that is written first.
    """
    blocks: dict[ox.NamedNode, tuple[list[str], list[str]]] = {}
    used: set[str] = set()
    for subject, predicate, value in triples:
        if subject not in blocks:
            blocks[subject] = ([], [])
        verb, prefix = _verb(predicate)
        text, other = _text(value)
        used.add(prefix)
        used.add(other)
        blocks[subject][verb != "a"].append(f"    {verb} {text} ;\n")
    parts = {}
    for subject, (types, lines) in blocks.items():
        text, prefix = _text(subject)
        used.add(prefix)
        parts[subject.value] = f"{text}\n{''.join(types)}{''.join(lines)}    .\n"
    head = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(used - {""}))
    beginning = [parts.pop(first)] if first in parts else []
    return "\n".join([head, *beginning, *(parts[iri] for iri in sorted(parts))])
