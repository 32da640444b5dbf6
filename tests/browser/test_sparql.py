"""The SPARQL page: the same answers as the command line, limits, sharing, without a network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from buendnis_graph.graph import Graph
from buendnis_graph.queries import Table, read_catalogue
from tests.browser.asking import Asking
from tests.browser.looks import violations_everywhere
from tests.browser.server import Server
from tests.mini import REAL

pytestmark = pytest.mark.system


@pytest.fixture
def asking(page: Page, server: Server) -> Asking:
    return Asking(page, server.url)


def test_each_question_of_the_catalogue_has_the_answer_of_the_command_line(asking: Asking, graph: Graph) -> None:
    asking.open()
    for question in read_catalogue(REAL):
        asking.choose(question.name)
        asking.run()
        table = graph.query(question.name)
        assert isinstance(table, Table)
        assert asking.download("csv") == table.to_csv(), question.name
