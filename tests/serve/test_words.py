"""Refusals in the reader's language: English, or German to who would rather read that."""

from __future__ import annotations

import time

import pytest

from tests.serve import hostile
from tests.serve.live import Live

GERMAN = {
    "/sparql?query=ASK%20%7B%20%3Fs%20%7D": (400, "Zeile 1, Spalte 11 "),
    "/sparql?query=ASK%20%7B%20SERVICE%20%3Ca:a%3E%20%7B%7D%20%7D": (400, "SERVICE"),
    "/sparql?query=": (400, "die Abfrage ist leer."),
    "/sparql?update=DROP%20ALL": (403, "der Graph ist nur zum Lesen"),
    "/sparql?query=ASK%7B%7D&format=turtle": (406, "diese Antwort gibt es nicht in diesem Format.\n  Es gibt: "),
    "/id/nosuch": (404, "unter dieser Adresse ist nichts."),
    "/reconcile/nosuch": (404, "Der Dienst ist unter /reconcile."),
    "/reconcile?queries=%7B": (400, "„queries“ ist kein JSON"),
    "/reconcile?queries=%7B%22q%22:%7B%22query%22:1%7D%7D": (400, "„queries.q.query“ muss ein Text sein."),
}


@pytest.mark.parametrize("path", GERMAN)
def test_a_refusal_is_told_in_german_or_english(live: Live, path: str) -> None:
    status, expected = GERMAN[path]
    german = live.ask(path=path, accept_language="en;q=0.4, de-AT;q=0.9")
    assert german.status == status
    assert expected in german.text
    assert (german.headers["content-language"], german.headers["vary"]) == ("de", "Accept-Language")
    assert german.headers["cache-control"] == "no-store"
    usual = live.ask(path=path)
    assert (usual.status, usual.headers["content-language"]) == (status, "en")
    assert usual.text != german.text
    for preferred in ("en", "fr", "*", "de;q=0", "de;q=0.5, en;q=0.5", "en, de", "x" * 5_000):
        assert live.ask(path=path, accept_language=preferred).text == usual.text, preferred


def test_where_the_query_is_wrong_is_shown_as_it_stands(live: Live) -> None:
    query = "SELECT * {\n  ?s a bg:Alliance ; ?p\n}"
    english, german = (live.query(query, accept_language=language).text for language in ("en", "de"))
    assert english.splitlines()[1:] == german.splitlines()[1:], "the line and the mark below it"
    assert english.startswith("400 Bad Request: line 3, column 2 ")
    assert german.startswith("400 Bad Request: Zeile 3, Spalte 2 ")


def test_what_a_query_holds_keeps_nobody_waiting(live: Live) -> None:
    for query in (*hostile.BRACKETS.values(), "ASK { " + "the query is empty.\n" * 4_000, "ASK { '" + "': " * 30_000):
        began = time.monotonic()
        assert live.post(query, accept_language="de").status in {200, 400}
        assert time.monotonic() - began < 5
