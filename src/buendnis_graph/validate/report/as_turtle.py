"""The W3C's validation report in Turtle (SHACL 1.0, section 3.6), with IRIs for the report and its results."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE, expand
from buendnis_graph.validate.notes import Note
from buendnis_graph.validate.paths import Path, Term
from buendnis_graph.validate.report.as_json import full_name
from buendnis_graph.validate.report.findings import Finding
from buendnis_graph.validate.shapes import SH

NAMES = "urn:buendnis-graph:report:"
"""Reports are named by their content: the same findings give the same names."""

_OPERATORS = {
    "^": expand("sh:inversePath"),
    "*": expand("sh:zeroOrMorePath"),
    "+": expand("sh:oneOrMorePath"),
    "?": expand("sh:zeroOrOnePath"),
    "|": expand("sh:alternativePath"),
}
_FIRST, _REST, _NIL = expand("rdf:first"), expand("rdf:rest"), expand("rdf:nil")


def as_turtle(found: Sequence[Finding], notes: Sequence[Note] = ()) -> str:
    """Return findings as a ``sh:ValidationReport``.

    It has no blank node where data and shapes have none, but for a path of several steps, which the standard writes
    with blank nodes.

    Args:
        found: all findings, in order.
        notes: what was not checked, as comments on the report.
    """
    lines = [f"@prefix sh: <{SH}> .\n"]
    last: object = None
    for triple in report_triples(found, notes):
        if triple.subject != last:
            lines.append(("" if last is None else " .\n") + f"\n{_written(triple.subject)}\n   ")
        else:
            lines.append(" ;\n   ")
        verb = "a" if triple.predicate == RDF_TYPE else _written(triple.predicate)
        lines.append(f" {verb} {_written(triple.object)}")
        last = triple.subject
    return "".join([*lines, " .\n"])


_LOCAL = re.compile(r"[A-Za-z]+")


def _written(term: object) -> str:
    """Return a term in Turtle. Literals stand in quotes: other tools rewrite numbers that stand without (01 as 1)."""
    if isinstance(term, ox.NamedNode) and term.value.startswith(SH) and _LOCAL.fullmatch(term.value, len(SH)):
        return f"sh:{term.value[len(SH) :]}"
    return str(term)


def report_triples(found: Sequence[Finding], notes: Sequence[Note] = ()) -> Iterator[ox.Triple]:
    """Yield the triples of the report."""
    names = _apart(_name("".join(f"{part}\0" for part in _parts(finding))) for finding in found)
    report = ox.NamedNode(NAMES + _name("\n".join([*names, *(text for note in notes for text in note.texts.values())])))
    yield ox.Triple(report, RDF_TYPE, expand("sh:ValidationReport"))
    yield ox.Triple(report, expand("sh:conforms"), ox.Literal(not found))
    for note in notes:
        for language, text in note.texts.items():
            yield ox.Triple(report, expand("rdfs:comment"), ox.Literal(text, language=language))
    results = [ox.NamedNode(f"{report.value}:{name}") for name in names]
    yield from (ox.Triple(report, expand("sh:result"), result) for result in results)
    paths = _Paths()
    for result, finding in zip(results, found, strict=True):
        yield from _result(result, finding, paths)


def _result(node: ox.NamedNode, finding: Finding, paths: _Paths) -> Iterator[ox.Triple]:
    said = finding.result
    details: list[tuple[str, Term | None]] = [
        ("sh:focusNode", said.focus),
        ("sh:resultPath", None if said.path is None else paths.node(said.path)),
        ("sh:value", said.value),
        ("sh:sourceConstraintComponent", ox.NamedNode(full_name(said.component))),
        ("sh:sourceShape", _named(said.shape)),
        ("sh:sourceConstraint", _named(said.constraint) if said.constraint else None),
        ("sh:resultSeverity", ox.NamedNode(full_name(said.severity))),
    ]
    details += [("sh:resultMessage", _message(language, text)) for language, text in sorted(_said(finding).items())]
    yield ox.Triple(node, RDF_TYPE, expand("sh:ValidationResult"))
    for predicate, value in details:
        if value is not None:
            yield ox.Triple(node, expand(predicate), value)
    yield from paths.take()


def _said(finding: Finding) -> dict[str, str]:
    """Return the shapes' own messages as they are, else the default ones."""
    return dict(finding.result.messages or finding.messages)


def _message(language: str, text: str) -> ox.Literal:
    return ox.Literal(text, language=language) if language else ox.Literal(text)


def _named(name: str) -> Term:
    return ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name)


def _parts(finding: Finding) -> tuple[str, ...]:
    said = finding.result
    return (*said.key, said.shape, said.constraint or "", str(said.source or ""))


def _apart(names: Iterable[str]) -> list[str]:
    """Return names, numbered where one comes again: two values of one parameter may give results that are alike."""
    seen: Counter[str] = Counter()
    made = []
    for name in names:
        seen[name] += 1
        made.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return made


def _name(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


class _Paths:
    """Writes paths as SHACL does: a property is itself, all else blank nodes, numbered so that reports are the same."""

    def __init__(self) -> None:
        self._made = 0
        self._triples: list[ox.Triple] = []

    def take(self) -> list[ox.Triple]:
        """Return the triples written since the last call."""
        taken, self._triples = self._triples, []
        return taken

    def node(self, path: Path) -> ox.NamedNode | ox.BlankNode:
        """Return the node that stands for a path."""
        if path.predicate is not None:
            return path.predicate
        if path.operator == "/":
            return self._list(path.parts)
        node = self._blank()
        inner = self._list(path.parts) if path.operator == "|" else self.node(path.parts[0])
        self._triples.append(ox.Triple(node, _OPERATORS[path.operator], inner))
        return node

    def _list(self, parts: Sequence[Path]) -> ox.NamedNode | ox.BlankNode:
        rest: ox.NamedNode | ox.BlankNode = _NIL
        for part in reversed(parts):
            first, head = self.node(part), self._blank()
            self._triples += [ox.Triple(head, _FIRST, first), ox.Triple(head, _REST, rest)]
            rest = head
        return rest

    def _blank(self) -> ox.BlankNode:
        self._made += 1
        return ox.BlankNode(f"path{self._made}")
