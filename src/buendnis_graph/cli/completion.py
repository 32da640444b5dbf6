"""``buendnis completion``."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, get_completion_class


@click.command("completion", epilog='Example: eval "$(buendnis completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for a shell."""
    from buendnis_graph.cli import cli

    completion = get_completion_class(shell)
    assert completion is not None  # noqa: S101 - click knows these three
    click.echo(completion(cli, {}, "buendnis", "_BUENDNIS_COMPLETE").source())


def complete_parameter(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return what may follow ``--param``: names of the question's parameters, and slugs for those of a class."""
    from buendnis_graph.errors import BuendnisError
    from buendnis_graph.graph import Graph
    from buendnis_graph.namespaces import BASE, expand
    from buendnis_graph.queries import find_question
    from buendnis_graph.queries.names import all_names
    from buendnis_graph.settings import find_project

    name, equals, begun = incomplete.partition("=")
    try:
        project = find_project()
        takes = find_question(project, str(ctx.params.get("question") or next(iter(ctx.args), ""))).parameters
        if not equals:
            return [CompletionItem(f"{p.name}=") for p in takes if p.name.startswith(name)]
        of_class = next((p.of_class for p in takes if p.name == name and p.of_class.startswith(("bg:", "org:"))), None)
        if of_class is None:
            return []
        things = {thing.value for _, thing in all_names(Graph(project).store, expand(of_class))}
    except BuendnisError:
        return []
    slugs = sorted(iri.removeprefix(f"{BASE}id/") for iri in things)
    return [CompletionItem(f"{name}={slug}") for slug in slugs if slug.startswith(begun)]
