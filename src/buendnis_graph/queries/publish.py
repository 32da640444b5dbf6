"""The catalogue for others: as Turtle in the way of the SIB's collection of SPARQL examples, and as a page to read."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

from buendnis_graph.evidence.turtle import write
from buendnis_graph.namespaces import BASE, RDF_TYPE, expand
from buendnis_graph.queries.catalogue import Question

PREFIXES_NODE = ox.NamedNode(BASE + "query/prefixes")
ENDPOINT = ox.NamedNode(BASE + "sparql")
_PREFIX = re.compile(r"^PREFIX ([\w-]+): <([^>]+)>$", re.MULTILINE)


def question_iri(question: Question) -> ox.NamedNode:
    """Return the IRI of a question: ``query/<name>``."""
    return ox.NamedNode(f"{BASE}query/{question.name}")


def _declaration(prefix: str, namespace: str) -> list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    node = ox.NamedNode(f"{PREFIXES_NODE.value}/{prefix}")
    return [
        (PREFIXES_NODE, expand("sh:declare"), node),
        (node, RDF_TYPE, expand("sh:PrefixDeclaration")),
        (node, expand("sh:prefix"), ox.Literal(prefix)),
        (node, expand("sh:namespace"), ox.Literal(namespace, datatype=expand("xsd:anyURI"))),
    ]


def as_turtle(questions: Iterable[Question], endpoint: ox.NamedNode = ENDPOINT) -> str:
    """Return the catalogue as ``sh:SPARQLExecutable``, canonical, without blank nodes.

    Each question bears ``rdfs:comment`` (its title), ``dcterms:description``, ``schema:keywords``, the whole query
    text as ``sh:select``, and ``schema:target``, as in https://github.com/sib-swiss/sparql-examples.

    Args:
        questions: what to write.
        endpoint: the SPARQL endpoint they are for.
    """
    triples: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = []
    for question in questions:
        node = question_iri(question)
        triples += [
            (node, RDF_TYPE, expand("sh:SPARQLExecutable")),
            (node, RDF_TYPE, expand("sh:SPARQLSelectExecutable")),
            (node, expand("sh:prefixes"), PREFIXES_NODE),
            (node, expand("sh:select"), ox.Literal(question.sparql)),
            (node, expand("schema:target"), endpoint),
        ]
        triples += [(node, expand("schema:keywords"), ox.Literal(word)) for word in question.keywords]
        for language, title in question.titles.items():
            triples.append((node, expand("rdfs:comment"), ox.Literal(title, language=language)))
        for language, description in question.descriptions.items():
            triples.append((node, expand("dcterms:description"), ox.Literal(description, language=language)))
        for prefix, namespace in _PREFIX.findall(question.sparql):
            triples += _declaration(prefix, namespace)
    return write(ox.Quad(*triple) for triple in triples)


def as_markdown(questions: Iterable[Question]) -> str:
    """Return the page docs/questions.md."""
    lines = [
        "# Questions",
        "",
        "Written by `buendnis questions --markdown`. Each question is a file below `queries/`, plain SPARQL 1.1, with",
        "its title, parameters and columns in its header, and has a golden answer in `tests/queries/golden/` on the",
        "data as committed. Tests ask each of Oxigraph, rdflib and Virtuoso 7.",
        "",
        "Where engines differ: Virtuoso writes truth values as `1` and `0`, which to XML Schema are the same values as",
        "`true` and `false`, and orders some rows otherwise; the rows are the same. Not so for",
        "",
        "* `members-at-date`: Virtuoso gives no answer in the time that the tests allow it.",
        "* `stale-memberships`: Virtuoso's DISTINCT lets a few rows through twice.",
        "",
    ]
    theme = ""
    for question in questions:
        if question.theme != theme:
            theme = question.theme
            lines += [f"## {theme.capitalize()}", ""]
        example = "".join(f" -p {p.name}='{_typed(question.default(p.name))}'" for p in question.parameters)
        lines += [f"### {question.name}", "", f"**{question.titles['en']}** · {question.titles['de']}", ""]
        lines += [question.descriptions["en"], "", f"*{question.descriptions['de']}*", ""]
        if question.scales:
            lines += [f"Scale: {question.scales['en']} · *{question.scales['de']}*", ""]
        if question.uses_graphs:
            lines += ["Asks about named graphs.", ""]
        if question.parameters:
            lines += ["| parameter | kind | what (en · de) | default |", "|---|---|---|---|"]
            for p in question.parameters:
                kind = f"{p.kind} {p.of_class}".strip()
                lines.append(
                    f"| `{p.name}` | {kind} | {p.labels['en']} · {p.labels['de']} | `{question.default(p.name)}` |"
                )
            lines.append("")
        lines += ["| column | what (en · de) |", "|---|---|"]
        lines += [f"| `{name}` | {labels['en']} · {labels['de']} |" for name, labels in question.columns.items()]
        lines += ["", "```console", f"$ buendnis query {question.name}{example}", "```", ""]
    return "\n".join(lines)


def _typed(default: str) -> str:
    """Return a default as one would type it."""
    return default.partition("^^")[0].strip('"')


def as_json(question: Question) -> dict[str, object]:
    """Return what a question asks, takes and returns, as JSON holds it."""
    return {
        "name": question.name,
        "theme": question.theme,
        "title": question.titles,
        "description": question.descriptions,
        "keywords": question.keywords,
        "parameters": [
            {
                "name": p.name,
                "kind": p.kind,
                "class": p.of_class,
                "label": p.labels,
                "default": question.default(p.name),
            }
            for p in question.parameters
        ],
        "columns": question.columns,
    }
