"""Building: instant when nothing changed, the same bytes every time, and the earlier build survives everything."""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from importlib import import_module
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from buendnis_graph import full_build
from buendnis_graph.build import build
from buendnis_graph.errors import BuendnisError, DiskError, InvalidDataError, LayoutError, LimitError, ReadError
from buendnis_graph.evidence import corpus
from buendnis_graph.graph import Graph
from buendnis_graph.inputs import Inputs, input_list, name_of_inputs
from buendnis_graph.settings import WITHHOLDING, Project
from buendnis_graph.store import CONSOLIDATED, QUADS, dataset, shards
from buendnis_graph.store.builds import REPORT, current_build
from tests.command import run
from tests.mini import MiniProject


def _dumps(folder: Path) -> dict[str, bytes]:
    files = [*shards(folder, QUADS), *shards(folder, CONSOLIDATED), folder / REPORT]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def filled(mini: MiniProject) -> MiniProject:
    mini.attest("one", "a", "x", "founding-member", more='; bg:since "2020"^^xsd:gYear', issued="2021-05")
    mini.attest("two", "b", "x", publisher="x")
    mini.source("three", 'id:x schema:foundingDate "2019-05"^^xsd:gYearMonth .')
    return mini


def test_nothing_changed_builds_nothing(filled: MiniProject) -> None:
    first, is_new = build(filled)
    assert is_new
    written = shards(first, QUADS)[0].stat().st_mtime_ns
    second, is_new = build(filled)
    assert (second, is_new) == (first, False)
    assert shards(first, QUADS)[0].stat().st_mtime_ns == written


def test_a_build_with_nothing_to_do_loads_no_heavy_library(filled: MiniProject) -> None:
    build(filled)
    heavy = {"numpy", "polars", "rdflib", "pyshacl", "rapidfuzz", "importlib.metadata"}
    code = (
        "import sys; from buendnis_graph.cli import cli; sys.argv[1:] = ['--root', sys.argv[1], 'build']; "
        f"cli(standalone_mode=False); print(sorted({heavy} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code, filled.root], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert len([path for path in filled.build.iterdir() if path.is_dir()]) == 1, "nothing was built"


def test_any_change_builds_anew(filled: MiniProject) -> None:
    first, _ = build(filled)
    filled.source("four", 'id:x schema:foundingDate "2020"^^xsd:gYear .')
    second, is_new = build(filled)
    assert is_new
    assert second != first
    assert current_build(filled) == second


def test_built_twice_by_other_processes_the_dumps_are_the_same(filled: MiniProject) -> None:
    first = _dumps(build(filled)[0])
    command = [sys.executable, "-m", "buendnis_graph", "--root", str(filled.root), "build", "--force"]
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Anchorage")):
        subprocess.run(command, capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone})
        folder = current_build(filled)
        assert folder is not None
        assert _dumps(folder) == first


def test_no_dump_holds_the_day_of_the_build(filled: MiniProject) -> None:
    folder, _ = build(filled)
    today = time.strftime("%Y-%m-%d")
    for content in _dumps(folder).values():
        assert today == "2026-11-25" or today.encode() not in content


def test_what_was_written_aside_is_gone(filled: MiniProject) -> None:
    folder, _ = build(filled)
    assert {path.name for path in folder.iterdir()} == {"kept", "quads", "view", "store", "tables", REPORT}


@pytest.mark.parametrize("name", ["keep_said", "load_store"])
def test_what_fails_beside_is_told_and_nothing_is_left(
    filled: MiniProject, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(full_build, name, fail)
    with pytest.raises(DiskError, match="the disk is full"):
        build(filled)
    assert current_build(filled) is None
    assert {path.name for path in filled.build.iterdir()} <= {".stat"}


@pytest.mark.parametrize("name", ["validate_view", "write_report"])
@pytest.mark.parametrize("error", [InvalidDataError, KeyboardInterrupt])
def test_what_stops_a_build_stops_the_loading_beside_it(
    filled: MiniProject, name: str, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    was_loaded = list[bool]()

    def load(_folder: Path, going_on: Callable[[], None] = lambda: None) -> None:
        for _ in range(6000):  # each a piece: a minute, unless it is stopped
            going_on()
            time.sleep(0.01)
        was_loaded.append(True)

    def fail(*_arguments: object) -> None:
        raise error("a violation, or somebody who waits no longer")

    monkeypatch.setattr(full_build, "load_store", load)
    monkeypatch.setattr(full_build, name, fail)
    with pytest.raises(error):
        build(filled)
    assert not was_loaded
    assert current_build(filled) is None


def test_ctrl_c_is_heard_while_the_store_is_loaded(filled: MiniProject) -> None:
    code = f"""
import os, pathlib, signal, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from buendnis_graph import full_build
from buendnis_graph.build import build
from buendnis_graph.settings import Project
all_else_is_done, keep = threading.Event(), full_build.keep
def keep_and_tell(*arguments):
    keep(*arguments)
    all_else_is_done.set()
def load(folder, going_on):
    all_else_is_done.wait()
    time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(3000):
        going_on()
        time.sleep(0.01)
    print("loaded")
full_build.keep, full_build.load_store = keep_and_tell, load
try:
    build(Project(pathlib.Path({str(filled.root)!r})))
except KeyboardInterrupt:
    print("stopped")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("stopped\n", "")
    assert current_build(filled) is None


def test_a_store_is_loaded_piece_by_piece_and_can_be_stopped_between_them(
    filled: MiniProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = build(filled)
    for dump in (QUADS, CONSOLIDATED):
        shutil.copytree(folder / dump, tmp_path / "again" / dump)
    monkeypatch.setattr(dataset, "_PIECE", 1)
    left = iter(range(2))

    def going_on() -> None:
        if next(left, None) is None:
            raise CancelledError

    with pytest.raises(CancelledError):
        dataset.load_store(tmp_path / "again", going_on)
    loaded = len(ox.Store(str(tmp_path / "again" / dataset.STORE)))
    assert 0 < loaded < len(Graph(filled).store)


def test_a_file_that_may_grow_no_more_is_told_and_leaves_the_earlier_build(filled: MiniProject) -> None:
    """As on a full disk; the engine, which writes most of a build, is the first to meet it."""
    before, _ = build(filled)
    command = [sys.executable, "-m", "buendnis_graph", "--root", str(filled.root), "build", "--force"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"{filled.build}: reading or writing failed: File too large"), done.stderr
    assert current_build(filled) == before
    assert {path.name for path in filled.build.iterdir()} - {".stat"} == {"current", before.name}


def test_the_order_of_reading_does_not_matter(filled: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _dumps(build(filled)[0])
    in_order = corpus.data_files
    for seed in range(3):
        shuffled = list(in_order(filled))
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - no secret
        monkeypatch.setattr(corpus, "data_files", lambda _project, *_, files=shuffled: iter(files))
        assert _dumps(build(filled, force=True)[0]) == first


BAD_INPUT = {
    "broken Turtle": ("data/codings/bad.ttl", b"@prefix : <http://e/> .\n:a :p\n", 3, "not valid Turtle"),
    "a wrong byte": ("data/codings/bad.ttl", b"<http://e/a> <http://e/p> '\xe4' .\n", 1, "UTF-8"),
    "an empty file": ("data/codings/bad.ttl", b"", 1, "is empty"),
    "a file over the limit": ("data/codings/bad.ttl", b"# x\n" * 2_700_000, None, "larger than 10 MiB"),
    "a cycle in SKOS": (
        "data/codings/bad.ttl",
        b"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <https://w3id.org/buendnis-graph/topic/> .
@prefix state: <https://w3id.org/buendnis-graph/state> .
topic:a a skos:Concept ; skos:inScheme state: ; skos:prefLabel "A"@de, "A"@en ; skos:definition "a"@de, "a"@en ;
  skos:broader topic:b .
topic:b a skos:Concept ; skos:inScheme state: ; skos:prefLabel "B"@de, "B"@en ; skos:definition "b"@de, "b"@en ;
  skos:broader topic:a .
""",
        5,
        "cycle in skos:broader",
    ),
    "two files claiming one IRI": (
        "data/codings/bad.ttl",
        b"<https://w3id.org/buendnis-graph/id/a> <http://e/p> 1 .\n",
        1,
        "describes already",
    ),
    "a source without an address": (
        "data/sources/example.org/bad/2026-11-22.trig",
        b"""@prefix bg: <https://w3id.org/buendnis-graph/ontology#> .
<https://w3id.org/buendnis-graph/source/example.org/bad/2026-11-22>
  a bg:Source .
""",
        3,
        "address",
    ),
    "a date that does not exist": (
        "data/sources/example.org/bad/2026-11-22.trig",
        b"""@prefix id: <https://w3id.org/buendnis-graph/id/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/buendnis-graph/source/example.org/bad/2026-11-22> {
  id:a schema:foundingDate "2023-02-30"^^xsd:date .
}
""",
        5,
        "does not exist",
    ),
}


@pytest.mark.parametrize("what", BAD_INPUT)
def test_bad_input_is_a_clear_error_and_leaves_the_earlier_build(filled: MiniProject, what: str) -> None:
    before, _ = build(filled)
    dumps = _dumps(before)
    path, content, line, says = BAD_INPUT[what]
    file = filled.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    done = run("build", root=filled.root)
    assert done.returncode == 1
    assert says in done.stderr
    assert (f"{path}:{line}: " if line else f"{path}: ") in done.stderr
    assert current_build(filled) == before
    assert _dumps(before) == dumps


@pytest.mark.parametrize(
    "place", [b"registry/b\xfc.ttl", b"codings/b\xfc.ttl", b"sources/b\xfc/page/2026-11-22.trig", b"b\xfc"]
)
def test_a_file_name_that_is_not_utf_8_is_told_as_it_can_be_written(filled: MiniProject, place: bytes) -> None:
    before, _ = build(filled)
    file = filled.data / os.fsdecode(place)
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(filled.data / "registry" / "a.ttl", file)
    told = f"data/{place.decode(errors='backslashreplace')}"
    for verb in ("build", "validate"):
        done = run(verb, root=filled.root)
        assert done.returncode == 1
        assert f"{told}: " in (said := done.stdout + done.stderr)
        assert "The file's name is not UTF-8" in said
        assert "Traceback" not in said
    assert json.loads(run("validate", "--format", "json", root=filled.root).stdout)["results"][0]["file"] == told
    assert current_build(filled) == before
    assert Graph(filled).is_stale()


def test_a_registry_entry_with_a_space_in_its_name_is_told_after_a_build_too(filled: MiniProject) -> None:
    build(filled)
    shutil.copy(filled.data / "registry" / "a.ttl", filled.data / "registry" / "a b.ttl")
    with pytest.raises(InvalidDataError, match=r"data/registry/a b\.ttl"):
        build(filled)


def test_a_hidden_file_may_have_any_name(filled: MiniProject) -> None:
    (filled.data / os.fsdecode(b".b\xfc")).touch()
    folder, _ = build(filled)
    assert build(filled) == (folder, False)


def test_a_build_killed_between_any_two_steps_of_its_end_leaves_a_whole_one(filled: MiniProject) -> None:
    """Also with --force, where the new build bears the hash of the old."""
    build(filled)
    dumps = None
    for step in range(1, 7):
        code = f"""
import os, pathlib, sys
from buendnis_graph import build as module
from buendnis_graph.settings import Project
left = {step}
def dying(original):
    def call(*arguments, **options):
        global left
        left -= 1
        if left == 0:
            os._exit(9)
        return original(*arguments, **options)
    return call
for name in ("rename", "replace", "chmod"):
    setattr(pathlib.Path, name, dying(getattr(pathlib.Path, name)))
module.shutil.rmtree = dying(module.shutil.rmtree)
module.build(Project(pathlib.Path({str(filled.root)!r})), force=True)
"""
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        folder = current_build(filled)
        assert folder is not None, step
        dumps = dumps or _dumps(folder)
        assert _dumps(folder) == dumps
        assert Graph(filled).query("ASK { ?s ?p ?o }") is True
        assert build(filled) == (folder, False)
        assert [path.name for path in filled.build.iterdir() if path.name.startswith((".new-", ".pointer-"))] == []


def test_two_builds_at_once_follow_one_another(filled: MiniProject) -> None:
    command = [sys.executable, "-m", "buendnis_graph", "--root", str(filled.root), "build", "--force"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for one in runs:
        _, errors = one.communicate(timeout=120)
        assert (one.returncode, errors) == (0, "")
    assert Graph(filled).query("ASK { ?s ?p ?o }") is True


def test_a_build_that_lost_a_part_is_built_anew(filled: MiniProject) -> None:
    folder, _ = build(filled)
    shutil.rmtree(folder / CONSOLIDATED)
    assert current_build(filled) is None
    again, is_new = build(filled)
    assert is_new
    assert shards(again, CONSOLIDATED)


def test_other_accounts_may_read_the_pointer(filled: MiniProject) -> None:
    build(filled)
    assert (filled.build / "current").stat().st_mode & 0o777 == 0o644


def test_a_file_of_many_gigabytes_is_refused_before_it_is_read(filled: MiniProject) -> None:
    with (filled.data / "codings" / "huge.ttl").open("wb") as file:
        file.truncate(8 * 1024**3)
    with pytest.raises(LimitError, match="larger than 10 MiB"):
        build(filled)


def test_violations_are_listed_and_nothing_is_built(filled: MiniProject) -> None:
    filled.source("bad", "id:a bg:legalForm state:unknown .")
    with pytest.raises(InvalidDataError, match="at most one legal form"):
        build(filled)
    assert current_build(filled) is None


def test_a_damaged_store_says_how_to_mend_it(filled: MiniProject) -> None:
    folder, _ = build(filled)
    for file in (folder / "store").glob("MANIFEST*"):
        file.write_bytes(b"x")
    with pytest.raises(BuendnisError, match="build --force"):
        Graph(filled).query("ASK { ?s ?p ?o }")
    build(filled, force=True)
    assert Graph(filled).query("ASK { ?s ?p ?o }") is True


def test_an_interrupted_withholding_is_told_before_what_it_left_behind(filled: MiniProject) -> None:
    (filled.root / WITHHOLDING).write_text("{}", encoding="utf-8")
    filled.write("data/codings/broken.ttl", "coding:k rdfs:seeAlso (")
    with pytest.raises(LayoutError, match="interrupted half-way"):
        build(filled)


@pytest.mark.parametrize("is_first", [True, False], ids=["full", "renewed"])
@pytest.mark.parametrize("place", ["data/registry/a.ttl", "ontology/rules/99-new.rq"])
def test_a_build_bears_the_name_of_the_files_that_it_was_made_of(
    filled: MiniProject, monkeypatch: pytest.MonkeyPatch, is_first: bool, place: str
) -> None:
    if not is_first:
        build(filled)
    entry, listed = filled.data / "registry/a.ttl", []
    entry.write_text(entry.read_text().replace('"A"', '"First"'), encoding="utf-8")
    module = import_module("buendnis_graph.build")
    saved, made = filled.root / place, module._made
    rule = next((filled.ontology / "rules").glob("*.rq")).read_text()
    before = saved.read_text() if saved.exists() else None

    def save_meanwhile(project: Project, inputs: str, *others: Any) -> Path:
        listed.append(inputs)
        if len(listed) == 1:
            saved.write_text((before or rule).replace("First", "Other"), encoding="utf-8")
        folder: Path = made(project, inputs, *others)
        return folder

    monkeypatch.setattr(module, "_made", save_meanwhile)
    folder, _ = build(filled, files=(files := Inputs(filled)))
    assert folder.name == name_of_inputs(input_list(filled)) == name_of_inputs(files.listed())
    assert len(listed) == 2


def test_files_that_never_stay_as_they_are_are_told(filled: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("buendnis_graph.build")
    made, entry = module._made, filled.data / "registry/a.ttl"

    def save_meanwhile(*arguments: Any) -> Path:
        entry.write_text(entry.read_text() + "\n", encoding="utf-8")
        folder: Path = made(*arguments)
        return folder

    monkeypatch.setattr(module, "_made", save_meanwhile)
    with pytest.raises(ReadError, match="files change while they are read"):
        build(filled)
    assert current_build(filled) is None
    assert {path.name for path in filled.build.iterdir()} <= {".stat"}
