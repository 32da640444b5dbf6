"""A small site on disk, and a real Apache and nginx that serve it on loopback, each with its own configuration."""

from __future__ import annotations

import http.client
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from buendnis_graph.publish.hosts import Site, files
from buendnis_graph.publish.hosts.nginx import HTTP, SERVER
from tests.endpoint import free_port

MODULES = "authz_core dir alias mime headers setenvif rewrite negotiation mpm_event autoindex"
DUMPS = (
    "dumps/graph.nq.gz", "dumps/graph.trig", "dumps/view.ttl", "dumps/view.nt.gz", "dumps/view.jsonld", "dumps/csv/t.csv",
    "dumps/csv/csv-metadata.json", "dumps/parquet/t.parquet", "dumps/network/n.graphml", "dumps/network/n.gexf",
)  # fmt: skip
SITE = Site(
    version="1.0.0",
    documents=frozenset(
        {
            "id/a", "id/b", "topic", "topic/racism", "topic/b", "membership/x/a", "membership/x/a/2", "state/attested",
            "source/example.org/list/2026-11-22", "ontology", "dataset", "query/members",
        }
    ),
    pages=frozenset({"index", "search", "overview/map", "sparql"}),
    dumps=DUMPS,
    redirects={"id/old": "id/a", "membership/x/old": "membership/x/a"},
    homes={
        "coding/role/example.org/list/x--a": "source/example.org/list/2026-11-22#coding/role/example.org/list/x--a",
        "link/b--wikidata-Q2": "topic/b",
        "statement/a/name/0123": "id/a#statement/a/name/0123",
    },
)  # fmt: skip


def write_site(folder: Path, site: Site, *, root: str = "") -> None:
    """Write the files of a site, each with its own path as its text, and the rules of all hosts."""
    paths = {f"{path}{suffix}" for path in site.documents for suffix in (".html", ".ttl", ".jsonld")}
    paths |= {f"en/{path}.html" for path in site.documents}
    paths |= {f"{folder}{path}.html" for path in site.pages for folder in ("", "en/")}
    paths |= {*site.dumps} | {"404.html", "void.ttl", ".well-known/void", "linkset.json"}
    paths |= {"assets/site.css", "assets/find.js", "sparql-worker.js", "context/v1.jsonld", "schema/alliance.json"}
    texts = {path: f"{path}\n" for path in paths} | files(site)
    for path, text in texts.items():
        file = folder / root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


@contextmanager
def open_folder() -> Iterator[Path]:
    """Make a temporary folder that the servers' own user may read; pytest's are for their owner alone."""
    with tempfile.TemporaryDirectory(prefix="hosts-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@dataclass(frozen=True)
class Answer:
    """What a server says, with what two servers may write differently made equal."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").lower().replace("; ", ";")

    @property
    def location(self) -> str:
        """Where to, without the host."""
        return self.headers.get("location", "").removeprefix("http://" + self.headers["_host"])

    @property
    def vary(self) -> str:
        return self.headers.get("vary", "").replace(", ", ",")

    def links(self) -> set[str]:
        return set(filter(None, self.headers.get("link", "").split(", ")))


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int

    def get(self, path: str, accept: str | None = None, language: str | None = None, method: str = "GET") -> Answer:
        """Ask; redirects are not followed, and the path is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in (("Accept", accept), ("Accept-Language", language)):
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, headers | {"_host": f"127.0.0.1:{self.port}"}, response.read())
        connection.close()
        return answer


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[Server]:
    """Start a server in the foreground, wait until it answers, and end it by its id."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        for _ in range(200):
            assert process.poll() is None, log.read_text()
            try:
                Server(port).get("/")
                break
            except OSError:
                time.sleep(0.05)
        yield Server(port)
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def apache(
    folder: Path, site: Path, port: int | None = None, alias: tuple[str, Path] | None = None
) -> Iterator[Server]:
    """Serve a folder by Apache, with the rules of its ``.htaccess`` files; ``alias`` is a path that leads to another."""
    port = port or free_port()
    modules = [f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES.split()]
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    text = f"""ServerRoot {folder}
PidFile {folder}/apache.pid
Mutex file:{folder}
Listen 127.0.0.1:{port}
ServerName 127.0.0.1
ErrorLog {folder}/apache.log
{chr(10).join(modules)}
{user}TypesConfig /etc/mime.types
AddEncoding x-gzip .gz
StartServers 1
ThreadsPerChild 8
MaxRequestWorkers 16
DocumentRoot {site}
<Directory {site}>
  AllowOverride All
  Options FollowSymLinks Indexes MultiViews
  Require all granted
</Directory>
{"" if alias is None else f"Alias {alias[0]} {alias[1]}"}
"""
    (folder / "apache.conf").write_text(text, encoding="utf-8")
    command = ["/usr/sbin/apache2", "-f", str(folder / "apache.conf"), "-DFOREGROUND"]
    with running(command, port, folder / "apache.out") as server:
        yield server


@contextmanager
def nginx(folder: Path, site: Path, root: str = "") -> Iterator[Server]:
    """Serve a folder by nginx, with the rules written into the site that begins below it."""
    port, rules = free_port(), site / root
    text = f"""daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
{"user www-data;" if os.geteuid() == 0 else ""}
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include /etc/nginx/mime.types;
  include {rules / HTTP};
  server {{
    listen 127.0.0.1:{port};
    root {site};
    include {rules / SERVER};
  }}
}}
"""
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    command = ["/usr/sbin/nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "nginx.log")]
    with running(command, port, folder / "nginx.out") as server:
        yield server
