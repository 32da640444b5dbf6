"""A Virtuoso server of our own for a test: in a folder that goes away, on free loopback ports, ended by its process id."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60
VIEW = "https://w3id.org/buendnis-graph/graph/view"
"""The graph that the consolidated view is loaded into; queries name it as their default graph."""

_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200

[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
FileExtend = 200

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}, {data}
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
ThreadsPerQuery = 1
CheckpointInterval = 0
VADInstallDir = {folder}

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10

[URIQA]
DynamicLocal = 0
DefaultHost = 127.0.0.1:{http}

[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 120
"""


def _free_ports(number: int) -> list[int]:
    sockets = [socket.socket() for _ in range(number)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _sql(port: int, text: str) -> None:
    done = subprocess.run(
        ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", "VERBOSE=OFF", f"EXEC={text}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Error" not in done.stderr, done.stderr


@contextmanager
def server(folder: Path, triples: Path | None = None, *, rows: int = 100_000) -> Iterator[str]:
    """Start a server, load a Turtle file into :data:`VIEW`, and yield the address of its SPARQL endpoint.

    Args:
        folder: an empty folder for the server's files.
        triples: the file to load, if any.
        rows: how many an answer has at most.
    """
    sql, http = _free_ports(2)
    ini = folder / "virtuoso.ini"
    ini.write_text(
        _INI.format(folder=folder, data=triples.parent if triples else folder, rows=rows, sql=sql, http=http),
        encoding="utf-8",
    )
    process = subprocess.Popen(
        ["virtuoso-t", "+foreground", "+configfile", str(ini)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        endpoint = f"http://127.0.0.1:{http}/sparql"
        _wait_for(endpoint, process, folder / "virtuoso.log")
        if triples:
            _sql(sql, f"DB.DBA.TTLP(file_to_string_output('{triples}'), '{VIEW}', '{VIEW}', 0)")
        yield endpoint
    finally:
        process.kill()  # what it stored goes away with the folder
        process.wait()


def _wait_for(endpoint: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{endpoint}?query=ASK%7B%7D", timeout=5).close()  # noqa: S310 - loopback
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("Virtuoso did not start: " + log.read_text(encoding="utf-8", errors="replace")[-2000:])
