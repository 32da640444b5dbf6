"""W3C's SHACL test suite, as pySHACL's source distribution carries it, through the everyday engine: whole reports, each result.

``.ci/run`` fetches the distribution into ``.venv/w3c/``. A report is right if it conforms where the suite says so, and if
the multiset of its results is the suite's, as focus, path, value, component, severity and source shape.
"""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from buendnis_graph.cli import cli
from buendnis_graph.errors import ShapesError
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.validate import Data, Fast, Result, Shapes
from buendnis_graph.validate.paths import Term, read_path
from buendnis_graph.validate.shapes import local_name
from tests.mini import REAL

SDIST = REAL.root / ".venv" / "w3c" / f"pyshacl-{version('pyshacl')}.tar.gz"
SUITE = f"pyshacl-{version('pyshacl')}/test/resources/sht_tests/"
BASE = "https://example.org/suite/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
COUNTS = {"core": 98, "sparql": 23}
"""How many tests the suite has; fewer would mean that we failed to find them."""

Row = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class Case:
    """One test of the suite."""

    name: str
    data: str
    shapes: str
    result: Term


@cache
def _files() -> dict[str, bytes]:
    assert SDIST.is_file(), f"{SDIST.name} is missing in .venv/w3c/: fetch it as .ci/run does"
    with tarfile.open(SDIST) as archive:
        members = [m for m in archive.getmembers() if m.name.startswith(SUITE) and m.name.endswith(".ttl")]
        return {BASE + m.name.removeprefix(SUITE): _bytes(archive, m) for m in members}


def _bytes(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    assert file is not None
    return file.read()


@cache
def _triples(iri: str) -> tuple[ox.Triple, ...]:
    """Return a file's triples, read once, so that its blank nodes are the same in manifest, data and shapes."""
    quads = ox.parse(_files()[iri], format=ox.RdfFormat.TURTLE, base_iri=iri, rename_blank_nodes=True)
    return tuple(dict.fromkeys(quad.triple for quad in quads))


class _Manifest:
    """What a test's file says of it."""

    def __init__(self, iri: str) -> None:
        self.index: dict[Term, dict[str, list[Term]]] = {}
        for s, p, o in _triples(iri):
            self.index.setdefault(s, {}).setdefault(p.value, []).append(o)

    def all(self, subject: Term, predicate: str) -> list[Term]:
        return self.index.get(subject, {}).get(predicate, [])

    def one(self, subject: Term, predicate: str) -> Term | None:
        return next(iter(self.all(subject, predicate)), None)

    def path(self, subject: Term) -> str:
        node = self.one(subject, PREFIXES["sh"] + "resultPath")
        return "" if node is None else str(read_path(node, lambda s, p: self.all(s, p.value)))

    def tests(self) -> Iterator[Case]:
        for subject, said in self.index.items():
            if ox.NamedNode(SHT + "Validate") in said.get(PREFIXES["rdf"] + "type", []):
                action, result = said[MF + "action"][0], said[MF + "result"][0]
                data, shapes = self.one(action, SHT + "dataGraph"), self.one(action, SHT + "shapesGraph")
                assert data is not None
                assert shapes is not None
                yield Case(subject.value.removeprefix(BASE), data.value, shapes.value, result)


def _named(triples: tuple[ox.Triple, ...], shapes: Shapes) -> dict[str, str]:
    """Return the names that blank nodes got in the shapes."""
    names: dict[str, str] = {}
    for before, after in zip(triples, shapes.triples, strict=True):
        names.setdefault(str(before.subject), _iri(after.subject))
        names.setdefault(str(before.object), _iri(after.object))
    return names


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _expected(manifest: _Manifest, result: Term, names: dict[str, str]) -> Counter[Row]:
    sh = PREFIXES["sh"]
    rows: Counter[Row] = Counter()
    for node in manifest.all(result, sh + "result"):
        focus, value = manifest.one(node, sh + "focusNode"), manifest.one(node, sh + "value")
        component = manifest.one(node, sh + "sourceConstraintComponent")
        severity, shape = manifest.one(node, sh + "resultSeverity"), manifest.one(node, sh + "sourceShape")
        rows[
            str(focus),
            manifest.path(node),
            str(value or ""),
            local_name(_iri(component)),
            local_name(_iri(severity)),
            names.get(str(shape), _iri(shape)),
        ] += 1
    return rows


def _found(results: list[Result]) -> Counter[Row]:
    return Counter((*result.key, result.shape) for result in results)


def _run(test: Case, manifest: _Manifest) -> tuple[object, object]:
    """Return what the suite expects and what the engine gives: ``Failure``, or whether it conforms and its results."""
    shapes = Shapes(_triples(urljoin(BASE, test.shapes)))
    failure = test.result == ox.NamedNode(SHT + "Failure")
    conforms = manifest.one(test.result, PREFIXES["sh"] + "conforms")
    names = _named(_triples(test.shapes), shapes)
    want = "Failure" if failure else (conforms == ox.Literal(True), _expected(manifest, test.result, names))
    try:
        results = Fast().validate(Data(_triples(test.data)), shapes)
    except ShapesError:
        return want, "Failure"
    return want, (not results, _found(results))


def _suite(part: str) -> list[tuple[Case, _Manifest]]:
    manifests = [_Manifest(iri) for iri in sorted(_files()) if iri.startswith(f"{BASE}{part}/")]
    tests = [(test, manifest) for manifest in manifests for test in manifest.tests()]
    assert len(tests) == COUNTS[part]
    return tests


@pytest.mark.system
@pytest.mark.parametrize("part", COUNTS)
def test_the_w3c_suite_passes(part: str) -> None:
    failed = {}
    for test, manifest in _suite(part):
        want, have = _run(test, manifest)
        if want != have:
            failed[test.name] = (want, have)
    assert not failed, "\n".join(map(str, failed.items()))


def _plain(graph: dict[Term, dict[str, list[Term]]], report: Term) -> Counter[tuple[str, ...]]:
    """Return the results of a report in RDF, with blank nodes all alike, since their labels are each file's own."""
    names = ("focusNode", "value", "sourceConstraintComponent", "resultSeverity")
    rows: Counter[tuple[str, ...]] = Counter()
    for node in graph[report].get(PREFIXES["sh"] + "result", []):
        values = [graph[node].get(PREFIXES["sh"] + name, [""]) for name in names]
        rows[tuple("_" if isinstance(of[0], ox.BlankNode) else str(of[0]) for of in values)] += 1
    return rows


@pytest.mark.system
@pytest.mark.parametrize("part", COUNTS)
def test_the_command_passes_the_w3c_suite(part: str, tmp_path: Path) -> None:
    report = tmp_path / "report.ttl"
    failed = {}
    for number, (test, manifest) in enumerate(_suite(part)):
        data, shapes = (tmp_path / f"{number}-{kind}.ttl" for kind in ("data", "shapes"))
        for file, iri in ((data, test.data), (shapes, test.shapes)):
            file.write_bytes(f"@base <{iri}> .\n".encode() + _files()[iri])
        command = ["validate", "--data", str(data), "--shapes", str(shapes), "--format", "turtle", "-o", str(report)]
        done = CliRunner().invoke(cli, command)
        if test.result == ox.NamedNode(SHT + "Failure"):
            if not isinstance(done.exception, ShapesError):
                failed[test.name] = (done.exit_code, done.output)
            continue
        graph: dict[Term, dict[str, list[Term]]] = {}
        for s, p, o, _ in ox.parse(report.read_bytes(), format=ox.RdfFormat.TURTLE):
            graph.setdefault(s, {}).setdefault(p.value, []).append(o)
        root = next(node for node, said in graph.items() if PREFIXES["sh"] + "conforms" in said)
        want, have = _plain(manifest.index, test.result), _plain(graph, root)
        conforms = graph[root][PREFIXES["sh"] + "conforms"] == manifest.all(test.result, PREFIXES["sh"] + "conforms")
        if want != have or not conforms:
            failed[test.name] = (done.exit_code, f"{want - have} {have - want}")
    assert not failed, "\n".join(map(str, failed.items()))
