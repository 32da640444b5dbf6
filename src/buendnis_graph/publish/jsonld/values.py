"""How one value of one property is written as JSON-LD."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import NamedTuple

import pyoxigraph as ox

from buendnis_graph.errors import FormatError
from buendnis_graph.evidence.turtle import INVISIBLE
from buendnis_graph.namespaces import PREFIXES, XSD_STRING
from buendnis_graph.publish.jsonld.table import Term, table

_KNOWN = 2**17
"""Values whose text is kept: documents repeat them."""
_BOOLEAN, _INTEGER = (PREFIXES["xsd"] + name for name in ("boolean", "integer"))
_CANONICAL = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Integers that every JSON reader takes as they are written."""
_LAST = 2**16


class Value(NamedTuple):
    """A value of a property, ready to be put into a node object; values sort in the order in which they are written."""

    position: int
    """Of the key among the keys."""
    key: str
    """In JSON, quoted."""
    is_many: bool
    """Whether the key always has a list."""
    language: str
    """Of a value that goes into a map by language; else empty."""
    text: str
    """In JSON."""
    thing: str
    """The IRI, if the value is a thing that may be described here; else empty."""
    predicate: str
    """IRI of the property."""


def quoted(text: str) -> str:
    """Return a text as a JSON string; invisible characters are spelt out."""
    return INVISIBLE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


@lru_cache(_KNOWN)
def address(iri: str) -> str:
    """Return an IRI as a JSON string.

    Raises:
        FormatError: if its scheme is a prefix of the context, so that readers would take it for another IRI.
    """
    scheme, _, rest = iri.partition(":")
    if scheme in table().prefixes and not rest.startswith("//"):
        raise FormatError(
            f"the IRI <{iri}> can't be written as JSON-LD: its scheme is a prefix of the context.",
            hint="Use an http or https IRI instead.",
        )
    return quoted(iri)


@lru_cache(_KNOWN)
def class_name(iri: ox.NamedNode) -> str:
    """Return the name of a class as a JSON string."""
    return address(iri.value) if (name := table().compact(iri.value)) == iri.value else quoted(name)


@lru_cache(_KNOWN)
def value_of(predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> Value:
    """Return how a value of a property is written.

    Raises:
        FormatError: for an IRI that JSON-LD readers would misread.
    """
    iri = predicate.value
    term = table().terms.get(iri)
    if isinstance(value, ox.NamedNode):
        return _thing(iri, term, value.value)
    text = None if term is None else _fitting(term, value)
    if term is None or text is None:
        return _foreign(iri, _in_full(value))
    language = quoted(value.language) if term.by_language and value.language else ""
    return Value(term.position, quoted(term.name), term.is_many, language, text, "", iri)


def _thing(predicate: str, term: Term | None, iri: str) -> Value:
    if term is not None and term.is_thing and term.is_address:
        return Value(term.position, quoted(term.name), term.is_many, "", address(iri), "", predicate)
    reference = f'{{"id": {address(iri)}}}'
    if term is None or term.by_language or term.datatype:
        return _foreign(predicate, reference, iri)
    return Value(term.position, quoted(term.name), term.is_many, "", reference, iri, predicate)


def _fitting(term: Term, literal: ox.Literal) -> str | None:
    """Return a literal's text under a term; None if the term would give it another meaning."""
    text, datatype = literal.value, literal.datatype.value
    if term.is_thing or term.by_language:
        return quoted(text) if term.by_language and literal.language else None
    if term.datatype is None:
        return quoted(text) if literal.datatype == XSD_STRING else _in_full(literal)
    if term.datatype != datatype or literal.language:
        return None
    is_native = (datatype == _BOOLEAN and text in {"true", "false"}) or (
        datatype == _INTEGER and _CANONICAL.fullmatch(text) is not None
    )
    return text if is_native else quoted(text)


def _in_full(literal: ox.Literal) -> str:
    if literal.language:
        return f'{{"@value": {quoted(literal.value)}, "@language": {quoted(literal.language)}}}'
    if literal.datatype == XSD_STRING:
        return f'{{"@value": {quoted(literal.value)}}}'
    return f'{{"@type": {class_name(literal.datatype)}, "@value": {quoted(literal.value)}}}'


def _foreign(predicate: str, text: str, thing: str = "") -> Value:
    """Return a value under the property's IRI, which the context gives no meaning of its own."""
    key = table().compact(predicate)
    return Value(_LAST, address(predicate) if key == predicate else quoted(key), True, "", text, thing, predicate)
