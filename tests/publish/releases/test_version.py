"""Versions: what a difference asks for, and which is the least that follows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.errors import UsageError
from buendnis_graph.evidence import read_corpus, replace_files
from buendnis_graph.importing.merge import plan_merge
from buendnis_graph.publish.releases.state import read_now
from buendnis_graph.publish.releases.version import Level, Version, least_level, published, reasons
from tests.mini import MiniProject

_VERSIONS = st.builds(Version, *[st.integers(0, 99)] * 3)


@given(_VERSIONS)
def test_the_least_version_is_later_and_grows_with_the_level(version: Version) -> None:
    assert version < version.next(Level.PATCH) < version.next(Level.MINOR) < version.next(Level.MAJOR)
    assert Version.parse(str(version)) == version


@pytest.mark.parametrize(
    "text", ["", "1", "1.0", "v1.0.0", "1.0.0-rc1", "01.0.0", "1.0.0.0", "1.0.٣", "../1.0", "1.0.0\n"]
)
def test_what_is_no_version(text: str) -> None:
    with pytest.raises(UsageError, match="is no version"):
        Version.parse(text)


Edit = Callable[[MiniProject], object]


def _level(mini: MiniProject, edit: Edit) -> tuple[Level, list[tuple[str, str]]]:
    def state() -> tuple[object, ...]:
        now = read_now(mini)
        return (now.side.quads, now.store, now.names)

    before = published(*state())  # type: ignore[arg-type]
    edit(mini)
    found = reasons(before, published(*state()))  # type: ignore[arg-type]
    return least_level(found), [(r.kind, iri.rpartition("buendnis-graph/")[2]) for r in found for iri in r.iris]


def _merge(mini: MiniProject) -> None:
    replace_files(mini, plan_merge(mini, read_corpus(mini), "a", "b", "2026-11-25", "the same").files)


def _other_member(mini: MiniProject) -> None:
    """Correct who is meant: the evidence for a becomes evidence for b."""
    (mini.root / "data" / "codings" / "p-m--x--a.ttl").unlink()
    mini.attest("p", "b", "x")


def _without(path: str) -> Edit:
    return lambda mini: (mini.root / path).unlink()


def _within(path: str, old: str, new: str) -> Edit:
    def edit(mini: MiniProject) -> None:
        file = mini.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return edit


@pytest.mark.parametrize(
    ("edit", "level", "reason"),
    [
        (lambda _mini: None, Level.PATCH, None),
        (_within("data/registry/a.ttl", '"A"@de', '"AA"@de'), Level.PATCH, None),
        (lambda mini: mini.attest("p", "a", "x", more='; bg:since "2023"^^xsd:gYear'), Level.PATCH, None),
        (lambda mini: mini.attest("q", "b", "x"), Level.MINOR, ("new", "source/example.org/q/2026-11-22")),
        (lambda mini: mini.attest("q", "b", "x"), Level.MINOR, ("nodes-new", "membership/x/b")),
        (_other_member, Level.MINOR, ("nodes-gone", "membership/x/a")),
        (lambda mini: mini.body("d", "org:Organization"), Level.MINOR, ("new", "id/d")),
        (_without("data/registry/c.ttl"), Level.MAJOR, ("removed", "id/c")),
        (_merge, Level.MAJOR, ("redirected", "id/a")),
        (_without("ontology/topics.ttl"), Level.MAJOR, ("removed", "topic/racism")),
        (_within("ontology/roles.ttl", "role:carrier", "role:bearer"), Level.MAJOR, ("removed", "role/carrier")),
        (_within("ontology/buendnis.ttl", "bg:listedRole", "bg:namedRole"), Level.MAJOR, ("removed", "ontology#listedRole")),
        (
            _within("ontology/shapes/publication/dataset.ttl", "shape:dataset-publisher", "shape:who-publishes"),
            Level.MAJOR,
            ("removed", "shape/dataset-publisher"),
        ),
    ],
)  # fmt: skip
def test_what_a_change_asks_for(mini: MiniProject, edit: Edit, level: Level, reason: tuple[str, str] | None) -> None:
    mini.attest("p", "a", "x")
    found, why = _level(mini, edit)
    assert found is level
    assert reason in why if reason else why == []


def test_a_question_that_is_gone_is_a_removed_address(mini: MiniProject) -> None:
    mini.queries.mkdir()
    (mini.queries / "theme").mkdir()
    (mini.queries / "theme" / "who.rq").write_text("")
    level, why = _level(mini, _without("queries/theme/who.rq"))
    assert (level, why) == (Level.MAJOR, [("removed", "query/who")])


def test_what_was_redirected_before_asks_for_nothing(mini: MiniProject) -> None:
    _merge(mini)
    assert _level(mini, lambda _mini: None)[0] is Level.PATCH
