"""Bounds of dates against the calendar."""

from __future__ import annotations

import calendar
import datetime

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.namespaces import expand
from tests.mini import REAL, MiniProject, date, rows

RULE = (REAL.ontology / "rules" / "30-date-bounds.rq").read_text(encoding="utf-8")

_years = st.integers(1000, 2999).map(lambda y: f"{y:04}")
_months = st.builds(lambda y, m: f"{y}-{m:02}", _years, st.integers(1, 12))
_days = st.dates(datetime.date(1000, 1, 1)).map(datetime.date.isoformat)


def _bounds_by_calendar(lexical: str) -> tuple[str, str]:
    if len(lexical) == 4:
        return f"{lexical}-01-01", f"{lexical}-12-31"
    if len(lexical) == 7:
        return f"{lexical}-01", f"{lexical}-{calendar.monthrange(int(lexical[:4]), int(lexical[5:]))[1]:02}"
    return lexical, lexical


@settings(max_examples=300)
@given(st.one_of(_years, _months, _days))
def test_bounds_are_the_first_and_last_day_a_date_can_mean(lexical: str) -> None:
    datatype = expand(date(lexical).rpartition("^")[2])
    node = ox.NamedNode("http://example.org/n")
    store = ox.Store()
    for source, target in (("bg:earliestBound", "bg:sinceEarliest"), ("bg:latestBound", "bg:sinceLatest")):
        store.add(ox.Quad(expand("bg:since"), expand(source), expand(target)))
    store.add(ox.Quad(node, expand("bg:since"), ox.Literal(lexical, datatype=datatype)))
    result = store.query(RULE)
    assert isinstance(result, ox.QueryTriples)
    found = {triple.predicate: triple.object for triple in result}
    first, last = _bounds_by_calendar(lexical)
    assert found == {
        expand("bg:sinceEarliest"): ox.Literal(first, datatype=expand("xsd:date")),
        expand("bg:sinceLatest"): ox.Literal(last, datatype=expand("xsd:date")),
    }


def test_attestations_and_sources_get_bounds(mini: MiniProject) -> None:
    mini.attest(
        "p", "a", "x", more='; bg:since "2024-02"^^xsd:gYearMonth ; bg:attestedOn "2024"^^xsd:gYear', issued="2024"
    )
    found = rows(
        mini.derived(), "SELECT ?p ?o { ?n a bg:Attestation ; ?p ?o . FILTER(DATATYPE(?o) = xsd:date) } ORDER BY ?p"
    )
    assert [(p.rpartition("#")[2], o) for p, o in found] == [
        ("attestedEarliest", "2024-01-01"),
        ("attestedLatest", "2024-12-31"),
        ("sinceEarliest", "2024-02-01"),
        ("sinceLatest", "2024-02-29"),
    ]
    assert rows(mini.derived(), "SELECT ?a ?b { ?n a bg:Source ; bg:issuedEarliest ?a ; bg:issuedLatest ?b }") == [
        ("2024-01-01", "2024-12-31")
    ]
