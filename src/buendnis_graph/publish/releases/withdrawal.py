"""Which earlier releases must go because something that they name is withheld now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.care.withheld import LIST, Guard, Withheld
from buendnis_graph.care.withhold import masks
from buendnis_graph.errors import ReleaseError
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.releases.manifest import GRAPH, Manifest, sha256, unpacked
from buendnis_graph.publish.releases.patch import PATCH, read_patch
from buendnis_graph.settings import Project

_ID = f"{BASE}id/"


def list_digest(project: Project) -> str:
    """Return the SHA-256 of the list of what is withheld; empty without one. It tells no name and no number."""
    path = project.data / LIST
    return sha256(path.read_bytes()) if path.is_file() else ""


def to_withdraw(
    project: Project,
    folder: Path,
    releases: Sequence[Manifest],
    guard: Guard,
    *,
    unread: bool = False,
    step: Callable[[str], None] = lambda _text: None,
) -> list[Manifest]:
    """Return the releases that name anything withheld since the last one.

    Args:
        project: whose list of what is withheld holds.
        folder: of the releases.
        releases: all of them, the oldest first.
        guard: that list, with the key.
        unread: take all, without looking into them: the way out if the key is lost.
        step: told what is being done.

    Raises:
        ReleaseError: if the list has changed and the key is not here.
    """
    alive = [release for release in releases if not release.withdrawn]
    if not guard.hashes or not releases or releases[-1].withheld == list_digest(project):
        return []
    if unread:
        return alive
    if guard.hasher is None:
        raise ReleaseError(
            "since the last release something was withheld; which earlier releases name it can't be told without "
            "the key.",
            hint="Name the key: BUENDNIS_WITHHOLD_KEY_FILE=FILE. If it is lost: --withdraw-all.",
        )
    names = recogniser(project, guard)
    found = []
    for release in alive:
        step(f"looking through {release.version}")
        if any(map(names, _texts(folder / release.version))):
            found.append(release)
    return found


def recogniser(project: Project, guard: Guard) -> Callable[[str], bool]:
    """Return what says of a text or IRI whether it names anything withheld; the longer names of others do not."""
    known: dict[str, bool] = {}
    others = masks(project, guard, known)

    @cache  # releases say mostly the same
    def names(text: str) -> bool:
        if text.startswith(_ID):
            return guard.judge((), text.removeprefix(_ID)) is Withheld.YES
        return guard.judge((text,)) is Withheld.YES or guard.finds_in(text, known, others)

    return names


def _texts(folder: Path) -> Iterator[str]:
    """Yield the terms and lines of all that a release holds, each once."""
    quads = list(ox.parse(unpacked(folder / GRAPH), format=ox.RdfFormat.N_QUADS))
    if (folder / PATCH).is_file():
        patch = read_patch((folder / PATCH).read_text(encoding="utf-8"), folder / PATCH)
        quads += [*patch.added, *patch.removed]
    terms = {term for quad in quads for term in (quad.subject, quad.object)}
    yield from sorted({str(getattr(term, "value", "")) for term in terms})
    for path in sorted(folder.iterdir()):
        if path.suffix in {".md", ".json"}:
            yield from path.read_text(encoding="utf-8").splitlines()
