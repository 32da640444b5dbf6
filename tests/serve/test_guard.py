"""What never reaches the engine; more of it is tested in tests/test_sparql_text.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.serve.guard import guarded, is_repeatable
from buendnis_graph.serve.refusal import RefusalError
from buendnis_graph.sparql_text import UPDATES


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("PREFIX a: <b:> SELECT * {}", "SELECT"),
        ("# DROP ALL\nask {}", "ASK"),
        ("BASE <a:> CONSTRUCT WHERE {}", "CONSTRUCT"),
        ("DESCRIBE <a:SERVICE>", "DESCRIBE"),
        ("ASK { ?s ?p 'INSERT DATA' , ?delete }", "ASK"),
        ("ASK FROM <http://169.254.169.254/> {}", "ASK"),
    ],
)
def test_queries_pass(query: str, kind: str) -> None:
    assert guarded(query) == kind


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:> <a:> 1 }",
        "PREFIX a: <b:> DeLeTe WHERE { ?s ?p ?o }",
        "LOAD <http://example.org/>",
        "ASK {} ; DROP ALL",
        "ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "ASK { serVice?x{} }",
        "ASK { FILTER(trueSERVICE <a:> {}) }",
        "ASK { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }",
        "ASK {" * 20_000,
        "SELECT * { ?s <a:>" + "/<a:>" * 5_000 + " ?o }",
        "ASK {} #" + "x" * 200_000,
        "",
        "hello",
        "DEFINE input:x 1 ASK {}",
    ],
)
def test_what_is_refused(query: str) -> None:
    with pytest.raises(RefusalError) as caught:
        guarded(query)
    assert caught.value.status == 400


SPACE = st.text(" \t\n", min_size=1, max_size=3)


@given(st.sampled_from(sorted(UPDATES)), SPACE, st.sampled_from(["", "PREFIX a: <b:>", "# x\n", "BASE <a:>"]))
def test_no_update_passes_however_it_is_written(word: str, space: str, before: str) -> None:
    for spelt in (word, word.lower(), word.swapcase().title()):
        with pytest.raises(RefusalError):
            guarded(f"{before}{space}{spelt}{space}DATA {{ }}")


def test_what_changes_has_no_tag() -> None:
    assert not is_repeatable("SELECT (now () AS ?t) {}")
    assert not is_repeatable("SELECT (STRUUID() AS ?t) {}")
    assert not is_repeatable("SELECT (NOW#x\n() AS ?t) {}")
    assert not is_repeatable("ASK { FILTERRAND() }")
    assert is_repeatable("SELECT ?uuid { ?now ?rand ?uuid }")
