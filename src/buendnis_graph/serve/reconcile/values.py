"""Values of properties: what a thing has, how a given value is compared with it, and how clients are told."""

from __future__ import annotations

import re
from typing import Any

from buendnis_graph.resolving.normalise import fold, key, parse
from buendnis_graph.resolving.resolver import host_of
from buendnis_graph.serve.reconcile.offer import Property, properties
from buendnis_graph.serve.reconcile.things import Thing, Things

_ITEM = re.compile(r"q[1-9][0-9]*")
_WORD = re.compile(r"[^\W_]+")


def texts_of(thing: Thing, name: str) -> tuple[str, ...]:
    """Return the values of a property: IRIs of things, or texts.

    Args:
        thing: whose.
        name: identifier of the property.
    """
    if name == "iri":
        return (thing.iri,)
    if name == "other-name":
        return tuple(other for other in thing.names if other not in thing.labels.values())
    if name.startswith("label-"):
        label = thing.labels.get(name.removeprefix("label-"))
        return (label,) if label else ()
    return thing.values.get(name, ())


def told(thing: Thing, name: str, things: Things, language: str) -> list[dict[str, Any]]:
    """Return the values of a property as data extension tells them (the same in both versions of the API).

    Args:
        thing: whose.
        name: identifier of the property.
        things: all.
        language: of names.
    """
    found: list[dict[str, Any]] = []
    for text in texts_of(thing, name):
        other = things.get(text) if properties()[name].type else None
        if other is not None:
            found.append({"id": other.id, "name": other.name(language)})
        else:
            labels = things.labels.get(text, {})
            found.append({"str": labels.get(language) or next(iter(labels.values()), text)})
    return found


def agrees(thing: Thing, name: str, given: str, things: Things) -> bool | None:
    """Return whether a given value is one of a thing's; None if the thing has no value, so nothing is known.

    Args:
        thing: whose.
        name: identifier of the property, or ``name`` for any of its names.
        given: identifier, IRI, or text.
        things: all.
    """
    if name == "name":
        return _name(given) in set(map(_name, thing.names))
    if name not in properties():
        return None
    texts, of = texts_of(thing, name), properties()[name]
    if not texts:
        return None
    if of.compared == "thing":
        return _is_thing(texts, given, things)
    return any(normal(of, given) in keys(of, text) for text in texts)


def is_certain(thing: Thing, name: str, given: str) -> bool:
    """Return whether a value that agrees is one that no two things share.

    That is a register's number with its court, an IRI, or the identifier of an item of Wikidata.

    Args:
        thing: whose value it is.
        name: identifier of the property.
        given: as somebody gives it.
    """
    of = properties()[name]
    wanted = normal(of, given)
    if of.compared == "identifier" and _ITEM.fullmatch(wanted):
        return True
    return of.compared in ("identifier", "number") and wanted in {normal(of, text) for text in texts_of(thing, name)}


def _is_thing(texts: tuple[str, ...], given: str, things: Things) -> bool:
    other = things.get(given)
    if other is not None and other.iri in texts:
        return True
    if any(_name(given) == _name(text) for text in texts):  # the seat of an entry of the register is no thing
        return True
    found = (things.get(text) for text in texts)
    return any(_name(given) == _name(known) for target in found if target is not None for known in target.names)


def normal(of: Property, given: str) -> str:
    """Return the key of a value as somebody gives it; empty if it is none.

    Args:
        of: the property.
        given: text, address or IRI.
    """
    text = given.strip()
    if of.compared == "host":
        return host_of(text)
    if of.compared == "form":
        return next(iter(sorted(parse(f"X {text}").legal_forms)), text.rpartition("/")[2].lower())
    if of.compared == "number":
        return " ".join(_words(text))
    return _name(text) if of.compared == "name" else fold(text)


def keys(of: Property, text: str) -> frozenset[str]:
    """Return the keys that a value of ours answers to.

    A register's number is one without its court, too, and an identifier without the address before it.

    Args:
        of: the property.
        text: the value.
    """
    whole = normal(of, text)
    short = " ".join(whole.split()[-2:]) if of.compared == "number" else whole
    if of.compared == "identifier":
        short = whole.rstrip("/").rpartition("/")[2]
    return frozenset({whole, short} - {""})


def _name(text: str) -> str:
    return key(text) or fold(text.strip())


def _words(text: str) -> list[str]:
    """Return the words of a register's number; VR1234 is VR 1234."""
    return _WORD.findall(re.sub(r"(?<=[a-z])(?=\d)", " ", fold(text)))
