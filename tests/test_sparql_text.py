"""What is refused before the engine's parser gets it, in whatever disguise; and that what passes does not kill it."""

from __future__ import annotations

import subprocess
import sys

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import QueryError
from buendnis_graph.queries import answer
from buendnis_graph.sparql_text import (
    MAX_TOKENS,
    calls_out,
    form,
    is_update,
    prefixes_used,
    tokens,
    too_much,
    with_prefixes,
)

MANY = 20_000
BOMBS = {
    "sum": "ASK { FILTER(1" + " + 1" * MANY + ") }",
    "sum without space": "ASK { FILTER(1" + "+1" * MANY + ") }",
    "signed numbers": "ASK { FILTER(1" + "-1" * MANY + ") }",
    "after true": "ASK { FILTER(true" + "-1" * MANY + ") }",
    "not": "ASK { FILTER(" + "! " * MANY + "true) }",
    "path": "ASK { ?s <a:a>" + "/<a:a>" * 8_000 + " ?o }",
    "nested path": "ASK { ?s " + "(" * 9_000 + "<a:a>" + ")" * 9_000 + " ?o }",
    "brackets behind a quoted one": "ASK { FILTER(" + "(')'=" * 5_000 + "1" + ")" * 5_000 + ") }",
    "brackets closed in a comment": "ASK { FILTER(" + "( #)\n" * 5_000 + "1" + ")" * 5_000 + ") }",
    "comment ended by CR": "ASK { FILTER(" + "( #)\r" * 5_000 + "1" + ")" * 5_000 + ") }",
    "in what looks like an IRI": "ASK{FILTER(1<" + "(" * 5_000 + "1" + ")" * 5_000 + "&&2>1)}",
    "sum in what looks like an IRI": "ASK{FILTER(1<1" + "+1" * MANY + "&&2>1)}",
    "difference in what looks like an IRI": "ASK{FILTER(1<1" + "-1" * MANY + "&&2>1)}",
    "behind an escaped quote": "PREFIX e: <a:> ASK { ?s ?p e:a\\' FILTER("
    + "(" * 900
    + "1"
    + ")" * 900
    + ") . ?s ?p e:a\\' }",
    "minus": "ASK { " + "MINUS {} " * 2_660 + "}",
    "exists": "ASK { " + "FILTER EXISTS { " * 2_000 + "}" * 2_000 + " }",
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_would_end_the_process_is_refused(name: str) -> None:
    with pytest.raises(QueryError, match="Break it up"):
        answer(ox.Store(), BOMBS[name])


LARGEST = {
    "sum": "ASK { FILTER(1" + " + 1" * 1_990 + ") }",
    "not": "ASK { FILTER(" + "! " * 3_990 + "true) }",
    "minus": "ASK { " + "MINUS {} " * 1_330 + "}",
    "union": "ASK { {}" + " UNION {}" * 1_320 + "}",
    "optional": "ASK { " + "OPTIONAL {} " * 1_330 + "}",
    "exists": "ASK { " + "FILTER EXISTS { " * 198 + "}" * 198 + " }",
    "if": "ASK { FILTER(" + "IF(true,true," * 190 + "true" + ")" * 190 + ") }",
    "subselects": "SELECT * { " + "{ SELECT * { " * 98 + "?s ?p ?o" + "}}" * 98 + " }",
}


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_that_passes_does_not_end_the_process(name: str) -> None:
    assert not too_much(LARGEST[name])
    code = "import sys, pyoxigraph as ox; r = ox.Store().query(sys.stdin.read()); print('lives')"
    done = subprocess.run(
        [sys.executable, "-c", code], input=LARGEST[name], capture_output=True, text=True, check=False
    )
    assert done.stdout == "lives\n"


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:a> 1 }",
        "# a comment\nINSERT DATA {}",
        "#PREFIX\r\n  insert data {}",
        "PREFIX a: <a:> PREFIX b: <b:> DELETE WHERE { ?s ?p ?o }",
        "BASE <a:> # c\n LOAD <a:b>",
        "PREFIX select: <a:>\nCLEAR ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "ASK {} ; DROP ALL",
        "SELECT * {} LIMIT 1DROP ALL",
    ],
)
def test_an_update_is_refused_in_disguise(text: str) -> None:
    assert is_update(text)
    with pytest.raises(QueryError, match="read-only"):
        answer(ox.Store(), text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p 'INSERT' }",
        "ASK { ?insert <a:LOAD> ?with } # DROP",
        "PREFIX clear: <a:> ASK { ?s clear:add 'x'@add }",
    ],
)
def test_words_that_only_look_like_an_update_are_not(text: str) -> None:
    assert not is_update(text)
    assert answer(ox.Store(), text) is False


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "ASK { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "ASK { #\rservice <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "ASK { ?s ?p trueSERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1:1/> ASK { SERVICEe:x { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SERVICE ?x { ?s ?p ?o } } } }",
    ],
)
def test_no_query_here_reaches_another_server(text: str) -> None:
    assert calls_out(text)
    with pytest.raises(QueryError, match="SERVICE"):
        answer(ox.Store(), text)


CALL = "SERVICE <http://127.0.0.1:1/> {}"
DISGUISED = {
    "behind a comparison with a text": f"ASK {{ FILTER(1 <'>') {CALL} FILTER('x'!='y') }}",
    "behind a comparison with a comment": f"ASK {{ FILTER(1 <#>'''\n 2) {CALL} #'''\n }}",
    "behind an escape in an IRI": f"ASK {{ OPTIONAL {{ <a:\\u0061'> ?p ?o }} {CALL} OPTIONAL {{ <a:\\u0061'> ?p ?o }} }}",
    "behind an escape and a number sign": f"ASK {{ OPTIONAL {{ <a:\\u0061#> ?p ?o }} {CALL} }}",
    "behind a wide space in an IRI": f"ASK {{ OPTIONAL {{ <a:\u00a0'> ?p ?o }} {CALL} OPTIONAL {{ <a:\u00a0'> ?p ?o }} }}",
    "behind an accent in a name": f"PREFIX e: <a:> ASK {{ OPTIONAL {{ e:a\u0301\\' ?p ?o }} {CALL} OPTIONAL {{ e:b\u3001\\' ?p ?o }} }}",
    "behind a triple in a triple": f"ASK {{ OPTIONAL {{ <<?s?p'>'>> ?p ?o }} {CALL} OPTIONAL {{ ?a ?b '' }} }}",
}


@pytest.mark.parametrize("name", DISGUISED)
def test_a_call_is_seen_wherever_the_engine_sees_it(name: str) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - it does ask: whatever the system says, no other error is its kind
        bool(ox.Store().query(DISGUISED[name]))
    assert calls_out(DISGUISED[name])


def test_a_long_text_behind_a_comparison_is_seen() -> None:
    hidden = "(" * 5_000 + "1" + ")" * 5_000
    assert "no scheme" in too_much(f"ASK {{ FILTER(1 <'>') FILTER({hidden}) FILTER('x'!='y') }}")


def test_service_in_texts_and_names_is_no_call() -> None:
    assert not calls_out("ASK { ?service <a:SERVICE> 'SERVICE' ; e:service 1 } # SERVICE")


def test_form_and_prefixes() -> None:
    assert form("# SELECT\nPREFIX a: <a:> BASE <b:> ask {}") == "ASK"
    assert form("") == ""
    assert prefixes_used("PREFIX a: <a:> SELECT * { ?s a:x b:y-z ; c: _:d }") == {"b", "c"}
    known = {"a": "http://a/", "b": "http://b/", "x": "http://x/"}
    assert with_prefixes("ASK { b:s a:p c:o }", known) == (
        "PREFIX a: <http://a/> PREFIX b: <http://b/> ASK { b:s a:p c:o }"
    )


@settings(deadline=None)
@given(st.text(max_size=200))
def test_every_text_is_cut_into_tokens_that_stand_where_they_say(text: str) -> None:
    assert all(text[start : start + len(piece)] == piece for _, piece, start in tokens(text))
    assert too_much(text) == ""


@settings(deadline=None)
@given(st.integers(0, 3), st.integers(MAX_TOKENS, MAX_TOKENS * 2))
def test_length_is_bounded_whatever_the_space_between(spaces: int, many: int) -> None:
    assert "words and signs" in too_much("ASK {" + ("!" + " " * spaces) * many)
