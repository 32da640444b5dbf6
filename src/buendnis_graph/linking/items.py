"""Wikidata's items as files hold them: JSON of ``Special:EntityData`` or ``wbgetentities``, or one item a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from buendnis_graph.errors import ReadError
from buendnis_graph.linking.records import NO_FILE, opened, records

_ITEM = re.compile(r"Q[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of an item.

    Attributes:
        value: an item's id, an address or text, or a time as ``+1964-00-00T00:00:00Z/9``.
        qualifiers: values by property.
        references: addresses (P854) of its references.
    """

    value: str
    qualifiers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of Wikidata.

    Attributes:
        qid: its id.
        asked: the id under which it was asked for; another one if that redirects.
        labels: names by language.
        aliases: other names.
        statements: by property; deprecated ones are left out.
        is_missing: whether it was deleted or never was.
    """

    qid: str
    asked: str
    labels: dict[str, str] = field(default_factory=dict)
    aliases: frozenset[str] = frozenset()
    statements: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    is_missing: bool = False


def read_items(path: Path) -> dict[str, Item]:
    """Return the items of a file, by the id under which each was asked for.

    Args:
        path: JSON (an item, a list of items, or ``{"entities": …}``) or JSON lines of them; ``.gz`` too.

    Raises:
        ReadError: if it can't be read or holds something else, with its line.
    """
    try:
        with opened(path) as file:
            return {item.asked: item for item in _items(file, path)}
    except NO_FILE as error:
        raise ReadError(f"can't be read as items of Wikidata: {error}.", path=path) from error


def _items(file: TextIO, path: Path) -> Iterator[Item]:
    for number, document in records(file, path):
        for asked, found in _entities(document):
            if not isinstance(found, dict) or not _ITEM.fullmatch(str(found.get("id", ""))):
                raise ReadError("holds something else than items of Wikidata.", path=path, line=number)
            yield item_of(found, asked)


def _entities(document: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(document, dict) and isinstance(document.get("entities"), dict):
        return list(document["entities"].items())
    return [("", document)]


def item_of(found: dict[str, Any], asked: str = "") -> Item:
    """Return an item from its JSON.

    Args:
        found: Wikidata's JSON of one entity.
        asked: the id it was asked for, if that is known; a redirect names it in ``redirects.from``, too.
    """
    qid, redirects = str(found["id"]), found.get("redirects") or {}
    labels, aliases, claims = (found.get(key) or {} for key in ("labels", "aliases", "claims"))
    return Item(
        qid=qid,
        asked=str(redirects.get("from") or asked or qid),
        labels={language: label["value"] for language, label in dict(labels).items()},
        aliases=frozenset(alias["value"] for told in dict(aliases).values() for alias in told),
        statements={name: tuple(filter(None, map(_statement, told))) for name, told in dict(claims).items()},
        is_missing="missing" in found,
    )


def _statement(claim: dict[str, Any]) -> Statement | None:
    value = _value(claim.get("mainsnak", {}))
    if not value or claim.get("rank") == "deprecated":
        return None
    return Statement(
        value,
        {name: tuple(map(_value, snaks)) for name, snaks in (claim.get("qualifiers") or {}).items()},
        tuple(_value(snak) for told in claim.get("references", ()) for snak in told.get("snaks", {}).get("P854", ())),
    )


def _value(snak: dict[str, Any]) -> str:
    value = snak.get("datavalue", {}).get("value")
    if isinstance(value, dict):
        if "time" in value:
            return f"{value['time']}/{value.get('precision', 11)}"
        return str(value.get("id") or value.get("text") or "")
    return "" if value is None else str(value)
