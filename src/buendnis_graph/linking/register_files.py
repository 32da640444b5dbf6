"""The files of the register: links as judgements under their own licence, and the register itself as a bulk source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence.turtle import write
from buendnis_graph.linking.register import ATTRIBUTION, Proposal, Registered
from buendnis_graph.namespaces import BASE, expand

_SHARD_LINES = 250_000
HEAD = (
    "# Links to the register of associations. They rest on data under CC BY 4.0: name the source when you use them.",
    f"# Source: {ATTRIBUTION}; licence: Creative Commons Attribution 4.0 International.",
)


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
        entry, slug = _entry(proposal.registered), proposal.body.key.rpartition("/")[2]
        node = ox.NamedNode(f"{BASE}link/register--{slug}--{proposal.registered.number}")
        judgement = "same" if proposal.is_certain else "unsure"
        facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
            ("rdf:type", expand("owl:Axiom")),
            ("rdf:type", expand("sssom:Mapping")),
            ("owl:annotatedSource", ox.NamedNode(proposal.body.key)),
            ("owl:annotatedProperty", expand("schema:sameAs")),
            ("owl:annotatedTarget", entry),
            ("sssom:mapping_justification", expand("semapv:LexicalMatching")),
            ("sssom:mapping_date", ox.Literal(date, datatype=expand("xsd:date"))),
            ("sssom:object_label", _text(proposal.registered.name)),
            ("bg:judgement", expand(f"judgement:{judgement}")),
            ("bg:seenIn", _text(ATTRIBUTION)),
        ]
        yield from (ox.Quad(node, expand(name), value) for name, value in facts)
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


def link_file(proposals: Iterable[Proposal], date: str) -> str:
    """Return the canonical text of the file of register links."""
    return write(link_quads(proposals, date), head=HEAD)


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
