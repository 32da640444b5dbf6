"""What must hold before a release is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from buendnis_graph.publish import catalogue
from buendnis_graph.publish.fresh import is_current
from buendnis_graph.publish.releases.state import Now
from buendnis_graph.settings import Project
from buendnis_graph.store import QUADS, consolidate, dump_lines
from buendnis_graph.store.builds import current_build
from buendnis_graph.validate import Fast, layer_shapes, validate_layer


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stops a release.

    Args:
        key: of the words, in section ``problem``.
        parts: what is filled in.
    """

    key: str
    parts: dict[str, Any] = field(default_factory=dict)


def check_build(project: Project, now: Now, dump: str, step: Callable[[str], None]) -> Iterator[Problem]:
    """Yield what is wrong with the build: it must be current, valid, and say what the files say, byte by byte.

    Args:
        project: whose build.
        now: what the files say, derived anew.
        dump: that as lines: the second dump, which must be the same as the build's.
        step: told what is being done.
    """
    folder = current_build(project)
    if folder is None or not is_current(project):
        yield Problem("stale")
        return
    step("comparing two dumps")
    if b"".join(dump_lines(folder, QUADS)) != dump.encode():
        yield Problem("dumps-differ")
    step("validating what is published")
    results = validate_layer("publication", consolidate(now.store), layer_shapes(project, "publication"), Fast())
    violations = sum(result.severity == "Violation" for result in results)
    if violations:
        yield Problem("publication", {"n": violations})


def open_points(project: Project, language: str) -> list[str]:
    """Return what only the publisher can decide and has not yet, in words; it does not stop a release."""
    return [point.texts[language] for point in catalogue.open_points(project)]
