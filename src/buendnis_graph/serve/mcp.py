"""The graph for assistants: a server of the Model Context Protocol, over standard input and output.

It evaluates nothing itself: another process does, which is killed and replaced when it takes too long or too much.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from buendnis_graph import __version__
from buendnis_graph.serve.seal import say_if_not_sealed
from buendnis_graph.serve.settings import Settings
from buendnis_graph.serve.tool_process import ToolProcess
from buendnis_graph.serve.tools import MAX_ROWS
from buendnis_graph.settings import Project

_INSTRUCTIONS = """
Who belongs to which alliance (Bündnis) against racism and antisemitism in Germany, since when, and who says so.
Look for a fitting question of the catalogue first (list_questions), then ask it (ask_question); write SPARQL only if
none fits. Names of things may be given as people write them. Sources contradict each other, and what is not known is
left out: say "as of", and cite the sources that come with each answer. Never fill gaps from elsewhere.
""".strip()
_DESCRIPTIONS = {
    "list_questions": "List the questions that can be asked, with their parameters and columns. words: only those that "
    "hold these words (German or English), the best first. theme: only those of one theme.",
    "ask_question": "Ask a question of the catalogue. parameters: by name; things by IRI, short name or any of their "
    "names; dates as 2023, 2023-03 or 2023-03-27. Every row has its sources, as numbers in the list of sources.",
    "find_entity": "Find the body (or place, topic, programme) that a name stands for, as a list may spell it, with "
    "candidates and why; if nothing is found, what may have been meant.",
    "describe": "Say all that the graph holds about one thing, given by IRI, short name or name, with sources.",
    "sparql": "Evaluate a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE), read-only, within limits of time and "
    "size. The project's prefixes (bg:, org:, skos:, schema:, dcterms:, id: …) need not be declared. The default graph "
    "is the consolidated view; GRAPH reaches what single sources say.",
}
MAX_NAME = 500
Name = Annotated[str, Field(max_length=MAX_NAME)]
Question = Annotated[str, Field(pattern=r"^[\w-]+$", max_length=MAX_NAME)]
Limit = Annotated[int, Field(ge=1, le=MAX_ROWS, description="How many rows are wanted.")]


def serve(project: Project, settings: Settings) -> None:
    """Answer an assistant on standard input and output until it leaves.

    Args:
        project: whose current build is asked; a new build is taken up by itself.
        settings: time and memory of a query.
    """
    say_if_not_sealed()
    asyncio.run(_serve(ToolProcess(project, settings)))


async def _serve(process: ToolProcess) -> None:
    try:
        await server(process).run_stdio_async()
    finally:
        await process.stop()


def server(process: ToolProcess) -> MCPServer[Any]:
    """Return the server with its tools, which a process evaluates."""
    found: MCPServer[Any] = MCPServer(
        "buendnis-graph", instructions=_INSTRUCTIONS, version=__version__, log_level="ERROR"
    )

    async def call(tool: str, **arguments: Any) -> dict[str, Any]:
        said = await process.call(tool, arguments)
        if "error" in said:
            raise ToolError(said["error"])
        answer: dict[str, Any] = said["answer"]
        return answer

    async def list_questions(words: Name = "", theme: Name = "") -> dict[str, Any]:
        return await call("list_questions", words=words, theme=theme)

    async def ask_question(
        name: Question, parameters: dict[str, str] | None = None, limit: Limit = 100
    ) -> dict[str, Any]:
        return await call("ask_question", name=name, parameters=parameters or {}, limit=limit)

    async def find_entity(name: Name, place: Name = "", website: Name = "") -> dict[str, Any]:
        return await call("find_entity", name=name, place=place, website=website)

    async def describe(thing: Name, limit: Limit = 100) -> dict[str, Any]:
        return await call("describe", thing=thing, limit=limit)

    async def sparql(query: str, limit: Limit = 100) -> dict[str, Any]:
        return await call("sparql", query=query, limit=limit)

    for tool in (list_questions, ask_question, find_entity, describe, sparql):
        harmless = ToolAnnotations(read_only_hint=True, open_world_hint=False)
        found.add_tool(tool, description=_DESCRIPTIONS[tool.__name__], annotations=harmless)
    return found
