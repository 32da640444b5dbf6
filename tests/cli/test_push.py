"""``buendnis push`` as a whole process, into ``oxigraph serve``: loads, updates, withdraws."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.build import build
from buendnis_graph.care.withheld import KEY_VARIABLE, new_key
from buendnis_graph.cli import cli
from buendnis_graph.errors import NotBuiltError
from buendnis_graph.graph import Graph
from buendnis_graph.publish.push.record import RECORD
from buendnis_graph.settings import Project
from buendnis_graph.store.addresses import addresses_of
from buendnis_graph.store.http import Client
from buendnis_graph.store.remote_quads import open_remote
from tests.command import run
from tests.endpoint import http_server, oxigraph_to_write, says
from tests.mini import MiniProject
from tests.pushing import check_register


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a small project lies, built."""
    mini = MiniProject(tmp_path_factory.mktemp("made"))
    mini.attest("p", "a", "x")
    mini.body("quux", "org:Organization")
    mini.attest("q", "quux", "x")
    build(mini)
    return mini.root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def server() -> Iterator[str]:
    with oxigraph_to_write() as url:
        yield url


def dump(url: str) -> bytes:
    address = url.replace("/query", "/store")
    return Client(None, 10, 1 << 24).send(address, "GET", Accept="application/n-quads").body


def held(url: str) -> set[ox.Quad]:
    """Return all that the server holds but the record."""
    return {quad for quad in ox.parse(dump(url), format=ox.RdfFormat.N_QUADS) if quad.graph_name != RECORD}


def test_it_loads_updates_and_says_so(root: Path, server: str) -> None:
    mini = Project(root)
    dry = run("push", server, "--dry-run", root=root)
    assert dry.returncode == 0, dry.stderr
    assert "does not hold the build" in dry.stdout
    assert "shows only when something is written" in dry.stdout
    assert held(server) == set()

    done = run("push", server, root=root)
    assert done.returncode == 0, done.stderr
    assert held(server) == set(Graph(mini).store)
    assert "now holds the build" in done.stdout
    assert "In steps; then counted" in done.stdout
    assert "The default graph there is one of its own" in done.stdout

    (root / "data" / "registry" / "c.ttl").unlink()
    with pytest.raises(NotBuiltError, match="have changed"):  # what was withheld since could be in it
        cli.main(["--root", str(root), "push", server], standalone_mode=False)
    build(mini)
    again = run("--lang", "de", "push", server, root=root)
    assert "In einer Transaktion; danach gezählt" in again.stdout, again.stderr
    assert held(server) == set(Graph(mini).store)
    report = json.loads(run("push", server, "--json", root=root).stdout)
    assert (report["same"], report["added"], report["removed"], report["default"]) == (True, 0, 0, "own")


def test_what_was_withheld_is_gone_there_after_the_next_push(
    root: Path, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("push", server, root=root).returncode == 0
    assert "quux" in str(held(server))
    new_key(tmp_path / "key")
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "key"))
    done = run("withhold", "quux", "--yes", "--own-sources", root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    build(Project(root))
    assert run("push", server, root=root).returncode == 0
    assert b"quux" not in dump(server).lower()
    assert held(server) == set(Graph(Project(root)).store)


def test_where_the_default_graph_is_the_union_the_view_has_a_name(root: Path) -> None:
    with oxigraph_to_write("--union-default-graph") as url:
        done = run("push", url, "--json", root=root)
        report = json.loads(done.stdout)
        assert (report["default"], report["view"]) == ("union", "https://w3id.org/buendnis-graph/graph/view")
        assert report["ask"] == f"{url}?default-graph-uri=https%3A%2F%2Fw3id.org%2Fbuendnis-graph%2Fgraph%2Fview"
        text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        here = run("query", text, "-f", "csv", root=root).stdout
        assert run("query", text, "-f", "csv", "--endpoint", report["ask"], root=root).stdout == here
        assert run("query", text, "-f", "csv", "--endpoint", url, root=root).stdout != here
        told = run("push", url, root=root).stdout
        assert "holds the build" in told
        assert "is the union of all graphs" in told
        assert f"--endpoint '{report['ask']}'" in told


def test_a_register_comes_stays_changes_and_goes(root: Path, server: str) -> None:
    store = open_remote(addresses_of(server), timeout=60)
    check_register(Project(root), server, store, entries=200, login={})


@pytest.mark.parametrize(
    ("language", "status", "kind", "body", "said"),
    [
        ("en", 500, "text/plain", "disk full", "answers with HTTP status 500: disk full."),
        ("de", 401, "text/plain", "", "BUENDNIS_PUSH_USER und BUENDNIS_PUSH_PASSWORD setzen"),
        ("en", 200, "text/html", "<html>Welcome</html>", "answers with a web page, not with results."),
    ],
)
def test_a_faulty_endpoint_is_a_clear_error(
    made: Path, language: str, status: int, kind: str, body: str, said: str
) -> None:
    with http_server(lambda handler, _: says(handler, body, status=status, kind=kind)) as url:
        done = run("--lang", language, "push", url, root=made, HOME=str(made))
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_login_is_not_taken_from_the_address(made: Path) -> None:
    done = run("push", "http://user:secret@127.0.0.1:1/query", root=made)
    assert done.returncode == 2
    assert "must not hold a user name or password" in done.stderr
    assert "secret" not in done.stderr
