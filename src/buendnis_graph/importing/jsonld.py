"""Members in the data that a page embeds for search engines (JSON-LD, schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from buendnis_graph.importing.model import Remark

HEADER = ("name", "role", "since", "until", "place", "website")
_DEPTH = 40


def members(scripts: list[str]) -> tuple[tuple[str, ...], list[tuple[str, ...]], list[Remark]]:
    """Return header and rows of the members that embedded data names, and remarks on persons among them.

    ``member`` of a thing, things that say ``memberOf``, and the elements of an ``ItemList``. Data that can't be read is
    passed over: pages are full of it, and search engines do the same.
    """
    rows: dict[tuple[str, ...], None] = {}
    remarks: list[Remark] = []
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for number, (thing, role) in enumerate(_found(data), start=1):
            if _is_person(thing):
                remarks.append(Remark("person", number))
                continue
            row = _row(thing, role)
            if row[0]:
                rows[row] = None
    return HEADER, list(rows), remarks


def _found(data: Any, depth: int = 0) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield (member, the role it has or nothing) from anywhere in the data."""
    if depth > _DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from _found(item, depth + 1)
    if not isinstance(data, dict):
        return
    for name in ("member", "members"):
        for item in _many(data.get(name)):
            yield from _resolved(item)
    if "ItemList" in _types(data):
        for element in _many(data.get("itemListElement")):
            yield from _resolved(element.get("item", element) if isinstance(element, dict) else element)
    if data.get("memberOf") and data.get("name"):
        yield data, {}
    for name, value in data.items():
        if name not in {"member", "members", "itemListElement", "memberOf"} and isinstance(value, dict | list):
            yield from _found(value, depth + 1)


def _resolved(item: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    if isinstance(item, str) and not item.startswith(("http://", "https://")):
        yield {"name": item}, {}
    elif isinstance(item, dict) and any(kind.endswith("Role") for kind in _types(item)):
        for member in _many(item.get("member")):
            if isinstance(member, dict):
                yield member, item
    elif isinstance(item, dict):
        yield item, {}


def _row(thing: dict[str, Any], role: dict[str, Any]) -> tuple[str, ...]:
    address = thing.get("address") or thing.get("location")
    if isinstance(address, dict) and isinstance(address.get("address"), dict):
        address = address["address"]
    place = address.get("addressLocality") if isinstance(address, dict) else None
    return (
        _text(thing.get("name")),
        _text(role.get("roleName") or role.get("namedPosition")),
        _text(role.get("startDate")),
        _text(role.get("endDate")),
        _text(place),
        _text(thing.get("url")),
    )


def _is_person(thing: dict[str, Any]) -> bool:
    return "Person" in _types(thing)


def _types(thing: dict[str, Any]) -> set[str]:
    return {str(kind).rpartition("/")[2] for kind in _many(thing.get("@type"))}


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id")
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
