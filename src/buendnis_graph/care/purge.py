"""What must go when a body is withheld: decided on quads alone, for the files and for either side of a difference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from buendnis_graph.care.identity import REGISTRY
from buendnis_graph.care.names import Mentions
from buendnis_graph.namespaces import BASE, GRAPH_SOURCES, PREFIXES, RDF_TYPE, expand

_NOT_JUDGED = {ox.NamedNode(f"{BASE}graph/{name}") for name in ("registry", "sources", "ontology", "dataset")}
_REMARKS = {expand(name) for name in ("rdfs:comment", "sssom:comment", "sssom:object_label", "bg:seenIn")}
_ID, _SOURCE = f"{BASE}id/", f"{BASE}source/"
_NOT_TERMS = {"coding", "id", "link", "membership", "source", "statement"}
_TERMS = tuple(ns for prefix, ns in PREFIXES.items() if ns.startswith(BASE) and prefix not in _NOT_TERMS)
_PUBLISHER, _SOURCE_OF = expand("dcterms:publisher"), expand("dcterms:source")
# A grant to several bodies stays for the others.
_SHARED = {expand("bg:recipient"), expand("schema:fundedItem"), expand("schema:funder")}
_GRANT = expand("bg:Grant")
_LINKED, _TARGET = expand("owl:annotatedSource"), expand("owl:annotatedTarget")
_ENTRY, _SAME = expand("bg:RegisterEntry"), expand("judgement:same")
_KINDS = tuple(expand(k) for k in ("schema:Place", "bg:FundingProgramme", "org:Organization"))


@dataclass(slots=True)
class Purge:
    """What must go, and why it is worth a look.

    Args:
        dropped: the quads.
        sources: sources that go as a whole.
        named: nodes that go only because a text or address of theirs mentions the body.
        unused: other registry entries that nothing speaks of any more.
    """

    dropped: set[ox.Quad] = field(default_factory=set)
    sources: set[ox.NamedNode] = field(default_factory=set)
    named: set[ox.NamedNode] = field(default_factory=set)
    unused: set[ox.NamedNode] = field(default_factory=set)


def purge(
    quads: Sequence[ox.Quad],
    bodies: frozenset[ox.NamedNode],
    mentions: Mentions,
    sources: Iterable[ox.NamedNode] = (),
) -> Purge:
    """Return what must go so that nothing speaks of bodies any more.

    Args:
        quads: what the files say, each quad in its graph.
        bodies: the bodies, with what was merged into them.
        mentions: recognises their names.
        sources: sources to remove as a whole, whatever they say.
    """
    result = Purge()
    judge = _Judge(bodies | entries_of(quads, bodies), mentions)
    _drop_sources(quads, judge, set(sources), result)
    _drop_evidence(quads, judge, result)
    _drop_empty_sources(quads, result)
    _drop_judgements(quads, judge, result)
    _drop_entries(quads, result)
    _drop_unused(quads, judge, result)
    return result


class _Judge:
    """Answers, and remembers, whether a term is about a body or mentions one."""

    def __init__(self, bodies: frozenset[ox.NamedNode], mentions: Mentions) -> None:
        self.bodies = bodies
        self._mentions = mentions
        self._known: dict[object, bool] = {}

    def mentions(self, term: object) -> bool:
        if term not in self._known:
            self._known[term] = self._ask(term)
        return self._known[term]

    def _ask(self, term: object) -> bool:
        if isinstance(term, ox.Literal):
            return self._mentions.in_text(term.value)
        if not isinstance(term, ox.NamedNode) or term in self.bodies:
            return term in self.bodies
        # Another body is itself, whatever its slug contains, and a topic of the same name is a topic.
        if term.value.startswith((_ID, *_TERMS)):
            return False
        return self._mentions.in_iri(term.value.removeprefix(BASE))


def entries_of(quads: Sequence[ox.Quad], bodies: frozenset[ox.NamedNode]) -> frozenset[ox.NamedNode]:
    """Return the entries in the register of associations that were judged to be the bodies': their number is a name."""
    same = {q.subject for q in quads if q.object == _SAME}
    links = same & {q.subject for q in quads if q.predicate == _LINKED and q.object in bodies}
    targets = {q.object for q in quads if q.subject in links and q.predicate == _TARGET}
    return frozenset(one for one in targets & _entries(quads) if isinstance(one, ox.NamedNode))


def _entries(quads: Iterable[ox.Quad]) -> set[object]:
    return {q.subject for q in quads if q.predicate == RDF_TYPE and q.object == _ENTRY}


def _drop_entries(quads: Sequence[ox.Quad], result: Purge) -> None:
    """Drop entries in the register of associations that nothing else was linked with: they may be the body's too."""
    lost = _entries(quads) & {q.object for q in quads if q in result.dropped}
    lost -= {q.object for q in quads if q not in result.dropped}
    result.dropped.update(q for q in quads if q.subject in lost)


def _is_source_graph(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(_SOURCE)


def _drop_sources(quads: Sequence[ox.Quad], judge: _Judge, forced: set[ox.NamedNode], result: Purge) -> None:
    """A source whose address or title names the body can't be cited without naming it."""
    for quad in quads:
        source = quad.subject
        if quad.graph_name == GRAPH_SOURCES and isinstance(source, ox.NamedNode) and source not in result.sources:
            tells = judge.mentions(source) or (quad.predicate != _PUBLISHER and judge.mentions(quad.object))
            if tells or source in forced:
                result.sources.add(source)
    for quad in quads:
        of_removed = quad.graph_name in result.sources or (
            quad.graph_name == GRAPH_SOURCES and quad.subject in result.sources
        )
        if of_removed or (quad.predicate == _PUBLISHER and quad.object in judge.bodies):
            result.dropped.add(quad)


def _drop_evidence(quads: Sequence[ox.Quad], judge: _Judge, result: Purge) -> None:
    """Drop what sources say of the body: whole nodes of their own, single facts of other bodies."""
    nodes: dict[tuple[object, object], list[ox.Quad]] = {}
    for quad in quads:
        if _is_source_graph(quad) and quad.graph_name not in result.sources:
            nodes.setdefault((quad.graph_name, quad.subject), []).append(quad)
    for (_graph, subject), said in nodes.items():
        if subject in judge.bodies:
            result.dropped.update(said)
        elif isinstance(subject, ox.NamedNode) and "#" in subject.value:
            gone = _of_fragment(subject, said, judge)
            result.dropped.update(gone)
            if len(gone) == len(said) and not any(q.object in judge.bodies for q in said):
                result.named.add(subject)
        else:
            result.dropped.update(q for q in said if judge.mentions(q.object))


def _of_fragment(subject: ox.NamedNode, said: list[ox.Quad], judge: _Judge) -> list[ox.Quad]:
    fragment = ox.NamedNode(f"{BASE}#{subject.value.partition('#')[2]}")
    about = [q for q in said if q.object in judge.bodies]
    named = judge.mentions(fragment) or any(judge.mentions(q.object) for q in said if q not in about)
    if not about and not named:
        return []
    is_grant = any(q.object == _GRANT for q in said)
    others = {q.predicate for q in said if q.object not in judge.bodies}
    if is_grant and not named and all(q.predicate in _SHARED and q.predicate in others for q in about):
        return about
    return said


def _drop_empty_sources(quads: Sequence[ox.Quad], result: Purge) -> None:
    """A source of which nothing but its description is left goes too."""
    before = {q.graph_name for q in quads if _is_source_graph(q)}
    left = {q.graph_name for q in quads if _is_source_graph(q) and q not in result.dropped}
    empty = before - left - result.sources
    result.sources.update(graph for graph in empty if isinstance(graph, ox.NamedNode))
    result.dropped.update(q for q in quads if q.graph_name == GRAPH_SOURCES and q.subject in empty)


def _drop_judgements(quads: Sequence[ox.Quad], judge: _Judge, result: Purge) -> None:
    """Drop codings, judgements and links about what is gone, and mentions elsewhere outside the sources.

    How completely a source lists an alliance stays: it is true of the source's list, and the one body of whom "absent"
    would be wrong is no longer there to be asked about. It goes with the last attestation it covers.
    """
    left = {q.subject for q in quads if _is_source_graph(q) and q not in result.dropped}
    gone = {q.subject for q in result.dropped if _is_source_graph(q)} - left
    lists = _lists(quads, result)
    nodes: dict[object, list[ox.Quad]] = {}
    for quad in quads:
        if not _is_source_graph(quad) and quad.graph_name not in _NOT_JUDGED:
            nodes.setdefault(quad.subject, []).append(quad)
        elif quad.graph_name == REGISTRY and (quad.subject in judge.bodies or _points_at(quad.object, judge)):
            result.dropped.add(quad)
    for subject, said in nodes.items():
        sources = {q.object for q in said if q.predicate == _SOURCE_OF}
        tells = [q for q in said if q.object in gone or (q.object not in result.sources and judge.mentions(q.object))]
        is_about = judge.mentions(subject) or any(q.predicate not in _REMARKS for q in tells)
        if is_about or (sources and sources <= result.sources) or _is_empty_list(said, lists):
            result.dropped.update(said)
        else:
            result.dropped.update(q for q in said if q in tells or q.object in result.sources)


def _points_at(term: object, judge: _Judge) -> bool:
    return isinstance(term, ox.NamedNode) and judge.mentions(term)


_Lists = tuple[set[tuple[object, object]], set[tuple[object, object]]]


def _lists(quads: Sequence[ox.Quad], result: Purge) -> _Lists:
    """Return which source attests members of which alliance: before, and now."""
    alliances = [q for q in quads if _is_source_graph(q) and q.predicate == expand("org:organization")]
    before: set[tuple[object, object]] = {(q.graph_name, q.object) for q in alliances}
    return before, {(q.graph_name, q.object) for q in alliances if q not in result.dropped}


def _is_empty_list(said: list[ox.Quad], lists: _Lists) -> bool:
    if not any(q.object == expand("bg:ListCompleteness") for q in said):
        return False
    source = next((q.object for q in said if q.predicate == _SOURCE_OF), None)
    alliance = next((q.object for q in said if q.predicate == expand("org:organization")), None)
    return (source, alliance) in lists[0] - lists[1]


def _drop_unused(quads: Sequence[ox.Quad], judge: _Judge, result: Purge) -> None:
    """Drop registry entries that nothing speaks of any more: they would tell that something was here.

    Unless entries of that kind stand in the registry unused anyway (all municipalities, say).
    """
    kinds: dict[object, object] = {}
    for quad in quads:
        is_kind = quad.graph_name == REGISTRY and quad.predicate == RDF_TYPE and quad.object in _KINDS
        if is_kind and quad.subject not in judge.bodies:
            kinds[quad.subject] = quad.object
    used = _used(quads)
    optional = {kind for entry, kind in kinds.items() if entry not in used}
    while True:
        now = _used(q for q in quads if q not in result.dropped)
        lost = {e for e, kind in kinds.items() if e in used and e not in now and kind not in optional} - result.unused
        if not lost:
            return
        result.unused.update(entry for entry in lost if isinstance(entry, ox.NamedNode))
        result.dropped.update(q for q in quads if q.graph_name == REGISTRY and q.subject in lost)


def _used(quads: Iterable[ox.Quad]) -> set[object]:
    used: set[object] = set()
    for quad in quads:
        if quad.graph_name != REGISTRY:
            used.add(quad.subject)
        used.add(quad.object)
    return used
