"""The canonical Turtle and TriG: one triple a line, everything sorted, so that a small change is a small diff."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES, RDF_TYPE, SOURCE_CLASS, expand

_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_MEANT = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_UNSEEN = r"\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
INVISIBLE = re.compile(f"[{_UNSEEN}]")
"""Characters that can't be seen and may turn round what stands beside them; control characters of ASCII apart."""
_NEEDS_ESCAPE = re.compile(rf'[\\"\x00-\x1f{_UNSEEN}]')
_TYPE, _INTEGER, _BOOLEAN = (str(one) for one in (RDF_TYPE, expand("xsd:integer"), expand("xsd:boolean")))
_HEADS = {
    str(one) for one in (expand("owl:Ontology"), expand("skos:ConceptScheme"), expand("dcat:Dataset"), SOURCE_CLASS)
}
_STRING = str(expand("xsd:string"))
_KNOWN = 2**16
"""Terms whose text is kept: most stand in many statements."""

Subject = ox.NamedNode
Comments = Mapping[ox.NamedNode, list[str]]
Statement = tuple[str, str, str, str]
"""Subject, predicate, object and graph as N-Quads has them; the graph is empty if it is the default one."""


class Names:
    """Writes terms in Turtle, IRIs as prefixed names, and remembers which prefixes were used.

    Args:
        own: the namespace of the empty prefix, if there is one.
    """

    def __init__(self, own: str | None) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in PREFIXES.items()} | ({own: ""} if own else {})
        self._used: dict[str, str] = {}
        self.text = lru_cache(_KNOWN)(self._text)

    def prefixes(self) -> str:
        """Return the lines that bind the prefixes used so far, sorted."""
        return "".join(f"@prefix {prefix}: <{self._used[prefix]}> .\n" for prefix in sorted(self._used))

    def _text(self, term: str) -> str:
        """Return an IRI or literal, as N-Quads has it, as it stands in Turtle.

        Raises:
            TypeError: for a blank node or quoted triple.
        """
        if term.startswith('"'):
            return self._literal(*_parts(term))
        if not term.startswith("<") or term.startswith("<<"):
            raise TypeError(f"no canonical form for {term}")
        return self._shorten(term[1:-1])

    def _shorten(self, value: str) -> str:
        """Return an IRI as a prefixed name if it can be one, else between angle brackets."""
        end = max(value.rfind("/"), value.rfind("#")) + 1  # every namespace ends so, and no local name holds either
        namespace = value[:end]
        prefix = self._prefixes.get(namespace)
        if prefix is None or not _LOCAL_NAME.fullmatch(value, end):
            return f"<{value}>"
        self._used[prefix] = namespace
        return f"{prefix}:{value[end:]}"

    def _literal(self, value: str, language: str, datatype: str) -> str:
        if datatype == _INTEGER and re.fullmatch(r"[+-]?[0-9]+", value):
            return value
        if datatype == _BOOLEAN and value in {"true", "false"}:
            return value
        quoted = f'"{escape(value)}"'
        if language:
            return f"{quoted}@{language}"
        return quoted if datatype == _STRING else f"{quoted}^^{self.text(datatype)}"


def escape(text: str) -> str:
    """Return a string's content as it stands between quotes; invisible characters are spelt out."""
    return _NEEDS_ESCAPE.sub(lambda m: _ESCAPES.get(m[0], f"\\u{ord(m[0]):04X}"), text)


def _parts(literal: str) -> tuple[str, str, str]:
    """Return the value, the language and the datatype of a literal as N-Quads has it."""
    end = literal.rindex('"')
    value, rest = literal[1:end], literal[end + 1 :]
    if "\\" in value:
        value = _ESCAPED.sub(_meant, value)
    return (value, rest[1:], "") if rest.startswith("@") else (value, "", rest[2:] or _STRING)


def _meant(escaped: re.Match[str]) -> str:
    short, long, one = escaped.groups()
    return _MEANT.get(one, one) if one else chr(int(short or long, 16))


def term_text(term: object, names: Names) -> str:
    """Return an IRI or literal as it stands in Turtle.

    Raises:
        TypeError: for a blank node or quoted triple.
    """
    return names.text(str(term))


class Block(NamedTuple):
    """All that a graph says of a subject, in Turtle; blocks are sorted as they follow each other.

    Attributes:
        graph: its IRI; empty for the default graph.
        is_rest: False for what a file begins with: an ontology, scheme, data set or source.
        subject: its IRI.
        text: as it stands in a file.
    """

    graph: str
    is_rest: bool
    subject: str
    text: str


def _order(said: tuple[str, str]) -> tuple[bool, str, bool, str, str, str]:
    """Return what the predicates and objects of a subject are sorted by: IRIs without the mark at their end."""
    predicate, value = said
    is_literal = value.startswith('"')
    text, language, datatype = _parts(value) if is_literal else (value[:-1], "", "")
    return predicate != _TYPE, predicate[:-1], is_literal, text, language, datatype[:-1]


def blocks(
    statements: Iterable[Statement], names: Names, comments: Mapping[str, Sequence[str]] | None = None
) -> Iterator[Block]:
    """Yield what is said of each subject.

    Args:
        statements: each once; those of a subject stand together, their graphs in any order.
        names: writes the terms.
        comments: lines to stand above a subject in the default graph; if that says nothing of it, wherever it is.
    """
    above = comments or {}
    for subject, some in groupby(statements, itemgetter(0)):
        graphs: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for _, predicate, value, graph in some:
            graphs[graph].append((predicate, value))
        for graph, said in graphs.items():
            is_head = any(predicate == _TYPE and value in _HEADS for predicate, value in said)
            indent = "    " if graph else ""
            lines = [f"{indent}{line}" for line in above.get(subject, ()) if not graph or "" not in graphs]
            lines.append(f"{indent}{names.text(subject)}")
            for predicate, value in sorted(said, key=_order):
                verb = "a" if predicate == _TYPE else names.text(predicate)
                lines.append(f"{indent}    {verb} {names.text(value)} ;")
            yield Block(graph[1:-1], not is_head, subject[1:-1], "\n".join([*lines, f"{indent}    .\n"]))


def body(sorted_blocks: Iterable[Block], names: Names) -> Iterator[str]:
    """Yield all that stands below the prefixes, piece by piece: an empty line between blocks, graphs in braces."""
    gap = ""
    for graph, some in groupby(sorted_blocks, attrgetter("graph")):
        opening, closing = (f"{names.text(f'<{graph}>')} {{\n", "}\n") if graph else ("", "")
        yield gap + opening
        gap = ""
        for block in some:
            yield gap + block.text
            gap = "\n"
        yield closing


def own_namespace(graphs: Iterable[str]) -> str | None:
    """Return the namespace that the empty prefix stands for: that of the only named graph, None if there is no such.

    Args:
        graphs: those of statements; no more are read than it takes to see two.
    """
    found: set[str] = set()
    for graph in filter(None, graphs):
        found.add(graph)
        if len(found) > 1:
            return None
    return f"{found.pop()[1:-1]}#" if found else None


def write(
    quads: Iterable[ox.Quad], *, head: Iterable[str] = (), foot: Iterable[str] = (), comments: Comments | None = None
) -> str:
    """Return quads in canonical form (Turtle if all are in the default graph, else TriG).

    Args:
        quads: the quads, in any order, without blank nodes; repeated ones count once.
        head: comment lines that open the file.
        foot: comment lines that close it.
        comments: comment lines to stand above a subject.

    Raises:
        TypeError: for a blank node or quoted triple.
    """
    statements = sorted({statement(quad) for quad in quads})
    names = Names(own_namespace(graph for *_, graph in statements))
    above = {str(subject): lines for subject, lines in (comments or {}).items()}
    text = "".join(body(sorted(blocks(statements, names, above)), names))
    opening = "".join(f"{line}\n" for line in head) + names.prefixes()
    closing = "".join(f"{line}\n" for line in foot)
    return "\n".join(part for part in (opening, text) if part) + (f"\n{closing}" if closing else "")


def statement(quad: ox.Quad) -> Statement:
    """Return a quad as N-Quads has its parts."""
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return str(quad.subject), str(quad.predicate), str(quad.object), graph
