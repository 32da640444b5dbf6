"""Files for other programs are read back equal by igraph and networkx."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest

from buendnis_graph.errors import NetworkError, UsageError
from buendnis_graph.network import MODES, WEIGHTS, Network, open_network
from buendnis_graph.network.export import SUFFIXES
from buendnis_graph.network.export.content import Content, spell
from buendnis_graph.network.export.edge_list import edge_list
from buendnis_graph.network.export.gexf import gexf
from buendnis_graph.network.export.graphml import graphml
from tests.network.made import Made, day

HARD = "Müller & Söhne <\"Bündnis\" für \\ alles> – 'süß' 🎈"


@pytest.fixture
def net(tmp_path: Path) -> Network:
    """Labels that are hard on formats; an alliance that is a member of another; two of the same name."""
    made = Made().complete("x", "a", "b", "y", as_of="2020-01-01").complete("y", "a", "c")
    made.member("y", "d", on="y-list", since="2018-01-01", until="2021-01-01")
    made.add("bodies", body="a", label_de=HARD, label_en="Miller", is_alliance=False, kind="formal", sector="ngo")
    made.add("bodies", body="b", label_de="Gleich", is_alliance=False, kind="formal")
    made.add("bodies", body="c", label_de="Gleich", is_alliance=False, kind="formal", founded="1990")
    return open_network(made.folder(tmp_path / "build"))


def known(rows: Any, *own: str) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if v is not None and k not in own} for row in rows]


def ends(content: Content) -> set[frozenset[str]]:
    return {frozenset((edge["source"], edge["target"])) for edge in content.edges}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("reader", [nx.read_graphml, nx.read_gexf])
def test_networkx_reads_graphml_and_gexf_back(net: Network, tmp_path: Path, mode: str, reader: Any) -> None:
    content = net.content(mode, "jaccard")
    (path,) = net.export(tmp_path / f"net.{reader.__name__.removeprefix('read_')}", mode, "jaccard")
    graph = reader(path)
    nodes = {node: {k: v for k, v in data.items() if k != "spells"} for node, data in graph.nodes(data=True)}
    assert nodes == dict(zip([n["id"] for n in content.nodes], known(content.nodes, "id"), strict=True))
    assert {frozenset(edge) for edge in graph.edges} == ends(content)
    for edge, expected in zip(content.edges, known(content.edges, "source", "target"), strict=True):
        data = dict(graph.edges[edge["source"], edge["target"]])
        if "spells" in data:
            ((data["start"], data["end"]),) = data.pop("spells")
        if reader is nx.read_gexf:
            data.pop("id")
        assert data == expected


@pytest.mark.parametrize("mode", MODES)
def test_igraph_reads_graphml_back(net: Network, tmp_path: Path, mode: str) -> None:
    content = net.content(mode)
    (path,) = net.export(tmp_path / "net.graphml", mode)
    graph = igraph.Graph.Read_GraphML(str(path))
    assert graph["about"] == "\n".join(content.about)
    for name in {name for node in content.nodes for name, value in node.items() if value is not None}:
        read = [value if value == value and value != "" else None for value in graph.vs[name]]
        expected = [node.get(name) for node in content.nodes]
        # igraph has no empty truth value: a body is no list of founders.
        assert read == [bool(v) for v in expected] if name == "founding" else read == expected
    ids = graph.vs["id"]
    assert {frozenset((ids[e.source], ids[e.target])) for e in graph.es} == ends(content)
    assert graph.es["weight"] == [edge["weight"] for edge in content.edges]


def test_pajek_is_read_back_by_both_but_for_characters_it_can_not_hold(net: Network, tmp_path: Path) -> None:
    content = net.content()
    path, partition = net.export(tmp_path / "net.net")
    expected = [node["label"].replace('"', "'").replace("\\", "/") for node in content.nodes]
    expected = [
        n if expected.count(n) == 1 else f"{n} [{node['id']}]" for n, node in zip(expected, content.nodes, strict=True)
    ]
    name = dict(zip([node["id"] for node in content.nodes], expected, strict=True))
    edges = {frozenset((name[edge["source"]], name[edge["target"]])) for edge in content.edges}
    by_igraph = igraph.Graph.Read_Pajek(str(path))
    assert by_igraph.vs["name"] == expected
    assert {frozenset(by_igraph.vs["name"][n] for n in edge.tuple) for edge in by_igraph.es} == edges
    by_networkx = nx.read_pajek(path)
    assert set(by_networkx) == set(expected)
    assert {frozenset(edge[:2]) for edge in by_networkx.edges} == edges
    modes = partition.read_text(encoding="utf-8").split("\n")[1:-1]
    assert modes == ["2" if node["mode"] == "alliance" else "1" for node in content.nodes]


def test_csv_is_read_back_by_both(net: Network, tmp_path: Path) -> None:
    content = net.content()
    edges_path, nodes_path, summary = net.export(tmp_path / "net.csv")
    edges, nodes = (list(csv.DictReader(io.StringIO(p.read_bytes().decode()))) for p in (edges_path, nodes_path))
    assert [node["label"] for node in nodes] == [node["label"] for node in content.nodes]
    by_igraph = igraph.Graph.DictList(nodes, edges, vertex_name_attr="id")
    ids = by_igraph.vs["id"]
    assert {frozenset((ids[e.source], ids[e.target])) for e in by_igraph.es} == ends(content)
    by_networkx = nx.Graph((edge["source"], edge["target"]) for edge in edges)
    assert {frozenset(edge) for edge in by_networkx.edges} == ends(content)
    assert '"warnings"' in summary.read_text(encoding="utf-8")


def test_no_cell_is_a_formula() -> None:
    nodes = [{"id": "x", "label": "=1+1", "mode": "body"}, {"id": "y", "label": "-5", "mode": "body"}]
    text = edge_list(Content(nodes, [{"source": "x", "target": "y", "weight": -1.0}], [], {}))
    assert "'=1+1" in text[".nodes.csv"]
    assert ",-5," in text[".nodes.csv"]
    assert text[".csv"].endswith("x,y,-1.0\r\n")


GEXF = "{http://www.gexf.net/1.2draft}"
# What the published schema of GEXF 1.2 allows within each element that we use: attributes, and elements.
ALLOWED = {
    "gexf": ({"version"}, ["meta", "graph"]),
    "meta": ({"lastmodifieddate"}, ["creator", "keywords", "description"]),
    "creator": (set(), []),
    "description": (set(), []),
    "graph": ({"timeformat", "start", "end", "defaultedgetype", "idtype", "mode"}, ["attributes", "nodes", "edges"]),
    "attributes": ({"class", "mode", "start", "end"}, ["attribute"]),
    "attribute": ({"id", "title", "type"}, ["default", "options"]),
    "nodes": ({"count"}, ["node"]),
    "node": ({"start", "end", "pid", "id", "label"}, ["attvalues", "spells"]),
    "edges": ({"count"}, ["edge"]),
    "edge": ({"start", "end", "id", "type", "label", "source", "target", "weight"}, ["attvalues", "spells"]),
    "attvalues": (set(), ["attvalue"]),
    "attvalue": ({"for", "value", "start", "end"}, []),
    "spells": (set(), ["spell"]),
    "spell": ({"start", "end"}, []),
}


def test_gexf_has_the_structure_of_its_schema(net: Network) -> None:
    """Elements in their namespace and places, ids that exist, values of declared attributes, spells of whole days."""
    root = ElementTree.fromstring(gexf(net.content()))  # noqa: S314 - our own
    for element in root.iter():
        attributes, children = ALLOWED[element.tag.removeprefix(GEXF)]
        assert element.attrib.keys() <= attributes, element.tag
        assert {child.tag for child in element} <= {GEXF + child for child in children}, element.tag
    assert [child.tag for child in root] == [f"{GEXF}meta", f"{GEXF}graph"]
    assert {a.get("type") for a in root.iter(f"{GEXF}attribute")} <= {"integer", "double", "boolean", "string"}
    meta, graph = root
    assert (root.get("version"), dict(meta.attrib)) == ("1.2", {})
    assert graph.attrib == {"mode": "dynamic", "timeformat": "date", "defaultedgetype": "undirected"}
    declared = {a.get("class"): {x.get("id") for x in a} for a in graph.iter(f"{GEXF}attributes")}
    nodes, edges = list(graph.iter(f"{GEXF}node")), list(graph.iter(f"{GEXF}edge"))
    ids = {node.get("id") for node in nodes}
    assert len(ids) == len(nodes)
    for kind, elements in (("node", nodes), ("edge", edges)):
        for element in elements:
            assert {value.get("for") for value in element.iter(f"{GEXF}attvalue")} <= declared[kind]
    assert all({edge.get("source"), edge.get("target")} <= ids for edge in edges)
    spells = [(s.get("start"), s.get("end")) for s in graph.iter(f"{GEXF}spell")]
    assert ("2018-01-01", "2021-01-01") in spells
    assert all(day(start) and day(end) and start <= end for start, end in spells if start and end)


@pytest.mark.parametrize("writer", [graphml, gexf])
def test_what_xml_can_not_hold_is_replaced(writer: Callable[[Content], str]) -> None:
    label = "a\x00b\x1b[31m\ufffe]]>"
    document = writer(Content([{"id": "x", "label": label, "mode": "body"}], [], [], {}))
    assert "a�b�[31m�]]&gt;" in document
    ElementTree.fromstring(document)  # noqa: S314 - our own


def test_a_spell_is_what_the_evidence_makes_sure_of() -> None:
    nothing = dict.fromkeys(("since_latest", "first_attested", "until_earliest", "last_attested"))
    assert spell(nothing) == {"start": None, "end": None}
    assert spell(nothing | {"since_latest": "2020-01-01"}) == {"start": "2020-01-01", "end": "2020-01-01"}
    assert spell(nothing | {"until_earliest": "2020-01-01"}) == {"start": None, "end": None}
    year = {"first_attested": "2020-12-31", "last_attested": "2020-01-01"}
    assert spell(nothing | year) == {"start": "2020-01-01", "end": "2020-12-31"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_network_gives_the_same_bytes(net: Network, tmp_path: Path, suffix: str) -> None:
    first, again = ([p.read_bytes() for p in net.export(tmp_path / (stem + suffix))] for stem in ("one", "two"))
    assert first == again


def test_graphs_in_hand_have_what_files_have(net: Network) -> None:
    content = net.content()
    by_igraph, by_networkx = net.to_igraph(), net.to_networkx()
    assert by_igraph.is_bipartite()
    assert by_igraph.vs["type"] == [node["mode"] == "alliance" for node in content.nodes]
    assert nx.is_bipartite(by_networkx)
    assert by_networkx.nodes["body:a"]["label"] == HARD
    assert {frozenset(edge) for edge in by_networkx.edges} == ends(content)
    for weight in WEIGHTS:
        shared = net.to_networkx("bodies", weight)
        assert all(data["weight"] == pytest.approx(data[weight]) for _, _, data in shared.edges(data=True))


def test_errors_say_what_to_do(net: Network, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.graphml"):
        net.export(tmp_path / "net.xls")
    with pytest.raises(UsageError, match="can't be written"):
        net.export(tmp_path / "nowhere" / "net.gexf")
    with pytest.raises(UsageError, match="two-mode"):
        net.export(tmp_path / "net.gexf", "three-mode")
    with pytest.raises(NetworkError, match="nothing remains"):
        open_network(tmp_path / "build", at="1900").export(tmp_path / "net.gexf")
