"""What a page tells search engines about its thing, in schema.org alone.

Sources: schema.org; Google Search Central, structured data for Organization, Dataset and BreadcrumbList.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from buendnis_graph.evidence.turtle import INVISIBLE
from buendnis_graph.namespaces import RDF_TYPE, expand
from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.wording import read_toml

_CONTEXT = "https://schema.org"
_SET = expand("skos:ConceptScheme")
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_NAMES = ("skos:prefLabel", "dcterms:title", "rdfs:label")


def _table() -> dict[str, Any]:
    return read_toml(__file__, "schema_org.toml")


def about(document: Document, language: str) -> dict[str, Any] | None:
    """Return the description of a document's thing; None for what search engines have no class for.

    Args:
        document: of the thing.
        language: ``de`` or ``en``, of the page.
    """
    of = _table()["class"].get(document.kind)
    if of is None:
        return None
    facts = _Facts(document)
    thing = ox.NamedNode(document.iri)
    if _SET in facts.values(thing, RDF_TYPE.value):
        of = "DefinedTermSet"
    described = {
        "@context": _CONTEXT,
        "@type": of,
        "@id": document.iri,
        "name": document.title[language],
        **_texts(facts, thing, document.kind, language),
    }
    for key, name in _table()["values"].items():
        described |= _some(key, [value.value for value in facts.values(thing, expand(name).value)])
    for key, name in _table()["addresses"].items():
        described |= _some(key, [value.value for value in facts.values(thing, expand(name).value)])
    for key, (name, kind) in _table()["things"].items():
        things = [_mention(facts, value, kind, language) for value in facts.values(thing, expand(name).value)]
        described |= _some(key, things)
    return described


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the way to a page.

    Args:
        steps: name and absolute address of each page on the way, the page itself last.
    """
    return {
        "@context": _CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }


def in_script(described: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
    """Return JSON that may stand in ``<script type="application/ld+json">`` whatever its texts are."""
    text = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    return INVISIBLE.sub(lambda m: f"\\u{ord(m[0]):04x}", text).translate(_UNSAFE)


class _Facts:
    """The triples of a document by subject and property."""

    def __init__(self, document: Document) -> None:
        self._values: dict[tuple[object, str], list[Any]] = {}
        for triple in (*document.own, *document.borrowed):
            self._values.setdefault((triple.subject, triple.predicate.value), []).append(triple.object)

    def values(self, thing: object, predicate: str) -> list[Any]:
        """Return the values of a thing's property, sorted."""
        return self._values.get((thing, predicate), [])


def _texts(facts: _Facts, thing: ox.NamedNode, kind: Kind, language: str) -> dict[str, Any]:
    table = _table()["texts_of_dataset" if kind is Kind.DATASET else "texts"]
    found: dict[str, Any] = {}
    for key, name in table.items():
        texts = _in(language, facts.values(thing, expand(name).value))
        if key != "name":
            found |= _some(key, texts)
    return found


def _in(language: str, literals: Iterable[Any]) -> list[str]:
    """Return the texts in a language; if there are none, all."""
    texts = [(value.language, value.value) for value in literals if isinstance(value, ox.Literal)]
    return [text for of, text in texts if of == language] or [text for _, text in texts]


def _mention(facts: _Facts, value: Any, kind: str, language: str) -> dict[str, str]:
    names = [text for name in _NAMES for text in _in(language, facts.values(value, expand(name).value))]
    return {"@type": kind, "@id": value.value, **({"name": names[0]} if names else {})}


def _some(key: str, values: list[Any]) -> dict[str, Any]:
    if not values:
        return {}
    return {key: values[0] if len(values) == 1 else values}
