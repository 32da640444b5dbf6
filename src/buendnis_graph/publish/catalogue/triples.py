"""Build triples by prefixed names, and write them: canonical Turtle, without blank nodes."""

from __future__ import annotations

import pyoxigraph as ox

from buendnis_graph.evidence.turtle import write
from buendnis_graph.namespaces import BASE, PREFIXES

DATASET = BASE + "dataset"
"""The data set; what only a catalogue speaks of has a fragment of it."""

NAMES = PREFIXES | {
    "adms": "http://www.w3.org/ns/adms#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "void-ext": "http://ldf.fi/void-ext#",
}

Value = ox.NamedNode | ox.Literal


class Triples:
    """Triples that grow; IRIs are plain texts."""

    def __init__(self) -> None:
        self._found: set[ox.Quad] = set()

    def say(self, subject: str, predicate: str, *values: Value | str | int) -> None:
        """Add values of a property.

        Args:
            subject: an IRI.
            predicate: a prefixed name; ``a`` for ``rdf:type``.
            values: terms; texts are prefixed names or IRIs; numbers are counts (``xsd:integer``).
        """
        verb = iri("rdf:type" if predicate == "a" else predicate)
        for value in values:
            term = value if isinstance(value, Value) else _number(value) if isinstance(value, int) else iri(value)
            self._found.add(ox.Quad(ox.NamedNode(subject), verb, term))

    def say_both(self, subject: str, predicate: str, texts: dict[str, str], **parts: object) -> None:
        """Add a text in each of its languages, with its parts filled in."""
        for language, text in texts.items():
            self.say(subject, predicate, ox.Literal(text.format(**parts) if parts else text, language=language))

    @property
    def quads(self) -> list[ox.Quad]:
        """All of them, sorted."""
        return sorted(self._found, key=str)

    def turtle(self) -> str:
        """Return them as canonical Turtle."""
        return write(self._found)


def iri(name: str) -> ox.NamedNode:
    """Return the term of a prefixed name or IRI."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(name if prefix in {"http", "https", "mailto"} else NAMES[prefix] + local)


def typed(value: object, datatype: str) -> ox.Literal:
    """Return a literal with a datatype given by its prefixed name."""
    return ox.Literal(str(value), datatype=iri(datatype))


def _number(value: int) -> ox.Literal:
    return typed(value, "xsd:integer")
