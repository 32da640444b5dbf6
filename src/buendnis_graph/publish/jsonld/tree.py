"""A document as a readable tree: each thing described once, where a reader first needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE
from buendnis_graph.publish.jsonld.table import Term, table
from buendnis_graph.publish.jsonld.values import Value, address, class_name, quoted, value_of

_STEP = "  "
_key = itemgetter(1)


class Tree:
    """The triples of a document as nested node objects.

    What points at the document's thing by a reversed term (the memberships of a body, say) stands inside it; so does
    what points at things at home in the document. Anything else that is described here stands where it is first
    mentioned, unless it is at home here: then it stands under ``included``.

    Args:
        root: IRI of the document's thing.
        own: triples that are at home here.
        borrowed: triples that are not; of other subjects, but for those that point at something.
    """

    def __init__(self, root: str, own: Iterable[ox.Triple], borrowed: Iterable[ox.Triple]) -> None:
        self._root = root
        self._values: dict[str, list[Value]] = {}
        self._types: dict[str, list[str]] = defaultdict(list)
        self._pointing: dict[str, list[tuple[int, str, Term]]] = defaultdict(list)
        self._read(own)
        self._own = set(self._values)
        self._read(borrowed)
        self._children: dict[str, list[tuple[Term, str]]] = defaultdict(list)
        self._inside: set[str] = {root}
        self._adopt()
        self._placed: set[str] = set()

    def _read(self, triples: Iterable[ox.Triple]) -> None:
        reverse = table().reverse
        for subject, predicate, value in triples:
            name = subject.value
            values = self._values.setdefault(name, [])
            if predicate == RDF_TYPE and isinstance(value, ox.NamedNode):
                self._types[name].append(class_name(value))
                continue
            written = value_of(predicate, value)
            values.append(written)
            if written.thing and (term := reverse.get(written.predicate)) is not None:
                self._pointing[written.thing].append((term.position, name, term))

    def _adopt(self) -> None:
        """Decide what stands inside the root, and inside what is at home here, by reversed terms."""
        queue = [self._root]
        for parent in queue:
            if parent not in self._own and parent != self._root:
                continue
            for _, child, term in sorted(self._pointing.get(parent, ()), key=itemgetter(0, 1)):
                if child in self._inside or not self._holds(term, child):
                    continue
                self._inside.add(child)
                self._children[parent].append((term, child))
                queue.append(child)

    def _holds(self, term: Term, child: str) -> bool:
        return not term.holds or any(name[1:-1] in term.holds for name in self._types.get(child, ()))

    def members(self, indent: str) -> list[str]:
        """Return the members of the root's JSON object, each indented but for its first line; may be called once."""
        members = self._members(self._root, indent, None)
        rest = [thing for thing in sorted(self._values) if thing not in self._placed]
        included = [
            self._object(thing, indent + _STEP, None)
            for thing in sorted(rest, key=lambda t: (t not in self._own, t))
            if thing not in self._placed
        ]
        return [*members, _list('"included"', included, indent)] if included else members

    def _object(self, thing: str, indent: str, inside: tuple[str, str] | None) -> str:
        inner = indent + _STEP
        members = self._members(thing, inner, inside)
        if len(members) == 1:
            return f"{{{members[0]}}}"
        return f"{{\n{inner}" + f",\n{inner}".join(members) + f"\n{indent}}}"

    def _members(self, thing: str, indent: str, inside: tuple[str, str] | None) -> list[str]:
        """Return the members of a thing's object.

        Args:
            thing: its IRI.
            indent: of the members.
            inside: the property and the thing that it stands inside of; that triple is told by the place.
        """
        self._placed.add(thing)
        members = [f'"id": {address(thing)}']
        types = self._types.get(thing)
        if types:
            members.append(f'"type": {types[0]}' if len(types) == 1 else f'"type": [{", ".join(types)}]')
        values = self._values.get(thing, [])
        if inside is not None:
            values = [value for value in values if (value.predicate, value.thing) != inside]
        for key, group in groupby(sorted(values), _key):
            members.append(self._member(key, list(group), indent))
        for term, children in groupby(self._children.get(thing, ()), itemgetter(0)):
            items = [self._object(child, indent + _STEP, (term.predicate, thing)) for _, child in children]
            members.append(_list(quoted(term.name), items, indent))
        return members

    def _member(self, key: str, values: list[Value], indent: str) -> str:
        is_many = values[0].is_many
        if values[0].language:
            return f"{key}: {{{', '.join(_by_language(values, is_many))}}}"
        if len(values) > 1 or is_many:
            return _list(key, [self._text(value, indent + _STEP) for value in values], indent)
        return f"{key}: {self._text(values[0], indent)}"

    def _text(self, value: Value, indent: str) -> str:
        """Return a value; a thing that is described here and not yet placed, with what is said of it."""
        thing = value.thing
        if (
            thing
            and thing in self._values
            and not (thing in self._placed or thing in self._inside or thing in self._own)
        ):
            return self._object(thing, indent, None)
        return value.text


def _by_language(values: list[Value], is_many: bool) -> Iterator[str]:
    texts: dict[str, list[str]] = defaultdict(list)
    for value in values:
        texts[value.language].append(value.text)
    for language in sorted(texts):
        several = texts[language]
        yield f"{language}: [{', '.join(several)}]" if is_many or len(several) > 1 else f"{language}: {several[0]}"


def _list(key: str, items: list[str], indent: str) -> str:
    if len(items) == 1 and "\n" not in items[0]:
        return f"{key}: [{items[0]}]"
    inner = indent + _STEP
    return f"{key}: [\n{inner}" + f",\n{inner}".join(items) + f"\n{indent}]"
