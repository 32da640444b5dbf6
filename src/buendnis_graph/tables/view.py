"""The consolidated view, read by property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, Protocol, runtime_checkable

import pyoxigraph as ox

from buendnis_graph.dates import bounds
from buendnis_graph.namespaces import BASE, RDF_TYPE, expand
from buendnis_graph.store.askable import Askable, every


@runtime_checkable
class Paired(Protocol):
    """A view that gives its properties itself, such as :class:`~buendnis_graph.validate.columns.Columns`."""

    def pairs(self, predicate: ox.NamedNode, value: ox.NamedNode | None = None) -> Iterator[tuple[str, Any]]:
        """Yield subjects, as text, and values of a property: all of them, or those that are one value."""
        ...


class View:
    """The consolidated view by property: each one is read once.

    Args:
        graph: the view as columns, a store whose default graph it is, or an endpoint that answers likewise.
    """

    def __init__(self, graph: Paired | ox.Store | Askable) -> None:
        self._graph: Any = graph
        self._read: dict[str, dict[str, list[Any]]] = {}

    def _pairs(self, predicate: ox.NamedNode, value: ox.NamedNode | None = None) -> Iterator[tuple[str, Any]]:
        """Yield subjects, as text, and values of a property.

        Raises:
            EndpointError: if an endpoint gives fewer than it has.
        """
        if isinstance(self._graph, Paired):
            yield from self._graph.pairs(predicate, value)
        elif isinstance(self._graph, ox.Store):
            for quad in self._graph.quads_for_pattern(None, predicate, value, ox.DefaultGraph()):
                yield quad.subject.value, quad.object  # type: ignore[union-attr]
        else:
            restricted = f" FILTER(?o = {value})" if value else ""
            for subject, found in every(self._graph, "?s ?o", f"?s {predicate} ?o{restricted}"):
                yield subject.value, found  # type: ignore[union-attr]

    def every(self, name: str) -> dict[str, list[Any]]:
        """Return the values of a property by subject, sorted."""
        if name not in self._read:
            values: dict[str, list[Any]] = defaultdict(list)
            for subject, value in self._pairs(expand(name)):
                values[subject].append(value)
            for several in values.values():
                several.sort(key=str)
            self._read[name] = dict(values)
        return self._read[name]

    def one(self, name: str) -> Callable[[str | None], str | None]:
        """Return a function that gives a subject's value of a property, as text."""
        values = self.every(name)
        return lambda subject: values[subject][0].value if subject in values else None

    def slug(self, name: str, kind: str) -> Callable[[str | None], str | None]:
        """Return a function that gives what a subject's value of a property is called within its kind of IRI."""
        value = self.one(name)
        return lambda subject: after(value(subject), kind)

    def date(self, name: str) -> Callable[[str | None], Any]:
        """Return a function that gives a subject's day."""
        value = self.one(name)

        def day(subject: str | None) -> Any:
            text = value(subject)
            return None if text is None else bounds(text)[0]

        return day

    def of_class(self, name: str) -> list[str]:
        """Return what is of a class, sorted."""
        return sorted(subject for subject, _ in self._pairs(RDF_TYPE, expand(name)))

    def label(self, language: str, name: str = "skos:prefLabel") -> Callable[[str | None], str | None]:
        """Return a function that gives a subject's name in a language."""
        values = self.every(name)
        return lambda subject: next((v.value for v in values.get(subject or "", ()) if v.language == language), None)


def after(iri: str | None, kind: str) -> str | None:
    """Return what follows the kind in one of our IRIs; None if it is of another kind."""
    head = f"{BASE}{kind}/"
    return iri[len(head) :] if iri is not None and iri.startswith(head) else None
