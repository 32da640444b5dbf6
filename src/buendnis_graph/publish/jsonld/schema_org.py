"""What a page tells search engines about its thing, in schema.org alone.

Sources: schema.org; Google Search Central, structured data for Organization, Dataset and BreadcrumbList.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from buendnis_graph.evidence.turtle import INVISIBLE
from buendnis_graph.namespaces import expand
from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.wording import read_toml

_CONTEXT = "https://schema.org"
_SET = expand("skos:ConceptScheme").value
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
_NAMES = ("skos:prefLabel", "dcterms:title", "rdfs:label")

Values = Callable[[str, str], Sequence[Any]]
"""From a thing's IRI and the prefixed name of a property to its values, sorted."""


def _table() -> dict[str, Any]:
    return read_toml(__file__, "schema_org.toml")


def about(document: Document, language: str, values: Values | None = None) -> dict[str, Any] | None:
    """Return the description of a document's thing; None for what search engines have no class for.

    Args:
        document: of the thing.
        language: ``de`` or ``en``, of the page.
        values: looks up what is said of a thing by its IRI and the prefixed name of a property, sorted, for who has the
            whole view at hand; else it is found among the document's own and borrowed triples, which tell the same.
    """
    of = _table()["class"].get(document.kind)
    if of is None:
        return None
    values = values or _values(document)
    thing = document.iri
    if any(value.value == _SET for value in values(thing, "rdf:type")):
        of = "DefinedTermSet"
    described = {
        "@context": _CONTEXT,
        "@type": of,
        "@id": thing,
        "name": document.title[language],
        **_texts(values, thing, document.kind, language),
    }
    for group in ("values", "addresses"):
        for key, name in _table()[group].items():
            described |= _some(key, [value.value for value in values(thing, name)])
    for key, (name, kind) in _table()["things"].items():
        described |= _some(key, [_mention(values, value.value, kind, language) for value in values(thing, name)])
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
    for mark, escaped in _UNSAFE.items():
        text = text.replace(mark, escaped)
    return INVISIBLE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def _values(document: Document) -> Values:
    """Return what looks up the triples of a document."""
    found: dict[tuple[str, str], list[Any]] = {}
    for triple in (*document.own, *document.borrowed):
        found.setdefault((triple.subject.value, triple.predicate.value), []).append(triple.object)  # type: ignore[union-attr]
    return lambda thing, name: found.get((thing, expand(name).value), [])


def _texts(values: Values, thing: str, kind: Kind, language: str) -> dict[str, Any]:
    table = _table()["texts_of_dataset" if kind is Kind.DATASET else "texts"]
    found: dict[str, Any] = {}
    for key, name in table.items():
        if key != "name":
            found |= _some(key, _in(language, values(thing, name)))
    return found


def _in(language: str, literals: Iterable[Any]) -> list[str]:
    """Return the texts in a language; if there are none, all."""
    texts = [(value.language, value.value) for value in literals if isinstance(value, ox.Literal)]
    return [text for of, text in texts if of == language] or [text for _, text in texts]


def _mention(values: Values, thing: str, kind: str, language: str) -> dict[str, str]:
    names = (text for name in _NAMES for text in _in(language, values(thing, name)))
    first = next(names, None)
    return {"@type": kind, "@id": thing, **({"name": first} if first is not None else {})}


def _some(key: str, values: list[Any]) -> dict[str, Any]:
    if not values:
        return {}
    return {key: values[0] if len(values) == 1 else values}
