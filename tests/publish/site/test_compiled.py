"""Templates stay compiled from run to run, and what is kept of them is used only where it is of the same text."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from buendnis_graph.publish.site.compiled import Compiled


class Counting(Environment):
    """Counts how often it compiles."""

    compiled = 0

    def _generate(self, *args: object, **kwargs: object) -> str:
        self.compiled += 1
        return super()._generate(*args, **kwargs)  # type: ignore[arg-type]


def printed(folder: Path, compiler: Path, text: str = "{{ 1 + 1 }}") -> tuple[str, int]:
    """Return what a template gives in a new process, as it were, and whether it was compiled for it."""
    environment = Counting(loader=DictLoader({"a.html": text}), bytecode_cache=Compiled(folder, "de", compiler))
    return environment.get_template("a.html").render(), environment.compiled


@pytest.fixture
def compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    (tmp_path / "compiler.py").write_text("one")
    return tmp_path / "compiler.py"


def test_a_template_is_compiled_once(tmp_path: Path, compiler: Path) -> None:
    assert [printed(tmp_path, compiler) for _ in range(2)] == [("2", 1), ("2", 0)]


def test_what_another_compiler_made_or_is_of_another_text_or_damaged_is_not_used(
    tmp_path: Path, compiler: Path
) -> None:
    printed(tmp_path, compiler)
    assert printed(tmp_path, compiler, "{{ 1 + 2 }}") == ("3", 1)
    compiler.write_text("two")
    assert printed(tmp_path, compiler, "{{ 1 + 2 }}") == ("3", 1)
    (kept,) = tmp_path.rglob("*.pyc")
    for length in range(0, kept.stat().st_size, 7):
        kept.write_bytes(kept.read_bytes()[:length])
        assert printed(tmp_path, compiler, "{{ 1 + 2 }}") == ("3", 1)


def test_nothing_is_written_where_python_may_not(
    tmp_path: Path, compiler: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert [printed(tmp_path, compiler) for _ in range(2)] == [("2", 1), ("2", 1)]
    assert not [*tmp_path.rglob("*.pyc")]
