"""The known differences between the two engines, each with its reason; whoever is right by the specification is named.

All lie in what the reference makes of literals that are odd or ill-typed. None occurs in our data, whose shapes refuse
such literals before anything else looks at them. ``test_engines_agree.py`` shows that each still exists.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES, expand
from buendnis_graph.validate import Result, Shapes

XSD = PREFIXES["xsd"]
_DATED = {XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth")}
_ORDERED = {f"{way}{end}ConstraintComponent" for way in ("Min", "Max") for end in ("Inclusive", "Exclusive")}
_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True)
class Difference:
    """A kind of result that one engine gives and the other does not.

    Attributes:
        name: a word for it.
        reason: why they differ, and who is right.
        only: the engine that gives the result.
        covers: whether a result is of this kind.
        shape: a property shape on ``ex:p``, in Turtle, that shows it.
        data: a graph, in Turtle, that shows it.
    """

    name: str
    reason: str
    only: str
    covers: Callable[[Result, Seen], bool]
    shape: str
    data: str


@dataclass(frozen=True)
class Seen:
    """What engines looked at: the shapes, and the nodes that have a blank node for a value."""

    shapes: Shapes
    beside_blank: frozenset[object] = frozenset()


def seen(shapes: Shapes, triples: Iterable[ox.Triple]) -> Seen:
    """Return what engines look at."""
    return Seen(shapes, frozenset(t.subject for t in triples if isinstance(t.object, ox.BlankNode)))


def _asked(result: Result, seen: Seen) -> str:
    """Return the query of the SPARQL constraint that gives a result; an empty text if it is none."""
    texts = seen.shapes.values(ox.NamedNode(result.constraint), expand("sh:select")) if result.constraint else []
    return " ".join(getattr(text, "value", "") for text in texts)


def _literal(result: Result) -> ox.Literal:
    return result.value if isinstance(result.value, ox.Literal) else ox.Literal("")


def _year_python_lacks(result: Result, _seen: Seen) -> bool:
    found = re.match(r"(-?)([0-9]{4,})", _literal(result).value)
    in_range = found is None or (not found[1] and 1 <= int(found[2]) <= datetime.MAXYEAR)
    return _literal(result).datatype.value in _DATED and not in_range


def _more_than_a_day(result: Result, _seen: Seen) -> bool:
    literal = _literal(result)
    return literal.datatype.value == XSD + "date" and "T" in literal.value


def _zone_beyond_14_hours(result: Result, _seen: Seen) -> bool:
    literal = _literal(result)
    zone = re.search(r"[+-]([0-9]{2}):[0-9]{2}$", literal.value)
    return literal.datatype.value in _DATED and zone is not None and int(zone[1]) > 14


def _no_number_compared(result: Result, _seen: Seen) -> bool:
    return result.component in _ORDERED and _literal(result).datatype.value not in _NUMBERS


def _false_in_python(result: Result, _seen: Seen) -> bool:
    """Return whether rdflib's literal counts as false: zero, the empty text, and any boolean it does not take for true."""
    literal = _literal(result)
    zero = literal.datatype.value in _NUMBERS and re.fullmatch(r"[+-]?0*\.?0*(e[0-9]+)?", literal.value) is not None
    no = literal.datatype.value == XSD + "boolean" and literal.value.lower() not in ("true", "1")
    return result.component == "SPARQLConstraintComponent" and (zero or no or literal.value == "")


def _no_day_compared(result: Result, seen: Seen) -> bool:
    """Return whether a SPARQL constraint orders two values, of which this is no day of the calendar."""
    asked = _asked(result, seen)
    orders = re.search(r"\?\w+ [<>]=? \?", asked) is not None
    return orders and isinstance(result.value, ox.Literal) and not _is_day(result.value)


def _text_of_a_blank_node(result: Result, seen: Seen) -> bool:
    asked = _asked(result, seen)
    return isinstance(result.focus, ox.BlankNode) and "STR($this)" in asked


def _no_text_of_a_blank_node(result: Result, seen: Seen) -> bool:
    asked = _asked(result, seen)
    return "NOT EXISTS" in asked and "STR(" in asked and bool({result.focus, result.value} & seen.beside_blank)


def _another_form_in_the_store(result: Result, _seen: Seen) -> bool:
    literal = _literal(result)
    return result.component == "SPARQLConstraintComponent" and as_stored(literal) != literal


def _digits_of_another_script(result: Result, seen: Seen) -> bool:
    return "xsd:integer(" in _asked(result, seen) and re.search(r"[^\W\d_]|[0-9]", _literal(result).value) is None


def _line_break_at_the_end(result: Result, _seen: Seen) -> bool:
    return result.component == "PatternConstraintComponent" and _literal(result).value.endswith("\n")


_DAY = "sh:datatype xsd:date"
_LOOP = """sh:sparql [ sh:message "loop" ; sh:select '''
  SELECT $this ?value WHERE { $this <http://example.org/p> ?value . ?value <http://example.org/q>* $this }''' ]"""
_TEXT = """sh:sparql ex:text . ex:text sh:message "text" ; sh:select '''
  SELECT $this ?value WHERE { $this <http://example.org/p> ?value FILTER(STR($this) != ?value) }'''"""
_NO_TEXT = """sh:sparql ex:text . ex:text sh:message "text" ; sh:select '''
  SELECT $this ?value WHERE { $this <http://example.org/q> ?value
    FILTER NOT EXISTS { $this <http://example.org/p> ?p FILTER(STR(?p) != "x") } }'''"""
_FORM = """sh:sparql ex:form . ex:form sh:message "form" ; sh:select '''
  SELECT $this ?value WHERE { $this <http://example.org/p> ?value
    FILTER(DATATYPE(?value) = <http://www.w3.org/2001/XMLSchema#byte> || STR(?value) = "01") }'''"""
_CAST = """sh:sparql ex:cast . ex:cast sh:prefixes ex:names ; sh:message "cast" ; sh:select '''
  SELECT $this ?value WHERE { $this <http://example.org/p> ?value FILTER(xsd:integer(?value) > 1) }''' .
  ex:names sh:declare [ sh:prefix "xsd" ; sh:namespace "http://www.w3.org/2001/XMLSchema#" ]"""
_ORDER = """sh:sparql ex:order . ex:order sh:message "order" ; sh:select '''
  SELECT $this ?value WHERE { $this <http://example.org/p> ?value ; <http://example.org/q> ?b FILTER(?value > ?b) }'''"""

DIFFERENCES = [
    Difference(
        "a year that Python lacks",
        "Python's calendar runs from year 1 to 9999, so pySHACL takes other years for ill-typed. XML Schema 1.1 allows "
        "them, and the year 0. The everyday engine is right.",
        "pyshacl",
        _year_python_lacks,
        _DAY,
        'ex:a ex:p "-0001-01-01"^^xsd:date . ex:b ex:p "12023-01-01"^^xsd:date . ex:c ex:p "0000-01-01"^^xsd:date .',
    ),
    Difference(
        "a day with a time",
        "pySHACL takes 2023-01-01T00:00:00 for an xsd:date and drops the time. XML Schema does not. The everyday engine is "
        "right.",
        "fast",
        _more_than_a_day,
        _DAY,
        'ex:a ex:p "2023-01-01T00:00:00"^^xsd:date .',
    ),
    Difference(
        "a time zone beyond 14 hours",
        "pySHACL takes any offset below a day; XML Schema ends at 14:00. The everyday engine is right.",
        "fast",
        _zone_beyond_14_hours,
        _DAY,
        'ex:a ex:p "2023-01-01+15:00"^^xsd:date .',
    ),
    Difference(
        "what can't be compared with a number",
        "A value that SPARQL can't compare with the limit is not within it (SHACL 4.3.1: the comparison does not return "
        "true). pySHACL passes over values of datatypes that it does not know, and over times. The everyday engine is right.",
        "fast",
        _no_number_compared,
        "sh:minInclusive 0",
        'ex:a ex:p "5"^^xsd:time . ex:b ex:p "100"^^<urn:no:datatype> .',
    ),
    Difference(
        "order between values of different kinds",
        "In SPARQL a comparison of a text, or of an ill-typed date, with a date is an error, so a FILTER lets nothing "
        "through. rdflib puts any two literals in some order. The everyday engine is right; what is no date is found by "
        "sh:datatype.",
        "pyshacl",
        _no_day_compared,
        _ORDER,
        'ex:a ex:p "2022-02-01" ; ex:q "2020-01-01"^^xsd:date .',
    ),
    Difference(
        "the text of a blank node",
        "A blank node has no text in SPARQL: STR() of one is an error, so a FILTER lets nothing through. rdflib gives "
        "its label. The everyday engine is right. (Our data has no blank nodes.)",
        "pyshacl",
        _text_of_a_blank_node,
        _TEXT,
        '[] ex:p "x" .',
    ),
    Difference(
        "the text of a blank node that must not exist",
        "The same behind NOT EXISTS, where an error means that nothing exists.",
        "fast",
        _no_text_of_a_blank_node,
        _NO_TEXT,
        "ex:a ex:p [] ; ex:q ex:b .",
    ),
    Difference(
        "a number that the store writes another way",
        "Oxigraph keeps 01 as 1 and xsd:byte as xsd:integer, so a query that asks for the text or the datatype of a number "
        "sees another one. Here the reference is right. Core constraints see the data as written.",
        "pyshacl",
        _another_form_in_the_store,
        _FORM,
        'ex:a ex:p "5"^^xsd:byte . ex:b ex:p 01 .',
    ),
    Difference(
        "digits of another script",
        "Python reads numbers in the digits of any script, so rdflib makes an xsd:integer of such a text. XML Schema "
        "knows 0 to 9 only. The everyday engine is right.",
        "pyshacl",
        _digits_of_another_script,
        _CAST,
        'ex:a ex:p "٢٠٢٣" . ex:b ex:p "２０２３" .',
    ),
    Difference(
        "a line break at the end",
        "In Python a pattern's $ matches before a line break that ends the text; in SPARQL only at the very end. The "
        "everyday engine is right.",
        "fast",
        _line_break_at_the_end,
        'sh:pattern "^x$"',
        'ex:a ex:p "x\\n" .',
    ),
    Difference(
        "a literal that is false in Python",
        "rdflib takes zero, false and the empty text for an unbound variable where a path begins with them, so it finds "
        "ways from anywhere. The everyday engine is right.",
        "pyshacl",
        _false_in_python,
        _LOOP,
        'ex:a ex:p false . ex:b ex:p "-0"^^xsd:double . ex:c ex:p 0 . ex:d ex:q ex:e .',
    ),
]


def known(result: Result, engine: str, seen: Seen) -> Difference | None:
    """Return the known difference that explains why an engine alone gives a result."""
    return next((d for d in DIFFERENCES if d.only == engine and d.covers(result, seen)), None)


@cache
def as_stored(literal: ox.Literal) -> ox.Literal:
    """Return a literal as Oxigraph gives it back: a number, boolean or date of XML Schema in canonical form.

    The one difference that all SPARQL-based constraints share: what was written as ``01`` is reported as ``1``, and
    ``"5"^^xsd:int`` as ``5``. The reference reports values as written, which is right. Core constraints see the
    data as written in both engines.
    """
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), literal))
    found: ox.Literal = next(iter(store)).object
    return found


def breaks_the_reference(quads: Iterable[ox.Quad], shapes: Shapes) -> bool:
    """Return whether pySHACL would fail on a graph.

    It fails where it can't order two values (SHACL says: a result), so there may be only days of Python's calendar under
    the properties that ``sh:lessThan`` and its sister compare; and where a message is to quote a backslash.
    """
    compared = _compared(shapes)
    return any((q.predicate in compared and not _is_day(q.object)) or "\\" in _value(q.object) for q in quads)


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.Literal) else ""


def _compared(shapes: Shapes) -> set[ox.NamedNode]:
    found: set[ox.NamedNode] = set()
    for order in (expand("sh:lessThan"), expand("sh:lessThanOrEquals")):
        for shape in shapes.subjects(order):
            path = shapes.path(shape)
            found |= {v for v in shapes.values(shape, order) if isinstance(v, ox.NamedNode)}
            found |= set(path.predicates()) if path else set()
    return found


def _is_day(term: object) -> bool:
    if not isinstance(term, ox.Literal) or term.datatype.value != XSD + "date" or len(term.value) != 10:
        return False
    try:
        datetime.date.fromisoformat(term.value)
    except ValueError:
        return False
    return True
