"""The pages of a register: courts, their entries in parts, and an entry when it is asked for."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser

from buendnis_graph.build import build
from buendnis_graph.errors import UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.site import register
from buendnis_graph.publish.site.whole import publish_site
from buendnis_graph.serve.entries import printed_entry
from tests.linking.test_taking import take
from tests.mini import MiniProject
from tests.publish.site.conftest import small_project
from tests.publish.small import LINKS
from tests.pushing import ODD
from tests.register import ROWS
from tests.serve.live import serving

CC_BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[MiniProject, Path]:
    """A project with a register, and its site with the pages of it, two entries on each."""
    root = tmp_path_factory.mktemp("register")
    project = small_project(root / "project")
    project.write("data/links/register.ttl", LINKS)
    take(project)
    build(project)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(register, "PART", 2)
        publish_site(Graph(project), root / "public", register=True)
    return project, root / "public"


def _page(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text(encoding="utf-8"))


def _rows(page: LexborHTMLParser) -> list[list[str]]:
    return [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in page.css("tbody tr")]


def test_the_index_leads_to_the_courts_and_these_to_all_parts(published: tuple[MiniProject, Path]) -> None:
    output = published[1]
    for folder in (output, output / "en"):
        index = _page(folder / "associations.html")
        assert _rows(index) == [["Dresden", "3"], ["Kiel", "1"]]
        assert CC_BY in (folder / "associations.html").read_text("utf-8")
        first = folder / (index.css("tbody a")[0].attributes["href"] or "")
        parts = [link.attributes["href"] for link in _page(first).css("nav.letters a")]
        assert parts == ["../associations/U1104-2.html"]
        assert (first.parent / (parts[0] or "")).is_file()
    assert 'href="associations.html"' in (output / "index.html").read_text("utf-8")


def test_entries_stand_by_number_with_what_the_register_says(published: tuple[MiniProject, Path]) -> None:
    folder = published[1] / "en" / "associations"
    one, two = (_page(folder / f"U1104-{part}.html") for part in (1, 2))
    current = "registered when the data set was made"
    assert _rows(one) == [
        ["VR 1", "A e.V.", "Dresden", current],
        ["VR 2", "Bunter „Treff“ e.V.", "Leipzig", current],
    ]
    assert _rows(two) == [["VR 10", "Turnverein 1860 \\ Nord e.V.", "Dresden", "no longer registered"]]
    assert [link.attributes["href"] for link in one.css("tbody a")] == ["../register/U1104_VR1.html"], "one is linked"
    assert one.css_first("#U1104_VR2") is not None
    assert _rows(_page(folder / "X1517R-1.html"))[0][2] == "not stated"


def test_an_entry_gets_its_page_when_it_is_asked_for(published: tuple[MiniProject, Path]) -> None:
    project, output = published
    with serving(project.root, site=output) as live:
        found = live.ask(path="/register/U1104_VR10", accept="text/html", accept_language="en")
        assert (found.status, found.headers["location"]) == (303, "/en/register/U1104_VR10.html")
        for path, says in (
            ("/en/register/U1104_VR10.html", "Register court"),
            ("/register/U1104_VR10.html", "Registergericht"),
        ):
            answer = live.ask(path=path)
            page = LexborHTMLParser(answer.body)
            assert (answer.status, answer.type) == (200, "text/html")
            assert [one.text() for one in page.css("h1")] == ["Turnverein 1860 \\ Nord e.V."]
            assert says in page.css_first("dl.facts").text()  # type: ignore[union-attr]
            assert CC_BY in answer.text
            addresses = [
                link.attributes["href"] or "" for link in page.css("main a[href$='.ttl'], header a, dl.facts a")
            ]
            ours = [address for address in addresses if "://" not in address]
            there = [live.ask(path=urljoin(path, address)).status for address in ours]
            assert there
            assert set(there) == {200}
        assert live.ask(path="/register/U1104_VR1.html").status == 200, "the site has a file of it"
        assert live.ask(path="/register/U1104_VR99.html").status == 404


def test_an_entry_is_found_by_its_address_whatever_its_number(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    take(project, [*ROWS, *ODD])
    build(project)
    publish_site(Graph(project), tmp_path / "public", register=True)
    entries = ("U1104_VR100%2F1", "Bund "), ("U1104_VR100~2", "temp $this"), ("U1104_VR2", "Bunter ")
    forms = ("", "text/turtle"), ("", "text/html"), (".ttl", ""), (".html", ""), (".nt", "")
    for direct in (0, 1):
        with serving(project.root, site=tmp_path / "public", direct=direct) as live:
            for slug, name in entries:
                for suffix, accept in forms:
                    path = f"/register/{slug}{suffix}"
                    answer = live.ask(path=path, accept=accept)
                    if not (suffix or direct):
                        assert answer.status == 303
                        answer = live.ask(path=answer.headers["location"])
                    assert (answer.status, name in answer.text) == (200, True), (path, accept)
                (other,) = LexborHTMLParser(live.ask(path=f"/register/{slug}.html").body).css(
                    "a[hreflang='en'][href$='.html']"
                )
                assert live.ask(path=urljoin(f"/register/{slug}.html", other.attributes["href"] or "")).status == 200
            assert live.ask(path="/register/U1104_VR100%2F2").status == 404
            assert live.ask(path="/register/..%2F..%2Fproject%2Fdata").status == 404


def test_without_a_register_there_are_none(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    build(project)
    with pytest.raises(UsageError, match="holds no register"):
        publish_site(Graph(project), tmp_path / "public", register=True)
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("is_listed", [True, False])
def test_the_page_of_an_entry_leads_to_no_index_that_the_site_has_not(tmp_path: Path, *, is_listed: bool) -> None:
    if is_listed:
        (tmp_path / "associations.html").touch()
    iri = f"{BASE}register/U1104_VR1"
    said = [ox.Triple(ox.NamedNode(iri), expand("bg:registeredName"), ox.Literal("<b>A</b> e.V."))]
    page = printed_entry(said, iri, "de", tmp_path)
    assert ("associations.html" in page) == is_listed
    assert "&lt;b&gt;A&lt;/b&gt; e.V." in page
    assert "<b>" not in page
