"""Releases are listed on the site and lie below it, byte for byte; a withdrawn one leaves no file."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser

from buendnis_graph.graph import Graph
from buendnis_graph.publish.releases import read_releases
from buendnis_graph.publish.site.released import release_files, releases_page
from buendnis_graph.publish.site.whole import whole_site
from tests.publish.releases.made import released
from tests.publish.site.conftest import Made, small_project

ATOM = "{http://www.w3.org/2005/Atom}"


def test_each_release_is_listed_and_all_its_files_are_there(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    released(project, "0.1.0", "2026-11-25")
    project.attest("p9", "b", "y")
    released(project, "0.2.0", "2026-12-01")
    files = dict(whole_site(Graph(project), site_url="https://example.org/graph").files())
    below = {path: content for path, content in files.items() if path.startswith("releases/")}
    on_disk = {f"releases/{p.relative_to(project.releases).as_posix()}": p for p in project.releases.glob("*/*")}
    assert below == {path: file.read_bytes() for path, file in on_disk.items()}
    page = LexborHTMLParser(str(files["en/releases.html"]))
    assert [row.text() for row in page.css("tbody th")] == ["0.2.0", "0.1.0"]
    links = {(node.attributes["href"] or "").removeprefix("../") for node in page.css("tbody a")}
    assert links == {path for path in below if not path.endswith("manifest.json")}
    entries = ElementTree.fromstring(str(files["feed.atom"])).iter(f"{ATOM}link")  # noqa: S314 - our own
    assert all((link.get("href") or "").startswith("https://example.org/graph/") for link in entries)
    assert 'type="application/atom+xml" href="../feed.atom"' in str(files["en/id/x.html"]).replace("../../", "../")


def test_without_a_release_there_is_neither_page_nor_feed(made: Made) -> None:
    assert not {"releases.html", "feed.atom"} & set(made.files)
    assert "feed.atom" not in made.files["index.html"]


def test_of_a_withdrawn_release_only_its_manifest_is_published(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    released(project, "0.1.0", "2026-11-25")
    gone = [release.withdraw("2026-12-01") for release in read_releases(project.releases)]
    assert {path for path, _ in release_files(project, gone, "")} == {"releases/0.1.0/manifest.json", "feed.atom"}
    assert releases_page(gone).context["releases"] == gone
