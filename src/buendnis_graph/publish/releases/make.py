"""Make a release: look at what is there, say what stops it, and write all files of it as one."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.care.refuse import refuse_withheld
from buendnis_graph.care.withheld import Guard, open_guard
from buendnis_graph.errors import ReleaseError, UsageError
from buendnis_graph.evidence import finish_pending
from buendnis_graph.publish.releases import folder as folders
from buendnis_graph.publish.releases.checks import Problem, check_build
from buendnis_graph.publish.releases.counts import drops, limits
from buendnis_graph.publish.releases.feed import FEED, feed
from buendnis_graph.publish.releases.manifest import (
    GRAPH,
    MANIFEST,
    Manifest,
    check_files,
    packed,
    read_releases,
    release_id,
    sha256,
)
from buendnis_graph.publish.releases.notes import Told, both
from buendnis_graph.publish.releases.patch import PATCH, patch_between, quad_lines, write_patch
from buendnis_graph.publish.releases.redirects import redirects
from buendnis_graph.publish.releases.state import Compared, Now, compare, read_now, released_quads
from buendnis_graph.publish.releases.version import Version, least_level
from buendnis_graph.publish.releases.withdrawal import list_digest, recogniser, to_withdraw
from buendnis_graph.settings import Project

REDIRECTS = "redirects.json"
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    Args:
        version: the new version.
        issued: its day, as ``2026-12-01``; empty: the one that ``data/dataset.ttl`` states.
        folder: of the releases; None: the project's own.
        allowed: kinds whose counts may drop as they like.
        limits: how many percent of a kind may be lost, where it is not the usual.
        withdraw_all: if the list of what is withheld has changed, withdraw all earlier releases unread.

    Raises:
        UsageError: if version, day or a kind is none.
    """

    version: str
    issued: str = ""
    folder: Path | None = None
    allowed: Collection[str] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    withdraw_all: bool = False

    def __post_init__(self) -> None:
        Version.parse(self.version)
        if self.issued:
            _check_day(self.issued)
        unknown = sorted({*self.allowed, *self.limits} - set(limits()))
        if unknown:
            raise UsageError(f"'{unknown[0]}' is no kind that may drop.", hint=f"Kinds: {', '.join(limits())}.")
        if wrong := [limit for limit in self.limits.values() if not 0 <= limit <= 100]:
            raise UsageError(f"'{wrong[0]:g}' is no percentage.", hint="Name one from 0 to 100.")


def _check_day(text: str) -> None:
    try:
        if datetime.date.fromisoformat(text).isoformat() != text:
            raise ValueError(text)
    except ValueError:
        raise UsageError(f"'{text}' is no day.", hint="Name it as year, month and day: 2026-12-01") from None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a release would be.

    Args:
        manifest: of it.
        previous: that of the release before; None for the first.
        compared: what has changed since; None for the first.
        least: the least version allowed.
        problems: what stops it.
        withdrawn: earlier releases that are withdrawn with it.
        files: contents of its files by name, without the manifest.
        earlier: all earlier releases, the oldest first, as they are so far.
    """

    manifest: Manifest
    previous: Manifest | None
    compared: Compared | None
    least: Version | None
    problems: tuple[Problem, ...]
    withdrawn: tuple[Manifest, ...]
    files: Mapping[str, bytes]
    earlier: tuple[Manifest, ...]


def release(project: Project, asked: Asked, *, dry_run: bool = False, step: Step = lambda _text: None) -> Plan:
    """Make a release, unless something stops it or it is only asked what it would be.

    Two runs at once follow one another; a run that is killed leaves the releases as they were, or all of the new one.

    Args:
        project: whose graph; its build must be current.
        asked: what is asked for.
        dry_run: write nothing.
        step: told what is being done.

    Returns:
        What the release is; nothing was written if it has problems.

    Raises:
        ReleaseError: if an earlier release is not what it was, or what is withheld can't be told without the key.
        ReadError, LayoutError: if files of the project can't be read.
        InvalidDataError: if a withheld body is back in them.
    """
    folder = (asked.folder or project.releases).absolute()
    finish_pending(project)
    refuse_withheld(project)
    with folders.alone(folder, step):
        folders.finish(folder)
        plan = _plan(project, asked, folder, step)
        if not dry_run and not plan.problems:
            step("writing")
            _write(folder, plan)
    return plan


def _plan(project: Project, asked: Asked, folder: Path, step: Step) -> Plan:
    step("checking earlier releases")
    earlier = read_releases(folder)
    for manifest in earlier:
        check_files(folder, manifest)
    previous = earlier[-1] if earlier else None
    guard = open_guard(project)
    withdrawn = to_withdraw(project, folder, earlier, guard, unread=asked.withdraw_all, step=step)
    step("reading and deriving")
    now = read_now(project)
    new = now.quads
    dump = "".join(quad_lines(new))
    problems = list(check_build(project, now, dump, step))
    quads: list[ox.Quad] = []
    compared = None
    if previous is not None:
        quads = released_quads(folder, previous)
        compared = compare(project, now, previous, quads, step)
    problems += _problems(asked, now, previous, compared)
    manifest = _manifest(project, asked, now, dump, previous)
    files = {GRAPH: packed(dump.encode()), REDIRECTS: _json(redirects(now.store))}
    files |= {name: text.encode() for name, text in both(_told(manifest, previous, now, compared)).items()}
    if previous is not None and previous not in withdrawn:
        patch = patch_between(quads, new, id=manifest.id, previous=previous.id)
        files[PATCH] = write_patch(patch).encode()
        manifest = replace(manifest, patch=(len(patch.added), len(patch.removed)))
    _check_texts(project, guard, files, withdrawn)
    hashes = {name: (len(content), sha256(content)) for name, content in sorted(files.items())}
    least = _least(previous, compared)
    manifest = replace(manifest, files=hashes)
    return Plan(manifest, previous, compared, least, tuple(problems), tuple(withdrawn), files, tuple(earlier))


def _problems(asked: Asked, now: Now, previous: Manifest | None, compared: Compared | None) -> Iterator[Problem]:
    issued = asked.issued or now.issued
    if now.version != asked.version:
        yield Problem("stated-version", {"stated": now.version or "–", "version": asked.version})
    if not issued:
        yield Problem("date-missing")
    elif now.issued != issued:
        yield Problem("stated-date", {"stated": now.issued or "–", "issued": issued})
    if previous is None or compared is None:
        return
    if asked.version == previous.version:
        yield Problem("version-there", {"version": asked.version})
    elif Version.parse(asked.version) < Version.parse(previous.version):
        yield Problem("version-old", {"version": asked.version, "previous": previous.version})
    elif (least := _least(previous, compared)) is not None and Version.parse(asked.version) < least:
        parts = {"version": asked.version, "previous": previous.version, "least": str(least)}
        yield Problem("version-small", parts)
    if issued and issued < previous.issued:
        yield Problem("date-old", {"issued": issued, "previous": previous.version, "earlier": previous.issued})
    before, after = ({kind: pair[i] for kind, pair in compared.difference.counts.items()} for i in (0, 1))
    for drop in drops(before, after, asked.allowed, asked.limits):
        yield Problem(
            "drop", {"name": drop.kind, "before": drop.before, "after": drop.after, "limit": f"{drop.limit:g}"}
        )


def _least(previous: Manifest | None, compared: Compared | None) -> Version | None:
    if previous is None or compared is None:
        return None
    return Version.parse(previous.version).next(least_level(compared.reasons))


def _manifest(project: Project, asked: Asked, now: Now, dump: str, previous: Manifest | None) -> Manifest:
    issued, content = asked.issued or now.issued, sha256(dump.encode())
    before = previous.id if previous else ""
    return Manifest(
        version=asked.version,
        issued=issued,
        id=release_id(asked.version, issued, content, before),
        previous=before,
        content=content,
        quads=dump.count("\n"),
        counts=now.counts,
        names=now.names,
        withheld=list_digest(project),
    )


def _told(manifest: Manifest, previous: Manifest | None, now: Now, compared: Compared | None) -> Told:
    if previous is None or compared is None:
        return Told(manifest.version, manifest.issued, now.counts)
    return Told(
        manifest.version,
        manifest.issued,
        now.counts,
        (previous.version, previous.issued),
        compared.difference,
        least_level(compared.reasons),
        compared.entries,
    )


def _check_texts(project: Project, guard: Guard, files: Mapping[str, bytes], withdrawn: Sequence[Manifest]) -> None:
    """Look through all that is new once more, if something was withheld since the last release.

    Raises:
        ReleaseError: if it names anything withheld; what it names is not said.
    """
    if not withdrawn or guard.hasher is None:
        return
    texts = (line for name, content in files.items() if name != GRAPH for line in content.decode().split("\n"))
    if any(map(recogniser(project, guard), texts)):
        raise ReleaseError(
            "the new release would name what is withheld.", hint="Nothing was written. buendnis withhold --check"
        )


def _json(value: Mapping[str, str]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _write(folder: Path, plan: Plan) -> None:
    gone = {manifest.version: manifest.withdraw(plan.manifest.issued) for manifest in plan.withdrawn}
    releases = [gone.get(manifest.version, manifest) for manifest in plan.earlier] + [plan.manifest]
    new: dict[str, dict[str, bytes]] = {
        version: {MANIFEST: manifest.text().encode()} for version, manifest in gone.items()
    }
    new[plan.manifest.version] = {**plan.files, MANIFEST: plan.manifest.text().encode()}
    folders.replace(folder, new, {FEED: feed(releases).encode()})
