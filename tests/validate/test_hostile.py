"""Hostile files, given to the command line as a process of its own: refused or handled, in little time and memory."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

DEEP = 100_000
SECONDS = 60
MEMORY = 1024**3
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix : <http://e/> .
"""
ASKING = SHAPES + ":s sh:targetSubjectsOf :p ; sh:nodeKind sh:IRI ; sh:property [ sh:path :p ; sh:nodeKind sh:IRI ] .\n"
HARMLESS = '<http://e/a> <http://e/p> "' + "a" * 40 + '!" .\n<http://e/a> <http://e/p> <http://e/b> .\n'
RDF = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">\n'

_MEASURED = """
import resource, subprocess, sys
limit = int(sys.argv[1])
def limited():
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
done = subprocess.run([sys.executable, "-m", "buendnis_graph", *sys.argv[2:]], preexec_fn=limited, stdin=sys.stdin)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"\\n{used.ru_maxrss * 1024}", file=sys.stderr)
sys.exit(done.returncode if done.returncode >= 0 else 100 - done.returncode)
"""


@dataclass(frozen=True)
class Ended:
    """How a process ended, and the most memory that it held."""

    code: int
    out: str
    err: str
    memory: int


def validate(*arguments: str | Path, cwd: Path) -> Ended:
    """Run ``buendnis validate`` with at most 4 GiB of addresses (libraries take some that they never use)."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(4 * 1024**3), "--lang", "en", "validate", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
    )
    err, _, memory = done.stderr.strip().rpartition("\n")
    return Ended(done.returncode, done.stdout, err, int(memory))


def is_refused(ended: Ended, says: str) -> None:
    assert ended.code in (1, 2), ended
    assert says in ended.err
    assert "Traceback" not in ended.err
    assert ended.memory < MEMORY


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def bomb() -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">\n' for n in range(1, 10))
    return f'<!DOCTYPE r [<!ENTITY e0 "aaaaaaaaaa">\n{entities}]>\n{RDF}<e:x e:p="&e9;"/></r:RDF>'


DATA: dict[str, tuple[str, Callable[[], str | bytes], str]] = {
    "entity bomb": ("d.rdf", bomb, "d.rdf:2: declares the entity 'e1'"),
    "one long entity many times": (
        "d.rdf",
        lambda: f'<!DOCTYPE r [<!ENTITY e "{"a" * 900}">]>\n{RDF}<e:x><e:p>{"&e;" * 1_000_000}</e:p></e:x></r:RDF>',
        "d.rdf:3: grows more than tenfold",
    ),
    "nested blank nodes": (
        "d.ttl",
        lambda: f"\n<http://e/a> <http://e/p> {'[ <http://e/p> ' * DEEP}1{' ]' * DEEP} .",
        "d.ttl:2: is nested",
    ),
    "nested blank nodes, one a line": (
        "d.ttl",
        lambda: "<http://e/a> <http://e/p> " + "[ <http://e/p>\n" * DEEP + "1" + " ]" * DEEP + " .",
        "d.ttl:501: is nested",
    ),
    "nested lists": (
        "d.trig",
        lambda: f"\n<http://e/a> <http://e/p> {'( ' * DEEP}1{' )' * DEEP} .",
        "d.trig:2: is nested",
    ),
    "nested triple terms": (
        "d.ttl",
        lambda: f"\n<http://e/a> <http://e/p> {'<<( <http://e/a> <http://e/p> ' * DEEP}1{' )>>' * DEEP} .",
        "d.ttl:2: is nested",
    ),
    "nested triple terms in lines": (
        "d.nq",
        lambda: f"\n<http://e/a> <http://e/p> {'<<( <http://e/a> <http://e/p> ' * DEEP}<http://e/a>{' )>>' * DEEP} .",
        "d.nq:2: is nested",
    ),
    "nested objects": ("d.jsonld", lambda: "\n" + '{"http://e/p":' * DEEP + "1" + "}" * DEEP, "d.jsonld:2: is nested"),
    "nested arrays": ("d.jsonld", lambda: '\n{"http://e/p":' + "[" * DEEP + "]" * DEEP + "}", "d.jsonld:2: is nested"),
    "nested lists of JSON": (
        "d.jsonld",
        lambda: '\n{"http://e/p":' + '{"@list":[' * 5000 + "]}" * 5000 + "}",
        "d.jsonld:2: is nested",
    ),
    "nested contexts": (
        "d.jsonld",
        lambda: '\n{"@context":' + '{"p":{"@id":"http://e/p","@context":' * 5000 + "{}" + "}}" * 5000 + "}",
        "d.jsonld:2: is nested",
    ),
    "nested elements": (
        "d.rdf",
        lambda: RDF + "<r:Description><e:p>" * DEEP + "x" + "</e:p></r:Description>" * DEEP + "</r:RDF>",
        "d.rdf:2: is nested",
    ),
    "nested elements of a literal": (
        "d.rdf",
        lambda: RDF + '<e:x><e:p r:parseType="Literal">' + "<a>" * DEEP + "</a>" * DEEP + "</e:p></e:x></r:RDF>",
        "d.rdf:2: is nested",
    ),
    "broken bytes": ("d.ttl", lambda: b'\n<http://e/a> <http://e/p> "\xc3\x28" .', "d.ttl:2: is not valid Turtle"),
    "random bytes": ("d.nt", lambda: bytes(range(256)) * 10_000, "d.nt:1: is not valid N-Triples"),
    "zeros": ("d.ttl", lambda: bytes(10_000_000), "d.ttl:1: is not valid Turtle"),
    "an IRI with a space": ("d.ttl", lambda: "\n<http://e/a b> <http://e/p> 1 .", "d.ttl:2: is not valid Turtle"),
    "an IRI with a bidirectional control": (
        "d.ttl",
        lambda: "\n<http://e/\u202eb> <http://e/p> 1 .",
        "d.ttl:2: has an IRI with a bidirectional",
    ),
    "an external entity": (
        "d.rdf",
        lambda: f'<!DOCTYPE r [\n<!ENTITY x SYSTEM "file:///etc/passwd">]>\n{RDF}<e:x><e:p>&x;</e:p></e:x></r:RDF>',
        "d.rdf:2: declares the external",
    ),
    "a million escaped quotes without end": (
        "d.ttl",
        lambda: '\n<http://e/a> <http://e/p> [] , "' + '\\"' * 1_000_000,
        "d.ttl:2: is not valid Turtle",
    ),
    "a million open texts": ("d.ttl", lambda: "\n<http://e/a> <http://e/p> [] , " + "'''\"" * 1_000_000, "d.ttl"),
    "a million prefixes of one name": ("d.ttl", lambda: "@prefix a: <http://e/> .\n" * 300_000 + "a:b a:p", "d.ttl:3"),
}


@pytest.mark.parametrize(("name", "content", "says"), DATA.values(), ids=DATA)
def test_hostile_data_is_refused(tmp_path: Path, name: str, content: Callable[[], str | bytes], says: str) -> None:
    data, shapes = write(tmp_path / name, content()), write(tmp_path / "s.ttl", ASKING)
    is_refused(validate("--data", data.name, "--shapes", shapes.name, cwd=tmp_path), says)


@pytest.mark.parametrize("name", ["d.nt", "d.ttl", "d.jsonld", "d.rdf"])
def test_a_literal_of_a_gigabyte_is_refused(tmp_path: Path, name: str) -> None:
    heads = {"d.jsonld": '{"@id": "http://e/a", "http://e/p": "', "d.rdf": f"{RDF}<e:x><e:p>"}
    with (tmp_path / name).open("wb") as file:
        file.write(heads.get(name, '<http://e/a> <http://e/p> "').encode())
        file.write(b"x" * 32 * 1024**2)
        file.truncate(MEMORY)  # the rest takes no place on the disk
    shapes = write(tmp_path / "s.ttl", ASKING)
    ended = validate("--data", name, "--shapes", shapes.name, cwd=tmp_path)
    is_refused(ended, f"{name}:{2 if name == 'd.rdf' else 1}: has a ")
    assert ("1 MiB" if name == "d.jsonld" else "16 MiB") in ended.err
    assert ended.memory < MEMORY // 4


def test_a_long_text_over_many_lines_is_refused(tmp_path: Path) -> None:
    data = write(tmp_path / "d.ttl", '<http://e/a> <http://e/p> """' + "x\n" * 20_000_000)
    ended = validate("--data", data.name, "--shapes", write(tmp_path / "s.ttl", ASKING).name, cwd=tmp_path)
    is_refused(ended, "d.ttl:1000001: has a text of more than")


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server that notes who connects."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        callers: list[object] = []

        def accept() -> None:
            while True:
                try:
                    connection, caller = server.accept()
                except OSError:
                    return
                connection.close()
                callers.append(caller)

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], callers


REMOTE = {
    "context": (
        "d.jsonld",
        '{\n"@context": "http://127.0.0.1:PORT/c.jsonld",\n"@id": "http://e/a", "p": 1}',
        "d.jsonld:2: names a remote @context",
    ),
    "import": (
        "d.jsonld",
        '{\n"@context": {"@version": 1.1, "@import": "http://127.0.0.1:PORT/c.jsonld"},\n"p": 1}',
        "d.jsonld:2: names a remote @context",
    ),
    "entity": (
        "d.rdf",
        f'<!DOCTYPE r [\n<!ENTITY x SYSTEM "http://127.0.0.1:PORT/">]>{RDF}<e:x><e:p>&x;</e:p></e:x></r:RDF>',
        "d.rdf:2: declares the external",
    ),
    "document type": (
        "d.rdf",
        f'<!DOCTYPE r SYSTEM "http://127.0.0.1:PORT/x.dtd">\n{RDF}<e:x><e:p>x</e:p></e:x></r:RDF>',
        "",
    ),
    "owl:imports": (
        "d.ttl",
        "<http://e/a> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:PORT/x.ttl> ; <http://e/p> 1 .",
        "",
    ),
    "shapes graph": (
        "d.ttl",
        "<http://e/a> <http://www.w3.org/ns/shacl#shapesGraph> <http://127.0.0.1:PORT/x.ttl> ; <http://e/p> 1 .",
        "",
    ),
}


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(("name", "content", "says"), REMOTE.values(), ids=REMOTE)
def test_nothing_reaches_the_network(
    tmp_path: Path, listener: tuple[int, list[object]], name: str, content: str, says: str, engine: str
) -> None:
    port, callers = listener
    data = write(tmp_path / name, content.replace("PORT", str(port)))
    shapes = write(tmp_path / "s.ttl", ASKING)
    ended = validate("--data", data.name, "--shapes", shapes.name, "--engine", engine, cwd=tmp_path)
    assert callers == []
    if says:
        is_refused(ended, says)
    else:
        assert (ended.code, ended.err) == (1, "")
        assert " error" in ended.out
    with socket.create_connection(("127.0.0.1", port)):
        pass
    for _ in range(100):
        if callers:
            break
        threading.Event().wait(0.05)
    assert len(callers) == 1, "the server would have noted a caller"


def test_queries_in_shapes_reach_no_network(tmp_path: Path, listener: tuple[int, list[object]]) -> None:
    port, callers = listener
    for number, query in enumerate(
        ("SELECT $this { SERVICE <URL> { $this ?p ?o } }", "SELECT $this FROM <URL> { $this ?p ?o }")
    ):
        text = query.replace("URL", f"http://127.0.0.1:{port}/")
        shapes = write(
            tmp_path / f"s{number}.ttl", SHAPES + f':s sh:targetSubjectsOf :p ; sh:sparql [ sh:select "{text}" ] .'
        )
        for engine in ("fast", "pyshacl"):
            ended = validate(
                "--data",
                write(tmp_path / "d.nt", HARMLESS).name,
                "--shapes",
                shapes.name,
                "--engine",
                engine,
                cwd=tmp_path,
            )
            assert ended.code in (0, 1, 2)
            assert "Traceback" not in ended.err
    assert callers == []


def chain(link: str, end: str, length: int = 10_000) -> str:
    return (
        ":s0 sh:targetNode :a .\n"
        + "".join(f":s{n} {link} :s{n + 1} .\n" for n in range(length))
        + f":s{length} {end} ."
    )


def doubled(first: str, second: str) -> str:
    both = "".join(f":s{n} {first} . :t{n} {second} .\n".replace("NEXT", str(n + 1)) for n in range(40))
    return f":s0 sh:targetNode :a .\n{both}:s40 sh:path :p ; sh:class :C . :t40 sh:path :p ; sh:class :C ."


LOOP = ":l rdf:first :s ; rdf:rest :l ."
BAD_SHAPES = {
    "10,000 sh:not": (
        ":s sh:targetNode :a ; " + "sh:not [ " * 10_000 + "sh:class :C" + " ]" * 10_000 + " .",
        "s.ttl:4: is nested",
    ),
    "10,000 sh:not in a chain": (chain("sh:not", "sh:class :C"), "nested more than 48 deep"),
    "10,000 sh:node in a chain": (chain("sh:node", "sh:class :C"), "nested more than 48 deep"),
    "10,000 properties in a chain": (
        chain("sh:path :p ; sh:property", "sh:path :p ; sh:class :C"),
        "nested more than 48 deep",
    ),
    "shapes that double": (
        doubled("sh:path :p ; sh:property :sNEXT , :tNEXT", "sh:path :p ; sh:property :sNEXT , :tNEXT"),
        "more than 100,000 shapes",
    ),
    "alternatives that double": (
        doubled("sh:or ( :sNEXT :tNEXT )", "sh:or ( :sNEXT :tNEXT )"),
        "more than 100,000 shapes",
    ),
    "a list that bites its tail": (f":s sh:targetNode :a ; sh:in :l . {LOOP}", "list"),
    "a list of shapes that bites its tail": (f":s sh:targetNode :a ; sh:or :l . {LOOP}", "a list is broken"),
    "a path that contains itself": (
        ":s sh:targetNode :a ; sh:path _:p ; sh:minCount 1 . _:p sh:inversePath _:p .",
        "contains itself",
    ),
    "a deep path": (
        ":s sh:targetNode :a ; sh:minCount 1 ; sh:path " + "[ sh:inversePath " * 400 + ":p" + " ]" * 400 + " .",
        "nested too deeply",
    ),
    "a pattern that grows": (':s sh:targetNode :a ; sh:pattern "((a{1000}){1000}){1000}" .', "sh:pattern"),
    "a broken pattern": (':s sh:targetNode :a ; sh:pattern "(" .', "sh:pattern"),
    "a broken query": (':s sh:targetNode :a ; sh:sparql [ sh:select "SELECT $this { $this" ] .', "query"),
    "a query that selects a triple term": (
        ':s sh:targetNode :a ; sh:sparql [ sh:select """SELECT $this ?value '
        '{ $this ?p ?o BIND(TRIPLE(?o, ?p, 1) AS ?value) }""" ] .',
        "s.ttl:4: urn:buendnis-graph:shape:",
    ),
    "a query nested 20,000 deep": (
        f':s sh:targetNode :a ; sh:sparql [ sh:select "SELECT $this {{ $this ?p ?o FILTER({"(" * 20_000}1{")" * 20_000}) }}" ] .',
        "nested",
    ),
}


@pytest.mark.parametrize(("text", "says"), BAD_SHAPES.values(), ids=BAD_SHAPES)
def test_hostile_shapes_are_refused_with_2(tmp_path: Path, text: str, says: str) -> None:
    shapes, data = write(tmp_path / "s.ttl", SHAPES + text), write(tmp_path / "d.nt", HARMLESS)
    ended = validate("--data", data.name, "--shapes", shapes.name, cwd=tmp_path)
    is_refused(ended, says)
    assert ended.code == 2


HANDLED = {
    "a circle of sh:node": ":s sh:targetNode :a ; sh:node :t . :t sh:node :s .",
    "a shape that is not itself": ":s sh:targetNode :a ; sh:not :s .",
    "a circle of properties": ":s sh:targetNode :a ; sh:property :t . :t sh:path :p ; sh:property :t .",
    "a circle of sh:and": ":s sh:targetNode :a ; sh:and ( :s :s ) .",
    "a pattern that backtracks": ':s sh:targetObjectsOf :p ; sh:pattern "^(a+)+$" .',
    "a long list": f":s sh:targetNode :a ; sh:in ( {' '.join(f':v{n}' for n in range(50_000))} ) .",
    "a thousand shapes": "".join(f":s{n} sh:targetNode :a ; sh:class :C{n} .\n" for n in range(1000)),
}


@pytest.mark.parametrize("text", HANDLED.values(), ids=HANDLED)
def test_odd_shapes_are_handled(tmp_path: Path, text: str) -> None:
    shapes, data = write(tmp_path / "s.ttl", SHAPES + text), write(tmp_path / "d.nt", HARMLESS)
    ended = validate("--data", data.name, "--shapes", shapes.name, "--json", cwd=tmp_path)
    assert ended.code in (0, 1), ended
    assert ended.memory < MEMORY
    assert json.loads(ended.out)["conforms"] is (ended.code == 0)


def test_a_node_with_many_values_is_handled(tmp_path: Path) -> None:
    said = "".join(f"<http://e/a> <http://e/{path}> {n} .\n" for path in "pq" for n in range(5_000))
    shapes = write(tmp_path / "s.ttl", SHAPES + ":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:lessThan :q ] .")
    data = write(tmp_path / "d.ttl", said)
    ended = validate("--data", data.name, "--shapes", shapes.name, "--json", cwd=tmp_path)
    assert ended.memory < MEMORY
    assert [result["line"] for result in json.loads(ended.out)["results"]] == [*range(1, 5_001)]


def test_a_pipe_a_device_a_folder_and_nothing_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.nt")
    (tmp_path / "folder.nt").mkdir()
    (tmp_path / "loop.nt").symlink_to("loop.nt")
    (tmp_path / "zero.nt").symlink_to("/dev/zero")
    shapes = write(tmp_path / "s.ttl", ASKING)
    for name, says in (
        ("pipe.nt", "no ordinary file"),
        ("folder.nt", "no ordinary file"),
        ("loop.nt", "can't be opened"),
        ("zero.nt", "no ordinary file"),
        ("none.nt", "can't be opened"),
    ):
        ended = validate("--data", name, "--shapes", shapes.name, cwd=tmp_path)
        is_refused(ended, f"{name}: ")
        assert says in ended.err
        assert validate("--data", shapes.name, "--shapes", name, cwd=tmp_path).code == 2


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "d.nt", HARMLESS)
    (tmp_path / "link.nt").symlink_to("d.nt")
    ended = validate("--data", "link.nt", "--shapes", write(tmp_path / "s.ttl", ASKING).name, cwd=tmp_path)
    assert ended.code == 1
    assert "link.nt:1: error" in ended.out


def test_the_measure_measures(tmp_path: Path) -> None:
    ended = validate("--help", cwd=tmp_path)
    assert ended.code == 0
    assert 10 * 1024**2 < ended.memory < MEMORY // 8
