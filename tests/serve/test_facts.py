"""What a server knows of a build without a site of it."""

from __future__ import annotations

from buendnis_graph.graph import Graph
from buendnis_graph.publish.documents import documents
from buendnis_graph.publish.hosts import home
from buendnis_graph.serve.facts import gather
from tests.publish.places import addresses, places


def test_every_address_leads_to_its_document(graph: Graph) -> None:
    facts = gather(graph.project, graph.folder)
    paths = addresses(places(documents(graph.store)))
    assert facts.documents == {*paths.values()} - facts.redirects.keys()
    others = {path: at for path, at in paths.items() if path != at}
    assert {path: facts.homes.get(path) or home(path, {*paths.values()}) for path in others} == others
    assert facts.homes
