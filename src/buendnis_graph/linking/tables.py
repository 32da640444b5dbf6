"""The tables of a graph's links: one for each licence, and what is not decided apart."""

from __future__ import annotations

import pyoxigraph as ox

from buendnis_graph.linking.mappings import MAPPING, mappings_of
from buendnis_graph.linking.register import ATTRIBUTION, LICENCE
from buendnis_graph.linking.sssom import MappingSet, sssom_tsv
from buendnis_graph.namespaces import BASE, PREF_LABEL, RDF_TYPE

_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
_SETS = (
    ("links", "Links of the alliance graph", _CC0, ""),
    ("register-links", "Links of the alliance graph to the register of associations", LICENCE, ATTRIBUTION),
)


def link_tables(store: ox.Store) -> dict[str, str]:
    """Return the tables of all judgements, by file name (``links.sssom.tsv``, ``links-unsure.sssom.tsv`` …).

    Args:
        store: a built graph.
    """
    labels: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, PREF_LABEL, None, ox.DefaultGraph()):
        name, thing = quad.object, str(getattr(quad.subject, "value", ""))
        if isinstance(name, ox.Literal) and (name.language == "de" or thing not in labels):
            labels[thing] = name.value
    tables = {}
    for graph, title, licence, source in _SETS:
        where = ox.NamedNode(f"{BASE}graph/{graph}")
        nodes = [quad.subject for quad in store.quads_for_pattern(None, RDF_TYPE, MAPPING, where)]
        links = mappings_of(quad for node in nodes for quad in store.quads_for_pattern(node, None, None, where))
        for part, told in (("", title), ("unsure", f"{title}: not decided")):
            chosen = [link for link in links if (link.judgement == "unsure") == bool(part)]
            about = MappingSet(f"{graph}#{part}" if part else graph, told, licence, source)
            if chosen:
                tables[f"{graph}-{part}.sssom.tsv" if part else f"{graph}.sssom.tsv"] = sssom_tsv(chosen, labels, about)
    return tables
