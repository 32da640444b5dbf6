"""One body of the graph: its names, what sources say of it, and where it belongs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from buendnis_graph.queries.catalogue import Parameter
from buendnis_graph.queries.labels import labels_of
from buendnis_graph.queries.resolve import resolve
from buendnis_graph.queries.table import Table

if TYPE_CHECKING:
    from buendnis_graph.graph import Graph

_BODY = Parameter("name", "iri", {"de": "die Einrichtung", "en": "the body"}, "org:Organization")
_NAMES = """
SELECT ?name ?kind WHERE {
  VALUES (?property ?kind) { (skos:prefLabel "preferred") (skos:altLabel "other") (bg:formerName "former")
    (bg:shortName "short") (bg:statedName "stated") }
  ?body ?property ?name
} ORDER BY ?kind ?name
"""
_FACTS = """
SELECT ?property ?value ?preferred ?source ?address ?issued ?seen WHERE {
  ?statement a rdf:Statement ; rdf:subject ?body ; rdf:predicate ?property ; rdf:object ?value ;
    dcterms:source ?source .
  ?source schema:url ?address ; bg:seenOn ?seen .
  OPTIONAL { ?statement bg:preferred ?preferred }
  OPTIONAL { ?source dcterms:issued ?issued }
} ORDER BY ?property ?value ?address ?source
"""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An alliance or other organisation of the graph.

    Attributes:
        iri: what it is called by in the graph.
        label: its German name.
    """

    graph: Graph
    iri: str
    label: str

    def names(self) -> Table:
        """Return its names: ``name`` and ``kind`` (preferred, other, former, short, stated)."""
        return self._ask(_NAMES)

    def facts(self) -> Table:
        """Return what sources state of it, one row a value and source; ``preferred`` is empty where all values hold."""
        return self._ask(_FACTS)

    def memberships(self, at: object = None) -> Table:
        """Return the memberships it has, as :meth:`~buendnis_graph.graph.Graph.memberships` gives them."""
        return self._of(self.graph.memberships(at), "member")

    def members(self, at: object = None) -> Table:
        """Return the memberships in it, if it is an alliance."""
        return self._of(self.graph.memberships(at), "alliance")

    def _of(self, table: Table, column: str) -> Table:
        place, node = table.columns.index(column), ox.NamedNode(self.iri)
        return replace(table, rows=[row for row in table.rows if row[place] == node])

    def _ask(self, sparql: str) -> Table:
        table = self.graph.query(sparql.replace("?body", str(ox.NamedNode(self.iri))))
        assert isinstance(table, Table)  # noqa: S101 - it is a SELECT
        return table

    def _repr_html_(self) -> str:
        from html import escape

        iri = escape(self.iri)
        shown = f'<a href="{iri}">{iri}</a>' if self.iri.startswith(("http://", "https://")) else iri
        return f"<p><strong>{escape(self.label)}</strong> {shown}</p>"


def find(graph: Graph, name: str) -> Organisation:
    """Return the body that a name, slug or IRI stands for.

    Raises:
        QueryError: with similar names, if nothing is called so, or several things are.
    """
    node = resolve(graph.source, _BODY, name)
    assert isinstance(node, ox.NamedNode)  # noqa: S101 - the parameter is of kind iri
    labels = labels_of(graph.source, [node], "de")
    return Organisation(graph, node.value, labels.get(node.value, node.value))
