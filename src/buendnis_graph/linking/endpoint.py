"""Candidates from a SPARQL endpoint that holds Wikidata's items: the Query Service, QLever, or one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import EndpointError
from buendnis_graph.linking.body import Body, made
from buendnis_graph.linking.polite import Polite
from buendnis_graph.linking.targets import Target
from buendnis_graph.store.remote import RemoteStore

_BATCH = 25
"""Bodies of one question."""


def ask_endpoint(
    bodies: Sequence[Body],
    target: Target,
    url: str,
    polite: Polite,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[list[Body], int]:
    """Return the items that bear one of our names, sorted by id, and how many were left out for their ids.

    Args:
        bodies: ours; the endpoint is told their names and acronyms and nothing else.
        target: whose ids are expected.
        url: of the endpoint.
        polite: asks.
        progress: is told what is being done.

    Raises:
        EndpointError: if the endpoint does not answer as one.
    """
    store = RemoteStore(url, timeout=polite.timeout)
    found: dict[str, dict[str, set[str]]] = {}
    unusable: set[str] = set()
    for start in range(0, len(bodies), _BATCH):
        progress(f"asking {url}: {start:,} of {len(bodies):,} bodies")
        query = query_for([name for body in bodies[start : start + _BATCH] for name in body.entry.names])
        for iri, kind, value in polite.kept(f"{url}\n{query}", lambda query=query: _rows(store, query)):  # type: ignore[misc]
            key = target.id_of(iri)
            if key:
                found.setdefault(key, {}).setdefault(kind, set()).add(value)
            else:
                unusable.add(iri)
    return [_body(key, facts) for key, facts in sorted(found.items())], len(unusable)


def _body(key: str, facts: dict[str, set[str]]) -> Body:
    told = {kind: sorted(values) for kind, values in facts.items()}
    return made(key, [*told.get("label", []), *told.get("names", [])], told)


def query_for(names: Sequence[str]) -> str:
    """Return the question for the items that bear one of some names, in German, English or either."""
    literals = [
        ox.Literal(name, language=language) for name in dict.fromkeys(names) for language in ("de", "en", "mul")
    ]
    text = Path(__file__).with_name("candidates.rq").read_text(encoding="utf-8")
    return text.replace("%NAMES%", " ".join(map(str, literals)))


def _rows(store: RemoteStore, query: str) -> list[tuple[str, ...]]:
    found, names = store.query(query), ("item", "kind", "value")
    if not {*names} <= {variable.value for variable in found.variables}:
        raise EndpointError(
            f"{store.url} answers in other columns than it was asked for.", hint="Is it a SPARQL 1.1 endpoint?"
        )
    return sorted(tuple(str(getattr(row[name], "value", "")) for name in names) for row in found)
