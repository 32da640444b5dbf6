"""Accept is read as RFC 9110 says, whatever stands in it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.serve.formats import GRAPHS, RESULTS
from buendnis_graph.serve.negotiate import accepts_gzip, choose, quality, wants_page
from buendnis_graph.serve.refusal import RefusalError

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
JENA = "text/csv,application/sparql-results+json;q=0.9,application/sparql-results+xml;q=0.8,*/*;q=0.1"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("application/json", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV ; Q=1", "csv"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.6", "tsv"),
        ("application/sparql-results+xml, application/sparql-results+json;q=0.9", "xml"),
        ("*/*;q=0.1, application/xml", "xml"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("application/*;q=0, */*;q=0.1", "csv"),
        ("text/csv;header=present;q=0.9, application/json;q=0.8", "csv"),
        (JENA, "csv"),
        (BROWSER, "xml"),
    ],
)
def test_results(accept: str, name: str) -> None:
    assert choose(accept, RESULTS).name == name


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "turtle"),
        ("text/plain", "ntriples"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml", "rdfxml"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
        ("text/turtle;q=0.2, application/n-triples;q=0.3", "ntriples"),
    ],
)
def test_graphs(accept: str, name: str) -> None:
    assert choose(accept, GRAPHS).name == name


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "*/*;q=0", "text/csv;q=0.0000", "text/csv;q=nan"])
def test_what_is_not_acceptable_is_refused_with_a_list(accept: str) -> None:
    with pytest.raises(RefusalError) as caught:
        choose(accept, RESULTS)
    assert caught.value.status == 406
    assert all(offer.media_type in caught.value.hint for offer in RESULTS)


def test_a_parameter_overrules_the_header() -> None:
    assert choose("text/csv", RESULTS, "xml").name == "xml"
    assert choose("text/csv", RESULTS, "application/json").name == "json"
    with pytest.raises(RefusalError):
        choose("", RESULTS, "turtle")


WEIGHTS = st.sampled_from(["", ";q=1", ";q=0.5", ";q=0.25", ";q=0", "; Q=0.125"])
NAMES = st.sampled_from([f.media_type for f in RESULTS] + ["*/*", "text/*", "application/*", "image/png"])


@given(st.lists(st.tuples(NAMES, WEIGHTS), unique_by=lambda pair: pair[0]))
def test_nothing_better_is_passed_over(items: list[tuple[str, str]]) -> None:
    accept = ",".join(name + weight for name, weight in items)
    weights = {offer.name: quality(accept, offer.media_type) for offer in RESULTS}
    try:
        chosen = choose(accept, RESULTS)
    except RefusalError:
        assert not any(weights.values())
    else:
        assert weights[chosen.name] == max(weights.values()) > 0


@given(st.text())
def test_no_header_breaks_it(accept: str) -> None:
    with suppress(RefusalError):
        assert choose(accept, RESULTS) in RESULTS
    wants_page(accept)
    accepts_gzip(accept)


def test_browsers_want_pages_and_programs_do_not() -> None:
    assert wants_page(BROWSER)
    assert not any(map(wants_page, ("", "*/*", "text/turtle", JENA, "text/turtle, text/html;q=0.5")))


@pytest.mark.parametrize(("header", "fits"), [("gzip, br", True), ("*", True), ("gzip;q=0", False), ("", False)])
def test_gzip(header: str, fits: bool) -> None:
    assert accepts_gzip(header) is fits
