"""A shapes graph: read from files, every shape with a name, what it says of itself at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath

import pyoxigraph as ox

from buendnis_graph.errors import ReadError
from buendnis_graph.evidence.reader import FORMATS, read_bytes
from buendnis_graph.namespaces import PREFIXES, RDF_TYPE, expand
from buendnis_graph.validate.paths import Path, Term, read_path

SH = PREFIXES["sh"]
ANONYMOUS = "urn:buendnis-graph:shape:"
"""Shapes without an IRI get one, so that results and reports can name them: a mark of the graph, and a number."""

_SUBCLASS = expand("rdfs:subClassOf")
_PATH, _MESSAGE, _SEVERITY = expand("sh:path"), expand("sh:message"), expand("sh:severity")


class Shapes:
    """A shapes graph. Blank nodes outside paths are named; everything else is as written."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.triples = _named(list(dict.fromkeys(triples)))
        self._index: dict[Term, dict[ox.NamedNode, list[Term]]] = {}
        for triple in self.triples:
            of_subject = self._index.setdefault(triple.subject, {})  # type: ignore[arg-type]
            of_subject.setdefault(triple.predicate, []).append(triple.object)  # type: ignore[arg-type]

    @classmethod
    def from_files(cls, paths: Iterable[FilePath]) -> Shapes:
        """Return the shapes of several files together.

        Raises:
            ReadError: if a file can't be parsed, with the line.
        """
        return cls.of((path, read_bytes(path)) for path in paths)

    @classmethod
    def of(cls, files: Iterable[tuple[FilePath, bytes]]) -> Shapes:
        """Return the shapes of several files together, given with what is in them.

        Raises:
            ReadError: if one can't be parsed, with the line.
        """
        triples: list[ox.Triple] = []
        for path, content in files:
            rdf_format = FORMATS.get(path.suffix, ox.RdfFormat.TURTLE)
            try:
                quads = ox.parse(content, format=rdf_format, rename_blank_nodes=True)
                triples += [quad.triple for quad in quads]
            except SyntaxError as error:
                raise ReadError(
                    f"is not valid {rdf_format.name}: {error.msg}.", path=path, line=error.lineno
                ) from error
        return cls(triples)

    def values(self, subject: Term, predicate: ox.NamedNode) -> list[Term]:
        """Return the objects of a subject and predicate, as they come."""
        return self._index.get(subject, {}).get(predicate, [])

    def is_true(self, subject: Term, predicate: ox.NamedNode) -> bool:
        """Return whether a switch such as ``sh:deactivated`` is set."""
        return any(map(is_yes, self.values(subject, predicate)))

    @property
    def nodes(self) -> Iterable[Term]:
        """All that it says something of."""
        return self._index.keys()

    def subjects(self, predicate: ox.NamedNode) -> Iterator[Term]:
        """Yield the subjects that have a predicate, each once."""
        return (subject for subject, said in self._index.items() if predicate in said)

    def is_a(self, node: Term, classes: set[ox.NamedNode]) -> bool:
        """Return whether a node is an instance of one of some classes or a subclass, as the shapes graph says."""
        seen: set[Term] = set()
        waiting = list(self.values(node, RDF_TYPE))
        while waiting:
            kind = waiting.pop()
            if kind in classes:
                return True
            if kind not in seen:
                seen.add(kind)
                waiting += self.values(kind, _SUBCLASS)
        return False

    def path(self, shape: Term) -> Path | None:
        """Return the path of a property shape, None for a node shape.

        Raises:
            ShapesError: if it is not well formed.
        """
        nodes = self.values(shape, _PATH)
        return read_path(nodes[0], self.values) if nodes else None

    def messages(self, shape: Term) -> dict[str, str]:
        """Return what a shape or constraint says, by language tag (``""`` for none)."""
        said = self.values(shape, _MESSAGE)
        return by_language((text.language or "", text.value) for text in said if isinstance(text, ox.Literal))

    def severity(self, shape: Term) -> str:
        """Return the severity of a shape: SHACL's local name, or the IRI of another; ``Violation`` if it says none."""
        for value in self.values(shape, _SEVERITY):
            if isinstance(value, ox.NamedNode):
                return local_name(value.value)
        return "Violation"


def by_language(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return texts by language; several of one language in one, in the order of the alphabet."""
    found: dict[str, list[str]] = {}
    for language, text in sorted(texts):
        found.setdefault(language, []).append(text)
    return {language: " ".join(of_language) for language, of_language in found.items()}


def local_name(iri: str) -> str:
    """Return SHACL's local name for an IRI of SHACL, else the IRI."""
    return iri.removeprefix(SH)


def name_of(term: Term) -> str:
    """Return how a shape is named in a result."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _named(triples: list[ox.Triple]) -> list[ox.Triple]:
    """Return triples with an IRI for every blank node but those of paths, whose blank nodes are syntax."""
    keep: set[object] = set()
    below: dict[object, list[object]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.BlankNode):
            below.setdefault(triple.subject, []).append(triple.object)
    open_nodes: list[object] = [t.object for t in triples if t.predicate == _PATH]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, ox.BlankNode) and node not in keep:
            keep.add(node)
            open_nodes += below.get(node, [])
    names: dict[object, ox.NamedNode] = {}
    mark = _mark(triples)

    def name(term: object) -> object:
        if not isinstance(term, ox.BlankNode) or term in keep:
            return term
        return names.setdefault(term, ox.NamedNode(f"{ANONYMOUS}{mark}:{len(names) + 1}"))

    return [ox.Triple(name(t.subject), t.predicate, name(t.object)) for t in triples]  # type: ignore[arg-type]


def _mark(triples: list[ox.Triple]) -> str:
    """Return a short mark of a graph, so that the names of two graphs' shapes do not meet."""
    digest = hashlib.blake2b(digest_size=4)
    for triple in triples:
        terms = (triple.subject, triple.predicate, triple.object)
        digest.update(" ".join("" if isinstance(term, ox.BlankNode) else str(term) for term in terms).encode())
    return digest.hexdigest()


def is_yes(value: Term) -> bool:
    """Return whether the value of a switch sets it, however that is written."""
    return isinstance(value, ox.Literal) and value.value in ("true", "1")
