"""Run the numbered CONSTRUCT rules over a store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import RuleError
from buendnis_graph.evidence import Corpus, read_text
from buendnis_graph.literals import as_stored
from buendnis_graph.namespaces import BASE, derived_graph
from buendnis_graph.sparql_text import tokens

_BLANK, _TRIPLE_TERM = (re.compile(form, re.MULTILINE) for form in (rb"^(?:_:|\S+ \S+ _:).*", rb"^\S+ \S+ <<.*"))
"""A line of N-Triples whose subject or object is a blank node; one whose object is a triple term of RDF 1.2."""
_FILE_NAME = re.compile(r"(\d\d)-([a-z0-9-]+)\.rq")
_CONSOLIDATED = {
    ox.NamedNode(f"{BASE}graph/{name}")
    for name in ("registry", "codings", "ontology", "sources", "dataset", "links", "register-links")
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it derives is written to a graph named after it."""

    name: str
    text: str
    path: Path


def read_rules(folder: Path) -> list[Rule]:
    """Return the rules of a folder in the order of their numbers.

    Raises:
        RuleError: if a file is not named ``NN-name.rq``, two rules bear one name, or one holds a literal that the store
            writes otherwise.
    """
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.rq")):
        match = _FILE_NAME.fullmatch(path.name)
        if match is None or any(rule.name == match[2] for rule in rules):
            raise RuleError("is not named NN-name.rq with a name of its own.", path=path)
        rules.append(Rule(match[2], read_text(path), path))
        _refuse_odd_literals(rules[-1])
    return rules


def _refuse_odd_literals(rule: Rule) -> None:
    """Refuse literals in what a rule constructs that dumps would hold as they are written, and the store otherwise.

    Raises:
        RuleError: if there is one, such as ``01``.
    """
    try:
        said = [quad.object for quad in ox.parse(_template(rule.text), format=ox.RdfFormat.TURTLE)]
    except SyntaxError:  # whoever runs the rule says so
        return
    for value in said:
        kept = as_stored(value)
        if kept != value:
            raise RuleError(f"derives {value}.", path=rule.path, hint=f"Write it as the store does: {kept}.")


def _template(text: str) -> str:
    """Return what a rule constructs in Turtle, with an IRI for each variable."""
    declared, found = "", ""
    depth = end = 0
    before = ("", "")
    for kind, piece, start in tokens(text):
        if depth == 0 and kind == "iri" and before[0].upper() == "PREFIX":
            declared += f"@prefix {before[1]} {piece} .\n"
        elif depth == 0 and kind == "iri" and before[1].upper() == "BASE":
            declared += f"@base {piece} .\n"
        elif piece in ("{", "}"):
            depth += 1 if piece == "{" else -1
            if depth == 0:
                found += text[end:start] + ("" if before[1] == "." else "\n.")  # a comment may stand before
                break
            end = start + 1
        elif depth and kind == "var":
            found += f"{text[end:start]}<urn:{piece[1:]}>"
            end = start + len(piece)
        before = (before[1], piece)
    return declared + found


def base_store(said: Iterable[ox.Quad]) -> ox.Store:
    """Return a store in memory with every quad in its graph, and in the default graph what is consolidated as it is.

    That is all but the plain facts of sources: of those the rules take over one value where a property has one.
    """
    store = ox.Store()
    store.bulk_extend(base_quads(said))
    return store


def base_quads(said: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield what :func:`base_store` puts into a store, one by one."""
    for quad in said:
        yield quad
        if _is_consolidated_as_it_is(quad):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def is_consolidated(quad: ox.Quad) -> bool:
    """Return whether the triple of a quad of a named graph stands in the consolidated view, too."""
    graph = quad.graph_name
    is_derived = isinstance(graph, ox.NamedNode) and graph.value.startswith(derived_graph("").value)
    return is_derived or _is_consolidated_as_it_is(quad)


def _is_consolidated_as_it_is(quad: ox.Quad) -> bool:
    return quad.graph_name in _CONSOLIDATED or _is_fragment_of_its_source(quad)


def _is_fragment_of_its_source(quad: ox.Quad) -> bool:
    graph, subject = quad.graph_name, quad.subject
    return (
        isinstance(graph, ox.NamedNode)
        and isinstance(subject, ox.NamedNode)
        and subject.value.startswith(graph.value + "#")
    )


def derive(corpus: Corpus, rules: Iterable[Rule]) -> ox.Store:
    """Return a store with the corpus and all that the rules derive from it; see :func:`apply_rules`."""
    return derive_from((item.quad for item in corpus.quads), rules)


def derive_from(said: Iterable[ox.Quad], rules: Iterable[Rule]) -> ox.Store:
    """Return what :func:`derive` does, of the quads that files say, each in its graph."""
    store = base_store(said)
    apply_rules(store, rules)
    return store


def apply_rules(store: ox.Store, rules: Iterable[Rule]) -> None:
    """Put all that rules derive into a store: into a graph of each rule, and into the default graph.

    Args:
        store: as :func:`base_store` makes it.
        rules: the rules, in order; each sees what the earlier ones derived.

    Raises:
        RuleError: if a rule can't be run, or derives a blank node or a triple term.
    """

    def put_in_graph(rule: Rule, triples: bytes) -> None:
        store.bulk_load(triples, format=ox.RdfFormat.N_TRIPLES, to_graph=derived_graph(rule.name), lenient=True)

    extend_view(store, rules, put_in_graph)


def extend_view(store: ox.Store, rules: Iterable[Rule], take: Callable[[Rule, bytes], None]) -> None:
    """Put all that rules derive into the default graph of a store only.

    Args:
        store: as :func:`base_store` makes it.
        rules: the rules, in order; each sees what the earlier ones derived.
        take: handed each rule with what belongs into its graph: N-Triples, some maybe twice.

    Raises:
        RuleError: if a rule can't be run, or derives a blank node or a triple term.
    """
    for rule in rules:
        triples = _run(store, rule)
        store.bulk_load(triples, format=ox.RdfFormat.N_TRIPLES, lenient=True)  # a query has written them
        take(rule, triples)


def _run(store: ox.Store, rule: Rule) -> bytes:
    """Return what a rule derives as text: as Python's objects the triples would take twice the time."""
    try:
        result = store.query(rule.text)
        if not isinstance(result, ox.QueryTriples):
            raise RuleError("is no CONSTRUCT.", path=rule.path)
        triples = result.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
    except SyntaxError as error:
        raise RuleError(f"can't be read: {error.msg}.", path=rule.path) from error
    except OSError as error:
        raise RuleError(f"can't be run: {error}.", path=rule.path) from error
    hint = "Build an IRI from the things it is about."
    if b"_:" in triples and (found := _BLANK.search(triples)):
        raise RuleError(f"derives a blank node: {_shown(found)}.", path=rule.path, hint=hint)
    if b"<<" in triples and (found := _TRIPLE_TERM.search(triples)):
        raise RuleError(f"derives a triple term of RDF 1.2: {_shown(found)}.", path=rule.path, hint=hint)
    return triples


def _shown(line: re.Match[bytes]) -> str:
    return line[0].decode().removesuffix(" .")
