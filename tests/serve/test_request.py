"""Requests of the SPARQL 1.1 Protocol, and what are none."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.serve.refusal import RefusalError
from buendnis_graph.serve.request import DIRECT, FORM, UPDATE, Asked, read

Q = "ASK {}"


def encoded(**parameters: str | list[str]) -> bytes:
    return urlencode({name.replace("_", "-"): value for name, value in parameters.items()}, doseq=True).encode()


GRAPHS = {"default_graph_uri": ["a:1", "a:2"], "named_graph_uri": ["a:3"]}


def test_the_three_ways_say_the_same() -> None:
    asked = Asked(Q, ("a:1", "a:2"), ("a:3",))
    everything = encoded(query=Q, **GRAPHS)
    assert read("GET", everything, "", b"") == asked
    assert read("POST", b"", FORM, everything) == asked
    assert read("POST", encoded(**GRAPHS), DIRECT, Q.encode()) == asked
    assert read("POST", encoded(**GRAPHS), f"{DIRECT}; charset=UTF-8", Q.encode()) == asked


def test_no_query_asks_for_the_description() -> None:
    assert read("GET", b"", "", b"") is None
    assert read("HEAD", b"x=1", "", b"") is None


@pytest.mark.parametrize(
    ("status", "method", "query_string", "content_type", "body"),
    [
        (400, "GET", encoded(query=[Q, Q]), "", b""),
        (400, "GET", b"query=", "", b""),
        (400, "GET", b"query=ASK%20%7B%7D%20%23%ff", "", b""),
        (400, "GET", b"query=\xff", "", b""),
        (400, "GET", encoded(query=Q, default_graph_uri="not an iri"), "", b""),
        (400, "GET", b"&".join([b"a=b"] * 300), "", b""),
        (403, "GET", encoded(update="CLEAR ALL"), "", b""),
        (405, "PUT", encoded(query=Q), "", b""),
        (405, "DELETE", b"", "", b""),
        (400, "POST", b"", FORM, b""),
        (400, "POST", encoded(query=Q), FORM, encoded(query=Q)),
        (400, "POST", encoded(query=Q), DIRECT, Q.encode()),
        (400, "POST", b"", DIRECT, b"ASK { ?s ?p '\xe4' }"),
        (400, "POST", b"", DIRECT, b" "),
        (403, "POST", b"", FORM, encoded(update="CLEAR ALL")),
        (403, "POST", b"", FORM, encoded(update="CLEAR ALL", query=Q)),
        (403, "POST", b"", UPDATE, b"CLEAR ALL"),
        (415, "POST", b"", "text/plain", Q.encode()),
        (415, "POST", b"", "", Q.encode()),
        (415, "POST", b"", "multipart/form-data; boundary=x", encoded(query=Q)),
        (415, "POST", b"", f"{DIRECT};charset=utf-16", Q.encode("utf-16")),
        (415, "POST", b"", f'{FORM}; charset="latin1"', encoded(query=Q)),
    ],
)
def test_what_is_refused(status: int, method: str, query_string: bytes, content_type: str, body: bytes) -> None:
    with pytest.raises(RefusalError) as caught:
        read(method, query_string, content_type, body)
    assert caught.value.status == status
    if status == 405:
        assert "GET" in caught.value.headers["Allow"]


@given(st.text(min_size=1).filter(str.strip))
def test_every_text_comes_through(query: str) -> None:
    data = query.encode("utf-8", "surrogatepass")
    if data.decode("utf-8", "ignore") == query:
        form = encoded(query=query)
        assert read("GET", form, "", b"") == read("POST", b"", FORM, form) == read("POST", b"", DIRECT, data)
        assert read("GET", form, "", b"") == Asked(query)


@given(st.binary(), st.text(), st.binary())
def test_whatever_is_sent_is_read_or_refused(query_string: bytes, content_type: str, body: bytes) -> None:
    for method, kind in (("GET", ""), ("POST", content_type), ("POST", FORM), ("POST", DIRECT)):
        with suppress(RefusalError):
            asked = read(method, query_string, kind, body)
            assert asked is None or asked.query.strip()
