"""The kinds of plots, what each can be asked for, and what it takes when it is not asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from buendnis_graph.errors import UsageError
from buendnis_graph.network.filters import Filters, several
from buendnis_graph.plots.plot import Wish
from buendnis_graph.plots.style import WIDTHS

_ALL = ("at", "topic", "region", "role", "completeness", "alliance")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of plot: the filters it takes, and how complete lists must be if nothing is said."""

    takes: tuple[str, ...] = _ALL
    completeness: str = "complete"


KINDS = {
    "matrix": Kind(completeness="any"),  # each field says on what it rests
    "network": Kind(),  # gaps of partial lists would look like structure
    "overlap": Kind(completeness="partial"),  # numbers of partial lists are marked as bounds
    "sizes": Kind(takes=("topic", "region", "alliance")),
    "timeline": Kind(takes=("role", "alliance")),
}
"""By name; each is drawn by the function of that name in the module of that name."""


def wish_for(
    kind: str,
    language: str = "en",
    width_mm: int = WIDTHS[-1],
    *,
    at: str | None = None,
    completeness: str | None = None,
    topic: str | Iterable[str] | None = None,
    region: str | Iterable[str] | None = None,
    role: str | Iterable[str] | None = None,
    alliance: str | Iterable[str] | None = None,
) -> Wish:
    """Return what a plot is asked for, with the defaults of its kind.

    Raises:
        UsageError: if there is no such kind, or it does not take one of the filters.
    """
    if kind not in KINDS:
        raise UsageError(f"there is no plot '{kind}'.", hint=f"Plots: {', '.join(KINDS)}")
    lists = {"topic": topic, "region": region, "role": role, "alliance": alliance}
    given = {name: value for name, value in {"at": at, "completeness": completeness, **lists}.items() if value}
    for name in given:
        if name not in KINDS[kind].takes:
            takes = ", ".join(KINDS[kind].takes)
            raise UsageError(f"the plot '{kind}' takes no filter '{name}'.", hint=f"It takes: {takes}")
    filters = Filters(
        at=at,
        completeness=completeness or KINDS[kind].completeness,
        **{name: several(value) for name, value in lists.items()},
    )
    return Wish(filters, language, width_mm)
