"""A file is overruled by the environment, and that by flags; what will not do is said."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from buendnis_graph.errors import ReadError, UsageError
from buendnis_graph.serve.settings import Settings, read_settings
from tests.mini import REAL


def test_the_strongest_counts(tmp_path: Path) -> None:
    file = tmp_path / "serve.toml"
    file.write_text('port = 1\ntime = 3\nurl = "https://example.org/"\nslots = 7\n')
    found = read_settings(
        file, {"BUENDNIS_SERVE_PORT": "2", "BUENDNIS_SERVE_TIME": "4.5", "PATH": "x"}, port=3, host=None
    )
    assert found == Settings(port=3, time=4.5, url="https://example.org/", slots=7)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "99999"),
        ("port", "x"),
        ("time", "0"),
        ("time", "nan"),
        ("memory", "1"),
        ("slots", "0"),
        ("slots", "1.5"),
    ],
)
def test_values_that_will_not_do(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=name):
        read_settings(None, {}, **{name: value})


def test_what_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no setting 'ports'"):
        read_settings(None, {"BUENDNIS_SERVE_PORTS": "1"})
    with pytest.raises(ReadError, match="TOML"):
        read_settings(tmp_path / "none.toml", {})


def test_the_documentation_lists_all_settings_as_they_are() -> None:
    text = (REAL.root / "docs" / "serving.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\S+) \|", text, re.MULTILINE))
    assert rows == {field.name: str(field.default) or "none" for field in fields(Settings)}
