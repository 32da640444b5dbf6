"""``buendnis mcp``."""

from __future__ import annotations

from typing import Any

import click

from buendnis_graph.cli.common import Session


@click.command("mcp", epilog="Example: buendnis --root /srv/graph mcp --time 20")
@click.option("--time", type=float, metavar="SECONDS", help="How long a query may take (default: 10).")
@click.option("--memory", type=int, metavar="MIB", help="How much memory a query may take (default: 1024).")
@click.pass_obj
def command(session: Session, /, **flags: Any) -> None:
    """Offer the current build to assistants: a server of the Model Context Protocol on standard input and output.

    Read-only. Its tools: the questions of the catalogue, entities by name, things with their sources, and SPARQL within
    limits. An assistant starts it itself: see docs/serving.md.
    """
    from buendnis_graph.errors import NotBuiltError
    from buendnis_graph.extras import need
    from buendnis_graph.serve.settings import read_settings
    from buendnis_graph.store.builds import current_build

    need("mcp")
    if current_build(session.project) is None:
        raise NotBuiltError("there is no built graph yet.", hint="Build it: buendnis build")
    from buendnis_graph.serve.mcp import serve

    serve(session.project, read_settings(None, **flags))
