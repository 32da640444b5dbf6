"""``buendnis link``."""

from __future__ import annotations

import click

from buendnis_graph.cli.link_check import ask, check
from buendnis_graph.cli.link_propose import TARGETS, proposing
from buendnis_graph.cli.link_topics import topics


class _Targets(click.Group):
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        if found is None:
            from buendnis_graph.linking.targets import target

            target(cmd_name)  # says which there are
        return found


@click.group(
    "link",
    cls=_Targets,
    invoke_without_command=True,
    no_args_is_help=True,
    epilog="\b\nExample: buendnis link ror --snapshot ror_de.csv --accept --date 2026-11-25\n"
    "Example: buendnis link topics lcsh --snapshot subjects_lcsh.csv\n"
    "Example: buendnis link check --items wikidata-items.jsonl",
)
@click.option("--check", "checked", is_flag=True, help="The same as: buendnis link check.")
@click.pass_context
def command(context: click.Context, checked: bool) -> None:
    """Propose which entries of Wikidata, the GND, ROR and others our bodies are; check the links there are.

    Nothing is sent anywhere unless --service or --endpoint says so.
    """
    if checked and context.invoked_subcommand is None:
        context.invoke(check)


command.add_command(ask)
command.add_command(check)
command.add_command(topics)
for target in TARGETS:
    command.add_command(proposing(target))
