"""A JSON Schema (2020-12) for each kind of document, made of the context and the table of classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from buendnis_graph.namespaces import BASE, PREFIXES
from buendnis_graph.publish.documents import Kind
from buendnis_graph.publish.jsonld.classes import Node, classes
from buendnis_graph.publish.jsonld.table import Term, table

_Schema = dict[str, Any]
_XSD = PREFIXES["xsd"]
_DATE = r"^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_TYPED: Mapping[str, _Schema] = {
    _XSD + "boolean": {"type": "boolean"},
    _XSD + "integer": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[+-]?[0-9]+$"}]},
    _XSD + "double": {"type": "string", "pattern": "^[+-]?[0-9.]+([eE][+-]?[0-9]+)?$"},
    _XSD + "date": {"type": "string", "pattern": _DATE},
}
_SHARED: Mapping[str, _Schema] = {
    "iri": {"type": "string", "pattern": '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>"{}|\\\\^`]*$'},
    "date": {
        "type": "object",
        "required": ["@type", "@value"],
        "properties": {
            "@type": {"enum": ["xsd:gYear", "xsd:gYearMonth", "xsd:date"]},
            "@value": {"type": "string", "pattern": "^-?[0-9]{4}(-[0-9]{2}){0,2}$"},
        },
        "additionalProperties": False,
    },
    "described": {"type": "object", "required": ["id"], "properties": {"id": {"$ref": "#/$defs/iri"}}},
    "literal": {
        "type": "object",
        "required": ["@value"],
        "properties": {key: {"type": "string"} for key in ("@value", "@type", "@language")},
        "additionalProperties": False,
    },
}

_OPEN: _Schema = {"type": "array", "minItems": 1, "items": {"type": ["string", "object"]}}
"""What a key outside the context has."""


def schema(kind: Kind) -> _Schema:
    """Return the JSON Schema of a kind of document."""
    root = classes().roots[kind]
    nodes = [{"$ref": f"#/$defs/{name}"} for name in root.nodes]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{BASE}schema/{kind}.json",
        "title": str(kind),
        "type": "object",
        "required": ["@context", "id", "type"],
        "properties": {"type": {"anyOf": [_of(name) for name in root.types]}},
        "anyOf": nodes,
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, _Schema]:
    described = {"mention": _node(classes().mention), **{name: _node(node) for name, node in classes().nodes.items()}}
    texts = {"texts": _texts(is_many=False), "text-lists": _texts(is_many=True)}
    return {**_SHARED, **texts, "thing": _thing(frozenset()), **described}


def _thing(of: frozenset[str]) -> _Schema:
    """Return the schema of a thing: described as one of some classes (of any, if none are named), or only mentioned."""
    by_class = [
        ([_of(t) for t in node.types], {"$ref": f"#/$defs/{name}"})
        for name, node in classes().nodes.items()
        if of & set(node.types) or (not of and name != "graph")  # the data set is one, too
    ]
    cases: list[_Schema] = [
        {"if": {"properties": {"type": {"anyOf": types}}}, "then": node} for types, node in by_class
    ]
    return {
        "type": "object",
        "required": ["id"],
        "if": {"required": ["type"]},
        "then": by_class[0][1] if len(by_class) == 1 else {"allOf": cases},
        "else": {"$ref": "#/$defs/mention"},
    }


def _of(name: str) -> _Schema:
    return {"anyOf": [{"const": name}, {"type": "array", "contains": {"const": name}}]}


def _texts(*, is_many: bool) -> _Schema:
    text: _Schema = {"type": "string", "minLength": 1}
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
        "additionalProperties": {"type": "array", "minItems": 1, "items": text} if is_many else text,
    }


def _node(node: Node) -> _Schema:
    terms = {term.name: term for term in (*table().terms.values(), *table().reverse.values())}
    properties: dict[str, _Schema] = {
        "id": {"$ref": "#/$defs/iri"},
        **{key: _value(terms[key]) for key in (*node.required, *node.optional)},
    }
    if node.types:
        properties |= {
            "@context": {"type": "string"},
            "type": {
                "type": ["string", "array"],
                "items": {"type": "string"},
                "anyOf": [_of(name) for name in node.types],
            },
            "included": {"type": "array", "items": {"$ref": f"#/$defs/{'described' if node.is_open else 'thing'}"}},
        }
    return {
        "type": "object",
        "required": ["id", *(["type"] if node.types else []), *node.required],
        "properties": properties,
        **({"patternProperties": {":": _OPEN}} if node.is_open else {}),
        "additionalProperties": False,
    }


def _value(term: Term) -> _Schema:
    if term.by_language:
        return {"$ref": "#/$defs/text-lists" if term.is_many else "#/$defs/texts"}
    one = _one(term)
    return {"type": "array", "minItems": 1, "items": one} if term.is_many else one


def _one(term: Term) -> _Schema:
    if term.is_thing:
        if term.holds:
            return _thing(term.holds)
        return {"$ref": "#/$defs/iri" if term.is_address else "#/$defs/thing"}
    if term.datatype is not None:
        return _TYPED[term.datatype]
    if term.name in classes().dates:
        return {"$ref": "#/$defs/date"}
    return {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/literal"}, {"$ref": "#/$defs/thing"}]}
