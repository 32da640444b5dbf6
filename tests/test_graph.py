"""The Python face, here and at an endpoint."""

from __future__ import annotations

import datetime as dt

import pytest
import rdflib

from buendnis_graph.errors import QueryError
from buendnis_graph.graph import Graph, open_endpoint
from buendnis_graph.queries import Table
from tests.endpoint import oxigraph


def test_alliances_and_their_known_members(graph: Graph) -> None:
    table, known = graph.alliances(), graph.query("alliances")
    assert isinstance(known, Table)
    ours = {row["alliance"].value.rpartition("/")[2]: row["members"].value for row in table}  # type: ignore[union-attr]
    assert ours == {row["slug"].value: row["members"].value for row in known}  # type: ignore[union-attr]


def test_values_need_not_be_text(graph: Graph) -> None:
    assert graph.query("stale-memberships", years=5) == graph.query("stale-memberships", years="5")
    assert graph.memberships(at=dt.date(2023, 3, 27)).rows == graph.memberships(at="2023-03-27").rows
    assert graph.memberships(at=2023).rows == graph.memberships(at="2023").rows


def test_one_organisation(graph: Graph) -> None:
    house = graph.organisation("Haus der sozialen Vielfalt")
    assert graph.organisation(house.iri).label == house.label == "Haus der sozialen Vielfalt"
    theirs = house.memberships(at="2023-03-27")
    assert {row["member"].value for row in theirs if row["member"]} == {house.iri}
    assert house.iri in house._repr_html_()
    with pytest.raises(QueryError, match="Did you mean"):
        graph.organisation("Haus der sozialen Vielfald")


def test_rdflib_gets_the_view_as_it_is_written(graph: Graph) -> None:
    read = rdflib.Graph()
    for path in (graph.folder / "view").iterdir():
        read.parse(path)
    assert set(graph.rdflib()) == set(read)


def test_a_remote_graph_answers_the_same(graph: Graph) -> None:
    with oxigraph(graph.folder / "store") as url:
        remote = open_endpoint(url, graph.project)
        assert remote.memberships(at="2020").rows == graph.memberships(at="2020").rows
        assert remote.alliances().rows == graph.alliances().rows
        assert remote.network().summary() == graph.network().summary()
        assert remote.organisation("Tolerantes Sachsen").iri == graph.organisation("Tolerantes Sachsen").iri
        assert remote.sources_of("haus-der-sozialen-vielfalt", "bg:legalForm", "legal-form:ggmbh").rows == (
            graph.sources_of("haus-der-sozialen-vielfalt", "bg:legalForm", "legal-form:ggmbh").rows
        )
