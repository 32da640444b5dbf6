"""Options that say which memberships a network or a plot rests on."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import click

_OPTIONS = (
    click.option("--at", metavar="DATE", help="As of a year, month or day (default: each list at its own time)."),
    click.option(
        "--topic", multiple=True, metavar="NAME", help="Topic of alliances, with all below it; may be repeated."
    ),
    click.option("--region", multiple=True, metavar="NAME", help="Federal state of alliances; may be repeated."),
    click.option("--role", multiple=True, metavar="ROLE", help="Role (default: all that count as membership)."),
    click.option(
        "--alliance", multiple=True, metavar="NAME", help="Alliance by short name or any of its names; may be repeated."
    ),
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose memberships: --at, --topic, --region, --role and --alliance."""
    return reduce(lambda made, option: option(made), reversed(_OPTIONS), command)
