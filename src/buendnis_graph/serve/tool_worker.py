"""The process that evaluates the tools of assistants: one call a line of JSON, and one answer a line.

Before an answer there may be a line ``{"early": …}``: the same without its sources, in case they take too long.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from buendnis_graph.errors import BuendnisError
from buendnis_graph.graph import Graph
from buendnis_graph.serve.tools import Tools
from buendnis_graph.serve.worker import confine
from buendnis_graph.settings import Project
from buendnis_graph.store.builds import current_build


def answered(call: dict[str, Any], tools: Tools, limit: int) -> dict[str, Any]:
    """Return the answer to a call, ``{"answer": …}``, or why there is none, ``{"error": …}``.

    Args:
        call: ``tool`` and ``arguments``.
        tools: that answer.
        limit: bytes that an answer may have.
    """
    try:
        answer = tools.call(call["tool"], call["arguments"])
    except BuendnisError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "the query was stopped: it needs more memory than it may take. Ask for less."}
    except Exception as error:  # noqa: BLE001 - whatever it is, the next call is answered
        return {"error": f"the tool failed by a fault of its own ({type(error).__name__}). Ask otherwise."}
    return bounded({"answer": answer}, limit)


def bounded(said: dict[str, Any], limit: int) -> dict[str, Any]:
    """Return what is to be said, or that it is too large."""
    if len(json.dumps(said)) > limit:
        return {"error": f"the answer is larger than {limit:,} bytes. Ask for less, or for fewer rows (limit)."}
    return said


def main() -> None:
    """Answer until nothing more comes: ``python -m buendnis_graph.serve.tool_worker ROOT MEMORY LIMIT``."""
    project, memory, limit = Project(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
    confine(memory)
    tools, folder = None, None
    for line in sys.stdin:
        now = current_build(project)
        try:
            if tools is None or now != folder:
                tools, folder = Tools(Graph(project), lambda answer: _say_early(answer, limit)), now
            said = answered(json.loads(line), tools, limit)
        except BuendnisError as error:
            said = {"error": str(error)}
        say(said)


def _say_early(answer: dict[str, Any], limit: int) -> None:
    said = {"early": answer}
    if bounded(said, limit) is said:  # else nothing: each call has one answer, and this will be told then
        say(said)


def say(said: dict[str, Any]) -> None:
    """Write a line."""
    print(json.dumps(said), flush=True)  # noqa: T201 - this is what it is for


if __name__ == "__main__":
    main()
