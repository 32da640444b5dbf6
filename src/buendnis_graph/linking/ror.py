"""Organisations of ROR as its JSON gives them, schema 1 and 2."""

from __future__ import annotations

from typing import Any

from buendnis_graph.linking.body import Body, made


def ror_body(record: dict[str, Any]) -> Body | None:
    """Return the organisation of a record; nothing if it has no id or no name."""
    names = _names(record)
    if not isinstance(record.get("id"), str) or not names:
        return None
    told = {
        "acronyms": _acronyms(record),
        "places": _places(record),
        "websites": [_text(link, "value") for link in _list(record, "links")],
        "founded": [str(record["established"])] if record.get("established") else [],
        "same": _same(record),
    }
    return made(record["id"], names, told, is_gone=record.get("status") in ("withdrawn", "inactive"))


def _list(record: dict[str, Any], name: str) -> list[Any]:
    found = record.get(name)
    return found if isinstance(found, list) else []


def _text(value: Any, name: str) -> str:
    found = value.get(name) if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def _names(record: dict[str, Any]) -> list[str]:
    if "names" in record:
        told = [name for name in _list(record, "names") if isinstance(name, dict)]
        told = [name for name in told if "acronym" not in _list(name, "types")]
        told.sort(key=lambda name: "ror_display" not in _list(name, "types"))
        return [_text(name, "value") for name in told]
    labels = [_text(label, "label") for label in _list(record, "labels")]
    return [_text(record, "name"), *labels, *(_text(alias, "") for alias in _list(record, "aliases"))]


def _acronyms(record: dict[str, Any]) -> list[str]:
    told = [name for name in _list(record, "names") if isinstance(name, dict) and "acronym" in _list(name, "types")]
    return [*(_text(one, "") for one in _list(record, "acronyms")), *(_text(name, "value") for name in told)]


def _places(record: dict[str, Any]) -> list[str]:
    second = [place.get("geonames_details") for place in _list(record, "locations") if isinstance(place, dict)]
    return [*(_text(a, "city") for a in _list(record, "addresses")), *(_text(p, "name") for p in second if p)]


def _same(record: dict[str, Any]) -> list[str]:
    told = record.get("external_ids")
    if isinstance(told, dict):
        told = [
            {"type": "wikidata", **one} for name, one in told.items() if name == "Wikidata" and isinstance(one, dict)
        ]
    found = [
        one
        for one in (told if isinstance(told, list) else [])
        if isinstance(one, dict) and one.get("type") == "wikidata"
    ]
    return [_text(value, "") for one in found for value in _list(one, "all")]
