"""The examples of docs/asking.md that need a server; the others are run with all of docs/. Its bounds are the code's."""

from __future__ import annotations

import re
import shlex

from buendnis_graph.forms import GRAPHS, TABLES
from buendnis_graph.graph import Graph
from buendnis_graph.queries.run import MAX_QUERY_LENGTH
from buendnis_graph.sparql_text import MAX_QUERY_NESTING, MAX_TOKENS
from buendnis_graph.store.remote import MAX_ANSWER_BYTES, TIMEOUT
from tests.command import run
from tests.endpoint import oxigraph
from tests.mini import REAL

TEXT = (REAL.root / "docs" / "asking.md").read_text(encoding="utf-8")


def test_examples_of_remote_graphs_work(graph: Graph) -> None:
    (block,) = re.findall(r"```shell\n(.*?)```", TEXT, re.DOTALL)
    commands = [line.removeprefix("$ buendnis ") for line in block.splitlines()]
    with oxigraph(graph.folder / "store") as url:
        for command in commands:
            done = run(*shlex.split(command.replace("http://localhost:7878/query", url)), root=graph.project.root)
            assert (done.returncode, done.stderr) == (0, "")
            assert done.stdout
    assert len(commands) == 2


def test_bounds_and_forms_are_those_of_the_code() -> None:
    for bound in (
        f"{MAX_QUERY_LENGTH:,} characters",
        f"{MAX_TOKENS:,} words",
        f"{MAX_QUERY_NESTING} deep",
        f"{TIMEOUT} seconds",
        f"{MAX_ANSWER_BYTES // 2**20} MB",
    ):
        assert bound in TEXT
    assert all(f"`{form}`" in TEXT for form in (*TABLES, *GRAPHS))
