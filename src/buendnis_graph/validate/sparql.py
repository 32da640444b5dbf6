"""SPARQL-based constraints on Oxigraph: each asked once for all its focus nodes where that gives the same rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pyoxigraph as ox

from buendnis_graph.errors import ShapesError
from buendnis_graph.namespaces import expand
from buendnis_graph.validate.engine import Data, Result
from buendnis_graph.validate.paths import Path, Term, predicate_path
from buendnis_graph.validate.shapes import Shapes, name_of
from buendnis_graph.validate.sparql_text import (
    binds_this,
    faults,
    fill_in,
    fill_path,
    is_set_safe,
    mentions,
    outer_brace,
    select_also,
    true_if_bound,
)
from buendnis_graph.validate.targets import Place, focus_pattern, is_deactivated, is_every_node, is_named

SPARQL, SELECT = expand("sh:sparql"), expand("sh:select")
SHAPES_GRAPH = ox.NamedNode("urn:buendnis-graph:shapes-graph")
"""The graph of the data's store that holds the shapes for constraints that ask ``GRAPH $shapesGraph``."""

_PREFIXES, _DECLARE = expand("sh:prefixes"), expand("sh:declare")
_PREFIX, _NAMESPACE = expand("sh:prefix"), expand("sh:namespace")
_IMPORTS = expand("owl:imports")
_MARK = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, slots=True)
class SparqlCheck:
    """A SPARQL query of a shape at one place.

    Attributes:
        place: the shape, and the way to its focus nodes.
        text: the query, with prefixes, and with its path filled in.
        component: what its results are attributed to.
        constraint: the constraint's own name, None for a component.
        severity: of its results.
        messages: by language, with marks such as ``{?value}``.
        path: of the shape, if it is a property shape.
        focus: a SPARQL group that binds ``?this`` to the focus nodes.
        everywhere: whether these are all nodes with a class: then it is quicker to ask first and to look at the nodes
            of what is found.
        is_named: whether the focus nodes are named one by one (``sh:targetNode``).
        bound: what is bound before it is asked, but for ``this``.
    """

    place: Place
    text: str
    component: str
    constraint: str | None
    severity: str
    messages: Mapping[str, str]
    path: Path | None
    focus: str
    everywhere: bool = False
    is_named: bool = False
    bound: Mapping[str, Term] = field(default_factory=dict)

    @property
    def set_safe(self) -> bool:
        """Whether it can be asked once for all focus nodes."""
        return is_set_safe(self.text)

    @property
    def whole(self) -> str:
        """The query with its focus nodes, as one text to take apart."""
        brace = outer_brace(self.text)
        return f"{self.text[:brace]} {self.focus} {self.text[brace:]}"

    def results(self, data: Data, focus: Iterable[Term] | None = None) -> list[Result]:
        """Return what it finds.

        Args:
            data: the graph.
            focus: the focus nodes to look at; None for all.

        Raises:
            ShapesError: if the query can't be run.
        """
        if focus is None and self.everywhere and self.set_safe and binds_this(self.text):
            found = list(self._rows(data, self.text, None))
            meant = {node for node in {r.focus for r in found} if is_focus(data, self.focus, node)}
            return [result for result in found if result.focus in meant]
        if focus is None and self.set_safe:
            return list(self._rows(data, self._once, None))
        nodes = focus_nodes(data, self.focus) if focus is None else focus
        return [result for node in nodes for result in self._rows(data, self.text, node)]

    @property
    def looks_elsewhere(self) -> bool:
        """Whether its query looks at values, but not at its focus nodes, which are named one by one."""
        return self.is_named and self.set_safe and not mentions(self.text, "this") and mentions(self.text, "value")

    def results_for(self, data: Data, value: Term) -> list[Result]:
        """Return what it finds with one value, for all focus nodes."""
        return list(self._rows(data, self._once, None, {"value": value}))

    @property
    def _once(self) -> str:
        """The query joined with its focus nodes."""
        brace = outer_brace(self.text)
        return f"{self.text[:brace]} {{ SELECT DISTINCT ?this WHERE {{ {self.focus} }} }} {self.text[brace:]}"

    def _rows(
        self, data: Data, text: str, node: Term | None, known: Mapping[str, Term] = MappingProxyType({})
    ) -> Iterator[Result]:
        bound = {**self.bound, **known, **({} if node is None else {"this": node})}
        rows = solutions(data, text, bound, self.constraint or str(self.place.shape))
        names = [variable.value for variable in rows.variables]
        seen = set()
        try:
            for row in rows:
                found = {name: value for name, value in zip(names, row, strict=True) if value is not None}
                said = {**known, **found}
                key = tuple(sorted((name, str(value)) for name, value in said.items()))
                if key in seen:  # one finding, however many ways lead to it
                    continue
                seen.add(key)
                yield self.result(said, node)
        finally:
            del rows  # an error takes this frame to another thread, where the rows must not end

    def result(self, said: Mapping[str, Term], node: Term | None) -> Result:
        """Return the result that a solution stands for (SHACL 1.0, section 5.3.2)."""
        who = self.constraint or name_of(self.place.shape)
        if getattr(said.get("failure"), "value", "") == "true":
            raise ShapesError(f"{who} says of itself that it failed.", node=who)
        this = said.get("this", node)
        if this is None:
            raise ShapesError(f"{who} does not select $this.", node=who)
        if isinstance(said.get("value"), ox.Triple):
            raise ShapesError(
                f"{who} selects a triple term of RDF 1.2, which SHACL 1.0 knows nothing of.",
                node=who,
                hint="Mend its query.",
            )
        path = said.get("path")
        return Result(
            focus=this,
            path=predicate_path(path) if isinstance(path, ox.NamedNode) else self.path,
            value=said.get("value", None if self.path is not None else this),
            component=self.component,
            severity=self.severity,
            shape=name_of(self.place.shape),
            messages=self._filled({**said, "this": this}),
            constraint=self.constraint,
        )

    def _filled(self, said: Mapping[str, Term]) -> dict[str, str]:
        message = said.get("message")
        if isinstance(message, ox.Literal):
            return {message.language or "": message.value}
        known = {**self.bound, **said}

        def fill(mark: re.Match[str]) -> str:
            term = known.get(mark.group(1))
            return mark.group() if term is None else getattr(term, "value", str(term))

        return {language: _MARK.sub(fill, text) for language, text in self.messages.items()}


def solutions(data: Data, text: str, bound: Mapping[str, Term], who: str) -> ox.QuerySolutions:
    """Return the rows of a query with some variables bound beforehand.

    Raises:
        ShapesError: if it is no valid SPARQL.
    """
    result = _query(data, text, bound, who)
    if not isinstance(result, ox.QuerySolutions):
        raise ShapesError(f"{who} must be a SELECT query.", node=who)
    return result


def _query(data: Data, text: str, bound: Mapping[str, Term], who: str) -> object:
    """Ask with variables bound: a term stands in the text, but a blank node, which can't, is substituted on the way."""
    blank = {name: term for name, term in bound.items() if isinstance(term, ox.BlankNode)}
    text = true_if_bound(text, blank) if blank else text
    text = fill_in(text, {name: str(term) for name, term in bound.items() if name not in blank})
    try:
        if not blank:
            return data.store.query(text)
        substitutions = {ox.Variable(name): term for name, term in blank.items()}
        return data.store.query(select_also(text, blank), substitutions=substitutions)  # type: ignore[arg-type]
    except (SyntaxError, ValueError) as error:
        raise ShapesError(f"{who} has a query that can't be run: {error}.", node=who, hint="Mend its query.") from error


def ask(data: Data, text: str, bound: Mapping[str, Term], who: str) -> bool:
    """Return the answer of an ASK query with some variables bound beforehand.

    Raises:
        ShapesError: if it is no valid SPARQL.
    """
    result = _query(data, text, bound, who)
    return any(True for _ in result) if isinstance(result, ox.QuerySolutions) else bool(result)


def focus_nodes(data: Data, focus: str) -> list[Term]:
    """Return the focus nodes that a group of patterns binds, each once."""
    rows = solutions(data, f"SELECT DISTINCT ?this WHERE {{ {focus} }}", {}, "a target")
    return [row["this"] for row in rows]


def is_focus(data: Data, focus: str, node: Term) -> bool:
    """Return whether a node is among the focus nodes that a group of patterns binds."""
    rows = data.store.query(f"SELECT ?this WHERE {{ {focus} }} LIMIT 1", substitutions={ox.Variable("this"): node})
    return any(True for _ in rows)  # type: ignore[union-attr]


def sparql_checks(shapes: Shapes, place: Place) -> Iterator[SparqlCheck]:
    """Yield the SPARQL constraints of a shape at a place.

    Raises:
        ShapesError: if one is not well formed.
    """
    for node in shapes.values(place.shape, SPARQL):
        if is_deactivated(shapes, node):
            continue
        text = query_text(shapes, node, SELECT, shapes.path(place.shape), {"this"})
        yield SparqlCheck(
            place=place,
            text=text,
            component="SPARQLConstraintComponent",
            constraint=name_of(node),
            severity=shapes.severity(place.shape),
            messages=shapes.messages(node) or shapes.messages(place.shape),
            path=shapes.path(place.shape),
            focus=focus_pattern(shapes, place, text),
            everywhere=is_every_node(shapes, place),
            is_named=is_named(shapes, place),
            bound=surroundings(place),
        )


def surroundings(place: Place) -> dict[str, Term]:
    """Return the variables that every query of a shape may use."""
    return {"currentShape": place.shape, "shapesGraph": SHAPES_GRAPH}


def query_text(shapes: Shapes, node: Term, predicate: ox.NamedNode, path: Path | None, bound: set[str]) -> str:
    """Return the query of a constraint or validator, with its prefixes and its path.

    Args:
        shapes: the shapes graph.
        node: the constraint or validator.
        predicate: ``sh:select`` or ``sh:ask``.
        path: what stands for ``$PATH``; None in a node shape.
        bound: the variables bound beforehand.

    Raises:
        ShapesError: if there is none, or it does what SHACL forbids.
    """
    texts = [value.value for value in shapes.values(node, predicate) if isinstance(value, ox.Literal)]
    who = name_of(node)
    if len(texts) != 1:
        raise ShapesError(
            f"{who} needs exactly one query ({predicate.value.rpartition('#')[2]}), not {len(texts)}.", node=who
        )
    wrong = faults(texts[0], bound)
    if wrong:
        raise ShapesError(
            f"{who} {wrong[0]}, which SHACL does not allow in a constraint.", node=who, hint="Write it otherwise."
        )
    if path is None and fill_path(texts[0], "") != texts[0]:
        raise ShapesError(
            f"{who} uses $PATH in a node shape, which has no path.", node=who, hint="Move it to a property shape."
        )
    return "".join(_prefixes(shapes, node)) + fill_path(texts[0], str(path))


def _prefixes(shapes: Shapes, node: Term) -> Iterator[str]:
    seen: set[Term] = set()
    waiting = list(shapes.values(node, _PREFIXES))
    while waiting:
        ontology = waiting.pop()
        if ontology in seen:
            continue
        seen.add(ontology)
        waiting += shapes.values(ontology, _IMPORTS)
        for declared in shapes.values(ontology, _DECLARE):
            prefixes, namespaces = shapes.values(declared, _PREFIX), shapes.values(declared, _NAMESPACE)
            if len(prefixes) != 1 or len(namespaces) != 1:
                raise ShapesError(
                    f"{ontology} declares a prefix without exactly one sh:prefix and sh:namespace.",
                    node=name_of(declared),
                )
            yield f"PREFIX {prefixes[0].value}: <{namespaces[0].value}>\n"
