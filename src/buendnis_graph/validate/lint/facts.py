"""What rules can't see by themselves, as triples: members of lists, steps of paths, shapes, circles, patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import prod
from typing import Any

import pyoxigraph as ox

from buendnis_graph.errors import LimitError
from buendnis_graph.namespaces import BASE, RDF_TYPE, expand
from buendnis_graph.validate.lint.index import Index, closing_edges
from buendnis_graph.validate.paths import Term

LINT = BASE + "lint#"
MAX_STEPS = 300_000
"""Steps through lists and paths beyond which shapes were written to keep a program busy."""

_FIRST, _REST, _NIL = expand("rdf:first"), expand("rdf:rest"), expand("rdf:nil")
_PATH, _PROPERTY, _SPARQL = expand("sh:path"), expand("sh:property"), expand("sh:sparql")
_LISTS = [expand(f"sh:{name}") for name in ("and", "ignoredProperties", "in", "languageIn", "or", "xone")]
_SHAPE_LISTS = [expand(f"sh:{name}") for name in ("and", "or", "xone")]
_SHAPE_VALUES = [expand(f"sh:{name}") for name in ("node", "not", "property", "qualifiedValueShape")]
_TARGETS = [expand(f"sh:target{name}") for name in ("", "Class", "Node", "ObjectsOf", "SubjectsOf")]
_SHAPE_CLASSES = {expand(f"sh:{name}") for name in ("NodeShape", "PropertyShape", "Shape")}
_CLASSES = {expand("rdfs:Class"), expand("owl:Class")}
_PARAMETER = expand("sh:Parameter")
_ONE_STEP = [expand(f"sh:{n}Path") for n in ("inverse", "oneOrMore", "zeroOrMore", "zeroOrOne")]
_ALTERNATIVE = expand("sh:alternativePath")
_TRUE = ox.Literal("true", datatype=expand("xsd:boolean"))


def lint(name: str) -> ox.NamedNode:
    """Return a term of the lint's own vocabulary."""
    return ox.NamedNode(LINT + name)


def quad(subject: Term, name: str, value: object = _TRUE) -> ox.Quad:
    """Return a fact, for the store's default graph."""
    return ox.Quad(subject, lint(name), ox.Literal(value) if isinstance(value, str) else value)  # type: ignore[arg-type]


class _Steps:
    """Counts steps."""

    def __init__(self) -> None:
        self._left = MAX_STEPS

    def __call__(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise LimitError("the shapes' lists and paths are too entangled to be checked.", hint="Write them apart.")


def shape_facts(shapes: Index, constrains: Iterable[Term]) -> Iterator[ox.Quad]:
    """Yield the facts about a shapes graph.

    Args:
        shapes: the shapes graph.
        constrains: the properties that are constraints.

    Raises:
        LimitError: if it was made to keep a program busy.
    """
    steps = _Steps()
    lists: dict[Term, list[Term] | None] = {}
    for p in _LISTS:
        for shape, head in shapes.pairs(p):
            if head not in lists:
                lists[head] = _members(head, shapes, steps) if _is_node(head) else None
                yield from _list_facts(head, lists[head])
            if lists[head] is None:
                yield quad(shape, "hasBroken", head)
    yield from _path_facts(shapes, steps)
    refers = _references(shapes, lists)
    for shape, others in refers.items():
        yield from (quad(shape, "refersTo", other) for other in others if _is_node(other))
    for shape, other in closing_edges(refers):
        yield quad(shape, "closesCircleWith", other)
    yield from _kinds(shapes, set(constrains), {other for others in refers.values() for other in others})
    yield from pattern_facts(shapes)


def _is_node(term: Term) -> bool:
    return not isinstance(term, ox.Literal)


def _list_facts(head: Term, members: list[Term] | None) -> Iterator[ox.Quad]:
    if members == []:
        yield quad(head, "isEmpty")
    yield from (quad(head, "member", member) for member in members or ())


def _members(head: Term, shapes: Index, steps: _Steps) -> list[Term] | None:
    """Return the members of a list, None if it is not well formed."""
    members: list[Term] = []
    seen: set[Term] = set()
    while head != _NIL:
        steps()
        first, rest = shapes.values(head, _FIRST), shapes.values(head, _REST)
        if head in seen or len(first) != 1 or len(rest) != 1:
            return None
        seen.add(head)
        members.append(first[0])
        head = rest[0]
    return members


def _path_facts(shapes: Index, steps: _Steps) -> Iterator[ox.Quad]:
    known: dict[Term, list[Term] | None] = {}
    for shape, root in shapes.pairs(_PATH):
        if root not in known:
            known[root] = _path_steps(root, shapes, steps)
        properties = known[root]
        if properties is None:
            yield quad(shape, "brokenPath")
        yield from (quad(shape, "pathStep", step) for step in properties or ())


def _path_steps(root: Term, shapes: Index, steps: _Steps) -> list[Term] | None:
    """Return the properties of a path, None if it is not well formed (SHACL, section 2.3.1)."""
    edges: dict[Term, list[Term]] = {}
    properties: list[Term] = []
    open_nodes = [root]
    while open_nodes:
        steps()
        node = open_nodes.pop()
        if node == _NIL:
            return None
        if isinstance(node, ox.NamedNode):
            properties.append(node)
        elif node not in edges:
            parts = _parts(node, shapes, steps)
            if not parts:
                return None
            edges[node] = parts
            open_nodes += parts
    return None if any(closing_edges(edges)) else properties


def _parts(node: Term, shapes: Index, steps: _Steps) -> list[Term] | None:
    forms = [(p, value) for p in (*_ONE_STEP, _ALTERNATIVE) for value in shapes.values(node, p)]
    if shapes.values(node, _FIRST):
        forms.append((_FIRST, node))
    if len(forms) != 1:
        return None
    form, value = forms[0]
    if form in _ONE_STEP:
        return [value]
    members = _members(value, shapes, steps)
    return members if members and len(members) > 1 else None


def _references(shapes: Index, lists: dict[Term, list[Term] | None]) -> dict[Term, list[Term]]:
    """Return which shapes a shape refers to, in the order of the file."""
    refers: dict[Any, list[Term]] = {item.quad.subject: [] for item in shapes.quads}
    for p in _SHAPE_VALUES:
        for shape, other in shapes.pairs(p):
            refers[shape].append(other)
    for p in _SHAPE_LISTS:
        for shape, head in shapes.pairs(p):
            refers[shape] += lists[head] or ()
    return {shape: others for shape, others in refers.items() if others}


def _kinds(shapes: Index, constrains: set[Term], referred: set[Term]) -> Iterator[ox.Quad]:
    subjects: dict[Any, None] = dict.fromkeys(item.quad.subject for item in shapes.quads)
    targeted: list[Term] = []
    for node in [*subjects, *(other for other in referred if other not in shapes and _is_node(other))]:
        types, predicates = set(shapes.values(node, RDF_TYPE)), set(shapes.predicates(node))
        is_targeted = bool(predicates & set(_TARGETS) or (types & _SHAPE_CLASSES and types & _CLASSES))
        if _PARAMETER in types or not (
            types & _SHAPE_CLASSES or is_targeted or predicates & constrains or node in referred
        ):
            continue
        yield ox.Quad(node, RDF_TYPE, lint("Shape"))
        if node not in shapes:
            yield quad(node, "isUndescribed")
        if is_targeted:
            targeted.append(node)
            yield quad(node, "hasTarget")
        if predicates & constrains:
            yield quad(node, "hasConstraint")
    yield from _reporting(shapes, targeted, constrains - {_PROPERTY, _SPARQL})


def _reporting(shapes: Index, open_nodes: list[Term], constrains: set[Term]) -> Iterator[ox.Quad]:
    """Yield what makes findings of its own: shapes with a target and, below them, what sh:property and sh:sparql name.

    What stands within sh:or, sh:not, sh:node and the like only says yes or no to the shape around it.
    """
    seen: set[Term] = set()
    while open_nodes:
        node = open_nodes.pop()
        if node in seen or not _is_node(node):
            continue
        seen.add(node)
        open_nodes += shapes.values(node, _PROPERTY)
        if constrains.intersection(shapes.predicates(node)):
            yield quad(node, "reports")
        yield from (quad(node, "reportsBy", c) for c in shapes.values(node, _SPARQL) if _is_node(c))


_COUNTED = re.compile(r"\{(?:\d*,)?(\d+),?\}")
_ANYTHING = {"^", "$", "^.*", ".*$", "^.*$"}
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


def pattern_facts(shapes: Index) -> Iterator[ox.Quad]:
    """Yield which patterns can't be read, and which match any text; Oxigraph's ``REGEX`` is asked."""
    store = ox.Store()
    verdicts: dict[tuple[str, str], str] = {}
    for shape, pattern in shapes.pairs(expand("sh:pattern")):
        flags = "".join(
            sorted({v.value for v in shapes.values(shape, expand("sh:flags")) if isinstance(v, ox.Literal)})
        )
        if not isinstance(pattern, ox.Literal):
            continue
        key = (pattern.value, flags)
        if key not in verdicts:
            verdicts[key] = _verdict(store, *key)
        if verdicts[key]:
            yield quad(shape, verdicts[key], pattern)


def _verdict(store: ox.Store, pattern: str, flags: str) -> str:
    if len(pattern) > 10_000 or prod(min(int(n[:6]), 10_000) for n in _COUNTED.findall(pattern)[:50]) > 10_000:
        return "unreadablePattern"  # a{1000}{1000} takes long to compile, and is refused then
    call = f'REGEX("", {ox.Literal(pattern)}, {ox.Literal(flags)})'
    (row,) = store.query(f"SELECT ({call} AS ?matches) {{}}")  # type: ignore[misc]
    if row["matches"] is None:
        return "unreadablePattern"
    # Without an anchor, a pattern that matches the empty text matches somewhere in any text.
    is_vacuous = row["matches"].value == "true" and (pattern in _ANYTHING or not any(c in pattern for c in "^$\\"))
    return "vacuousPattern" if is_vacuous else ""


def placeholder_facts(shapes: Index) -> Iterator[ox.Quad]:
    """Yield which variables the messages of a shape or constraint name."""
    for shape, message in shapes.pairs(expand("sh:message")):
        if isinstance(message, ox.Literal):
            yield from (quad(shape, "placeholder", name) for name in _PLACEHOLDER.findall(message.value))


def cycle_facts(ontology: Index) -> Iterator[ox.Quad]:
    """Yield each statement that makes a class, property or concept stand above itself."""
    for name in ("rdfs:subClassOf", "rdfs:subPropertyOf", "skos:broader"):
        edges: dict[Term, list[Term]] = {}
        for below, above in ontology.pairs(expand(name)):
            edges.setdefault(below, []).append(above)
        for below, above in closing_edges(edges):
            yield quad(below, "closesCircleWith", above)


def language_facts(ontology: Index, shapes: Index, *, is_project: bool) -> Iterator[ox.Quad]:
    """Yield the languages that messages and labels must have: the project's two; elsewhere those used, if several."""
    labels = [expand("rdfs:label"), expand("skos:prefLabel"), expand("skos:definition")]
    for name, index, properties in (("Labels", ontology, labels), ("Messages", shapes, [expand("sh:message")])):
        used = {o.language for p in properties for _, o in index.pairs(p) if isinstance(o, ox.Literal) and o.language}
        for language in ("de", "en") if is_project else sorted(used) if len(used) > 1 else ():
            yield quad(lint(name), "language", language)
