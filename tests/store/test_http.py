"""How a store is spoken to: logins, further tries, no redirects, clear errors; and where its addresses are."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from contextlib import suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.errors import EndpointError, ReadError, UsageError
from buendnis_graph.store.addresses import Addresses, addresses_of, checked_address
from buendnis_graph.store.http import TRIES, Client, retry_after
from buendnis_graph.store.logins import PASSWORD, TOKEN, USER, Login, find_login
from buendnis_graph.store.remote_quads import RemoteQuads
from tests.endpoint import free_port, http_server, says
from tests.store.contract import MARK

Respond = Callable[[BaseHTTPRequestHandler, str], None]


SECRET = "not-for-others"  # noqa: S105 - of nobody
TOKENED = Login(token="t")  # noqa: S106 - of nobody


class Waits(list[float]):
    """Keeps how long it was to wait, and does not."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def refuses(handler: BaseHTTPRequestHandler, challenge: str) -> None:
    handler.send_response(401)
    handler.send_header("WWW-Authenticate", challenge)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def client(login: Login | None = None, wait: Waits | None = None) -> Client:
    return Client(login, 2, 100_000, wait if wait is not None else Waits())


def written(url: str, login: Login | None = None) -> None:
    RemoteQuads(Addresses(url, url, ""), client(login)).apply((), [MARK])


def test_a_busy_server_is_asked_again_later_each_time() -> None:
    asked: list[str] = []

    def respond(handler: BaseHTTPRequestHandler, body: str) -> None:
        asked.append(body)
        says(handler, "", status=(503, 429, 502, 204)[len(asked) - 1])

    waits = Waits()
    with http_server(respond) as url:
        assert client(wait=waits).send(url, "POST", b"x").status == 204
    assert asked == ["x"] * 4
    assert waits == [0.5, 1, 2]


def test_a_server_may_say_how_long_to_wait_within_bounds() -> None:
    def respond(handler: BaseHTTPRequestHandler, _: str) -> None:
        handler.send_response(503)
        handler.send_header("Retry-After", "7" if not waits else "100000")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    waits = Waits()
    with http_server(respond) as url, pytest.raises(EndpointError, match="status 503"):
        client(wait=waits).send(url, "POST", b"x")
    assert waits == [7, *([30] * (TRIES - 2))]


def test_what_breaks_off_is_asked_again_if_the_server_was_there_before() -> None:
    number = 0

    def respond(handler: BaseHTTPRequestHandler, _: str) -> None:
        nonlocal number
        number += 1
        if number in {2, 3}:
            handler.close_connection = True  # without a word
        else:
            says(handler, "ok")

    waits, by = Waits(), b"x"
    with http_server(respond) as url:
        one = client(wait=waits)
        assert [one.send(url, "POST", by).body for _ in range(2)] == [b"ok", b"ok"]
    assert waits == [0.5, 1]
    with pytest.raises(EndpointError, match="can't be reached"):
        client(wait=waits).send(f"http://127.0.0.1:{free_port()}/", "POST", by)
    assert len(waits) == 2  # who was never there is not waited for


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 500])
def test_what_will_not_get_better_is_said_at_once(status: int) -> None:
    with (
        http_server(lambda handler, _: says(handler, "why not", status=status, kind="text/plain")) as url,
        pytest.raises(EndpointError, match=f"HTTP status {status}: why not") as caught,
    ):
        written(url)
    assert caught.value.hint


def test_a_page_for_an_update_is_no_success() -> None:
    with (
        http_server(lambda handler, _: says(handler, "<!DOCTYPE html><p>Hi", kind="text/html")) as url,
        pytest.raises(EndpointError, match="nothing shows that it did"),
    ):
        written(url)


def _server_with(challenge: str, seen: list[str]) -> Respond:
    def respond(handler: BaseHTTPRequestHandler, _: str) -> None:
        given = handler.headers.get("Authorization", "")
        seen.append(given)
        if given:
            says(handler, "", status=204)
        else:
            refuses(handler, challenge)

    return respond


@pytest.mark.parametrize("challenge", ['Basic realm="r"', 'Digest realm="r", nonce="n", qop="auth", algorithm="MD5"'])
def test_a_login_is_given_as_the_server_asks_for_it(challenge: str) -> None:
    seen: list[str] = []
    password = "geheim:ß" if challenge.startswith("Basic") else "geheim"
    with http_server(_server_with(challenge, seen)) as url:
        written(url, login=Login("me", password))
    assert seen[0] == ""
    if challenge.startswith("Basic"):
        assert base64.b64decode(seen[-1].removeprefix("Basic ")).decode() == "me:geheim:ß"
    else:
        assert seen[-1].startswith('Digest username="me", realm="r", nonce="n", uri="/sparql", response="')
        assert "geheim" not in seen[-1]


def test_a_token_is_given_at_once() -> None:
    seen: list[str] = []
    with http_server(_server_with("", seen)) as url:
        written(url, login=Login(token=TOKEN))
    assert seen == [f"Bearer {TOKEN}"]


@pytest.mark.parametrize("login", [Login("me", SECRET), Login(token=SECRET)])
def test_a_login_is_not_sent_where_others_can_read_it(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("buendnis_graph.store.logins._HERE", frozenset())
    seen: list[str] = []
    with (
        http_server(_server_with('Basic realm="r"', seen)) as url,
        pytest.raises(EndpointError, match="unencrypted") as caught,
    ):
        written(url, login=login)
    assert not any(seen)
    assert SECRET not in repr(caught.value) + repr(login)


def test_a_login_does_not_follow_a_redirect() -> None:
    seen: list[str] = []

    def moves(handler: BaseHTTPRequestHandler, _: str) -> None:
        handler.send_response(302)
        handler.send_header("Location", elsewhere)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with (
        http_server(_server_with("", seen)) as elsewhere,
        http_server(moves) as url,
        pytest.raises(EndpointError, match="status 302") as caught,
    ):
        written(url, login=TOKENED)
    assert seen == []
    assert "moved" in caught.value.hint


def test_a_login_of_a_file_goes_to_its_host_only() -> None:
    """The addresses of a store may be of two hosts; what a netrc file has for one is not for the other."""
    seen: list[str] = []
    for host, given in (("127.0.0.1", True), ("other.example", False)):
        with http_server(_server_with('Basic realm="r"', seen)) as url, suppress(EndpointError):
            written(url, login=Login("me", SECRET, host=host))
        assert any(seen) == given
        seen.clear()


def test_an_error_whose_text_breaks_off_is_told_nevertheless() -> None:
    def respond(handler: BaseHTTPRequestHandler, _: str) -> None:
        handler.send_response(500)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"9\r\ndisk full\r\n20\r\nand")
        handler.close_connection = True

    with http_server(respond) as url, pytest.raises(EndpointError, match="status 500: disk full"):
        client().send(url, "POST", b"x")


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7.0), (" 7 ", 7.0), ("9" * 400, math.inf), ("Sun, 06 Nov 1994 08:49:37 GMT", 0.0), ("²", None), ("", None)],
)
def test_a_server_says_how_long_to_wait_by_number_or_date(told: str, seconds: float | None) -> None:
    headers = Message()
    headers["Retry-After"] = told
    assert retry_after(headers) == seconds
    assert retry_after(Message()) is None


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://[x/query", "not the address"),
        ("http://h:port/query", "not the address"),
        ("htps://me:secret@h/query", "user name or password"),
        ("me:secret@h/query", "user name or password"),
        ("http://me:secret@[x/query", "user name or password"),
    ],
)
def test_what_is_no_address_is_said_and_no_password_is_shown(url: str, said: str) -> None:
    for read in (checked_address, addresses_of):
        with pytest.raises(UsageError, match=said) as caught:
            read(url)
        assert "secret" not in str(caught.value)


def test_a_login_of_another_kind_is_said() -> None:
    with (
        http_server(_server_with('Digest realm="r", nonce="n", algorithm="ODD"', [])) as url,
        pytest.raises(EndpointError, match="kind that is not supported"),
    ):
        written(url, login=Login("me", "x"))


def test_logins_are_found_in_the_environment_and_then_in_netrc(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine a.example login me password one\nmachine b.example login you password two\n")
    file.chmod(0o600)
    there = {"NETRC": str(file)}
    assert find_login("https://b.example:8080/sparql", there) == Login("you", "two", host="b.example")
    assert find_login("https://c.example/sparql", there) is None
    assert find_login("https://b.example/", there | {USER: "u", PASSWORD: "p"}) == Login("u", "p")
    assert find_login("https://b.example/", there | {USER: "u", PASSWORD: "p", TOKEN: "t"}) == TOKENED
    assert find_login("https://b.example/", {"NETRC": str(tmp_path / "none")}) is None
    with pytest.raises(UsageError, match="belong together"):
        find_login("https://b.example/", {PASSWORD: "p"})
    file.write_text("machine a.example nonsense secret\n")
    with pytest.raises(ReadError, match="netrc") as caught:
        find_login("https://b.example/", there)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("query", "update", "data"),
    [
        ("http://h:1/query", "http://h:1/update", "http://h:1/store"),
        ("http://h/ds/query", "http://h/ds/update", "http://h/ds/data"),
        (
            "https://h/x/repositories/r",
            "https://h/x/repositories/r/statements",
            "https://h/x/repositories/r/rdf-graphs/service",
        ),
        ("http://h/sparql-auth", "http://h/sparql-auth", "http://h/sparql-graph-crud-auth"),
        ("https://h/sparql", "https://h/sparql", ""),
        ("https://h/api/?x=1", "https://h/api/?x=1", ""),
    ],
)
def test_addresses_follow_from_one(query: str, update: str, data: str) -> None:
    assert addresses_of(query) == Addresses(query, update, data)
    assert addresses_of(query, "http://u/", "none") == Addresses(query, "http://u/", "")
    assert addresses_of(query, data="http://d/").data == "http://d/"


def test_an_endpoint_that_gives_fewer_than_it_counts_is_not_believed() -> None:
    count = '{"head":{"vars":["g","n"]},"results":{"bindings":[{"g":{"type":"uri","value":"%s"},"n":{"type":"literal","value":"3"}}]}}'
    graph = MARK.graph_name
    assert isinstance(graph, ox.NamedNode)

    def respond(handler: BaseHTTPRequestHandler, body: str) -> None:
        if "CONSTRUCT" in body:
            says(handler, "<a:a> <a:b> 1 .", kind="text/turtle")
        elif "GROUP" in body:
            says(handler, count.replace('"g"', '"p"') % graph.value)
        else:
            says(handler, count % graph.value)

    with http_server(respond) as url, pytest.raises(EndpointError, match="gives 1 of 3 triples"):
        list(RemoteQuads(Addresses(url, url, ""), client()).quads_of(graph))
