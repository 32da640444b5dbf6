"""Core constraints through the package ``shacl``: one run in Rust over N-Triples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from buendnis_graph.errors import EngineError, LimitError, ShapesError
from buendnis_graph.namespaces import expand
from buendnis_graph.validate.engine import Data, Result
from buendnis_graph.validate.paths import Path, Term, predicate_path
from buendnis_graph.validate.shapes import Shapes, local_name, name_of

if TYPE_CHECKING:
    import shacl

_LABEL = ox.NamedNode("urn:buendnis-graph:blank-node")
"""Tells blank nodes apart in the engine's answers: it gives them names of its own."""
_LABEL_SHAPE = ox.NamedNode("urn:buendnis-graph:blank-node-shape")
_HUGE_YEAR = re.compile(r"[+-]?[0-9]{19}")
_DATED = {expand("xsd:date"), expand("xsd:dateTime")}
_CLOSED, _IGNORED = expand("sh:closed"), expand("sh:ignoredProperties")


@dataclass(frozen=True)
class Core:
    """The Core constraints of a shapes graph.

    ``shapes`` answers what a shape says; ``triples`` are those to check, without what is not Core.
    """

    shapes: Shapes
    triples: list[ox.Triple]

    @cached_property
    def _plain(self) -> shacl.Shapes:
        return compile_shapes(self.triples)

    @cached_property
    def _labelled(self) -> shacl.Shapes:
        return compile_shapes([*_open_to_labels(self.triples), *_label_shape()])

    def results(self, data: Data) -> list[Result]:
        """Return what they find.

        Raises:
            ShapesError: if the shapes are not well formed.
            LimitError: if the data holds a date whose year is too large to count.
        EngineError: if the engine crashes otherwise.
        """
        blanks = sorted(data.blank_nodes)
        with _crashes_told(data):
            if not blanks:
                report = self._run(data)
                return [self._result(found, {}) for found in report.results]
            labels = "".join(f'_:{label} {_LABEL} "{label}" .\n' for label in blanks)
            report = self._labelled.validate_text(data.text + labels, format="ntriples")
        ours = str(_LABEL_SHAPE)
        names = {
            found.focus_node: ox.BlankNode(found.value_plain) for found in report.results if found.root_shape == ours
        }
        return [self._result(found, names) for found in report.results if found.root_shape != ours]

    def _run(self, data: Data) -> shacl.Report:
        """Return what it says of data without blank nodes: of its file if it has one, which takes less memory."""
        if data.path is not None:
            return self._plain.validate_file(str(data.path))
        return self._plain.validate_text(data.text, format="ntriples")

    def _result(self, found: shacl.Result, names: dict[str, ox.BlankNode]) -> Result:
        shape = _term(found.source_shape or "", {})
        return Result(
            focus=_term(found.focus_node, names),
            path=self._path(found.path, shape),
            value=None if found.value is None else _term(found.value, names),
            component=local_name(found.component_iri),
            severity=local_name(found.severity_iri),
            shape=name_of(shape),
            messages=self.shapes.messages(shape),
        )

    def _path(self, path: str | None, shape: Term) -> Path | None:
        """Return the path of a result: the shape's, or one step (a closed shape names the property too many)."""
        if path is None:
            return None
        if path.startswith("<") and path.endswith(">") and path.count("<") == 1:
            return predicate_path(ox.NamedNode(path[1:-1]))
        return self.shapes.path(shape)


@contextmanager
def _crashes_told(data: Data | None = None) -> Iterator[None]:
    """Turn what the engine raises into errors of ours.

    Raises:
        ShapesError: if it refuses the shapes.
        LimitError: if it crashed at the one thing that is known to crash it, a year beyond 64 bits in a date.
        EngineError: if it crashed at something else.
    """
    try:
        yield
    except ValueError as error:
        raise ShapesError(f"the shapes can't be used: {error}.") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a crash in Rust arrives as; it is no Exception
            raise
        found = None if data is None else _huge_year(data)
        if found is not None:
            reason = f"the data holds {found[:80]}, which is beyond what can be checked."
            raise LimitError(reason, hint="Correct the value.") from None
        raise EngineError(
            f"the engine for SHACL Core crashed; this is an internal fault of it: {str(error)[:200]}.",
            hint="Check with the other engine: buendnis validate --engine pyshacl. Please report what data and shapes "
            "it was.",
        ) from None


def _huge_year(data: Data) -> str | None:
    literals = (t.object for t in data.triples if isinstance(t.object, ox.Literal) and t.object.datatype in _DATED)
    return next((str(literal) for literal in literals if _HUGE_YEAR.match(literal.value)), None)


def compile_shapes(triples: Iterable[ox.Triple]) -> shacl.Shapes:
    """Return shapes as the engine takes them.

    Raises:
        ShapesError: if they are not well formed.
    """
    import shacl

    text = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
    with _crashes_told():
        return shacl.Shapes.from_text(text, format="ntriples")


def _term(text: str, names: dict[str, ox.BlankNode]) -> Term:
    """Return the term that the engine wrote in N-Triples syntax."""
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    if text.startswith("_:"):
        return names.get(text) or ox.BlankNode(text[2:])
    quad = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", format=ox.RdfFormat.N_TRIPLES)))
    if not isinstance(quad.object, ox.Literal):
        raise ShapesError(f"the engine answered {text!r}, which is no term.")
    return quad.object


def _label_shape() -> Iterator[ox.Triple]:
    """Yield a shape that every label breaks, so that the engine says which of its names has which label."""
    yield ox.Triple(_LABEL_SHAPE, expand("sh:targetSubjectsOf"), _LABEL)
    yield ox.Triple(_LABEL_SHAPE, expand("sh:path"), _LABEL)
    yield ox.Triple(_LABEL_SHAPE, expand("sh:nodeKind"), expand("sh:IRI"))


def _open_to_labels(triples: list[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the triples with the label allowed in closed shapes."""
    closed = {t.subject for t in triples if t.predicate == _CLOSED}
    ignored = {t.subject: t.object for t in triples if t.predicate == _IGNORED}
    yield from (t for t in triples if t.predicate != _IGNORED)
    for number, shape in enumerate(sorted(closed, key=str)):
        head = ox.NamedNode(f"{_LABEL.value}:list:{number}")
        yield ox.Triple(shape, _IGNORED, head)
        yield ox.Triple(head, expand("rdf:first"), _LABEL)
        yield ox.Triple(head, expand("rdf:rest"), ignored.get(shape, expand("rdf:nil")))
