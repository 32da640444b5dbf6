"""Facts about SPARQL texts, in shapes and in files: so that rules see what a query mentions and how it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES, RDF_TYPE, expand
from buendnis_graph.validate.lint.facts import lint, quad
from buendnis_graph.validate.lint.index import Index
from buendnis_graph.validate.lint.inputs import TextFile
from buendnis_graph.validate.lint.sparql import Sparql, fault, read_sparql
from buendnis_graph.validate.paths import Term
from buendnis_graph.validate.reading import file_node

_ROLES = {
    expand("sh:sparql"): "Constraint",
    expand("sh:validator"): "Validator",
    expand("sh:nodeValidator"): "Validator",
    expand("sh:propertyValidator"): "Validator",
    expand("sh:target"): "Target",
}
_TEXTS = [expand(f"sh:{name}") for name in ("select", "ask", "construct")]
_PREFIXES, _DECLARE, _IMPORTS = expand("sh:prefixes"), expand("sh:declare"), expand("owl:imports")
_PREFIX, _NAMESPACE = expand("sh:prefix"), expand("sh:namespace")
_SHACL = ox.NamedNode(PREFIXES["sh"])
_ANY_PATH = "<urn:buendnis-graph:path>"
_PRE_BOUND = {"this", "shapesGraph", "currentShape", "PATH"}


class Texts:
    """The SPARQL texts of a shapes graph and of files, with the line of each thing they mention."""

    def __init__(self, shapes: Index, files: Iterable[TextFile]) -> None:
        self._shapes = shapes
        self._files = list(files)
        self.paths = {file_node(file.path): file.path for file in self._files}
        self._lines: dict[tuple[object, str], int] = {}
        self.mentioned: dict[str, None] = {}
        self.in_shapes: dict[object, tuple[ox.NamedNode, ox.Literal]] = {}

    def add_file(self, node: ox.NamedNode, path: Path, line: int) -> None:
        """Name a file that findings may be about, and the line where they stand."""
        self.paths[node] = path
        self._lines[node, ""] = line

    def line(self, node: object, value: str) -> int:
        """Return the line of a text that mentions an IRI or a prefix; its first line if it is not known."""
        return self._lines.get((node, value), 1)

    def facts(self) -> Iterator[ox.Quad]:
        """Yield the facts about all texts."""
        roles = {value: role for p, role in _ROLES.items() for _, value in self._shapes.pairs(p)}
        for prop in _TEXTS:
            for node, text in self._shapes.pairs(prop):
                if isinstance(text, ox.Literal):
                    self.in_shapes.setdefault(node, (prop, text))
                    yield quad(node, "is" + roles.get(node, "Text"))
                    yield from self._of_text(node, text.value, dict(self._declared(node)), has_path=True)
        for file in self._files:
            node = file_node(file.path)
            yield quad(node, "isRule" if file.is_rule else "isQuery")
            # `buendnis query` knows the project's prefixes; other tools that are handed a file do not.
            yield from self._of_text(node, file.text, {} if file.is_rule else PREFIXES)

    def _declared(self, node: Term) -> Iterator[tuple[str, str]]:
        """Yield the prefixes that sh:prefixes gives a node, also through owl:imports (SHACL, section 5.2.1)."""
        open_nodes, seen = self._shapes.values(node, _PREFIXES), set[Term]()
        while open_nodes:
            owner = open_nodes.pop()
            if owner in seen:
                continue
            seen.add(owner)
            if owner == _SHACL:  # whose own file declares it
                yield "sh", PREFIXES["sh"]
            open_nodes += self._shapes.values(owner, _IMPORTS)
            for declaration in self._shapes.values(owner, _DECLARE):
                for prefix in self._shapes.values(declaration, _PREFIX):
                    for namespace in self._shapes.values(declaration, _NAMESPACE):
                        yield prefix.value, namespace.value

    def _of_text(self, node: Term, text: str, declared: dict[str, str], *, has_path: bool = False) -> Iterator[ox.Quad]:
        found = read_sparql(text, declared)
        yield ox.Quad(node, RDF_TYPE, lint("Text"))  # type: ignore[arg-type]
        stand_ins = {prefix: f"urn:buendnis-graph:undeclared:{prefix}:" for prefix in found.undeclared}
        readable = text.replace("$PATH", _ANY_PATH) if has_path else text
        reason = fault(readable, {**declared, **stand_ins})
        if reason:
            yield quad(node, "fault", reason)
        for name, lines in (("mentions", found.iris), ("constructs", found.constructed)):
            for iri, line in lines.items():
                self._lines.setdefault((node, iri), line)
                self.mentioned[iri] = None
                if is_iri(iri):
                    yield quad(node, name, ox.NamedNode(iri))
        for prefix, line in found.undeclared.items():
            self._lines[node, prefix] = line
            yield quad(node, "undeclaredPrefix", prefix)
        yield from _of_words(node, found)


def _of_words(node: Term, found: Sparql) -> Iterator[ox.Quad]:
    yield quad(node, "form", found.form)
    for word in sorted(found.forbidden):
        yield quad(node, "forbidden", word)
    if "this" in found.rebinds:
        yield quad(node, "forbidden", "AS ?this")
    if found.narrow:
        yield quad(node, "narrow")
    if "PATH" in found.variables:
        yield quad(node, "usesPath")
    projected = found.variables if found.projected is None else found.projected
    for name in dict.fromkeys([*projected, *sorted(_PRE_BOUND & found.variables.keys() - {"this"})]):
        yield quad(node, "projects", name)
    for name in found.projected or ():
        if found.variables.get(name) == 1 and name not in found.rebinds | _PRE_BOUND:
            yield quad(node, "neverBound", name)


def is_iri(text: str) -> bool:
    """Whether a text is an IRI that stands for itself: a relative one does not."""
    try:
        ox.NamedNode(text)
    except ValueError:  # a relative IRI
        return False
    return True
