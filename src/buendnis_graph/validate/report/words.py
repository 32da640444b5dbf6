"""What a finding says in German and English: the shapes' own message, or what the kind of constraint wants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice

import pyoxigraph as ox

from buendnis_graph.errors import ShapesError
from buendnis_graph.namespaces import expand, shorten
from buendnis_graph.validate.engine import Result
from buendnis_graph.validate.paths import Term, read_list
from buendnis_graph.validate.shapes import SH, Shapes
from buendnis_graph.wording import LANGUAGES, read_toml

_UNKNOWN = {"de": "Verletzt die Bedingung {name}.", "en": "Breaks the constraint {name}."}
_MARK = re.compile(r"\{(\w+)\}")
_SHOWN = 12
"""Members of a list that a message names."""


def defaults() -> dict[str, dict[str, str]]:
    """Return what each kind of constraint of SHACL Core wants, by language."""
    return read_toml(__file__, "components.toml")


def messages(result: Result, shapes: Shapes | None = None) -> dict[str, str]:
    """Return what a result says in German and English; a language that is missing gets what there is.

    Args:
        result: what an engine found.
        shapes: the shapes it was found with, for the values in the default messages.
    """
    said: Mapping[str, str] = result.messages
    known = defaults().get(result.component)
    if known is not None and (not said or (shapes is not None and not shapes.messages(_node(result.rule)))):
        said = {language: _filled(text, result, shapes) for language, text in known.items()}
    if not said:
        said = {language: text.format(name=shorten(result.component)) for language, text in _UNKNOWN.items()}
    return {language: _best(said, language) for language in LANGUAGES}


def spoken(rule: str, shapes: Shapes) -> dict[str, str]:
    """Return what a shape or constraint says of itself in German and English; nothing if it has no message."""
    said = shapes.messages(_node(rule))
    return {language: _best(said, language) for language in LANGUAGES} if said else {}


def _best(said: Mapping[str, str], language: str) -> str:
    """Return the text in a language, in a dialect of it, without a language, or the first of the alphabet."""
    for tag in (language, *sorted(said)):
        if tag in said and tag.lower().split("-")[0] == language:
            return said[tag]
    return said[""] if "" in said else said[min(said)]


def _node(name: str) -> Term:
    return ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name)


def _filled(text: str, result: Result, shapes: Shapes | None) -> str:
    def fill(mark: re.Match[str]) -> str:
        given = [] if shapes is None else shapes.values(_node(result.shape), ox.NamedNode(SH + mark[1]))
        parts = (part for value in given for part in _members(value, shapes))
        shown = list(islice(parts, _SHOWN + 1))
        more = [] if len(shown) <= _SHOWN else ["…"]
        return ", ".join(shown[:_SHOWN] + more) or f"sh:{mark[1]}"

    return _MARK.sub(fill, text)


def _members(value: Term, shapes: Shapes | None) -> Iterator[str]:
    """Yield a parameter's value in words, a list by its members."""
    members = [value]
    if shapes is not None and shapes.values(value, expand("rdf:first")):
        with suppress(ShapesError):  # a broken list is shown as what it is
            members = read_list(value, shapes.values)
    for member in members:
        yield shorten(member.value) if isinstance(member, ox.NamedNode) else member.value
