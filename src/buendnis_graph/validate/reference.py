"""The reference engine: pySHACL on rdflib. Slow, complete."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph.errors import ShapesError
from buendnis_graph.rdflib_terms import Converter, to_graph
from buendnis_graph.validate.engine import Data, Result
from buendnis_graph.validate.paths import Path, Term, read_path
from buendnis_graph.validate.shapes import Shapes, by_language, local_name

if TYPE_CHECKING:
    import rdflib


class PyShacl:
    """The reference engine."""

    name = "pyshacl"

    def validate(self, data: Data, shapes: Shapes) -> list[Result]:
        """Return pySHACL's results.

        Raises:
            ShapesError: if pySHACL refuses the shapes.
        """
        import pyshacl
        import rdflib

        with _literals_as_written():
            try:
                with _parse_queries_once():
                    _, report, text = pyshacl.validate(
                        _graph(data.triples), shacl_graph=_graph(shapes.triples), inference="none", do_owl_imports=False
                    )
            except Exception as error:  # whatever rdflib raises at a bad query or path comes through
                raise ShapesError(f"the shapes can't be used: {getattr(error, 'message', error)}") from error
            if not isinstance(report, rdflib.Graph):
                raise ShapesError(f"the shapes can't be used: {text}")
            return list(_results(report, shapes))


@contextmanager
def _literals_as_written() -> Iterator[None]:
    """Let rdflib keep literals as they are, and take ill-typed ones in silence: they are findings, not warnings."""
    import rdflib

    log = logging.getLogger("rdflib.term")
    normalize, level = rdflib.NORMALIZE_LITERALS, log.level
    rdflib.NORMALIZE_LITERALS = False
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
        log.setLevel(level)


def _graph(triples: list[ox.Triple]) -> rdflib.Graph:
    return to_graph((triple.subject, triple.predicate, triple.object) for triple in triples)


def _results(report: rdflib.Graph, shapes: Shapes) -> Iterator[Result]:
    from rdflib.namespace import RDF, SH

    def values(node: Term, predicate: ox.NamedNode) -> list[Term]:
        subject = _back_again(node)
        return [_term(value) for value in report.objects(subject, _back_again(predicate))]

    for node in report.objects(report.value(None, RDF.type, SH.ValidationReport), SH.result):
        value = report.value(node, SH.value)
        path = report.value(node, SH.resultPath)
        shape, constraint = report.value(node, SH.sourceShape), report.value(node, SH.sourceConstraint)
        texts = report.objects(node, SH.resultMessage)
        said = by_language((getattr(text, "language", None) or "", str(text)) for text in texts)
        yield Result(
            focus=_term(report.value(node, SH.focusNode)),
            path=None if path is None else _path(_term(path), values),
            value=None if value is None else _term(value),
            component=local_name(str(report.value(node, SH.sourceConstraintComponent))),
            severity=local_name(str(report.value(node, SH.resultSeverity))),
            shape=str(shape),
            # From the shapes where they say it, since pySHACL drops the language of a SPARQL constraint's message.
            messages=shapes.messages(_term(shape if constraint is None else constraint)) or said,
            constraint=None if constraint is None else str(constraint),
        )


def _path(node: Term, values: Any) -> Path | None:
    try:
        return read_path(node, values)
    except ShapesError:
        return None


def _term(term: Any) -> Term:
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
    return ox.BlankNode(str(term))


def _back_again(term: Term) -> Any:
    return Converter()(term)


@lru_cache(maxsize=1024)
def _prepared(text: str) -> Any:
    from rdflib.plugins.sparql import prepareQuery

    return prepareQuery(text)


@contextmanager
def _parse_queries_once() -> Iterator[None]:
    """Let rdflib parse each SPARQL text once: pySHACL asks the same one for every focus node (88 % of its time)."""
    from rdflib.plugins.sparql import processor

    original = processor.SPARQLProcessor.query

    def query(self: Any, text: Any, bindings: Any = None, namespaces: Any = None, *rest: Any, **options: Any) -> Any:
        if isinstance(text, str):
            text = _prepared(text)
        return original(self, text, bindings, namespaces, *rest, **options)

    processor.SPARQLProcessor.query = query  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        processor.SPARQLProcessor.query = original  # type: ignore[method-assign]
