"""The table of docs/hosting.md. What it says of Apache and nginx is tried on them in tests/system/test_hosts.py."""

from __future__ import annotations

from buendnis_graph.publish.hosts.abilities import abilities, table
from buendnis_graph.publish.hosts.pages import MAX_REDIRECTS
from tests.mini import REAL


def test_the_table_is_in_the_docs() -> None:
    assert table() in (REAL.root / "docs" / "hosting.md").read_text(encoding="utf-8")


def test_each_row_says_something_of_each_host() -> None:
    assert all(all(said.values()) for said in abilities().values())
    assert f"{MAX_REDIRECTS:,} rules" in table()
