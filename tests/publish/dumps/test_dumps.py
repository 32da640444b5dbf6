"""The dumps of the project's own graph: what they hold is what the build holds, and what the manifest says is so."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import networkx
import polars as pl
import pyoxigraph as ox
import pytest
import rdflib

from buendnis_graph.evidence.turtle import write
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.dumps import FORMATS, MANIFEST, Manifest, kinds, read_manifest, write_dumps
from buendnis_graph.publish.dumps.licences import CC0
from buendnis_graph.publish.media import media_type
from buendnis_graph.store import QUADS, consolidate, dump_lines, named_graphs
from buendnis_graph.tables import TABLES, codebook, load

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
REGISTER = f"{BASE}register/"


@pytest.fixture(scope="module")
def dumps(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    folder = tmp_path_factory.mktemp("dumps")
    return folder, write_dumps(graph, "0.1.0", folder)


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def test_every_file_is_in_the_manifest_with_its_size_checksum_and_kind(dumps: tuple[Path, Manifest]) -> None:
    folder, manifest = dumps
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {dump.path for dump in manifest.dumps} | {MANIFEST} == written
    for dump in manifest.dumps:
        data = (folder / dump.path).read_bytes()
        assert (dump.bytes, dump.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert dump.compressed == data.startswith(b"\x1f\x8b")
    assert {dump.kind for dump in manifest.dumps} == set(kinds()) - {"register"}  # which is not taken in
    assert read_manifest(folder) == manifest


def test_each_is_sent_as_what_its_kind_says_or_as_packed(dumps: tuple[Path, Manifest]) -> None:
    for dump in dumps[1].dumps:
        assert media_type(dump.path) == ("application/gzip" if dump.compressed else kinds()[dump.kind].media_type)


def test_packed_files_bear_neither_time_nor_name(dumps: tuple[Path, Manifest]) -> None:
    folder, manifest = dumps
    packed = [folder / dump.path for dump in manifest.dumps if dump.compressed]
    assert len(packed) == 6
    for path in packed:
        head = path.read_bytes()[:10]
        assert head[3] == 0  # no name, no comment
        assert head[4:8] == bytes(4)  # no time


def test_nquads_and_trig_hold_all_named_graphs(graph: Graph, dumps: tuple[Path, Manifest]) -> None:
    folder, manifest = dumps
    whole = set(named_graphs(graph.store))
    count = {dump.path: dump.count for dump in manifest.dumps}
    assert _unpacked(folder / "dumps/buendnis-graph.nq.gz") == b"".join(dump_lines(graph.folder, QUADS))
    trig = ox.parse(_unpacked(folder / "dumps/buendnis-graph.trig.gz"), format=ox.RdfFormat.TRIG)
    assert set(trig) == whole
    assert {count["dumps/buendnis-graph.nq.gz"], count["dumps/buendnis-graph.trig.gz"]} == {len(whole)}


def test_turtle_and_ntriples_hold_the_consolidated_view(graph: Graph, dumps: tuple[Path, Manifest]) -> None:
    folder, manifest = dumps
    view = set(consolidate(graph.store))
    name = folder / "dumps" / "buendnis-graph-view"
    assert name.with_suffix(".ttl").read_text("utf-8") == write(view)
    assert set(ox.parse(_unpacked(Path(f"{name}.nt.gz")), format=ox.RdfFormat.N_TRIPLES)) == view
    counts = {dump.count for dump in manifest.dumps if dump.complete and dump.kind in {"turtle", "ntriples", "jsonld"}}
    assert counts == {len(view)}


def test_jsonld_is_one_document(dumps: tuple[Path, Manifest]) -> None:
    told = json.loads((dumps[0] / "dumps/buendnis-graph-view.jsonld").read_text(encoding="utf-8"))
    assert set(told) == {"@context", "@graph"}
    assert len(told["@graph"]) > 1000


def test_the_cc0_dumps_leave_out_what_is_under_cc_by_and_what_follows_from_it(
    graph: Graph, dumps: tuple[Path, Manifest]
) -> None:
    folder, manifest = dumps
    assert {dump.licence for dump in manifest.dumps if not dump.complete} == {CC0}
    lost = []
    for whole, free in (("buendnis-graph", "buendnis-graph-cc0"), ("buendnis-graph-view", "buendnis-graph-view-cc0")):
        for suffix in (".nq.gz", ".trig.gz") if whole == "buendnis-graph" else (".nt.gz", ".ttl"):
            form = ox.RdfFormat.from_extension(suffix.removesuffix(".gz")[1:])
            complete, rest = (
                set(ox.parse(_unpacked(folder / "dumps" / (n + suffix)), format=form)) for n in (whole, free)
            )
            assert rest < complete
            assert not any(REGISTER in str(quad) for quad in rest)
            lost.append(complete - rest)
    links = set(
        graph.store.quads_for_pattern(
            None, None, None, ox.NamedNode("https://w3id.org/buendnis-graph/graph/register-links")
        )
    )
    assert links
    assert lost[0] == lost[1]
    assert lost[0] > links
    # beside the graph itself only accepted links to the register go
    assert {str(quad.graph_name) for quad in lost[0] - links} == {f"<{BASE}graph/derived/accepted-register-links>"}
    assert all(REGISTER in str(quad.object) for quad in lost[0] - links)


def test_a_file_is_marked_cc_by_if_and_only_if_the_register_is_in_it(dumps: tuple[Path, Manifest]) -> None:
    folder, manifest = dumps
    texts = [dump for dump in manifest.dumps if dump.kind not in {"parquet", "csvw"}]
    # TriG and JSON-LD may write its entries by a shorter name; they hold the whole, as N-Quads and Turtle do
    found = {dump.path: REGISTER.encode() in _unpacked(folder / dump.path) for dump in texts}
    found |= {dump.path: True for dump in texts if dump.complete and dump.kind in {"trig", "jsonld"}}
    assert {dump.path: dump.licence == CC_BY for dump in texts} == found
    csvw = json.loads((folder / "dumps/csv/csv-metadata.json").read_text(encoding="utf-8"))
    marked = {table["url"] for table in csvw["tables"] if table.get("dc:license") == {"@id": CC_BY}}
    assert marked == {Path(dump.path).name for dump in texts if dump.kind == "csv" and dump.licence == CC_BY}
    assert marked == {"bodies.csv"}


def test_tables_are_those_of_the_build(graph: Graph, dumps: tuple[Path, Manifest]) -> None:
    folder, manifest = dumps
    count = {dump.path: dump.count for dump in manifest.dumps}
    for name in codebook():
        for kind in ("csv", "parquet"):
            path = f"dumps/{kind}/{name}.{kind}"
            assert (folder / path).read_bytes() == (graph.folder / TABLES / f"{name}.{kind}").read_bytes()
            assert count[path] == len(load(graph.folder, name))


def test_both_networks_have_one_edge_a_membership_that_counts(graph: Graph, dumps: tuple[Path, Manifest]) -> None:
    folder, manifest = dumps
    incidence = load(graph.folder, "incidence").filter(pl.col("counts"))
    pairs = set(incidence.select("member", "alliance").iter_rows())
    graphml = networkx.read_graphml(folder / "dumps/network/memberships.graphml")
    gexf = networkx.read_gexf(folder / "dumps/network/memberships.gexf")
    edges = {dump.count for dump in manifest.dumps if dump.kind in {"graphml", "gexf"}}
    assert edges == {graphml.number_of_edges()} == {gexf.number_of_edges()}
    ends = {frozenset(end.partition(":")[2] for end in edge) for edge in graphml.edges()}
    assert ends <= {frozenset(pair) for pair in pairs}
    assert len(graphml.edges()) > 0.9 * len(pairs)


def test_another_library_reads_the_view(dumps: tuple[Path, Manifest]) -> None:
    folder, manifest = dumps
    read = rdflib.Graph().parse(_unpacked(folder / "dumps/buendnis-graph-view-cc0.nt.gz"), format="nt")
    assert len(read) == next(dump.count for dump in manifest.dumps if dump.path.endswith("view-cc0.nt.gz"))


def test_formats_are_those_of_the_command_line() -> None:
    from buendnis_graph.cli.export import _FORMATS

    assert _FORMATS == FORMATS
