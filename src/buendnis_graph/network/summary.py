"""What a selection says of itself: what remains, what was left out and why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from buendnis_graph.network.select import LeftOut, Selection
from buendnis_graph.network.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping


def as_json(selection: Selection) -> dict[str, Any]:
    """Return the summary for programs: filters, numbers, warnings by key, what was left out by reason with keys."""
    filters = selection.filters
    first, last, undated = list_times(selection)
    return {
        "filters": {name: getattr(filters, name) for name in type(filters).__dataclass_fields__},
        "alliances": len(selection.alliances) - len(selection.founding),
        "founding_alliances": len(selection.founding),
        "bodies": len(selection.bodies),
        "memberships": len(selection.memberships),
        "from_complete_lists": len(selection.from_complete_lists),
        "lists": {"first": first and first.isoformat(), "last": last and last.isoformat(), "undated": undated},
        "warnings": warnings(selection),
        "left_out": [
            {
                "reason": one.reason,
                "memberships": one.memberships,
                "alliances": list(one.alliances),
                **({"instead": one.instead} if one.instead else {}),
            }
            for one in selection.left_out
        ],
    }


def warnings(selection: Selection) -> list[str]:
    """Return the keys of what must be said with every output."""
    found = [selection.filters.completeness] if selection.filters.completeness != "complete" else []
    found += ["uncounted"] if selection.uncounted else []
    return [*found, "chains"] if selection.has_chains else found


def warning_texts(selection: Selection, language: str) -> list[str]:
    """Return what must be said with every output, as sentences."""
    return [say("warning", key, language, roles=", ".join(selection.uncounted)) for key in warnings(selection)]


def list_times(selection: Selection) -> tuple[dt.date | None, dt.date | None, int]:
    """Return the first and last day that a list of the selection is of, and how many lists have no date."""
    lists = selection.lists
    first: Any = lists["as_of_earliest"].min()
    last: Any = lists["as_of_latest"].max()
    return first, last, lists["as_of_latest"].null_count()


def as_text(selection: Selection, labels: Mapping[str, tuple[str, str]], language: str, names: int = 3) -> list[str]:
    """Return the summary for people, as lines.

    Args:
        selection: what to say it of.
        labels: German and English name by body.
        language: ``de`` or ``en``.
        names: how many names to give of what was left out; the others are counted.
    """

    def named(alliances: tuple[str, ...] | list[str], instead: Mapping[str, str], most: int) -> str:
        shown = [_name(a, labels, language) + _arrow(a, instead, labels, language) for a in alliances[:most]]
        return "; ".join(shown) + (f"; … (+{len(alliances) - most})" if len(alliances) > most else "")

    founding = selection.founding
    lines = [_time(selection, language)]
    if not len(selection.memberships):
        lines.append(say("summary", "nothing", language))
    else:
        numbers = {"bodies": len(selection.bodies), "memberships": len(selection.memberships)}
        alliances = len(selection.alliances) - len(founding)
        lines.append(say("summary", "remains", language, alliances=alliances, **numbers))
    if founding:
        lines.append(say("summary", "founding", language, n=len(founding), names=named(founding, {}, len(founding))))
    lines += warning_texts(selection, language)
    if selection.left_out:
        lines.append(say("summary", "left-out", language))
    for one in selection.left_out:
        lines.append(
            f"  {_counted(one, language)}" + (f": {named(one.alliances, one.instead, names)}" if names else "")
        )
    return [line for line in lines if line]


def _name(body: str, labels: Mapping[str, tuple[str, str]], language: str) -> str:
    return labels.get(body, (body, body))[0 if language == "de" else 1]


def _arrow(body: str, instead: Mapping[str, str], labels: Mapping[str, tuple[str, str]], language: str) -> str:
    return f" → {_name(instead[body], labels, language)}" if body in instead else ""


def _counted(one: LeftOut, language: str) -> str:
    key = "counted" if one.memberships else "counted-alliances"
    reason = say("reason", one.reason, language)
    return say("summary", key, language, memberships=one.memberships, alliances=len(one.alliances), reason=reason)


def _time(selection: Selection, language: str) -> str:
    if selection.filters.at is not None:
        return say("summary", "at", language, at=selection.filters.at)
    first, last, undated = list_times(selection)
    if first is None:
        return say("summary", "all-undated", language) if undated else ""
    return say("summary", "undated", language, first=first, last=last, n=undated)
