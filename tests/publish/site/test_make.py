"""The site as a whole: the same for the same data, a small change for a small change."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pyoxigraph as ox
from selectolax.lexbor import LexborHTMLParser

from buendnis_graph.build import build
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents import document_of
from buendnis_graph.publish.dumps.licences import CC0
from buendnis_graph.publish.export import export
from buendnis_graph.publish.site import write_site
from buendnis_graph.publish.site.whole import publish_site, whole_site
from tests.publish.jsonld.readers import by_pyld, by_pyoxigraph, n_triples
from tests.publish.site.conftest import Made, small_project
from tests.publish.small import LINKS, REGISTER

CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def test_the_same_data_makes_the_same_files(made: Made) -> None:
    again = dict(whole_site(Graph(made.project)).files())
    assert {path: text.decode() if isinstance(text, bytes) else str(text) for path, text in again.items()} == made.files


def test_each_document_has_its_data_beside_its_pages(made: Made) -> None:
    for path in ("id/x", "membership/x/a", "topic/racism", "source/example.org/p1/2026-11-22", "ontology", "dataset"):
        assert f"{path}.html" in made.files
        assert f"en/{path}.html" in made.files
        assert made.files[f"{path}.ttl"].startswith(("@prefix", "<"))
        assert made.files[f"{path}.jsonld"].startswith("{")


def test_a_changed_file_rewrites_only_what_changes(tmp_path: Path) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "public"
    build(project)
    first = write_site(output, whole_site(Graph(project)).files())
    assert (first.changed, first.same, first.removed) == (0, 0, 0)
    before = {path: path.stat().st_ino for path in output.rglob("*.*") if path.is_file()}
    project.write("data/registry/y.ttl", 'id:y a org:Organization , bg:Alliance ; skos:prefLabel "Neuer Name"@de .\n')
    build(project)
    write_site(output, whole_site(Graph(project)).files())
    changed = {p.relative_to(output).as_posix() for p, inode in before.items() if p.stat().st_ino != inode}
    assert {"id/y.html", "en/id/y.html", "id/y.ttl", "id/x.html", "alliances.html", "membership/y/x.html"} <= changed
    untouched = {"id/b.html", "id/c.ttl", "membership/x/b.html", "about.html", "assets/site.css", "topic/racism.html"}
    assert not untouched & changed
    assert len(changed) < len(before) / 5


def test_the_address_of_the_site_is_used_where_one_is_needed(made: Made) -> None:
    files = dict(whole_site(Graph(made.project), site_url="https://example.org/graph").files())
    page = str(files["en/id/x.html"])
    assert '<link rel="canonical" href="https://example.org/graph/en/id/x.html">' in page
    assert '<base href="/graph/en/">' in str(files["en/404.html"])
    assert '"item":"https://example.org/graph/en/alliances.html"' in page
    assert "canonical" not in made.files["en/id/x.html"]


def test_a_page_is_under_the_licences_of_what_it_holds(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    project.write("data/links/register.ttl", LINKS)
    build(project)
    files = dict(whole_site(Graph(project)).files())

    def licences(path: str) -> list[str | None]:
        found = LexborHTMLParser(str(files[f"{path}.html"])).css('link[rel="license"]')
        return [link.attributes["href"] for link in found]

    link = f"<{REGISTER}>"
    assert "register:U1104_VR1" in str(files["id/a.ttl"]) or link in str(files["id/a.ttl"])
    assert licences("id/a") == [CC_BY]
    assert licences("id/b") == licences("source/example.org/p3/2026-11-22") == [CC0]
    assert licences("graph/register-links") == [CC_BY]
    assert licences("dataset") == [CC0, CC_BY]
    embedded = LexborHTMLParser(str(files["dataset.html"])).css_first('script[type="application/ld+json"]')
    assert embedded is not None
    assert json.loads(embedded.text())["license"] == [CC_BY, CC0]
    context = json.loads(str(files["linkset.json"]))["linkset"][0]
    assert [one["href"] for one in context["license"]] == [CC0, CC_BY]


def test_dumps_that_lie_in_the_folder_are_listed_with_checksum_and_licence(tmp_path: Path, made: Made) -> None:
    output = tmp_path / "public"
    exported = export(Graph(made.project), output, ["csv", "turtle"])
    write_site(output, whole_site(Graph(made.project), output).files())
    page = LexborHTMLParser((output / "en" / "data.html").read_text(encoding="utf-8"))
    rows = {" ".join(row.text(separator=" ").split()) for row in page.css("section[aria-labelledby=dumps] tbody tr")}
    assert len(rows) == len(exported.manifest.dumps) > 1
    assert all(any(dump.sha256 in row and "CC0 1.0" in row for row in rows) for dump in exported.manifest.dumps)
    told = "The consolidated view (Turtle), without all that is not under CC0"
    assert ["-cc0.ttl" in row for row in rows if told in row] == [True]
    for node in page.css("section[aria-labelledby=dumps] tbody th a"):
        assert (output / "en" / (node.attributes["href"] or "?")).resolve().is_file()


def test_with_an_export_the_data_set_is_described_by_both(tmp_path: Path, made: Made) -> None:
    graph, page = Graph(made.project), tmp_path / "dataset.ttl"
    export(graph, tmp_path, ["csv"])
    exported = _data_set(tmp_path)
    said, text = _triples(page), exported["dataset.jsonld"].decode()
    document = document_of(graph.store, f"{BASE}dataset")
    assert any("#catalogue>" in triple for triple in said)
    assert any("terms/hasPart>" in triple for triple in n_triples(document.own))
    assert n_triples(document.triples) < said
    assert by_pyoxigraph(text) == by_pyld(json.loads(text)) == said
    publish_site(graph, tmp_path)
    assert _data_set(tmp_path) == exported
    again = publish_site(graph, tmp_path).written
    assert (again.new, again.changed, again.removed) == (0, 0, 0)
    export(graph, tmp_path, ["csv"])
    assert _data_set(tmp_path) == exported


def test_the_data_set_fits_its_schema_with_an_export_and_without(tmp_path: Path, made: Made) -> None:
    fits = jsonschema.Draft202012Validator(json.loads(made.files["schema/dataset.json"]))
    alone, key = json.loads(made.files["dataset.jsonld"]), "dcat:distribution"
    assert fits.is_valid(alone)
    export(Graph(made.project), tmp_path)
    told = json.loads((tmp_path / "dataset.jsonld").read_text("utf-8"))
    assert [error.message for error in fits.iter_errors(told)] == []
    assert len(told[key]) > 20
    assert key not in alone
    typeless = [{"type": "Dataset"}]
    for name, wrong in ((key, []), (key, 1), ("distribution", told[key]), ("included", typeless), ("title", 1)):
        assert not fits.is_valid({**told, name: wrong})


def _data_set(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in ("dataset.ttl", "dataset.jsonld")}


def _triples(turtle: Path) -> set[str]:
    return n_triples(quad.triple for quad in ox.parse(path=turtle))
