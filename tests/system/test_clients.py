"""Clients of the operating system ask a real server; needs curl, r-base-core and nodejs, which .ci/run installs."""

from __future__ import annotations

import subprocess

import pytest

from buendnis_graph.namespaces import BASE
from tests.serve.conftest import live, root
from tests.serve.live import SELECT, Live

__all__ = ["live", "root"]
QUERY = "SELECT ?s WHERE { ?s a bg:Alliance } ORDER BY ?s"
LINES = ["s", f"{BASE}id/x", f"{BASE}id/y"]
CURL = ["curl", "--silent", "--show-error", "--fail", "--max-time", "20"]
R = 'cat("s", read.csv(paste0(commandArgs(TRUE)[1], "?format=csv&query=", URLencode(commandArgs(TRUE)[2], TRUE)))$s, sep="\\n")'
NODE = """
const [url, query] = process.argv.slice(1);
const body = new URLSearchParams({query});
const answer = await fetch(url, {method: 'POST', body, headers: {accept: 'application/sparql-results+json'}});
console.log(['s', ...(await answer.json()).results.bindings.map(row => row.s.value)].join('\\n'));
"""


def said(*command: str) -> list[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.split()


@pytest.mark.system
def test_curl(live: Live) -> None:
    address = f"http://127.0.0.1:{live.port}/sparql"
    csv = ["-H", "Accept: text/csv", address]
    assert said(*CURL, "-G", "--data-urlencode", f"query={QUERY}", *csv) == LINES
    assert said(*CURL, "--compressed", "--data-urlencode", f"query={QUERY}", *csv) == LINES
    assert said(*CURL, "-H", "Content-Type: application/sparql-query", "--data-binary", SELECT, *csv) == LINES
    thing = f"http://127.0.0.1:{live.port}/id/x"
    assert f"<{BASE}id/x>" in said(*CURL, "--location", "-H", "Accept: application/n-triples", thing)


@pytest.mark.system
def test_r(live: Live) -> None:
    assert said("Rscript", "--vanilla", "-e", R, f"http://127.0.0.1:{live.port}/sparql", QUERY) == LINES


@pytest.mark.system
def test_node(live: Live) -> None:
    command = ["node", "--input-type=module", "-e", NODE, "--"]
    assert said(*command, f"http://127.0.0.1:{live.port}/sparql", QUERY) == LINES
