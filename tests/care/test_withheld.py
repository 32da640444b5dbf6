"""The list, the key, and what recognises a withheld body."""

from __future__ import annotations

from pathlib import Path

import pytest

from buendnis_graph.care.names import Mentions
from buendnis_graph.care.withheld import (
    KEY_VARIABLE,
    LIST,
    Hasher,
    Withheld,
    list_text,
    new_key,
    open_guard,
    read_key,
    read_list,
)
from buendnis_graph.errors import ReadError, UsageError
from tests.mini import MiniProject


@pytest.fixture(autouse=True)
def _no_key_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


@pytest.fixture
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("safe") / "key"
    new_key(file)
    return file


def _withhold(project: MiniProject, key: Path, slug: str, *names: str) -> None:
    secret = read_key(key)
    assert secret is not None
    (project.data / LIST).write_text(list_text(Hasher(secret).of_body([slug], [slug, *names])))


def test_a_key_is_new_private_and_never_overwritten(key: Path, mini: MiniProject, tmp_path: Path) -> None:
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(read_key(key) or b"") == 32
    with pytest.raises(UsageError, match="exists already"):
        new_key(key)
    with pytest.raises(UsageError, match="within the project"):
        new_key(mini.root / "data" / "key", mini)
    with pytest.raises(UsageError, match="can't be written"):
        new_key(tmp_path / "none" / "key")


def test_without_a_list_nothing_is_withheld(mini: MiniProject) -> None:
    assert open_guard(mini).judge(["Anything"], "anything") is Withheld.NO


def test_names_and_slug_are_recognised_in_any_spelling(mini: MiniProject, key: Path) -> None:
    _withhold(mini, key, "muellerhaus", "Müllerhaus am See e.V.")
    for names, slug in [
        (["Müllerhaus am See e. V."], ""),
        (["MUELLERHAUS AM SEE"], ""),
        (["Other", "Müllerhaus am See"], "other"),
        ([], "muellerhaus"),
    ]:
        assert open_guard(mini, key).judge(names, slug) is Withheld.YES, names
    for names, slug in [(["Müllerhaus"], "mueller"), (["Freunde: Müllerhaus am See"], ""), ([], "")]:
        expected = Withheld.YES if names == ["Müllerhaus"] else Withheld.NO  # that is its slug
        assert open_guard(mini, key).judge(names, slug) is expected, names


def test_without_the_key_it_says_so_and_the_environment_may_name_it(
    mini: MiniProject, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _withhold(mini, key, "a", "A")
    assert open_guard(mini).judge(["A"], "a") is Withheld.CANNOT_CHECK
    assert open_guard(mini).judge(["B"], "b") is Withheld.CANNOT_CHECK
    monkeypatch.setenv(KEY_VARIABLE, str(key))
    assert open_guard(mini).judge(["A"], "a") is Withheld.YES


def test_a_wrong_or_broken_key_is_never_taken_for_no_match(mini: MiniProject, key: Path, tmp_path: Path) -> None:
    _withhold(mini, key, "a", "A")
    other = tmp_path / "other"
    new_key(other)
    with pytest.raises(UsageError, match="not the one"):
        open_guard(mini, other).judge(["A"], "a")
    other.write_text("secret")
    with pytest.raises(ReadError, match="is no key"):
        open_guard(mini, other).judge(["A"], "a")
    with pytest.raises(ReadError, match="can't be read"):
        open_guard(mini, tmp_path / "missing").judge(["A"], "a")


def test_the_list_is_sorted_hashes_and_nothing_else(mini: MiniProject, key: Path) -> None:
    _withhold(mini, key, "geheim", "Geheimer Verein")
    text = (mini.data / LIST).read_text()
    hashes = [line for line in text.splitlines() if not line.startswith("#")]
    assert hashes == sorted(set(hashes))
    assert all(len(line) == 64 for line in hashes)
    assert "geheim" not in text.lower()
    assert read_list(mini.data / LIST) == set(hashes)
    (mini.data / LIST).write_text(text + "Geheimer Verein\n")
    with pytest.raises(ReadError, match="is no hash"):
        open_guard(mini)


def test_a_name_is_found_within_a_text(mini: MiniProject, key: Path) -> None:
    _withhold(mini, key, "blaues-haus", "Blaues Haus am Markt")
    guard = open_guard(mini, key)
    known: dict[str, bool] = {}
    assert guard.finds_in("Treffen im »Blauen Haus« und: Blaues Haus am Markt, 2023", known)
    assert guard.finds_in("id:blaues-haus ;", known)
    assert not guard.finds_in("ein blaues Auto am Haus", known)
    assert not open_guard(mini).finds_in("Blaues Haus am Markt", {})


def test_names_in_other_scripts_are_told_apart(mini: MiniProject, key: Path) -> None:
    _withhold(mini, key, "a", "Надежда")
    guard = open_guard(mini, key)
    assert guard.judge(["надежда"]) is Withheld.YES
    assert guard.judge(["Общество Друзей"]) is Withheld.NO
    assert Mentions(["Надежда"], []).in_text("Ein Verein namens Надежда.")
