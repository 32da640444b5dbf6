"""``buendnis query`` as whole processes: forms, files, sources, endpoints, errors, the pager, Ctrl-C."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
import python_calamine

from buendnis_graph.graph import Graph
from tests.command import run
from tests.endpoint import free_port, http_server, oxigraph, says

SLOW = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{i} ?p{i} ?b{i}" for i in range(8)) + " }"


def test_iris_are_shown_by_their_labels(graph: Graph) -> None:
    sparql = "SELECT ?x { VALUES ?x { role:carrier id:netzwerk-tolerantes-sachsen <http://e/x> schema:foundingDate } }"
    done = run("--lang", "en", "query", sparql, root=graph.project.root)
    assert "carrier" in done.stdout
    assert "Netzwerk Tolerantes Sachsen" in done.stdout
    assert "http://e/x" in done.stdout
    assert "role:carrier" not in done.stdout


def test_a_topic_leads_to_those_related_to_it(graph: Graph) -> None:
    done = run("--lang", "de", "query", "alliances-on-topic", "-p", "topic=Rassismus", root=graph.project.root)
    assert "Verwandte Themen: Antirassismus, " in done.stderr
    assert done.returncode == 0
    assert run("--lang", "de", "query", "alliances-on-topic", root=graph.project.root).stderr == ""
    network = run("--lang", "de", "network", "--topic", "Rassismus", "--limit", "1", root=graph.project.root)
    assert "Verwandte Themen: Antirassismus, " in network.stderr
    assert "zu anderen Themen (Bündnisse " in network.stdout


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "md", "parquet", "xlsx", "txt"])
def test_the_name_of_the_file_says_the_form(graph: Graph, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"answer.{form}"
    done = run("query", "founders-and-carriers", "-o", str(file), root=graph.project.root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    data = file.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    if form == "xlsx":
        assert len(python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()) == 7
    elif form == "csv":
        assert data.decode() == run(
            "query", "founders-and-carriers", "-f", "csv", root=graph.project.root
        ).stdout.replace("\n", "\r\n")
    elif form == "json":
        assert len(json.loads(data)["results"]["bindings"]) == 6
    else:
        assert len(data) > 100


def test_a_file_that_can_not_be_written_or_says_no_form(graph: Graph, tmp_path: Path) -> None:
    done = run("query", "alliances", "-o", str(tmp_path / "x.pdf"), root=graph.project.root)
    assert (done.returncode, "in which form" in done.stderr) == (2, True)
    done = run("query", "alliances", "-o", str(tmp_path / "none" / "x.csv"), root=graph.project.root)
    assert (done.returncode, "can't be written" in done.stderr) == (2, True)
    done = run("query", "alliances", "-f", "turtle", root=graph.project.root)
    assert (done.returncode, "a table has no form" in done.stderr) == (2, True)


def test_graphs_in_their_forms(graph: Graph) -> None:
    sparql = "CONSTRUCT { ?s a bg:Alliance } WHERE { ?s a bg:Alliance }"
    for options, form in (((), "TURTLE"), (("-f", "json-ld"), "JSON_LD"), (("-f", "n-triples"), "N_TRIPLES")):
        text = run("query", sparql, *options, root=graph.project.root).stdout
        assert len(list(ox.parse(text, format=getattr(ox.RdfFormat, form)))) == 80
    assert run("query", sparql, "-f", "csv", root=graph.project.root).returncode == 2


def test_formulas_are_made_safe_unless_raw(graph: Graph) -> None:
    sparql = "SELECT ('=1+1' AS ?x) {}"
    assert run("query", sparql, "-f", "csv", root=graph.project.root).stdout == "x\n'=1+1\n"
    assert run("query", sparql, "-f", "csv", "--raw", root=graph.project.root).stdout == "x\n=1+1\n"


def test_explain_in_every_form(graph: Graph) -> None:
    root = graph.project.root
    text = run("--lang", "de", "query", "founders-and-carriers", "--explain", root=root).stdout
    row = "Rolle=Gründungsmitglied · Organisation=Demokratie-Zentrum Sachsen · Zahl der Seiten=5"
    assert f"{row}\n    haus-sovi.de, gelesen 2026-11-22: https://" in text
    rows = list(
        csv.DictReader(io.StringIO(run("query", "founders-and-carriers", "--explain", "-f", "csv", root=root).stdout))
    )
    assert [len(row["sources"].split()) for row in rows] == [int(row["pages"]) for row in rows]
    found = json.loads(run("query", "founders-and-carriers", "--explain", "-f", "json", root=root).stdout)
    assert len(found["explanation"]) == len(found["results"]["bindings"]) == 6
    assert {"kind": "registry"} in found["explanation"][0]
    done = run("query", "undated-alliances", "--explain", root=root)
    assert "no source can state that" in done.stderr
    assert run("query", "ASK {}", "--explain", root=root).returncode == 2


def test_people_read_labels_above_columns_and_programs_names(graph: Graph, tmp_path: Path) -> None:
    root, file = graph.project.root, tmp_path / "answer.xlsx"
    shown = run("--lang", "de", "query", "founders-and-carriers", root=root).stdout
    assert " ".join(shown.splitlines()[0].split()) == "Rolle Organisation Zahl der Seiten"
    assert run("query", "founders-and-carriers", "-f", "csv", root=root).stdout.startswith("role,organisation,pages")
    run("--lang", "de", "query", "founders-and-carriers", "-o", str(file), "--explain", root=root)
    book = python_calamine.CalamineWorkbook.from_path(file)
    assert book.sheet_names == ["founders-and-carriers"]
    assert book.get_sheet_by_index(0).to_python()[0] == ["Rolle", "Organisation", "Zahl der Seiten", "sources"]


def test_an_endpoint_gives_the_same_output(graph: Graph, tmp_path: Path) -> None:
    root = graph.project.root
    with oxigraph(graph.folder / "store") as url:
        for options in (("-f", "csv"), (), ("--explain",), ("-p", "alliance=Tolerantes Sachsen")):
            here, there = (
                run("query", "founders-and-carriers", *options, *where, root=root)
                for where in ((), ("--endpoint", url))
            )
            assert (there.returncode, there.stdout) == (here.returncode, here.stdout)
        done = run("query", "ASK { ?s a bg:Alliance }", "--endpoint", url, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "yes\n"), "no project is needed"
        done = run("query", "alliances", "--endpoint", url, cwd=tmp_path)
        assert (done.returncode, "part of the project" in done.stderr) == (1, True)


def test_endpoints_that_do_not_answer(graph: Graph) -> None:
    root = graph.project.root
    with http_server(lambda handler, _: says(handler, "<html>", kind="text/html")) as url:
        done = run("query", "alliances", "--endpoint", url, root=root)
        assert (done.returncode, "web page" in done.stderr) == (2, True)
    with http_server(lambda *_: time.sleep(2)) as url:
        done = run("query", "ASK {}", "--endpoint", url, "--timeout", "1", root=root)
        assert (done.returncode, "within 1 seconds" in done.stderr) == (2, True)
    done = run("query", "ASK {}", "--endpoint", f"http://127.0.0.1:{free_port()}/", root=root)
    assert (done.returncode, "can't be reached" in done.stderr) == (2, True)
    assert run("query", "ASK {}", "--endpoint", "file:///etc/passwd", root=root).returncode == 2
    assert run("query", "ASK {}", "--timeout", "5", root=root).returncode == 2


def test_an_empty_answer_says_what_was_looked_for(graph: Graph) -> None:
    root = graph.project.root
    call = ("query", "stale-memberships", "-p", "years=1900", "-p", "asOf=2026-11-25")
    done = run("--lang", "de", "query", "sources-of-fact", "-p", "property=dissolutionDate", root=root)
    assert done.returncode == 1
    assert "Nichts gefunden: Welche Quellen sagen etwas zu einer Tatsache, und was?" in done.stderr
    assert "die Einrichtung: id:buendnis-gegen-antimuslimischen-rassismus-in-sachsen" in done.stderr
    done = run("query", "SELECT ?x { ?x a <http://e/none> }", "-f", "csv", root=root)
    assert (done.returncode, done.stdout) == (1, "x\n")
    assert "Nothing found" in done.stderr
    assert run(*call, root=root).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says_so", "code"),
    [
        (("stated-sizes", "-p", "allianc=x"), "It takes: alliance, lang", 1),
        (("stated-sizes", "-p", "alliance=Tolerantes Saxen"), "Did you mean: ", 1),
        (("stated-sizes", "-p", "alliance"), "not of the form NAME=VALUE", 2),
        (("stated-sizes", "-p", "lang=de", "-p", "lang=en"), "given twice", 2),
        (("SELECT ?s\n{ ?s ?p }",), "line 2, column 10", 1),
        (("ASK { SERVICE <http://127.0.0.1:1/> {} }",), "SERVICE asks another server", 1),
        (("ASK { FILTER(" + "! " * 20_000 + "true) }",), "words and signs", 1),
        (("#\nDROP ALL",), "read-only", 1),
    ],
)
def test_errors_say_what_is_wrong(graph: Graph, arguments: tuple[str, ...], says_so: str, code: int) -> None:
    done = run("query", *arguments, root=graph.project.root)
    assert (done.returncode, done.stdout) == (code, "")
    assert says_so in done.stderr


def _on_terminal(root: Path, *arguments: str, **env: str) -> str:
    """Run in a terminal of 20 lines and 60 columns; return what it shows."""
    ours, theirs = pty.openpty()
    os.set_blocking(ours, True)
    process = subprocess.Popen(
        [sys.executable, "-m", "buendnis_graph", "--root", str(root), "query", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm", "LINES": "20", "COLUMNS": "60", "LANG": "C.UTF-8"} | env,
    )
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 65536):
            shown += data
    except OSError:  # the terminal is closed: the process has ended
        pass
    os.close(ours)
    process.wait(30)
    return shown.decode(errors="replace")


def test_long_tables_go_through_the_pager_and_are_as_wide_as_the_terminal(graph: Graph, tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho PAGED\ncat\n", encoding="utf-8")
    pager.chmod(0o755)
    root = graph.project.root
    paged = _on_terminal(root, "alliances", PAGER=str(pager))
    assert "PAGED" in paged
    plain = _on_terminal(root, "alliances", "--no-pager", PAGER=str(pager), NO_COLOR="1")
    assert "PAGED" not in plain
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in plain.splitlines()) <= 60
    assert not re.search(r"\x1b\[(?:[0-9]+;)*3[0-7]m", plain), "no colour"
    assert "PAGED" not in _on_terminal(root, "founders-and-carriers", LINES="100", PAGER=str(pager))


def test_a_terminal_gets_no_binary(graph: Graph) -> None:
    assert "is not for a terminal" in _on_terminal(graph.project.root, "alliances", "-f", "xlsx")


def test_a_long_query_says_so_and_ends_on_ctrl_c(graph: Graph) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "buendnis_graph", "--root", str(graph.project.root), "query", SLOW]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"LANG": "C.UTF-8"})
    os.close(theirs)
    try:
        assert "asking" in os.read(ours, 1000).decode()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    finally:
        process.kill()  # it would ask on for days
    said = os.read(ours, 1000).decode()
    os.close(ours)
    assert process.returncode == 130
    assert "stopped" in said
    assert "Traceback" not in said


def test_completion_knows_parameters_and_alliances(graph: Graph) -> None:
    def complete(word: str) -> str:
        return run(
            cwd=graph.project.root,
            _BUENDNIS_COMPLETE="bash_complete",
            COMP_WORDS=f"buendnis query stated-sizes --param {word}",
            COMP_CWORD="4",
        ).stdout

    assert "alliance=" in complete("al")
    assert "alliance=netzwerk-tolerantes-sachsen" in complete("alliance=netzwerk-tol")
