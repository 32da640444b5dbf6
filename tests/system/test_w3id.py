"""The rules for w3id.org in a real Apache, followed to the document."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.hosts import files
from buendnis_graph.publish.hosts.negotiation import choose
from buendnis_graph.publish.hosts.w3id import RULES
from tests.endpoint import free_port
from tests.publish.hosts.requests import HTML, JSONLD, SOURCE, STRANGE, TURTLE
from tests.publish.hosts.servers import SITE, Answer, Server, apache, open_folder, write_site
from tests.publish.hosts.test_negotiation import ACCEPT, BROWSER, LANGUAGE

pytestmark = pytest.mark.system

W3ID = "/buendnis-graph/"


@pytest.fixture(scope="module")
def w3id() -> Iterator[Server]:
    """One Apache that is both: the site below /graph/, and w3id.org with the rules to hand in."""
    port = free_port()
    site = dataclasses.replace(SITE, url=f"http://127.0.0.1:{port}/graph/")
    with open_folder() as folder:
        write_site(folder / "site", site, root="graph")
        (folder / "site" / W3ID.strip("/")).mkdir()
        (folder / "site" / W3ID.strip("/") / ".htaccess").write_text(files(site)[RULES], encoding="utf-8")
        with apache(folder, folder / "site", port) as server:
            yield server


def _follow(
    server: Server, path: str, accept: str | None, language: str | None
) -> tuple[list[tuple[int, str]], Answer]:
    """Follow redirects from an IRI of ours; w3id.org is the folder of that name here."""
    way: list[tuple[int, str]] = []
    here = W3ID + path
    answer = server.get(here, accept, language)
    while answer.location and len(way) < 6:
        assert answer.headers["access-control-allow-origin"] == "*"
        here = answer.location.replace(BASE, W3ID)
        way.append((answer.status, here))
        answer = server.get(here.partition("#")[0], accept, language)
    return way, answer


@pytest.mark.parametrize(
    ("path", "accept", "language", "way", "kind"),
    [
        ("", None, None, [(302, "/graph/")], HTML),
        ("", BROWSER, "en", [(302, "/graph/en/")], HTML),
        ("", "text/turtle", None, [(303, "/graph/dataset.ttl")], TURTLE),
        ("id/a", None, None, [(303, "/graph/id/a.html")], HTML),
        ("id/a", BROWSER, "en", [(303, "/graph/en/id/a.html")], HTML),
        ("id/a", "text/turtle", None, [(303, "/graph/id/a.ttl")], TURTLE),
        ("id/a", "application/ld+json, text/html;q=0.5", None, [(303, "/graph/id/a.jsonld")], JSONLD),
        ("id/a.ttl", BROWSER, None, [(302, "/graph/id/a.ttl")], TURTLE),
        ("ontology", "text/turtle", None, [(302, "/graph/ontology.ttl")], TURTLE),
        (
            "dataset/0.1.0",
            "text/turtle",
            None,
            [(303, f"{W3ID}dataset#dataset/0.1.0"), (302, "/graph/dataset.ttl")],
            TURTLE,
        ),
        (SOURCE, None, None, [(302, f"/graph/{SOURCE}.html")], HTML),
        ("context/v1.jsonld", None, None, [(302, "/graph/context/v1.jsonld")], JSONLD),
        ("dumps/graph.nq.gz", None, None, [(302, "/graph/dumps/graph.nq.gz")], "application/gzip"),
        (
            "statement/a/name/0123",
            "text/turtle",
            None,
            [(303, f"{W3ID}id/a#statement/a/name/0123"), (303, "/graph/id/a.ttl")],
            TURTLE,
        ),
        (
            "link/b--wikidata-Q2",
            None,
            None,
            [
                (302, "/graph/link/b--wikidata-Q2"),
                (303, "/graph/topic/b#link/b--wikidata-Q2"),
                (303, "/graph/topic/b.html"),
            ],
            HTML,
        ),
        ("id/old", "text/turtle", None, [(303, "/graph/id/old.ttl"), (301, "/graph/id/a.ttl")], TURTLE),
        ("id/unknown", None, None, [(303, "/graph/id/unknown.html")], HTML),
        ("search", None, None, [(302, "/graph/search"), (302, "/graph/search.html")], HTML),
    ],
)
def test_w3id_leads_to_the_document(
    w3id: Server, path: str, accept: str | None, language: str | None, way: list[tuple[int, str]], kind: str
) -> None:
    found, answer = _follow(w3id, path, accept, language)
    assert found == way
    assert answer.type == kind
    assert answer.status == (404 if path.endswith("unknown") else 200)


@pytest.mark.parametrize("path", STRANGE, ids=range(len(STRANGE)))
def test_odd_paths_do_no_harm_at_w3id(w3id: Server, path: str) -> None:
    answer = w3id.get(W3ID + path)
    assert "x-injected" not in answer.headers
    assert answer.status in {302, 303, 400, 403, 404, 414}
    assert answer.location.startswith(("/graph/", BASE)) or not answer.location


@given(ACCEPT, LANGUAGE)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_w3id_chooses_as_the_reference_does(w3id: Server, accept: str, language: str) -> None:
    folder, suffix = choose(accept, language)
    answer = w3id.get(f"{W3ID}id/a", accept, language)
    assert (answer.status, answer.location) == (303, f"/graph/{folder}id/a{suffix}")
