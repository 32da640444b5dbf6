"""Netlify's own parsers read the rules that are written for it as they are meant."""

from __future__ import annotations

import dataclasses
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from buendnis_graph.publish.hosts.pages import static_files
from buendnis_graph.publish.media import by_suffix
from tests.mini import REAL
from tests.publish.hosts.servers import SITE

WEB = REAL.root / "web"
READER = Path(__file__).with_name("netlify_read.mjs")

pytestmark = pytest.mark.system


def _read(files: dict[str, str], folder: Path) -> dict[str, Any]:
    assert (WEB / "node_modules" / "netlify-headers-parser").is_dir(), "not installed: npm ci --prefix web"
    for name in ("_redirects", "_headers"):
        (folder / name).write_text(files[name], encoding="utf-8")
    done = subprocess.run(["node", str(READER), str(WEB), str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    return read


@pytest.mark.parametrize("url", [None, "https://example.org/graph/"])
def test_every_rule_is_read_as_it_is_written(url: str | None, tmp_path: Path) -> None:
    site = dataclasses.replace(SITE, url=url)
    files = static_files(site)
    read = _read(files, tmp_path)
    assert read["errors"] == []
    written = [line.split() for line in files["_redirects"].splitlines() if not line.startswith("#")]
    assert [[rule["from"], rule["to"], str(rule["status"])] for rule in read["redirects"]] == written
    assert not any(rule["force"] for rule in read["redirects"])  # a file that is there is served
    sent = {rule["for"]: rule["values"] for rule in read["headers"]}
    everywhere = sent[f"{site.root}*"]
    assert everywhere["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert everywhere["Link"] == f'<{site.root}linkset.json>; rel="linkset"; type="application/linkset+json"'
    assert sent[f"{site.root}*.ttl"] == {"Content-Type": "text/turtle; charset=utf-8"}
    assert set(sent) == {
        f"{site.root}*",
        f"{site.root}.well-known/void",
        *(f"{site.root}*.{suffix}" for suffix in by_suffix() if suffix != "html"),
    }


def test_a_rule_that_is_none_is_found(tmp_path: Path) -> None:
    wrong = {"_redirects": "/only-one-word\n", "_headers": "/*\n  X-Header:\n"}
    assert len(_read(wrong, tmp_path)["errors"]) == 2
