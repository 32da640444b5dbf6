"""Random shapes of all that SHACL Core has, and random graphs, for the test that engines agree on them.

What pySHACL answers otherwise than SHACL says is left out: see ``docs/engines.md``. So values under one comparison are
of one kind, and no sequence stands within an inverse path, which pySHACL walks in the wrong order.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.validate.small import PREFIXES

HEAD = f"{PREFIXES}@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
NODES = ["e:a", "e:b", "e:c", "_:x"]
CLASSES = ["e:C", "e:D", "e:E"]
PREDICATES = ["e:p", "e:q", "e:r"]
TEXTS = ['"a"', '"b"', '"Ab"', '""', '"a"@de', '"b"@de', '"a"@en', '"1"']
_TERM = st.sampled_from(PREDICATES)


@dataclass(frozen=True)
class Kind:
    """The literals that graphs hold beside texts: those that can be compared, and those of the same datatypes that can't."""

    ordered: list[str]
    others: list[str]
    datatypes: list[str]


KINDS = [
    Kind(["0", "1", "2", "01", "1.5", "1e0"], ['"x"^^xsd:integer'], ["xsd:integer", "xsd:decimal", "xsd:string"]),
    Kind(
        ['"2023-01-01"^^xsd:date', '"2024-02-29"^^xsd:date'],
        ['"2023-02-30"^^xsd:date', '"x"^^xsd:date'],
        ["xsd:date", "rdf:langString", "xsd:boolean"],
    ),
]


def graphs(kind: Kind) -> SearchStrategy[str]:
    """Draw a graph in Turtle."""
    values = [*NODES, *TEXTS, *kind.ordered, *kind.others]
    triple = st.one_of(
        st.tuples(st.sampled_from(NODES), _TERM, st.sampled_from(values)),
        st.tuples(st.sampled_from(NODES), _TERM, st.sampled_from(NODES)),
        st.tuples(st.sampled_from(NODES), st.just("a"), st.sampled_from(CLASSES)),
        st.tuples(st.sampled_from(CLASSES), st.just("rdfs:subClassOf"), st.sampled_from(CLASSES)),
        st.tuples(st.sampled_from(NODES), st.sampled_from(["e:n", "e:m"]), st.sampled_from(kind.ordered)),
    )
    drawn = st.lists(triple, min_size=12, max_size=24)
    return drawn.map(lambda triples: HEAD + "".join(f"{s} {p} {o} .\n" for s, p, o in triples))


_NO_SEQUENCE: SearchStrategy[str] = st.recursive(
    _TERM,
    lambda inner: st.one_of(
        st.builds(
            "[ sh:{} {} ]".format,
            st.sampled_from(["inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"]),
            inner,
        ),
        st.builds("[ sh:alternativePath ( {} {} ) ]".format, inner, inner),
    ),
    max_leaves=3,
)
_INNER = st.one_of(_NO_SEQUENCE, st.builds("( {} {} )".format, _NO_SEQUENCE, _NO_SEQUENCE))
PATHS = st.one_of(
    _TERM,
    _NO_SEQUENCE,
    _INNER,
    st.builds("( {} {} {} )".format, _TERM, _INNER, _NO_SEQUENCE),
    st.builds("[ sh:zeroOrMorePath {} ]".format, _INNER),
    st.builds("[ sh:alternativePath ( {} {} ) ]".format, _INNER, _INNER),
)


def _plain(kind: Kind) -> SearchStrategy[str]:
    """Draw a constraint that refers to no other shape."""
    limits, terms = st.sampled_from(kind.ordered), st.sampled_from([*NODES[:3], *TEXTS, *kind.ordered, *kind.others])
    return st.one_of(
        st.builds("sh:class {}".format, st.sampled_from(CLASSES)),
        st.builds("sh:datatype {}".format, st.sampled_from(kind.datatypes)),
        st.builds(
            "sh:nodeKind sh:{}".format,
            st.sampled_from(["IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]),
        ),
        st.builds(
            "sh:{} {}".format,
            st.sampled_from(["minInclusive", "minExclusive", "maxInclusive", "maxExclusive"]),
            limits if kind is KINDS[1] else st.sampled_from(["1", "2"]),
        ),
        st.builds("sh:{} {}".format, st.sampled_from(["minLength", "maxLength"]), st.integers(1, 3)),
        st.builds('sh:pattern "{}"'.format, st.sampled_from(["^a", "b", "[0-9]", "^e", "."])),
        st.just('sh:pattern "^a" ; sh:flags "i"'),
        st.builds("sh:languageIn ( {} )".format, st.sampled_from(['"de"', '"en" "de"', '"fr"'])),
        st.builds("sh:in ( {} )".format, st.lists(terms, min_size=1, max_size=4).map(" ".join)),
        st.builds("sh:hasValue {}".format, terms),
        st.builds("sh:{} {}".format, st.sampled_from(["equals", "disjoint"]), _TERM),
    )


_COUNTS = st.one_of(
    st.builds("sh:{} {}".format, st.sampled_from(["minCount", "maxCount"]), st.integers(0, 2)),
    st.just("sh:uniqueLang true"),
)
_CLOSED = st.sampled_from(["sh:closed true", "sh:closed true ; sh:ignoredProperties ( rdf:type e:n )"])
_BESIDE = st.sampled_from(["sh:severity sh:Warning", "sh:severity sh:Info"] * 2 + ["sh:deactivated true"])


def _body(*parts: SearchStrategy[str], most: int = 3) -> SearchStrategy[str]:
    """Draw some constraints, of each parameter one."""
    drawn = st.lists(st.one_of(*parts), min_size=1, max_size=most, unique_by=lambda text: text.split()[0])
    return drawn.map(" ; ".join)


def _property(kind: Kind, body: SearchStrategy[str]) -> SearchStrategy[str]:
    compared = st.builds(
        "[ a sh:PropertyShape ; sh:path e:n ; sh:{} e:m ; {} ]".format,
        st.sampled_from(["lessThan", "lessThanOrEquals"]),
        _body(_plain(kind), _COUNTS, most=1),
    )
    return st.one_of(st.builds("[ a sh:PropertyShape ; sh:path {} ; {} ]".format, PATHS, body), compared)


def shapes(kind: Kind) -> SearchStrategy[str]:
    """Draw a shapes graph in Turtle: some shapes with targets, with others inside one another."""
    plain = _plain(kind)
    leaf = st.builds("[ a sh:NodeShape ; {} ]".format, _body(plain, _CLOSED, most=2))
    inner: SearchStrategy[str] = st.recursive(
        st.one_of(leaf, _property(kind, _body(plain, _COUNTS, _COUNTS))),
        lambda below: st.one_of(_node(kind, plain, below), _property(kind, _inside(plain, below))),
        max_leaves=4,
    )
    target = st.one_of(
        st.builds("sh:targetNode {}".format, st.sampled_from([*NODES[:3], "e:gone", '"a"', kind.ordered[0]])),
        st.builds("sh:targetClass {}".format, st.sampled_from(CLASSES)),
        st.builds("sh:{} {}".format, st.sampled_from(["targetSubjectsOf", "targetObjectsOf"]), _TERM),
    )
    targets = st.lists(target, min_size=1, max_size=2).map(" ; ".join)
    beside = _body(plain, _CLOSED, _BESIDE, _asking(inner), most=2)
    body = st.builds("{} ; {} ; {}".format, targets, _properties(kind, plain, inner), beside)
    return st.lists(body, min_size=1, max_size=3).map(
        lambda bodies: HEAD + "".join(f"e:s{n} a sh:NodeShape ; {body} .\n" for n, body in enumerate(bodies))
    )


def _inside(plain: SearchStrategy[str], below: SearchStrategy[str]) -> SearchStrategy[str]:
    return _body(plain, _COUNTS, _COUNTS, _asking(below))


def _node(kind: Kind, plain: SearchStrategy[str], below: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.builds(
        "[ a sh:NodeShape ; {} ]".format, _body(plain, _BESIDE, _asking(below), _properties(kind, plain, below))
    )


def _asking(below: SearchStrategy[str]) -> SearchStrategy[str]:
    """Draw a constraint that refers to other shapes."""
    node = below.filter(lambda text: text.startswith("[ a sh:NodeShape"))
    return st.one_of(
        st.builds("sh:node {}".format, node),
        st.builds("sh:not {}".format, below),
        st.builds(
            "sh:{} ( {} )".format,
            st.sampled_from(["and", "or", "xone"]),
            st.lists(below, min_size=1, max_size=3).map(" ".join),
        ),
    )


def _properties(kind: Kind, plain: SearchStrategy[str], below: SearchStrategy[str]) -> SearchStrategy[str]:
    """Draw property shapes below a shape, some of which count the values that conform to another."""
    counted = st.builds(
        "[ a sh:PropertyShape ; sh:path {} ; sh:qualifiedValueShape {} ; sh:{} {} ; sh:qualifiedValueShapesDisjoint {} ]".format,
        PATHS,
        below,
        st.sampled_from(["qualifiedMinCount", "qualifiedMaxCount"]),
        st.integers(0, 2),
        st.sampled_from(["true", "false"]),
    )
    one = st.one_of(_property(kind, _inside(plain, below)), counted)
    return st.builds("sh:property {}".format, st.lists(one, min_size=1, max_size=3).map(" , ".join))
