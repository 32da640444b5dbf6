"""A register pushed to a server by the command line: it comes, stays, changes, and goes only if that is said."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pyoxigraph as ox

from buendnis_graph.build import build
from buendnis_graph.graph import Graph
from buendnis_graph.publish.push import register_parts
from buendnis_graph.publish.push.record import read_record
from buendnis_graph.publish.push.wanted import Content
from buendnis_graph.settings import Project
from buendnis_graph.store.quads import DEFAULT, GraphName, digest, lines_of
from buendnis_graph.store.remote_quads import RemoteQuads
from tests.command import run
from tests.linking.test_taking import take
from tests.register import CURRENT, ROWS

ODD = (
    ("U1104_VR100/1", 'Bund "B\u00fcrger & Co." <3 \u00b7 100 % {a} e\u0301 \U0001f600', "Dresden", CURRENT, "Dresden VR 100"),
    ("U1104_VR100~2", "C:\\temp $this ?x 'y' `z`", "Frankfurt (Oder)", CURRENT, "Dresden VR 101"),
)  # fmt: skip
"""Numbers, names and seats that a server could stumble over."""


@dataclass(frozen=True)
class _Pushing:
    """A project that is built with a register and pushed by the command line, for who logs in with some variables."""

    project: Project
    url: str
    store: RemoteQuads
    login: Mapping[str, str]

    def build(self, *rows: tuple[str, ...]) -> None:
        said = take(self.project, [*ROWS, *ODD, *rows])
        assert said.startswith(f"{len([*ROWS, *ODD, *rows]):,} entries are taken in"), said
        build(self.project)

    def call(self, *options: str) -> subprocess.CompletedProcess[str]:
        with patch.dict(os.environ, self.login):
            return run("push", self.url, *options, root=self.project.root)

    def push(self, *options: str) -> dict[str, Any]:
        done = self.call("--json", *options)
        assert done.returncode == 0, done.stderr
        report: dict[str, Any] = json.loads(done.stdout)
        assert_holds(self.store, self.project, report, is_with_register="--register" in options)
        return report


def check_register(project: Project, url: str, store: RemoteQuads, entries: int, login: Mapping[str, str]) -> None:
    """Push a register to a server and let it go; what the server holds is read and compared each time.

    Args:
        project: without a register yet.
        url: of the server, which holds nothing.
        store: the same, to read it.
        entries: how many its largest court has.
        login: variables that name who may write.
    """
    many = [(f"Z1_VR{n}", f"Verein {n:05}", f"Ort {n % 7}", CURRENT, f"Aue VR {n}") for n in range(entries)]
    here = _Pushing(project, url, store, login)
    here.build(*many)
    first = here.push("--register")
    assert (first["new"], first["unchanged"], first["removed"]) == (first["graphs"], 0, 0)
    again = here.push("--register")
    assert (again["same"], again["unchanged"], again["graphs"]) == (True, first["graphs"], first["graphs"])

    refused = here.call()
    assert refused.returncode == 2
    assert "would lose it. Nothing was written." in refused.stderr
    assert_holds(store, project, again, is_with_register=True)

    here.build(("Z1_VR0", "Anderer Verein", *many[0][2:]), *many[1:])
    changed = here.push("--register")
    of_source = 1 + 2  # the checksum of its file: in the graph of sources, and in the view
    assert (changed["changed"], changed["added"], changed["removed"]) == (of_source, 3, 3)

    gone = here.push("--no-register")
    assert (gone["dropped"], gone["added"], gone["changed"]) == (3, 0, 0)
    assert sum(store.count(register_parts(Graph(project).folder)).values()) == 0
    assert here.push()["same"]


def assert_holds(store: RemoteQuads, project: Project, report: Mapping[str, Any], *, is_with_register: bool) -> None:
    """Assert that a server holds a build, graph by graph, and that its record says so with counts and hashes.

    Args:
        store: on the server.
        project: whose build.
        report: of the push, which says where the consolidated view is.
        is_with_register: whether the register went along.
    """
    graph = Graph(project)
    names: list[GraphName] = [
        DEFAULT,
        *(name for name in graph.without_bulk.named_graphs() if isinstance(name, ox.NamedNode)),
    ]
    view = ox.NamedNode(report["view"]) if report["view"] else DEFAULT
    wanted: dict[GraphName, set[bytes]] = {
        view if name == DEFAULT else name: lines_of(graph.without_bulk, name) for name in names
    }
    if is_with_register:
        wanted |= {name: set(path.read_bytes().splitlines(True)) for name, path in register_parts(graph.folder).items()}
    for name, lines in wanted.items():
        assert store.difference(name, lines) == (set(), set())
    record, _ = read_record(store)
    assert record.is_whole
    assert record.graphs == {name: Content(len(lines), digest(lines)) for name, lines in wanted.items()}
    assert (record.hash, report["triples"]) == (report["hash"], sum(map(len, wanted.values())))
