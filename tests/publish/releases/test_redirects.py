"""Where addresses of merged entries lead."""

from __future__ import annotations

from buendnis_graph.publish.releases import redirects
from tests.mini import MiniProject


def _redirect(mini: MiniProject, old: str, new: str) -> None:
    mini.write(
        f"data/registry/{old}.ttl",
        f'id:{old} a org:Organization ; skos:prefLabel "{old}"@de ; dcterms:isReplacedBy id:{new} .\n',
    )


def test_nothing_merged(mini: MiniProject) -> None:
    assert redirects(mini.derived()) == {}


def test_chains_lead_to_their_end_and_memberships_follow(mini: MiniProject) -> None:
    mini.attest("p", "c", "x")
    _redirect(mini, "a", "b")
    _redirect(mini, "b", "c")
    _redirect(mini, "old-x", "x")
    assert redirects(mini.derived()) == {
        "id/a": "id/c",
        "id/b": "id/c",
        "id/old-x": "id/x",
        "membership/old-x/a": "membership/x/c",
        "membership/old-x/b": "membership/x/c",
        "membership/old-x/c": "membership/x/c",
        "membership/x/a": "membership/x/c",
        "membership/x/b": "membership/x/c",
    }


def test_a_circle_leads_nowhere(mini: MiniProject) -> None:
    _redirect(mini, "a", "b")
    _redirect(mini, "b", "a")
    _redirect(mini, "c", "a")
    assert redirects(mini.derived()) == {}
