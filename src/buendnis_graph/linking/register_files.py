"""The file of links to the register: judgements under its licence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from buendnis_graph.evidence.turtle import write
from buendnis_graph.linking.mappings import Mapping, mapping_quads
from buendnis_graph.linking.register import ATTRIBUTION, Proposal, Registered, entry_iri
from buendnis_graph.namespaces import expand

HEAD = (
    "# Links to the register of associations. They rest on data under CC BY 4.0: name the source when you use them.",
    f"# Source: {ATTRIBUTION}; licence: Creative Commons Attribution 4.0 International.",
)


_JUSTIFICATION, _DATE = expand("sssom:mapping_justification"), expand("sssom:mapping_date")
_BY_A_PERSON = expand("semapv:ManualMappingCuration")
_DECIDED = {expand("bg:judgement"), expand("sssom:object_label")}


def _text(value: str) -> ox.Literal:
    return ox.Literal(value)


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
                object=entry_iri(proposal.registered.number).value,
                judgement="same" if proposal.is_certain else "unsure",
                justification="LexicalMatching",
                date=date,
                seen_in=ATTRIBUTION,
                label=proposal.registered.name,
                reviewer="rule",
            )
        )
        yield from _register_quads(proposal.registered)


def _register_quads(registered: Registered) -> Iterator[ox.Quad]:
    """Yield what names one entry of the register: court and number."""
    entry = entry_iri(registered.number)
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [("rdf:type", expand("bg:RegisterEntry"))]
    if registered.court:
        facts.append(("bg:registerCourt", _text(registered.court)))
    facts.append(("bg:registerNumber", _text(registered.court_number)))
    yield from (ox.Quad(entry, expand(name), value) for name, value in facts)


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
