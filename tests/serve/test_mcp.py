"""A real ``buendnis mcp`` process, asked by the SDK's own client; and what its tools say, one by one."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.serve.tool_worker import answered
from buendnis_graph.serve.tools import Tools, _as_select
from buendnis_graph.settings import Project
from tests.mini import REAL
from tests.serve.hostile import COSTLY
from tests.serve.live import children

BUENDNIS = str(Path(sys.executable).with_name("buendnis"))
ALLIANCE = f"{BASE}id/netzwerk-tolerantes-sachsen"
Calls = Callable[[Client], Coroutine[Any, Any, None]]


@pytest.fixture(scope="module")
def tools(graph: Graph) -> Tools:
    return Tools(graph, lambda _: None)


def with_client(root: Path, calls: Calls, *flags: str) -> None:
    async def talk() -> None:
        started = StdioServerParameters(command=BUENDNIS, args=["--root", str(root), "--lang", "en", "mcp", *flags])
        async with Client(stdio_client(started)) as client:
            await calls(client)

    asyncio.run(talk())


async def told(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    said: dict[str, Any] | None = result.structured_content
    assert said is not None
    return said


async def refusal(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return str(result.content[0].text)  # type: ignore[union-attr]


def test_a_real_client_asks_a_real_process(graph: Graph) -> None:
    async def calls(client: Client) -> None:
        offered = (await client.list_tools()).tools
        assert {tool.name for tool in offered} == {
            "list_questions",
            "ask_question",
            "find_entity",
            "describe",
            "sparql",
        }
        assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in offered)
        assert "sources" in (client.instructions or "")
        found = await told(client, "list_questions", words="members of alliance")
        assert "members-of-alliance" in {question["name"] for question in found["questions"]}
        asked = await told(
            client, "ask_question", name="members-of-alliance", parameters={"alliance": "Tolerantes Sachsen"}, limit=5
        )
        assert asked["row_count"] > asked["rows_shown"] == 5
        assert all(asked["sources"][row["sources"][0]]["kind"] == "source" for row in asked["rows"])
        assert asked["build"] == graph.folder.name
        assert "SERVICE" in await refusal(client, "sparql", query="ASK { SERVICE <http://127.0.0.1:1/> {} }")
        assert "read-only" in await refusal(client, "sparql", query="DROP ALL")
        assert "nested" in await refusal(client, "sparql", query="ASK " + "{" * 20_000)
        assert "did you mean" in (await refusal(client, "describe", thing="Tolerantes Saxen")).lower()
        assert "pattern" in await refusal(client, "ask_question", name="SELECT * { ?s ?p ?o }")

    with_client(graph.project.root, calls)


def test_what_takes_too_much_is_stopped_and_the_next_is_answered(root: Path) -> None:
    async def calls(client: Client) -> None:
        (server,) = [pid for pid in children(os.getpid()) if "mcp" in Path(f"/proc/{pid}/cmdline").read_text()]
        assert (await told(client, "sparql", query="ASK {}"))["answer"] is True
        (first,) = children(server)
        assert "it may take 1 seconds" in await refusal(client, "sparql", query=COSTLY["triple cross product"])
        assert "memory" in await refusal(client, "sparql", query=COSTLY["squared text by REPLACE"])
        large = f"SELECT (REPLACE('{'a' * 1_200}', 'a', '{'x' * 1_000}') AS ?x) {{}}"
        assert "larger" in await refusal(client, "sparql", query=large)
        early = await told(client, "sparql", query="SELECT * { ?s ?p ?o . ?t ?p ?r } LIMIT 3")
        assert early["rows_shown"] == 3
        assert "too long" in early["sources_unknown_because"] or "too many" in early["sources_unknown_because"]
        assert (await told(client, "sparql", query="ASK {}"))["answer"] is True
        assert first not in children(server)

    with_client(root, calls, "--time", "1", "--memory", "512")


def test_it_ends_with_its_client_and_leaves_nothing() -> None:
    process = subprocess.Popen([BUENDNIS, "mcp"], cwd=REAL.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(0.2)
    assert process.communicate(b"this is no message\n", timeout=30)
    assert process.returncode == 0
    process = subprocess.Popen([BUENDNIS, "mcp"], cwd=REAL.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    for name in ("ontology", "data"):
        (tmp_path / name).mkdir()
    ended = subprocess.run([BUENDNIS, "--root", str(tmp_path), "mcp"], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "buendnis build" in ended.stderr


def test_an_entity_is_found_however_it_is_spelt(tools: Tools) -> None:
    for name in ("Tolerantes Sachsen", "netzwerk tolerantes sachsen", "TolSax"):
        assert tools.call("find_entity", {"name": name, "place": "", "website": ""})["is"] == ALLIANCE
    topic = tools.call("find_entity", {"name": "Rassismus", "place": "", "website": ""})
    assert [thing["iri"].startswith(f"{BASE}topic/") for thing in topic["things_of_this_name"]] == [True]
    unknown = tools.call("find_entity", {"name": "Tolerantes Saxen qqq", "place": "", "website": ""})
    assert unknown["is"] is None
    assert "Tolerantes Sachsen" in unknown["did_you_mean"]


def test_a_thing_is_described_with_sources(tools: Tools) -> None:
    found = tools.call("describe", {"thing": "TolSax", "limit": 1000})
    assert (found["iri"], found["label"]) == (ALLIANCE, "Netzwerk Tolerantes Sachsen")
    for part in ("says", "said_of_it_by"):
        assert found[part]["row_count"] == len(found[part]["rows"]) > 0
        assert all(row["sources"] for row in found[part]["rows"])
        numbers = {number for row in found[part]["rows"] for number in row["sources"]}
        assert numbers == set(range(len(found[part]["sources"])))


@pytest.mark.parametrize(
    ("query", "has"),
    [
        ("SELECT ?m { ?m org:memberOf id:netzwerk-tolerantes-sachsen }", "rows"),
        ("SELECT (COUNT(*) AS ?n) { ?m org:memberOf id:netzwerk-tolerantes-sachsen }", "rows"),
        ("ASK { ?m org:memberOf id:netzwerk-tolerantes-sachsen }", "answer"),
        ("CONSTRUCT WHERE { ?m org:memberOf id:netzwerk-tolerantes-sachsen }", "turtle"),
        ("DESCRIBE id:netzwerk-tolerantes-sachsen", "turtle"),
    ],
)
def test_each_form_of_query_has_its_sources(tools: Tools, query: str, has: str) -> None:
    answer = tools.call("sparql", {"query": query, "limit": 3})
    assert answer[has]
    assert any(source["kind"] == "source" and source["address"] for source in answer["sources"])


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("ASK { ?m org:memberOf id:netzwerk-tolerantes-sachsen }", "answer"),
        ("CONSTRUCT WHERE { ?m org:memberOf id:netzwerk-tolerantes-sachsen }", "turtle"),
    ],
)
def test_an_answer_is_told_before_its_sources_are_looked_for(graph: Graph, query: str, told: str) -> None:
    early: list[dict[str, Any]] = []
    answer = Tools(graph, early.append).call("sparql", {"query": query, "limit": 3})
    assert [(said[told], said["sources"], said["build"]) for said in early] == [(answer[told], [], answer["build"])]
    assert "too long" in early[0]["sources_unknown_because"]


def test_blank_nodes_of_an_answer_are_passed_over(tools: Tools) -> None:
    query = "CONSTRUCT { ?m rdfs:seeAlso [] . ?m org:memberOf ?o } WHERE { ?m org:memberOf ?o } LIMIT 2"
    answer = tools.call("sparql", {"query": query, "limit": 3})
    assert "seeAlso" in answer["turtle"]
    assert answer["sources"]


@pytest.mark.parametrize(
    ("query", "select"),
    [
        ("ASK {} # x", "SELECT * {} # x\nLIMIT 1000\n"),
        ("ask{{SELECT * {} LIMIT 3}} OFFSET 0", "SELECT *{{SELECT * {} LIMIT 3}} OFFSET 0\nLIMIT 1000\n"),
        ("PREFIX ask: <a:> ASK { ask:x ?p ?o } LIMIT 1", "PREFIX ask: <a:> SELECT * { ask:x ?p ?o } LIMIT 1"),
        ("ASK { ?s ?p '}' } VALUES ?s { <a:> }", "SELECT * { ?s ?p '}' } \nLIMIT 1000\nVALUES ?s { <a:> }"),
    ],
)
def test_what_makes_an_ask_true_is_bounded(query: str, select: str) -> None:
    assert _as_select(query) == select
    bool(ox.Store().query(select))


def test_a_fault_of_our_own_ends_no_worker(tools: Tools) -> None:
    said = answered({"tool": "sparql", "arguments": {}}, tools, 1000)
    assert "fault of its own (TypeError)" in said["error"]


def test_an_entity_is_looked_for_in_the_build_and_not_in_the_files(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "project")
    shutil.rmtree(tmp_path / "project" / "data")
    tools = Tools(Graph(Project(tmp_path / "project")), lambda _: None)
    thing = tools.call("describe", {"thing": "id:x", "limit": 1})
    assert tools.call("find_entity", {"name": thing["label"], "place": "", "website": ""})["is"] == f"{BASE}id/x"


def test_what_is_not_so_has_no_source(tools: Tools) -> None:
    answer = tools.call("sparql", {"query": "ASK { <a:a> ?p ?o }", "limit": 3})
    assert (answer["answer"], answer["sources"]) == (False, [])
