"""What a network is asked to rest on, and the names in which it is asked."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from buendnis_graph.dates import bounds
from buendnis_graph.errors import QueryError, UsageError

COMPLETENESS = ("complete", "partial", "any")
"""How complete a list must be that memberships are taken from; the first is the default."""

STATES = {
    "01": ("Schleswig-Holstein", "Schleswig-Holstein"),
    "02": ("Hamburg", "Hamburg"),
    "03": ("Niedersachsen", "Lower Saxony"),
    "04": ("Bremen", "Bremen"),
    "05": ("Nordrhein-Westfalen", "North Rhine-Westphalia"),
    "06": ("Hessen", "Hesse"),
    "07": ("Rheinland-Pfalz", "Rhineland-Palatinate"),
    "08": ("Baden-Württemberg", "Baden-Württemberg"),
    "09": ("Bayern", "Bavaria"),
    "10": ("Saarland", "Saarland"),
    "11": ("Berlin", "Berlin"),
    "12": ("Brandenburg", "Brandenburg"),
    "13": ("Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania"),
    "14": ("Sachsen", "Saxony"),
    "15": ("Sachsen-Anhalt", "Saxony-Anhalt"),
    "16": ("Thüringen", "Thuringia"),
}
"""The federal states by official key, German and English."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for; empty means all.

    Attributes:
        at: a year, month or day, as text.
        topic: topics by slug or name; narrower ones belong to them.
        region: federal states by official key or name.
        role: roles by slug; empty means those that count as membership.
        alliance: alliances by slug or name.
        completeness: one of :data:`COMPLETENESS`.
    """

    at: str | None = None
    topic: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    alliance: tuple[str, ...] = ()
    completeness: str = COMPLETENESS[0]

    def __post_init__(self) -> None:
        if self.completeness not in COMPLETENESS:
            raise UsageError(f"completeness is {', '.join(COMPLETENESS)}, not '{self.completeness}'.")
        if self.at is not None:
            self.days()

    def days(self) -> tuple[dt.date, dt.date]:
        """Return the first and last day of the time asked for.

        Raises:
            UsageError: if it is no date.
        """
        try:
            return bounds(self.at or "")
        except ValueError as error:
            raise UsageError(f"'{self.at}' is no date.", hint="Such as 2023, 2023-03 or 2023-03-27.") from error


def several(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return one value or several as a tuple."""
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def find(wanted: str, names: Mapping[str, Sequence[str | None]], what: str, where: str) -> str:
    """Return the key of what bears a name.

    Args:
        wanted: a key or a name, in any case.
        names: the names by key.
        what: what is looked for, for the message.
        where: how to see what there is, for the message.

    Raises:
        QueryError: if nothing or more than one thing bears the name.
    """
    if wanted in names:
        return wanted
    by_name: dict[str, set[str]] = {}
    for key, several_names in names.items():
        for name in {key, *several_names} - {None}:
            by_name.setdefault(str(name).casefold(), set()).add(key)
    found = sorted(by_name.get(wanted.casefold(), ()))
    if len(found) == 1:
        return found[0]
    if found:
        raise QueryError(f"'{wanted}' is the name of several: {', '.join(found)}.", hint="Give one of these.")
    close = difflib.get_close_matches(wanted.casefold(), by_name, n=20, cutoff=0.5)
    keys = list(dict.fromkeys(key for name in close for key in sorted(by_name[name])))[:3]
    meant = "; ".join(next((str(n) for n in names[key] if n), key) for key in keys)
    raise QueryError(f"there is no {what} '{wanted}'.", hint=f"Did you mean: {meant}?" if meant else where)
