"""Version 0.2 of the API: how it asks and is answered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from buendnis_graph.serve.reconcile.offer import properties
from buendnis_graph.serve.reconcile.questions import (
    BATCH,
    CONDITIONS,
    VALUES,
    Condition,
    Question,
    a_limit,
    a_list,
    a_text,
    an_object,
    bounded,
    check_number,
    read_json,
    some_kinds,
    some_values,
    wrong,
)

_STRICT = ("any", "should", "all")


def read_queries(text: str) -> dict[str, Question]:
    """Return the questions of a batch by their keys.

    Raises:
        RefusalError: 400, if it is none; 413, if there are too many.
    """
    raw = an_object(read_json(text, "queries"), "queries")
    check_number(raw, "queries")
    return dict(zip(raw, bounded(_question(query, f"queries.{name}") for name, query in raw.items()), strict=True))


def _question(value: Any, where: str) -> Question:
    raw = {name: given for name, given in an_object(value, where).items() if given is not None}
    name = a_text(raw.get("query", ""), f"{where}.query")
    given = a_list(raw.get("properties", []), f"{where}.properties", CONDITIONS)
    conditions = tuple(_condition(one, f"{where}.properties[{number}]") for number, one in enumerate(given))
    if not name.strip() and not conditions:
        raise wrong(where, "needs a 'query' or 'properties'")
    types = raw.get("type", [])
    types = a_list(types, f"{where}.type", VALUES) if isinstance(types, list) else [types]
    kinds = some_kinds([a_text(_type(one), f"{where}.type") for one in types])
    strict = raw.get("type_strict", "any")
    if strict not in _STRICT:
        raise wrong(f"{where}.type_strict", f"must be one of {', '.join(_STRICT)}")
    names = (name,) if name.strip() else ()
    return Question(names, kinds, strict == "all", a_limit(raw.get("limit"), f"{where}.limit"), conditions)


def _type(given: Any) -> Any:
    """Return the identifier of a type, which some clients send in an object."""
    return given.get("id") if isinstance(given, dict) else given


def _condition(value: Any, where: str) -> Condition:
    raw = an_object(value, where)
    name = a_text(raw.get("pid"), f"{where}.pid")
    given = raw.get("v")
    return Condition(name, () if given is None else some_values(given, f"{where}.v"))


def write_results(keys: Sequence[str], lines: Sequence[bytes]) -> bytes:
    """Return the answer to a batch.

    Args:
        keys: of the questions.
        lines: the candidates of each, as JSON.
    """
    items = ((encode(key), b':{"result":', line, b"}") for key, line in zip(keys, lines, strict=True))
    return joined(b"{", items, b"}")


def read_extend(text: str | bytes, what: str = "extend") -> tuple[list[str], list[str]]:
    """Return the identifiers and properties of a data extension; the same in both versions.

    Raises:
        RefusalError: 400 or 413.
    """
    raw = an_object(read_json(text, what), "extend")
    ids, wanted = raw.get("ids"), a_list(raw.get("properties"), "extend.properties", VALUES)
    if isinstance(ids, list):
        check_number(ids, "ids")
    named = [an_object(one, f"extend.properties[{n}]").get("id") for n, one in enumerate(wanted)]
    return (
        [a_text(one, f"extend.ids[{n}]") for n, one in enumerate(a_list(ids, "extend.ids", BATCH))],
        [_known(a_text(one, f"extend.properties[{n}].id"), n) for n, one in enumerate(named)],
    )


def _known(name: str, number: int) -> str:
    """Return the identifier of a property that there is: any other would be told anew for each thing."""
    if name not in properties():
        raise wrong(f"extend.properties[{number}].id", f"must be one of {', '.join(properties())}")
    return name


def write_rows(meta: Sequence[Mapping[str, Any]], ids: Sequence[str], lines: Sequence[bytes]) -> bytes:
    """Return the answer to a data extension.

    Args:
        meta: the properties.
        ids: as they were asked for, each once.
        lines: the values of each by property, as JSON.
    """
    items = ((encode(one), b":", line) for one, line in zip(ids, lines, strict=True))
    return joined(b'{"meta":' + encode(meta) + b',"rows":{', items, b"}}")


def joined(head: bytes, items: Iterable[tuple[bytes, ...]], tail: bytes) -> bytes:
    """Return items with commas between them; they may be large, so each of their parts is copied once only.

    Args:
        head: what stands before them.
        items: the parts of each.
        tail: what stands behind them.
    """
    parts = [head]
    for number, item in enumerate(items):
        parts += (b",", *item) if number else item
    return b"".join((*parts, tail))


def encode(value: object) -> bytes:
    """Return a value as JSON; what is no character is a question mark."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def padded(body: bytes, callback: str) -> bytes:
    """Return an answer as a script that calls a function with it (JSONP).

    Args:
        body: JSON.
        callback: name of the function, which was checked.
    """
    safe = body.replace("\u2028".encode(), b"\\u2028").replace("\u2029".encode(), b"\\u2029")
    return b"/**/" + callback.encode() + b"(" + safe + b");"
