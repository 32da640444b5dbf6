"""Validation engines behind one interface; pySHACL is the reference."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pyoxigraph as ox

from buendnis_graph.errors import ReadError
from buendnis_graph.evidence.reader import parse_turtle

if TYPE_CHECKING:
    import rdflib

SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result, as every engine must give it."""

    focus: ox.NamedNode
    path: ox.NamedNode | None
    value: ox.NamedNode | ox.Literal | None
    component: str
    severity: str
    shape: str
    messages: dict[str, str] = field(compare=False, hash=False)


class Engine(Protocol):
    """What an engine can do."""

    name: str

    def validate(self, triples: Iterable[ox.Triple], shapes: Iterable[Path]) -> list[Result]:
        """Return the results of validating triples against shapes, in any order."""
        ...


class PyShacl:
    """The reference engine: pySHACL on an rdflib graph. Slow, complete."""

    name = "pyshacl"

    def validate(self, triples: Iterable[ox.Triple], shapes: Iterable[Path]) -> list[Result]:
        """Return pySHACL's results.

        Raises:
            ReadError: if a shapes file can't be parsed, or pySHACL refuses the shapes.
        """
        import pyshacl
        import pyshacl.errors
        import rdflib

        rdflib.NORMALIZE_LITERALS = False
        logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # ill-typed literals are findings, not warnings
        shape_graph = rdflib.Graph()
        for path in shapes:
            parse_turtle(path)  # for an error with its line
            shape_graph.parse(path, format="turtle")
        data = rdflib.Graph()
        convert = _Converter()
        for triple in triples:
            data.add((convert(triple.subject), convert(triple.predicate), convert(triple.object)))
        with _parse_queries_once():
            try:
                _, report, text = pyshacl.validate(
                    data, shacl_graph=shape_graph, inference="none", do_owl_imports=False
                )
            except pyshacl.errors.ValidationFailure as error:
                raise ReadError(f"the shapes can't be used: {error.message}", path=next(iter(shapes), None)) from error
        if not isinstance(report, rdflib.Graph):
            raise ReadError(f"the shapes can't be used: {text}")
        return list(_results(report, shape_graph))


class _Converter:
    """Turns pyoxigraph terms into rdflib's, each IRI once, literals byte for byte."""

    def __init__(self) -> None:
        self._iris: dict[str, rdflib.URIRef] = {}

    def __call__(self, term: object) -> Any:
        import rdflib

        if isinstance(term, ox.NamedNode):
            return self._iris.setdefault(term.value, rdflib.URIRef(term.value))
        assert isinstance(term, ox.Literal)  # noqa: S101 - the reader refuses blank nodes
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = self(term.datatype)
        return rdflib.Literal(term.value, datatype=None if datatype == rdflib.XSD.string else datatype)


def _results(report: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Result]:
    from rdflib.namespace import RDF, SH

    for node in report.subjects(RDF.type, SH.ValidationResult):
        value = report.value(node, SH.resultPath)
        shape = report.value(node, SH.sourceConstraint) or report.value(node, SH.sourceShape)
        # From the shapes, since pySHACL drops the language of a SPARQL constraint's message.
        said = list(shapes.objects(shape, SH.message)) or list(report.objects(node, SH.resultMessage))
        yield Result(
            focus=ox.NamedNode(str(report.value(node, SH.focusNode))),
            path=_to_oxigraph(value) if str(value).startswith("http") else None,  # type: ignore[arg-type]
            value=_to_oxigraph(report.value(node, SH.value)),
            component=str(report.value(node, SH.sourceConstraintComponent)).rpartition("#")[2],
            severity=str(report.value(node, SH.resultSeverity)).rpartition("#")[2],
            shape=str(shape),
            messages={getattr(message, "language", None) or "en": str(message) for message in said},
        )


def _to_oxigraph(term: Any) -> ox.NamedNode | ox.Literal | None:
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
    return None


@contextmanager
def _parse_queries_once() -> Iterator[None]:
    """Let rdflib parse each SPARQL text once: pySHACL asks the same one for every focus node (88 % of its time)."""
    from rdflib.plugins.sparql import processor

    original = processor.SPARQLProcessor.query
    prepared: dict[str, Any] = {}

    def query(self: Any, text: Any, bindings: Any = None, namespaces: Any = None, *rest: Any, **options: Any) -> Any:
        if isinstance(text, str):
            if text not in prepared:
                prepared[text] = processor.prepareQuery(text, namespaces or {})
            text = prepared[text]
        return original(self, text, bindings, namespaces, *rest, **options)

    processor.SPARQLProcessor.query = query  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        processor.SPARQLProcessor.query = original  # type: ignore[method-assign]
