"""``buendnis validate`` as a process: any data outside a project, formats, files, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.command import run
from tests.mini import MiniProject

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://e/> .
:s sh:targetClass :Person ; sh:property :name , :nick .
:name sh:path :name ; sh:minCount 1 ; sh:message "Namen nennen."@de , "Give a name."@en .
:nick sh:path :nick ; sh:maxCount 1 ; sh:severity sh:Warning .
"""
GOOD = '@prefix : <http://e/> .\n:a a :Person ; :name "A" .\n'
WARNED = '@prefix : <http://e/> .\n:a a :Person ; :name "A" ;\n  :nick "x" , "y" .\n'
BAD = "@prefix : <http://e/> .\n:a a :Person .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("s.ttl", SHAPES), ("good.ttl", GOOD), ("warned.ttl", WARNED), ("bad.ttl", BAD)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(
    ("data", "code", "says"),
    [("good", 0, "No findings."), ("warned", 0, "1 finding: 1 warning."), ("bad", 1, "bad.ttl:2: error: Give a name.")],
)
def test_any_data_is_checked_outside_a_project(folder: Path, data: str, code: int, says: str, engine: str) -> None:
    done = run("validate", "--data", f"{data}.ttl", "--shapes", "s.ttl", "--engine", engine, cwd=folder)
    assert (done.returncode, done.stderr) == (code, "")
    assert says in done.stdout


def test_several_files_count_together(folder: Path) -> None:
    done = run("validate", "--data", "bad.ttl", "--data", "good.ttl", "--shapes", "s.ttl", cwd=folder)
    assert done.returncode == 0
    (folder / "more.ttl").write_text(
        ":t a <http://www.w3.org/ns/shacl#NodeShape> .".replace(":t", "<http://e/t>"), encoding="utf-8"
    )
    done = run("validate", "--data", "bad.ttl", "--shapes", "more.ttl", "--shapes", "s.ttl", cwd=folder)
    assert done.returncode == 1


def test_standard_input_is_read(folder: Path) -> None:
    done = run("validate", "--data", "-", "--data-format", "turtle", "--shapes", "s.ttl", cwd=folder, stdin=BAD)
    assert done.returncode == 1
    assert "-:2: error" in done.stdout
    done = run("validate", "--data", "bad.ttl", "--shapes", "-", "--shapes-format", "turtle", cwd=folder, stdin=SHAPES)
    assert done.returncode == 1
    done = run("validate", "--data", "-", "--data-format", "turtle", "--shapes", "s.ttl", cwd=folder, stdin="a b")
    assert done.returncode == 1
    assert "-:1: is not valid Turtle" in done.stderr


def test_without_a_target_or_data_it_warns(folder: Path) -> None:
    done = run("validate", "--data", "good.ttl", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing was checked: no shape has a target (sh:targetClass, ")
    assert "buendnis lint good.ttl says which" in done.stdout
    done = run("validate", "--data", "good.ttl", "--shapes", "bad.ttl", "--lang", "de", cwd=folder)
    assert done.stdout.startswith("Nichts wurde geprüft: Keine Shape hat ein Ziel")
    assert "buendnis lint bad.ttl" in done.stdout
    (folder / "empty.nt").write_bytes(b"")
    done = run("validate", "--data", "empty.nt", "--shapes", "s.ttl", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "The data says nothing.\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--shapes", "s.ttl"), "are for --data"),
        (("--data", "-", "--shapes", "s.ttl"), "can't be told"),
        (("--data", "-", "--data-format", "turtle", "--shapes", "-"), "only once"),
        (("--data", "-", "--data-format", "turtle", "--watch"), "can't be watched"),
        (("--data", "good.ttl", "--shapes", "none.ttl"), "none.ttl: can't be opened"),
        (("--data", "good.ttl", "--shapes", "broken.ttl"), "broken.ttl:1: is not valid Turtle"),
        (("--data", "good.ttl", "--shapes", "wrong.ttl"), "at least 0"),
        (("--data", "good.ttl", "--shapes", "s.ttl", "--output", "none/report.json"), "can't be written"),
        (("--data", "good.ttl", "--format", "pdf"), "is not one of"),
    ],
)
def test_wrong_calls_and_useless_shapes_exit_with_2(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    (folder / "broken.ttl").write_text("a b", encoding="utf-8")
    (folder / "wrong.ttl").write_text(SHAPES.replace("minCount 1", "minCount 'x'"), encoding="utf-8")
    done = run("validate", *arguments, cwd=folder)
    assert done.returncode == 2
    assert says in done.stderr


def test_every_format_goes_to_standard_output_or_a_file(folder: Path) -> None:
    call = ("validate", "--data", "bad.ttl", "--data", "warned.ttl", "--shapes", "s.ttl", "--format")
    (folder / "bad.ttl").write_text(BAD.replace(":a", ":b"), encoding="utf-8")
    for form, check in (
        ("text", lambda text: "2 findings: 1 error, 1 warning." in text),
        ("json", lambda text: json.loads(text)["summary"]["results"] == 2),
        ("sarif", lambda text: len(json.loads(text)["runs"][0]["results"]) == 2),
        ("turtle", lambda text: len(list(ox.parse(text, format=ox.RdfFormat.TURTLE))) > 10),
    ):
        printed = run(*call, form, cwd=folder)
        assert printed.returncode == 1
        assert check(printed.stdout), form
        written = run(*call, form, "--output", "report", cwd=folder)
        assert (written.returncode, written.stdout) == (1, "")
        assert (folder / "report").read_text(encoding="utf-8") == printed.stdout
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []
    assert run(*call[:-1], "--json", cwd=folder).stdout == run(*call, "json", cwd=folder).stdout


def test_a_report_is_replaced_as_a_whole_and_keeps_its_mode(folder: Path) -> None:
    report = folder / "report"
    report.write_text("old", encoding="utf-8")
    report.chmod(0o640)
    run("validate", "--data", "bad.ttl", "--shapes", "broken", "--output", "report", cwd=folder)
    assert report.read_text(encoding="utf-8") == "old"
    run("validate", "--data", "bad.ttl", "--shapes", "s.ttl", "--output", "report", cwd=folder)
    assert "Give a name." in report.read_text(encoding="utf-8")
    assert report.stat().st_mode & 0o777 == 0o640
    run("validate", "--data", "bad.ttl", "--shapes", "s.ttl", "--output", "fresh", cwd=folder)
    mask = os.umask(0)
    os.umask(mask)
    assert (folder / "fresh").stat().st_mode & 0o777 == 0o666 & ~mask


def test_severity_and_limit_choose_what_the_text_shows(folder: Path) -> None:
    call = ("validate", "--data", "warned.ttl", "--shapes", "s.ttl")
    assert "warning: Too many values" in run(*call, cwd=folder).stdout
    graver = run(*call, "--severity", "violation", cwd=folder).stdout
    assert graver == "No findings.\nNot shown: 1 warning (--severity warning).\n"
    (folder / "many.ttl").write_text(BAD + "".join(f":p{n} a :Person .\n" for n in range(20)), encoding="utf-8")
    many = ("validate", "--data", "many.ttl", "--shapes", "s.ttl")
    assert "… and 16 more of this kind" in run(*many, cwd=folder).stdout
    assert run(*many, "--limit", "0", cwd=folder).stdout.count("error: Give a name.") == 21


def test_the_language_is_the_verbs_own_then_buendnis_then_the_locales(folder: Path) -> None:
    call = ("--data", "bad.ttl", "--shapes", "s.ttl")
    assert "Namen nennen." in run("validate", *call, "--lang", "de", cwd=folder).stdout
    assert "Namen nennen." in run("--lang", "de", "validate", *call, cwd=folder).stdout
    assert "Namen nennen." in run("validate", *call, cwd=folder, LANG="de_DE.UTF-8").stdout
    assert "Give a name." in run("--lang", "de", "validate", *call, "--lang", "en", cwd=folder).stdout


def test_colours_are_for_terminals_that_want_them(folder: Path) -> None:
    script = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
    command = [
        sys.executable,
        "-c",
        script,
        sys.executable,
        "-m",
        "buendnis_graph",
        "validate",
        "--data",
        "bad.ttl",
        "--shapes",
        "s.ttl",
    ]
    for env, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        clean = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"}
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=folder, env=clean | env, check=False, stdin=subprocess.DEVNULL
        )
        assert done.returncode == 1
        assert ("\x1b[31m" in done.stdout) is coloured
        assert "Give a name." in done.stdout or "Namen nennen." in done.stdout


def test_larger_files_are_read_on_request(folder: Path) -> None:
    big = folder / "big.nt"
    big.write_text("<http://e/a> <http://e/p> <http://e/b> .\n" * 30_000, encoding="utf-8")
    small = run("validate", "--data", "big.nt", "--shapes", "s.ttl", "--max-size", "1", cwd=folder)
    assert small.returncode == 1
    assert "big.nt" in small.stderr
    assert "is larger than 1 MiB" in small.stderr
    assert run("validate", "--data", "big.nt", "--shapes", "s.ttl", "--max-size", "2", cwd=folder).returncode == 0


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_every_format_says_that_nothing_was_checked(folder: Path, engine: str) -> None:
    call = ("validate", "--data", "good.ttl", "--shapes", "bad.ttl", "--engine", engine, "--format")
    told = run(*call, "json", cwd=folder)
    assert "Nothing was checked" in told.stderr
    report = json.loads(told.stdout)
    assert (report["conforms"], report["checked"], report["notes"][0]["name"]) == (True, False, "no-target")
    assert report["notes"][0]["message"]["de"].startswith("Nichts wurde geprüft")
    (sarif,) = json.loads(run(*call, "sarif", "--lang", "de", cwd=folder).stdout)["runs"]
    (note,) = sarif["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("Nichts wurde geprüft")
    assert sarif["tool"]["driver"]["notifications"][note["descriptor"]["index"]]["id"] == note["descriptor"]["id"]
    triples = [quad.triple for quad in ox.parse(run(*call, "turtle", cwd=folder).stdout, format=ox.RdfFormat.TURTLE)]
    said = {t.predicate.value.rpartition("#")[2]: t.object for t in triples}
    assert said["conforms"].value == "true"
    assert said["comment"].value.startswith(("Nothing was checked", "Nichts wurde geprüft"))
    whole = run("validate", "--data", "good.ttl", "--shapes", "s.ttl", "--format", "json", cwd=folder)
    assert (json.loads(whole.stdout)["checked"], json.loads(whole.stdout)["notes"]) == (True, [])


def test_what_the_reader_refuses_stands_in_every_report(mini: MiniProject) -> None:
    mini.source("bad", "id:a bg:legalForm state:unknown .")
    mini.write("data/codings/broken.ttl", "id:a id:b ;;\n (")
    mini.write("data/codings/blank.ttl", "coding:k\n rdfs:seeAlso [ ] .")
    files = {"data/codings/blank.ttl", "data/codings/broken.ttl"}
    done = run("validate", "--lang", "de", root=mini.root)
    assert done.returncode == 1
    assert done.stdout.startswith("Die Shapes wurden nicht geprüft")
    assert "data/codings/broken.ttl:" in done.stdout
    assert "Fehler: Die Datei ist kein gültiges Turtle" in done.stdout
    assert "Fehler: Hier steht ein Blank Node. Der Sache eine IRI geben" in done.stdout
    report = json.loads(run("validate", "--json", root=mini.root).stdout)
    assert {result["file"] for result in report["results"]} == files
    assert all(result["line"] > 1 for result in report["results"])
    assert {result["shape"].rpartition("/")[2] for result in report["results"]} == {
        "reading-syntax",
        "reading-blank-node",
    }
    assert (report["conforms"], report["checked"]) == (False, False)
    (sarif,) = json.loads(run("validate", "-f", "sarif", root=mini.root).stdout)["runs"]
    rules = {rule["id"]: rule for rule in sarif["tool"]["driver"]["rules"]}
    assert rules["shape:reading-syntax"]["help"]["text"].startswith("de: Die Datei ist kein gültiges …: ….")
    places = [result["locations"][0]["physicalLocation"] for result in sarif["results"]]
    assert {place["artifactLocation"]["uri"] for place in places} == files
    turtle = run("validate", "-f", "turtle", root=mini.root).stdout
    assert "sh:sourceShape <https://w3id.org/buendnis-graph/shape/reading-syntax>" in turtle
    assert len(list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) > 10
    build = run("--lang", "de", "build", root=mini.root)
    assert build.returncode == 1
    assert all(f"{file}:" in build.stderr for file in files)
    assert "2 Beanstandungen: 2 Fehler." in build.stderr


def test_the_project_has_all_formats_too(mini: MiniProject) -> None:
    mini.source("bad", "id:a bg:legalForm state:unknown .")
    report = json.loads(run("validate", "--json", root=mini.root).stdout)
    (result,) = report["results"]
    assert result["label"] == "A"
    assert result["file"] == "data/sources/example.org/bad/2026-11-22.trig"
    assert result["source"] == "https://w3id.org/buendnis-graph/source/example.org/bad/2026-11-22"
    sarif = json.loads(run("validate", "-f", "sarif", root=mini.root).stdout)
    (found,) = sarif["runs"][0]["results"]
    assert found["locations"][0]["physicalLocation"]["region"]["startLine"] == result["line"]
    assert "IRI" not in found["ruleId"]
    assert "_:" not in run("validate", "-f", "turtle", root=mini.root).stdout


def test_a_build_lists_warnings_and_is_not_blocked_by_them(mini: MiniProject) -> None:
    shapes = mini.root / "ontology" / "shapes" / "registry" / "own.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix bg: <https://w3id.org/buendnis-graph/ontology#> .\n"
        "<https://w3id.org/buendnis-graph/shape/own> sh:targetClass bg:Alliance ; sh:class bg:Rare ; sh:severity sh:Warning ; "
        'sh:message "Seltsam."@de , "Odd."@en .\n',
        encoding="utf-8",
    )
    done = run("build", root=mini.root)
    assert done.returncode == 0
    assert "data/registry/x.ttl" in done.stderr
    assert "warning: Odd." in done.stderr
    assert "2 findings: 2 warnings." in done.stderr
    mini.source("bad", "id:a bg:legalForm state:unknown .")
    done = run("build", root=mini.root)
    assert done.returncode == 1
    assert "3 findings: 1 error, 2 warnings." in done.stderr
