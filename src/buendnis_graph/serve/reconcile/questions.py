"""What a client asks: a question as the matcher gets it, whichever version of the API it was asked in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from typing import Any

from buendnis_graph.serve.reconcile.offer import kind_of
from buendnis_graph.serve.refusal import RefusalError

BATCH = 1000
"""Questions in a batch, identifiers in a data extension."""
LENGTH = 1000
"""Characters of a name, value or identifier."""
CONDITIONS = 20
"""Properties of a question."""
ALL_VALUES = 20_000
"""Values of all questions of a batch: one process reads them, and others wait for it."""
VALUES = 50
"""Values of a property of a question; properties of a data extension."""
SHOWN, MOST = 5, 50
"""Candidates of a question if it has no limit, and at most."""
_NO_JSON = "Send JSON as RFC 8259 has it, in UTF-8."


@dataclass(frozen=True, slots=True)
class Condition:
    """What a candidate should have.

    Attributes:
        property: its identifier; ``name`` for names.
        values: as given: texts, or identifiers of things.
        required: whether only such candidates are wanted.
        quantifier: which values are meant: ``any``, ``all`` or ``none``.
    """

    property: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: str = "any"


@dataclass(frozen=True, slots=True)
class Question:
    """What a client wants candidates for.

    Attributes:
        names: it may have; none if it is asked for by properties alone.
        kinds: types it may have, by identifier; empty for all; an unknown type is an empty text.
        all_kinds: whether it must have all of them.
        limit: how many candidates are wanted.
        conditions: what else is known of it.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    all_kinds: bool = False
    limit: int = SHOWN
    conditions: tuple[Condition, ...] = ()

    def packed(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "names": self.names,
            "kinds": self.kinds,
            "all_kinds": self.all_kinds,
            "limit": self.limit,
            "conditions": [(c.property, c.values, c.required, c.quantifier) for c in self.conditions],
        }


def unpacked(raw: dict[str, Any]) -> Question:
    """Return what :meth:`Question.packed` was made of."""
    conditions = tuple(Condition(name, tuple(values), *rest) for name, values, *rest in raw["conditions"])
    return Question(tuple(raw["names"]), tuple(raw["kinds"]), raw["all_kinds"], raw["limit"], conditions)


def check_number(given: Sized, what: str) -> None:
    """Refuse more than :data:`BATCH` at once.

    Args:
        given: what was sent.
        what: they are.

    Raises:
        RefusalError: 413.
    """
    if len(given) > BATCH:
        raise RefusalError(413, f"there may be {BATCH:,} {what} at once, not {len(given):,}.")


def bounded(questions: Iterable[Question]) -> Iterator[Question]:
    """Yield questions as long as they don't have too many values together.

    Raises:
        RefusalError: 413, if they have.
    """
    count = 0
    for question in questions:
        count += len(question.names) + sum(len(condition.values) for condition in question.conditions)
        if count > ALL_VALUES:
            raise RefusalError(413, f"the queries of a batch may have {ALL_VALUES:,} values.", hint="Ask for less.")
        yield question


def read_json(text: str | bytes, what: str) -> Any:
    """Return what JSON says.

    Args:
        text: as it was sent.
        what: it is called, for the message.

    Raises:
        RefusalError: 400, if it can't be read or is nested too deep.
    """
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise RefusalError(400, f"'{what}' is nested too deep.") from error
    except UnicodeDecodeError as error:
        raise RefusalError(400, f"'{what}' is not in UTF-8.") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise RefusalError(400, f"'{what}' is no JSON: {error.msg} ({where}).", hint=_NO_JSON) from error
    except ValueError as error:  # a number of thousands of digits, NaN
        raise RefusalError(400, f"'{what}' holds a number that can't be read.", hint=_NO_JSON) from error


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def an_object(value: Any, where: str) -> dict[str, Any]:
    """Return a value that must be an object.

    Raises:
        RefusalError: 400, if it is none; likewise below.
    """
    if not isinstance(value, dict):
        raise wrong(where, "must be an object")
    return value


def a_list(value: Any, where: str, most: int) -> list[Any]:
    """Return a value that must be an array of at most so many items."""
    if not isinstance(value, list):
        raise wrong(where, "must be an array")
    if len(value) > most:
        raise wrong(where, f"may have {most:,} items, not {len(value):,}")
    return value


def a_text(value: Any, where: str) -> str:
    """Return a value that must be a text of bounded length."""
    if not isinstance(value, str):
        raise wrong(where, "must be a string")
    if len(value) > LENGTH:
        raise wrong(where, f"may have {LENGTH:,} characters, not {len(value):,}")
    return value


def a_limit(value: Any, where: str, usual: int = SHOWN) -> int:
    """Return a limit that must be a positive number if it is there; larger ones than :data:`MOST` are that."""
    if value is None:
        return usual
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1 or value < 1:
        raise wrong(where, "must be a positive integer")
    return int(min(value, MOST))


def some_values(value: Any, where: str) -> tuple[str, ...]:
    """Return a property's value, or values, as texts; a thing is told by its identifier."""
    values = a_list(value, where, VALUES) if isinstance(value, list) else [value]
    return tuple(_value(one, where) for one in values)


def _value(value: Any, where: str) -> str:
    if isinstance(value, dict):
        return a_text(value.get("id"), f"{where}.id")
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else a_text(value, where)


def some_kinds(asked: list[str]) -> tuple[str, ...]:
    """Return the types that are asked for, each once."""
    return tuple(dict.fromkeys(kind_of(name) for name in asked if name.strip()))


def wrong(where: str, what: str) -> RefusalError:
    """Return the refusal of a value.

    Args:
        where: it stands, such as ``queries.q0.limit``.
        what: is wrong.
    """
    return RefusalError(400, f"'{_short(where)}' {what}.", hint="docs/serving.md tells what is expected.")


def _short(where: str) -> str:
    """Return a place without what can't be shown."""
    text = "".join(c if c.isprintable() else "?" for c in where)
    return text if len(text) <= 120 else f"{text[:117]}..."
