"""The known differences between the two engines, each with its reason; whoever is right by the specification is named.

All lie in what the reference makes of literals that are odd or ill-typed. None occurs in our data, whose shapes refuse
such literals before anything else looks at them. ``test_engines_agree.py`` shows that each still exists.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

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
    covers: Callable[[Result], bool]
    shape: str
    data: str


def _literal(result: Result) -> ox.Literal:
    return result.value if isinstance(result.value, ox.Literal) else ox.Literal("")


def _year_python_lacks(result: Result) -> bool:
    found = re.match(r"(-?)([0-9]{4,})", _literal(result).value)
    in_range = found is None or (not found[1] and 1 <= int(found[2]) <= datetime.MAXYEAR)
    return _literal(result).datatype.value in _DATED and not in_range


def _more_than_a_day(result: Result) -> bool:
    literal = _literal(result)
    return literal.datatype.value == XSD + "date" and "T" in literal.value


def _zone_beyond_14_hours(result: Result) -> bool:
    literal = _literal(result)
    zone = re.search(r"[+-]([0-9]{2}):[0-9]{2}$", literal.value)
    return literal.datatype.value in _DATED and zone is not None and int(zone[1]) > 14


def _no_number_compared(result: Result) -> bool:
    return result.component in _ORDERED and _literal(result).datatype.value not in _NUMBERS


def _false_in_python(result: Result) -> bool:
    """Return whether rdflib's literal counts as false: zero, the empty text, and any boolean it does not take for true."""
    literal = _literal(result)
    zero = literal.datatype.value in _NUMBERS and re.fullmatch(r"[+-]?0*\.?0*(e[0-9]+)?", literal.value) is not None
    no = literal.datatype.value == XSD + "boolean" and literal.value.lower() not in ("true", "1")
    return result.component == "SPARQLConstraintComponent" and (zero or no or literal.value == "")


_DAY = "sh:datatype xsd:date"
_LOOP = """sh:sparql [ sh:message "loop" ; sh:select '''
  SELECT $this ?value WHERE { $this <http://example.org/p> ?value . ?value <http://example.org/q>* $this }''' ]"""

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
        "a literal that is false in Python",
        "rdflib takes zero, false and the empty text for an unbound variable where a path begins with them, so it finds "
        "ways from anywhere. The everyday engine is right.",
        "pyshacl",
        _false_in_python,
        _LOOP,
        'ex:a ex:p false . ex:b ex:p "-0"^^xsd:double . ex:c ex:p 0 . ex:d ex:q ex:e .',
    ),
]


def known(result: Result, engine: str) -> Difference | None:
    """Return the known difference that explains why an engine alone gives a result."""
    return next((d for d in DIFFERENCES if d.only == engine and d.covers(result)), None)


def breaks_the_reference(quads: Iterable[ox.Quad], shapes: Shapes) -> bool:
    """Return whether pySHACL would fail on a graph, for it fails where it can't order two values (SHACL says: a result).

    So it may hold only days of Python's calendar under the properties that ``sh:lessThan`` and its sister compare.
    """
    compared = _compared(shapes)
    return any(q.predicate in compared and not _is_day(q.object) for q in quads)


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
