"""Constraints on each value by itself: what kind of term it is, how it is written, between which bounds it lies."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyoxigraph as ox

from buendnis_graph.errors import ShapesError
from buendnis_graph.namespaces import expand
from buendnis_graph.validate.columns import BLANK, IRI, LITERAL, Flags, Numbers
from buendnis_graph.validate.core.checks import Check, Maker, each_value
from buendnis_graph.validate.core.graph import Graph
from buendnis_graph.validate.core.lexical import is_checked, is_valid
from buendnis_graph.validate.core.order import comparable, compare
from buendnis_graph.validate.paths import Term, read_list
from buendnis_graph.validate.shapes import Shapes

_KINDS: dict[Term, tuple[int, ...]] = {
    expand("sh:IRI"): (IRI,),
    expand("sh:BlankNode"): (BLANK,),
    expand("sh:Literal"): (LITERAL,),
    expand("sh:BlankNodeOrIRI"): (BLANK, IRI),
    expand("sh:BlankNodeOrLiteral"): (BLANK, LITERAL),
    expand("sh:IRIOrLiteral"): (IRI, LITERAL),
}
_FLAGS = expand("sh:flags")
_MOST = 2**31 - 1


def node_kind(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:nodeKind``."""
    kinds = _KINDS.get(value)
    if kinds is None:
        raise ShapesError("sh:nodeKind must be one of SHACL's six kinds of nodes.")
    right = np.array([kind in kinds for kind in (IRI, BLANK, LITERAL)])
    return each_value(lambda graph, terms: right[graph.columns.kind[terms]])


def datatype(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:datatype``: a literal of another one fails, and an ill-typed one."""

    def test(graph: Graph, terms: Numbers) -> Flags:
        columns = graph.columns
        if value.value not in columns.datatypes:
            return np.zeros(len(terms), np.bool_)
        right: Flags = columns.datatype[terms] == columns.datatypes.index(value.value)
        if is_checked(value.value):
            texts = columns.texts
            right[right] = [is_valid(value.value, texts[term]) for term in terms[right].tolist()]
        return right

    return each_value(test)


def class_(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:class``."""
    return each_value(lambda graph, terms: graph.instances(value)[terms])


def in_(shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:in``."""
    members = read_list(value, shapes.values)
    return each_value(lambda graph, terms: np.isin(terms, [graph.number(member) for member in members]))


def language_in(shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:languageIn``: the language is one of some, or one of their dialects."""
    ranges = [member.value.lower() for member in read_list(value, shapes.values)]

    def matches(language: str) -> bool:
        tag = f"{language}-"
        return any(wanted == "*" or tag.startswith(f"{wanted}-") for wanted in ranges)

    def test(graph: Graph, terms: Numbers) -> Flags:
        known = [matches(language) for language in graph.columns.languages]
        return np.array([*known, False], np.bool_)[graph.columns.language[terms]]  # -1, for none, is the last

    return each_value(test)


def min_length(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:minLength``, which no blank node has."""
    least = whole_number("minLength", value)
    return each_value(lambda graph, terms: _has_text(graph, terms) & (graph.lengths[terms] >= least))


def max_length(_shapes: Shapes, _shape: Term, value: Term) -> Check:
    """``sh:maxLength``, within which no blank node is."""
    most = whole_number("maxLength", value)
    return each_value(lambda graph, terms: _has_text(graph, terms) & (graph.lengths[terms] <= most))


def pattern(shapes: Shapes, shape: Term, value: Term) -> Check:
    """``sh:pattern`` with ``sh:flags``, as SPARQL's REGEX: in time that grows with the text alone."""
    if not isinstance(value, ox.Literal):
        raise ShapesError("sh:pattern must be a literal.")
    expression = _expression(value.value, {letter for flag in shapes.values(shape, _FLAGS) for letter in flag.value})

    def test(graph: Graph, terms: Numbers) -> Flags:
        matches: Flags = graph.texts.gather(terms).str.contains(expression).to_numpy()
        return _has_text(graph, terms) & matches

    return each_value(test)


def _expression(text: str, flags: set[str]) -> str:
    """Return a pattern with its flags in the syntax of Polars."""
    import polars as pl

    if not flags <= set("imsxq"):
        raise ShapesError("sh:flags may hold the letters i, m, s, x and q only.")
    if "q" in flags:  # the text stands for itself
        text, flags = pl.Series([text]).str.escape_regex()[0], flags - set("qx")
    expression = f"(?{''.join(sorted(flags))}){text}" if flags else text
    try:
        pl.Series([""]).str.contains(expression)
    except pl.exceptions.ComputeError as error:
        why = " ".join(str(error).partition("\n\nThis error")[0].split()).removesuffix(".")
        raise ShapesError(f"sh:pattern is no regular expression: {why}.") from error
    return expression


def bound(name: str, *accepted: int) -> Maker:
    """Return what makes a constraint of ``sh:minInclusive`` or one of its sisters.

    Args:
        name: the parameter.
        accepted: how a value may compare with it: -1 for before it, 0 for equal, 1 for after it.
    """

    def made(_shapes: Shapes, _shape: Term, value: Term) -> Check:
        if not isinstance(value, ox.Literal):
            raise ShapesError(f"sh:{name} must be a literal.")
        limit = comparable(value)

        def test(graph: Graph, terms: Numbers) -> Flags:
            all_terms = graph.columns.terms
            found = (compare(comparable(all_terms[term]), limit) in accepted for term in terms.tolist())
            return np.fromiter(found, np.bool_, len(terms))

        return each_value(test)

    return made


def whole_number(name: str, value: Term) -> int:
    """Return the number that a parameter must be; a larger one than anything is counted to stands for all such.

    Raises:
        ShapesError: if it is none, or less than zero.
    """
    if not isinstance(value, ox.Literal) or not is_valid(expand("xsd:nonNegativeInteger").value, value.value):
        raise ShapesError(f"sh:{name} must be an integer of at least 0.")
    return min(int(Decimal(value.value)), _MOST)


def _has_text(graph: Graph, terms: Numbers) -> Flags:
    has_text: Flags = graph.columns.kind[terms] != BLANK
    return has_text
