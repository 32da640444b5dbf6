"""What is given back to Wikidata, as files: batches to send, and what is to be discussed first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from buendnis_graph.formulas import harmless
from buendnis_graph.linking.authorities import WIKIDATA
from buendnis_graph.linking.claims import claims
from buendnis_graph.linking.items import Item
from buendnis_graph.linking.quickstatements import give
from buendnis_graph.store.askable import Askable, solutions

_LEAST = 3
_NEW = f"""SELECT ?body (SAMPLE(?label) AS ?name) (COUNT(DISTINCT ?group) AS ?alliances) (MIN(STR(?site)) AS ?website)
  (IF(EXISTS {{ ?body a bg:Alliance }}, "alliance", "organisation") AS ?kind)
WHERE {{
  ?body a org:Organization ; skos:prefLabel ?label . FILTER(LANG(?label) = "de")
  OPTIONAL {{ ?body org:memberOf ?group }}
  OPTIONAL {{ ?body schema:url ?site }}
  FILTER NOT EXISTS {{ ?body schema:sameAs ?item . FILTER(STRSTARTS(STR(?item), '{WIKIDATA}')) }}
  FILTER NOT EXISTS {{ ?link owl:annotatedSource ?body ; owl:annotatedTarget ?item ;
    bg:judgement <https://w3id.org/buendnis-graph/judgement/unsure> . FILTER(STRSTARTS(STR(?item), '{WIKIDATA}')) }}
}} GROUP BY ?body HAVING (COUNT(DISTINCT ?group) >= {_LEAST} || EXISTS {{ ?body a bg:Alliance }}) ORDER BY ?body"""


@dataclass(frozen=True, slots=True)
class Giving:
    """Files by name, and how much they hold."""

    files: dict[str, str]
    counts: dict[str, int]


def giving_files(graph: Askable, items: Mapping[str, Item]) -> Giving:
    """Return what a graph has to give to Wikidata.

    Args:
        graph: a built graph. A withheld body is not in it, so nothing is told of one.
        items: Wikidata's items as they are, by the id asked for.

    Returns:
        ``batch-001.qs`` …, ``contradictions.csv``, ``not-compared.csv`` and ``new-items.csv``, the last for discussion.
    """
    given = give(claims(graph), items)
    new = [[_text(term) for term in row] for row in solutions(graph, _NEW)]
    files = {f"batch-{number:03}.qs": text for number, text in enumerate(given.batches, 1)}
    against = (
        (c.claim.body, c.claim.item, c.claim.property, c.claim.value, c.theirs, c.claim.reference.url, *c.references)
        for c in given.contradictions
    )
    files["contradictions.csv"] = _table(
        ("body", "item", "property", "ours", "theirs", "source", "references …"), against
    )
    files["not-compared.csv"] = _table(("item",), ((item,) for item in given.uncached))
    files["new-items.csv"] = _table(("body", "name", "alliances", "website", "kind"), new)
    counts = {
        "statements": sum(text.count("\n") for text in given.batches),
        "batches": len(given.batches),
        "contradictions": len(given.contradictions),
        "uncached": len(given.uncached),
        "new": len(new),
    }
    return Giving(files, counts)


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(columns)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))
