"""What the page knows before the graph is loaded: questions, terms, prefixes, texts; as JSON."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, PREFIXES, shorten
from buendnis_graph.publish.sparqlpage.words import words
from buendnis_graph.queries import Question, read_catalogue
from buendnis_graph.queries.find import themes
from buendnis_graph.settings import Project
from buendnis_graph.store.askable import solutions
from buendnis_graph.wording import LANGUAGES, read_toml

_TERMS = """
SELECT DISTINCT ?term ?kind ?name WHERE {
  VALUES (?class ?kind ?property) {
    (owl:Class "class" rdfs:label) (rdfs:Class "class" rdfs:label) (rdf:Property "property" rdfs:label)
    (owl:ObjectProperty "property" rdfs:label) (owl:DatatypeProperty "property" rdfs:label)
    (skos:Concept "constant" skos:prefLabel)
  }
  ?term a ?class ; ?property ?name .
}"""


def data(project: Project, store: ox.Store) -> bytes:
    """Return the file ``assets/sparql/data.json``.

    Args:
        project: its catalogue of questions.
        store: the built graph, whose terms are completed while a query is typed.

    Raises:
        QueryError: if a question of the catalogue is wrong.
    """
    content = {
        "base": BASE,
        "pages": read_toml(__file__, "pages.toml")["pages"],
        "prefixes": PREFIXES,
        "questions": [_question(question) for question in read_catalogue(project)],
        "terms": _terms(store),
        "texts": {tag: words("script", tag) | {"phrases": words("phrases", tag)} for tag in LANGUAGES},
        "themes": {theme: dict(zip(LANGUAGES, texts, strict=True)) for theme, texts in themes().items()},
    }
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n").encode()


def _question(question: Question) -> dict[str, Any]:
    parameters = [
        {"name": p.name, "kind": p.kind, "class": p.of_class, "labels": p.labels, "default": question.default(p.name)}
        for p in question.parameters
    ]
    return {
        "name": question.name,
        "theme": question.theme,
        "titles": question.titles,
        "descriptions": question.descriptions,
        "parameters": parameters,
        "columns": question.columns,
        "sparql": question.body,
    }


def _terms(store: ox.Store) -> list[dict[str, str]]:
    """Return classes, properties and codes with their labels, sorted by prefixed name."""
    found: dict[str, dict[str, str]] = {}
    for term, kind, name in solutions(store, _TERMS):
        assert isinstance(term, ox.NamedNode)  # noqa: S101 - the ontology has no blank nodes
        assert isinstance(kind, ox.Literal) and isinstance(name, ox.Literal)  # noqa: S101, PT018 - as asked
        curie = shorten(term.value)
        entry = found.setdefault(curie, {"name": curie, "kind": kind.value})
        if name.language in LANGUAGES:
            entry[str(name.language)] = name.value
    return [found[curie] for curie in sorted(found)]
