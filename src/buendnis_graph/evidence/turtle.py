"""The canonical Turtle and TriG: one triple a line, everything sorted, so that a small change is a small diff."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES, RDF_TYPE, SOURCE_CLASS, expand

_XSD = PREFIXES["xsd"]
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSEEN = r"\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
INVISIBLE = re.compile(f"[{_UNSEEN}]")
"""Characters that can't be seen and may turn round what stands beside them; control characters of ASCII apart."""
_NEEDS_ESCAPE = re.compile(rf'[\\"\x00-\x1f{_UNSEEN}]')
_HEADS = {expand("owl:Ontology"), expand("skos:ConceptScheme"), expand("dcat:Dataset"), SOURCE_CLASS}

Subject = ox.NamedNode
Comments = Mapping[ox.NamedNode, list[str]]


class Names:
    """Writes IRIs as prefixed names and remembers which prefixes were used.

    Args:
        own: the namespace of the empty prefix, if there is one.
    """

    def __init__(self, own: str | None) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in PREFIXES.items()} | ({own: ""} if own else {})
        self._known: dict[str, str] = {}
        self.used: dict[str, str] = {}

    def __call__(self, iri: ox.NamedNode) -> str:
        """Return an IRI as a prefixed name if it can be one, else between angle brackets."""
        value = iri.value
        if value not in self._known:
            self._known[value] = self._shorten(value)
        return self._known[value]

    def _shorten(self, value: str) -> str:
        end = max(value.rfind("/"), value.rfind("#")) + 1  # every namespace ends so, and no local name holds either
        namespace = value[:end]
        prefix = self._prefixes.get(namespace)
        if prefix is None or not _LOCAL_NAME.fullmatch(value, end):
            return f"<{value}>"
        self.used[prefix] = namespace
        return f"{prefix}:{value[end:]}"


def escape(text: str) -> str:
    """Return a string's content as it stands between quotes; invisible characters are spelt out."""
    return _NEEDS_ESCAPE.sub(lambda m: _ESCAPES.get(m[0], f"\\u{ord(m[0]):04X}"), text)


def _literal(literal: ox.Literal, names: Names) -> str:
    datatype = literal.datatype.value
    if datatype == _XSD + "integer" and re.fullmatch(r"[+-]?[0-9]+", literal.value):
        return literal.value
    if datatype == _XSD + "boolean" and literal.value in {"true", "false"}:
        return literal.value
    quoted = f'"{escape(literal.value)}"'
    if literal.language:
        return f"{quoted}@{literal.language}"
    return quoted if datatype == _XSD + "string" else f"{quoted}^^{names(literal.datatype)}"


def term_text(term: object, names: Names) -> str:
    """Return an IRI or literal as it stands in Turtle.

    Raises:
        TypeError: for a blank node or quoted triple.
    """
    if isinstance(term, ox.NamedNode):
        return names(term)
    if isinstance(term, ox.Literal):
        return _literal(term, names)
    raise TypeError(f"no canonical form for {term!r}")


def _predicate_key(predicate: ox.NamedNode) -> tuple[bool, str]:
    return (predicate != RDF_TYPE, predicate.value)


def _object_key(term: object) -> tuple[int, str, str, str]:
    if isinstance(term, ox.Literal):
        return (1, term.value, term.language or "", term.datatype.value)
    return (0, term.value if isinstance(term, ox.NamedNode) else str(term), "", "")


def _subject_blocks(triples: Iterable[ox.Triple], names: Names, comments: Comments, indent: str) -> Iterator[str]:
    by_subject: dict[ox.NamedNode, list[ox.Triple]] = {}
    for triple in triples:
        assert isinstance(triple.subject, ox.NamedNode)  # noqa: S101 - the reader refuses blank nodes
        by_subject.setdefault(triple.subject, []).append(triple)

    def order(subject: ox.NamedNode) -> tuple[bool, str]:
        is_head = any(t.predicate == RDF_TYPE and t.object in _HEADS for t in by_subject[subject])
        return (not is_head, subject.value)

    for subject in sorted(by_subject, key=order):
        lines = [f"{indent}{comment}" for comment in comments.get(subject, [])]
        lines.append(f"{indent}{names(subject)}")
        for triple in sorted(by_subject[subject], key=lambda t: (_predicate_key(t.predicate), _object_key(t.object))):
            verb = "a" if triple.predicate == RDF_TYPE else names(triple.predicate)
            lines.append(f"{indent}    {verb} {term_text(triple.object, names)} ;")
        lines.append(f"{indent}    .")
        yield "\n".join(lines) + "\n"


def write(
    quads: Iterable[ox.Quad], *, head: Iterable[str] = (), foot: Iterable[str] = (), comments: Comments | None = None
) -> str:
    """Return quads in canonical form (Turtle if all are in the default graph, else TriG).

    Args:
        quads: the quads, in any order, without blank nodes; repeated ones count once.
        head: comment lines that open the file.
        foot: comment lines that close it.
        comments: comment lines to stand above a subject.
    """
    graphs: dict[object, set[ox.Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, set()).add(quad.triple)
    named = sorted((g for g in graphs if isinstance(g, ox.NamedNode)), key=lambda g: g.value)
    names = Names(named[0].value + "#" if len(named) == 1 else None)
    remaining = dict(comments or {})
    blocks = list(_subject_blocks(graphs.get(ox.DefaultGraph(), ()), names, remaining, ""))
    for triple in graphs.get(ox.DefaultGraph(), ()):
        remaining.pop(triple.subject, None)  # type: ignore[arg-type]
    for graph in named:
        inner = "\n".join(_subject_blocks(graphs[graph], names, remaining, "    "))
        blocks.append(f"{names(graph)} {{\n{inner}}}\n")
    opening = "".join(f"{line}\n" for line in head)
    prefixes = "".join(f"@prefix {prefix}: <{names.used[prefix]}> .\n" for prefix in sorted(names.used))
    closing = "\n" + "".join(f"{line}\n" for line in foot) if list(foot) else ""
    return "\n".join(part for part in [opening + prefixes, *blocks] if part) + closing
