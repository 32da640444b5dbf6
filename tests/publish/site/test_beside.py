"""What lies beside the site may be older than the graph: nothing of it brings back what was withheld."""

from __future__ import annotations

import gzip
import html
import io
import re
import shutil
import unicodedata
import zipfile
from pathlib import Path
from urllib.parse import unquote

import polars as pl
import pytest

from buendnis_graph.build import build
from buendnis_graph.care.withheld import KEY_VARIABLE, new_key, open_guard
from buendnis_graph.care.withhold import carry_out, plan
from buendnis_graph.errors import NotBuiltError, UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.publish.catalogue import Release
from buendnis_graph.publish.export import export
from buendnis_graph.publish.site.whole import publish_site
from buendnis_graph.settings import Project
from tests.publish.releases.made import contents, released
from tests.publish.site.conftest import Made, small_project

SLUG = "zwoelfender-soehne"
TRACES = ("zwolfender", "zwoelfender", "hirschrunde", "904175382")
"""Of its names, its slug and its number in the register, as :func:`_plain` writes them."""
BODY = f"""id:{SLUG} a org:Organization ; skos:prefLabel "Zwölfender & \\"Söhne\\" e.V."@de ; skos:altLabel "Hirsch-Runde"@de .
"""
REGISTER = "https://w3id.org/buendnis-graph/register/U1104_VR904175382"
LINK = f"""
<{REGISTER}> a bg:RegisterEntry ; bg:registerCourt "Dresden" ; bg:registerNumber "VR 904175382" .
link:register--{SLUG}--U1104_VR904175382 a owl:Axiom , sssom:Mapping ; owl:annotatedProperty schema:sameAs ;
  owl:annotatedSource id:{SLUG} ; owl:annotatedTarget <{REGISTER}> ; bg:judgement judgement:same ;
  bg:seenIn "OffeneRegister.de" ; sssom:mapping_date "2026-11-25"^^xsd:date ;
  sssom:mapping_justification semapv:LexicalMatching ; sssom:object_label "Zwölfender & \\"Söhne\\" e.V." .
"""


def _unpacked(name: str, content: bytes) -> bytes:
    if content.startswith(b"\x1f\x8b"):
        return gzip.decompress(content)
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return b"\n".join(one.encode() + packed.read(one) for one in packed.namelist())
    if name.endswith(".parquet"):
        table = pl.read_parquet(content)
        return "\n".join(map(str, table.rows())).encode()
    return content


def _plain(text: str) -> str:
    """Return only the letters and digits of a text: without case, accents, and what JSON, HTML and addresses escape."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), html.unescape(unquote(text)))
    return re.sub(r"[\W_]|\\[ntr]", "", unicodedata.normalize("NFKD", text.casefold()))


def traces(folder: Path) -> list[str]:
    """Return the files below a folder whose name or unpacked content names the body or its number, however spelt."""
    return [
        name
        for name, content in contents(folder).items()
        if any(trace in _plain(f"{name} {_unpacked(name, content).decode(errors='replace')}") for trace in TRACES)
    ]


@pytest.mark.parametrize(
    "text",
    ["Zwölfender", "ZWO\u0308LFENDER", r"Zw\u00f6lfender", "Zw&#246;lfender", "Zw%C3%B6lfender", "VR&nbsp;904 175 382"],
)
def test_a_trace_is_found_in_every_spelling(text: str) -> None:
    assert any(trace in _plain(text) for trace in TRACES)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key, a project, and its folder with site, export and a release, which all name a body."""
    root = tmp_path_factory.mktemp("withheld")
    new_key(root / "key")
    project, output = small_project(root / "project"), root / "public"
    project.write(f"data/registry/{SLUG}.ttl", BODY)
    project.write("data/links/register.ttl", LINK)
    project.attest("p9", SLUG, "x")
    released(project, "0.1.0", "2026-11-25")
    export(Graph(project), output)
    publish_site(Graph(project), output)
    found = traces(output)
    endings = {"html", "ttl", "jsonld", "js", "csv", "parquet", "graphml", "gexf", "trig.gz", "nq.gz", "nt.gz"}
    assert {ending for ending in endings if any(name.endswith(f".{ending}") for name in found)} == endings
    assert {f"id/{SLUG}.html", f"en/id/{SLUG}.html", "releases/0.1.0/graph.nq.gz"} < set(found)
    return root


@pytest.fixture
def withheld(before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Project, Path]:
    """A copy of these, the project and its public folder; the body is withheld since."""
    monkeypatch.setenv(KEY_VARIABLE, str(before / "key"))
    shutil.copytree(before / "project", tmp_path / "project")
    shutil.copytree(before / "public", tmp_path / "public")
    project = Project(tmp_path / "project")
    carry_out(project, plan(project, SLUG, open_guard(project)))
    return project, tmp_path / "public"


def test_what_is_withheld_is_published_nowhere_after_release_export_and_site(withheld: tuple[Project, Path]) -> None:
    project, output = withheld
    released(project, "0.2.0", "2026-12-01")
    export(Graph(project), output)
    publish_site(Graph(project), output)
    assert (output / "id" / "x.html").is_file()
    assert (output / "releases" / "0.2.0" / "graph.nq.gz").is_file()
    assert traces(output) == []


def test_a_site_before_release_and_export_is_refused(withheld: tuple[Project, Path]) -> None:
    project, output = withheld
    build(project)
    before, new = contents(output), output.parent / "new"
    with pytest.raises(UsageError, match=r"something was withheld.*\n.*buendnis release"):
        publish_site(Graph(project), output)
    with pytest.raises(UsageError, match="something was withheld"):
        publish_site(Graph(project), new)
    assert not new.exists()
    shutil.rmtree(project.releases)  # without one, none is needed; the export is still of the build before
    with pytest.raises(UsageError, match=r"export of another build.*\n.*buendnis export"):
        publish_site(Graph(project), output)
    assert contents(output) == before
    publish_site(Graph(project), new)
    assert traces(new) == []


def test_a_build_from_before_is_not_published(before: Path, withheld: tuple[Project, Path]) -> None:
    project, output = withheld
    new = output.parent / "new"
    shutil.rmtree(project.releases)
    shutil.copytree(before / "project" / "build", project.root / "build", dirs_exist_ok=True)
    for publish in (export, publish_site):
        with pytest.raises(NotBuiltError, match=r"changed since the last build.*\n.*buendnis build"):
            publish(Graph(project), new)
    assert not new.exists()


def _address(output: Path) -> str:
    page = (output / "en/id/x.html").read_text("utf-8")
    return str(re.findall(r'<link rel="canonical" href="(.*)en/id/x.html">', page)[0])


def test_site_and_export_have_the_same_address(made: Made, tmp_path: Path) -> None:
    graph, one, two = Graph(made.project), "https://one.example.org/graph/", "https://two.example.org/"
    export(graph, tmp_path, ["csv"], Release(site=one))
    before = contents(tmp_path)
    with pytest.raises(UsageError, match=f"an export for {one}, but the site is for {two}"):
        publish_site(graph, tmp_path, site_url=two)
    assert contents(tmp_path) == before
    publish_site(graph, tmp_path)
    assert _address(tmp_path) == one
    publish_site(graph, tmp_path, site_url=one.rstrip("/"))
    assert _address(tmp_path) == one
    export(graph, tmp_path, ["csv"])
    with pytest.raises(UsageError, match=r"an export for https://w3id.org/buendnis-graph/, but"):
        publish_site(graph, tmp_path, site_url=two)
    publish_site(graph, tmp_path)
    assert "canonical" not in (tmp_path / "en/id/x.html").read_text("utf-8")
