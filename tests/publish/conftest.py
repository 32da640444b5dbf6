"""What tests of publishing share: the documents of the project's own graph, made once a session."""

from __future__ import annotations

import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.publish.documents import Document, documents


@pytest.fixture(scope="session")
def published(graph: Graph) -> list[Document]:
    """All documents of the project's own graph."""
    return list(documents(graph.store))
