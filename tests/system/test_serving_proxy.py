"""A real nginx with the configuration of docs/serving.md brings TLS and a prefix to a real server."""

from __future__ import annotations

import http.client
import os
import re
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from buendnis_graph.namespaces import BASE
from tests.endpoint import free_port
from tests.mini import REAL
from tests.publish.hosts.servers import open_folder, running
from tests.serve.conftest import root
from tests.serve.live import DIRECT, SELECT, Answer, serving

__all__ = ["root"]
PAGE = (REAL.root / "docs" / "serving.md").read_text(encoding="utf-8")
CERTIFICATE = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=example.org -addext subjectAltName=IP:127.0.0.1"
)


def configured(folder: Path, port: int, behind: int) -> Path:
    """Write what the documentation says, with other ports, and a certificate of our own."""
    (block,) = re.findall(r"```nginx\n(.*?)```", PAGE, re.DOTALL)
    pem, key = folder / "example.org.pem", folder / "example.org.key"
    subprocess.run([*CERTIFICATE.split(), "-out", str(pem), "-keyout", str(key)], check=True, capture_output=True)
    changed = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/ssl/example.org.pem": str(pem),
        "/etc/ssl/private/example.org.key": str(key),
        "http://127.0.0.1:8787/": f"http://127.0.0.1:{behind}/",
    }
    for old, new in changed.items():
        assert block.count(old) == 1
        block = block.replace(old, new)
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user www-data;" if os.geteuid() == 0 else ""
    text = f"daemon off;\npid {folder}/pid;\n{user}\nevents {{ }}\nhttp {{\naccess_log off;\n{paths}{block}}}\n"
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    return pem


@dataclass(frozen=True)
class Secure:
    """What is behind nginx, asked over TLS."""

    port: int
    context: ssl.SSLContext

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.context, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET" if body is None else "POST", path, body, named)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def secure(root: Path) -> Iterator[Secure]:
    port = free_port()
    with serving(root, url="https://example.org/graph/", time=2) as live, open_folder() as folder:
        pem = configured(folder, port, live.port)
        command = ["/usr/sbin/nginx", "-c", f"{folder}/nginx.conf", "-p", str(folder), "-e", f"{folder}/nginx.log"]
        with running(command, port, folder / "nginx.out"):
            yield Secure(port, ssl.create_default_context(cafile=str(pem)))


@pytest.mark.system
def test_queries_and_linked_data_under_a_prefix(secure: Secure) -> None:
    assert secure.ask("/graph").headers["location"].endswith("/graph/")
    got = secure.ask(f"/graph/sparql?format=csv&query={quote(SELECT)}")
    assert got.text.split() == ["s", f"{BASE}id/x", f"{BASE}id/y"]
    led = secure.ask("/graph/id/x", accept="text/turtle")
    assert (led.status, led.headers["location"]) == (303, "/graph/id/x.ttl")
    assert len(list(ox.parse(secure.ask("/graph/id/x.ttl").body, format=ox.RdfFormat.TURTLE))) > 2
    assert "<https://example.org/graph/sparql>" in secure.ask("/graph/sparql", accept="application/n-triples").text


@pytest.mark.system
def test_what_is_refused_comes_through(secure: Secure) -> None:
    for body, status in ((b"ASK " + b"{" * 20_000, 400), (b"DROP ALL", 400), (b"x" * 1_100_000, 413)):
        assert secure.ask("/graph/sparql", body, content_type=DIRECT).status == status
    long = quote("ASK {} #" + "x" * 60_000)
    assert secure.ask(f"/graph/sparql?query={long}").status == 200
