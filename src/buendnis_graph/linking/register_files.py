"""The files of the register: links as judgements under their own licence, and the register itself as a bulk source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence.turtle import write
from buendnis_graph.linking.mappings import Mapping, mapping_quads
from buendnis_graph.linking.register import ATTRIBUTION, Proposal, Registered
from buendnis_graph.namespaces import BASE, expand

_SHARD_LINES = 250_000
HEAD = (
    "# Links to the register of associations. They rest on data under CC BY 4.0: name the source when you use them.",
    f"# Source: {ATTRIBUTION}; licence: Creative Commons Attribution 4.0 International.",
)


_JUSTIFICATION, _DATE = expand("sssom:mapping_justification"), expand("sssom:mapping_date")
_BY_A_PERSON = expand("semapv:ManualMappingCuration")
_DECIDED = {expand("bg:judgement"), expand("sssom:object_label")}


def _text(value: str) -> ox.Literal:
    return ox.Literal(value)


def _entry(registered: Registered) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}register/{registered.number}")


def link_quads(proposals: Iterable[Proposal], date: str) -> Iterator[ox.Quad]:
    """Yield the judgements for proposals, and the register entries they speak of.

    Args:
        proposals: what was found.
        date: the day of the judgement, ISO 8601.
    """
    for proposal in proposals:
        slug, number = proposal.body.key.rpartition("/")[2], proposal.registered.number
        yield from mapping_quads(
            Mapping(
                slug=f"register--{slug}--{number}",
                subject=proposal.body.key,
                predicate=expand("schema:sameAs").value,
                object=_entry(proposal.registered).value,
                judgement="same" if proposal.is_certain else "unsure",
                justification="LexicalMatching",
                date=date,
                seen_in=ATTRIBUTION,
                label=proposal.registered.name,
                reviewer="rule",
            )
        )
        yield from register_quads(proposal.registered)


def register_quads(registered: Registered, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
    """Yield what the register says of one entry: court, number, name; in a graph or in none."""
    where = graph or ox.DefaultGraph()
    entry = _entry(registered)
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [("rdf:type", expand("bg:RegisterEntry"))]
    if registered.court:
        facts.append(("bg:registerCourt", _text(registered.court)))
    facts.append(("bg:registerNumber", _text(registered.court_number)))
    yield from (ox.Quad(entry, expand(name), value, where) for name, value in facts)


def link_file(proposals: Iterable[Proposal], date: str, present: Iterable[ox.Quad] = ()) -> str:
    """Return the canonical text of the file of register links.

    Args:
        proposals: what was found.
        date: the day of the judgements.
        present: what the file says now. A person's judgement (``semapv:ManualMappingCuration``) stays as it is, with
            its register entry; a proposal that says what stood there keeps its date.
    """
    said: dict[object, dict[object, object]] = {}
    quads = [ox.Quad(q.subject, q.predicate, q.object) for q in present]
    for quad in quads:
        said.setdefault(quad.subject, {})[quad.predicate] = quad.object
    by_person = {node for node, facts in said.items() if facts.get(_JUSTIFICATION) == _BY_A_PERSON}
    kept = by_person | {said[node].get(expand("owl:annotatedTarget")) for node in by_person}
    found = [quad for quad in quads if quad.subject in kept]
    for proposal in proposals:
        made = list(link_quads([proposal], date))
        node, old = made[0].subject, said.get(made[0].subject, {})
        if node in by_person:
            continue
        if all(old.get(q.predicate) == q.object for q in made if q.subject == node and q.predicate in _DECIDED):
            made = [ox.Quad(q.subject, q.predicate, old[_DATE]) if q.predicate == _DATE else q for q in made]  # type: ignore[arg-type]
        found += made
    return write(set(found), head=HEAD)


def shards(register: Iterable[Registered], graph: ox.NamedNode) -> Iterator[tuple[str, str]]:
    """Yield the register as evidence of one source: sorted N-Quads in shards, each with its name and text.

    The name of a shard holds a hash of its content, so that an unchanged shard keeps its name.
    """
    listed, status = expand("bg:statedName"), expand("bg:statedKind")
    lines: list[str] = []
    for registered in register:
        lines += (f"{quad} .\n" for quad in register_quads(registered, graph))
        lines.append(f"{ox.Quad(_entry(registered), listed, ox.Literal(registered.name, language='de'), graph)} .\n")
        state = "currently registered" if registered.is_current else "removed"
        lines.append(f"{ox.Quad(_entry(registered), status, ox.Literal(state, language='en'), graph)} .\n")
    lines.sort()
    for number, start in enumerate(range(0, len(lines), _SHARD_LINES)):
        text = "".join(lines[start : start + _SHARD_LINES])
        yield f"{number:04}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.nq", text


def write_shards(register: Iterable[Registered], folder: Path, graph: ox.NamedNode) -> list[Path]:
    """Write the register's shards into a folder outside ``data/``; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in shards(register, graph):
        aside = folder / f".{name}"
        aside.write_text(text, encoding="utf-8", newline="\n")
        written.append(aside.replace(folder / name))
    return written
