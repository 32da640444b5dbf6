"""``buendnis push``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from buendnis_graph.cli.common import Progress, Session
from buendnis_graph.wording import number, read_toml

if TYPE_CHECKING:
    from buendnis_graph.publish.push import Plan


@click.command(
    "push",
    epilog="\b\nExample: buendnis push http://localhost:7878/query --dry-run\n"
    "Example: buendnis push https://example.org/sparql-auth --view graph",
)
@click.argument("endpoint")
@click.option("--update", default="", metavar="URL", help="Where updates go (default: follows from ENDPOINT).")
@click.option(
    "--data", default="", metavar="URL", help="Where graphs are put (Graph Store Protocol); none: by updates only."
)
@click.option(
    "--view",
    type=click.Choice(["auto", "default", "graph"]),
    default="auto",
    show_default=True,
    help="Where the consolidated view goes: the default graph, or a graph with a name.",
)
@click.option(
    "--register/--no-register",
    default=None,
    help="The register of associations, too: a graph for each court. Or not, and one that is there goes.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--recheck", is_flag=True, help="Compare all graphs, also those that the store says it has.")
@click.option(
    "--timeout",
    type=click.IntRange(1, 3600),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="How long one answer may take.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def command(
    session: Session,
    endpoint: str,
    update: str,
    data: str,
    view: str,
    register: bool | None,
    dry_run: bool,
    recheck: bool,
    timeout: int,
    as_json: bool,
) -> None:
    """Load or update a store elsewhere from the build, by difference.

    ENDPOINT is where the store is asked (SPARQL 1.1). Graphs that are not of this project are left alone. A run that
    was killed is completed by the next one. Login: BUENDNIS_PUSH_USER and BUENDNIS_PUSH_PASSWORD, or
    BUENDNIS_PUSH_TOKEN, or a netrc file; see docs/scaling.md. If a register is there,
    say whether it is to stay: --register or --no-register.
    """
    from buendnis_graph.graph import Graph
    from buendnis_graph.publish.fresh import refuse_stale
    from buendnis_graph.publish.push import Wanted, plan_push, push, refuse_to_drop_register, register_parts
    from buendnis_graph.store.addresses import addresses_of
    from buendnis_graph.store.builds import name_of
    from buendnis_graph.store.remote_quads import open_remote

    store = open_remote(addresses_of(endpoint, update, data), timeout=timeout)
    graph = Graph(session.project)
    refuse_stale(graph)
    if register is None:
        refuse_to_drop_register(store)
    parts = register_parts(graph.folder) if register else {}
    wanted = Wanted(name_of(graph.folder), graph.without_bulk, parts=parts, view_lines=graph.view_lines)
    progress = Progress()
    is_atomic = False
    try:
        if dry_run:
            plan = plan_push(store, wanted, view=view, recheck=recheck, step=progress)
        else:
            plan, is_atomic = push(store, wanted, view=view, recheck=recheck, step=progress)
    finally:
        progress.done()
    report = _report(plan, endpoint) | {"dry_run": dry_run, "atomic": is_atomic}
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True))
    else:
        _tell(report, session.language)


def _report(plan: Plan, endpoint: str) -> dict[str, Any]:
    wanted, was_begun = plan.wanted, bool(plan.record.graphs)
    mark = "&" if "?" in endpoint else "?"
    view = getattr(wanted.view, "value", "")
    return {
        "endpoint": endpoint,
        "build": wanted.name,
        "hash": wanted.hash,
        "graphs": len(wanted.contents),
        "triples": wanted.count,
        "new": len(plan.new),
        "changed": len({*plan.changed, *plan.put} - plan.new),
        "dropped": len(plan.dropped),
        "unchanged": len(plan.unchanged),
        "added": plan.added,
        "removed": plan.removed,
        "default": plan.default,
        "view": view,
        "ask": f"{endpoint}{mark}default-graph-uri={quote(view, safe='')}" if view else endpoint,
        "same": plan.is_done,
        "resumed": was_begun and not plan.record.is_whole,
    }


def _tell(report: dict[str, Any], language: str) -> None:
    words = read_toml(__file__, "push.toml")[language]
    shown = {name: number(value, language) if type(value) is int else value for name, value in report.items()}

    def say(key: str) -> None:
        click.echo(words[key].format(**shown))

    say("same" if report["same"] else "would" if report["dry_run"] else "done")
    if report["resumed"]:
        say("resumed")
    if not report["same"]:
        say("changes")
        if not report["dry_run"]:
            say("atomic" if report["atomic"] else "steps")
    if report["default"] in {"union", "unknown"}:
        say(report["default"])
    if report["default"] != "unknown":
        say("named" if report["view"] else "own")
