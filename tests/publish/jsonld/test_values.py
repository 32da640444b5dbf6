"""Any value survives: hostile texts, every type and form of literal, properties that the context does not know."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.errors import FormatError
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.documents import Document, Kind, turtle
from buendnis_graph.publish.jsonld import of_document
from buendnis_graph.publish.jsonld.table import table
from tests.publish.jsonld.readers import by_pyld, by_pyoxigraph, by_rdflib, n_triples

THING = ox.NamedNode(f"{BASE}id/x")
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--",
    "\"quoted\" \\ and 'so'",
    "a\u202eb\u2066c\u200f\u061c",
    "line\nbreak\r\ttab\u2028\u2029\u0085",
    "N" * 500,
    "@id",
    "http://example.org/",
    "\U0001f600 e\u0301 \ufeff",
    " ",
]
LEXICAL = [
    *(("gYear", text) for text in ("2001", "-0044", "2001Z")),
    *(("gYearMonth", text) for text in ("2001-03", "12001-03")),
    *(("date", text) for text in ("2001-03-27", "2001-03-27+01:00", "not a date")),
    *(("boolean", text) for text in ("true", "false", "1", "0", "TRUE")),
    *(("integer", text) for text in ("0", "-0", "+7", "007", "150", "12345678901234567890", "-3", "x")),
    *(("decimal", text) for text in ("1.0", "1.50", "-.5", "2")),
    *(("double", text) for text in ("1.0E0", "INF")),  # PyLD writes other forms of doubles in its own way
    ("string", "x"),
    ("anyURI", "http://example.org/ a"),
]


def _document(*own: ox.Triple, borrowed: tuple[ox.Triple, ...] = ()) -> Document:
    triples = tuple(sorted(set(own), key=str))
    return Document(THING.value, "id/x", Kind.ORGANISATION, {"de": "x", "en": "x"}, triples, borrowed)


def _says_the_same(document: Document) -> None:
    text = of_document(document)
    expected = n_triples(document.triples)
    assert by_pyoxigraph(text) == expected
    assert by_pyld(json.loads(text)) == expected
    assert by_rdflib(text) == expected
    assert n_triples(q.triple for q in ox.parse(turtle(document), format=ox.RdfFormat.TURTLE)) == expected


@pytest.mark.parametrize("predicate", ["skos:prefLabel", "skos:altLabel", "bg:listedName", "rdf:object", "prov:value"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_survive_unseen_characters_spelt_out(predicate: str, text: str) -> None:
    of = expand(predicate)
    document = _document(ox.Triple(THING, of, ox.Literal(text)), ox.Triple(THING, of, ox.Literal(text, language="de")))
    _says_the_same(document)
    written = of_document(document) + turtle(document)
    assert not set("\u202e\u2066\u200f\u061c\u2028\u2029\u0085\ufeff\r\t") & set(written)


@pytest.mark.parametrize(("datatype", "text"), LEXICAL)
@pytest.mark.parametrize(
    "predicate",
    [
        "bg:since",
        "bg:sinceEarliest",
        "bg:count",
        "bg:countsAsMember",
        "rdf:object",
        "skos:prefLabel",
        "bg:seat",
        "prov:value",
    ],
)
def test_literals_keep_their_lexical_form(predicate: str, datatype: str, text: str) -> None:
    _says_the_same(_document(ox.Triple(THING, expand(predicate), ox.Literal(text, datatype=expand(f"xsd:{datatype}")))))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(table().terms)),
            st.one_of(
                st.builds(ox.Literal, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))),
                st.builds(lambda text: ox.Literal(text, language="en"), st.text("ab\u202e<&")),
                st.sampled_from([THING, ox.NamedNode(f"{BASE}id/y"), ox.NamedNode("https://example.org/?a=b#c")]),
                st.builds(lambda n: ox.Literal(str(n), datatype=expand("xsd:integer")), st.integers()),
            ),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_triples_survive(pairs: list[tuple[str, ox.NamedNode | ox.Literal]]) -> None:
    own = [ox.Triple(THING, ox.NamedNode(predicate), value) for predicate, value in pairs]
    other = ox.NamedNode(f"{BASE}id/y")
    label = ox.Triple(other, expand("skos:prefLabel"), ox.Literal("Y", language="de"))
    document = _document(*own, borrowed=(label, ox.Triple(other, expand("org:memberOf"), THING)))
    expected = n_triples(document.triples)
    assert by_pyoxigraph(of_document(document)) == expected
    assert by_pyld(json.loads(of_document(document))) == expected


def test_things_that_point_at_each_other_are_written_once() -> None:
    one, two = (ox.NamedNode(f"{BASE}id/{name}") for name in "yz")
    of = expand("bg:successorOf")
    circle = (ox.Triple(one, of, THING), ox.Triple(two, of, one), ox.Triple(THING, of, two), ox.Triple(one, of, one))
    _says_the_same(_document(circle[2], borrowed=tuple(t for t in circle if t.subject != THING)))


@pytest.mark.parametrize("iri", ["org:Organization", "schema:x"])
def test_an_iri_that_readers_would_take_for_another_is_refused(iri: str) -> None:
    with pytest.raises(FormatError, match="prefix of the context"):
        of_document(_document(ox.Triple(THING, expand("schema:url"), ox.NamedNode(iri))))
    _says_the_same(_document(ox.Triple(THING, expand("schema:url"), ox.NamedNode("urn:isbn:1"))))
