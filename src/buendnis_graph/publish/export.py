"""Export: dumps, catalogue and method report of the current build, in the place of the last export as one step."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from buendnis_graph.errors import UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.publish.catalogue import Release, read_about, write_catalogue
from buendnis_graph.publish.dumps import FORMATS, Manifest, read_manifest, write_dumps
from buendnis_graph.publish.dumps.replace import aside, put_in_place, refuse_others
from buendnis_graph.publish.fresh import refuse_stale
from buendnis_graph.publish.releases import read_releases
from buendnis_graph.publish.releases.version import Version
from buendnis_graph.settings import Project


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: the manifest of its dumps, and the paths of all files below the folder."""

    manifest: Manifest
    files: list[str]


def export(
    graph: Graph,
    output: Path,
    formats: Collection[str] = FORMATS,
    release: Release | None = None,
    step: Callable[[str], None] = lambda _text: None,
) -> Exported:
    """Write all that is to be had of a built graph into a folder.

    The same build and release give the same bytes. A run that is killed leaves the old files; those of the last export
    that the new one has not are removed, so that nothing stays that has been withheld since.

    Args:
        graph: of a project.
        output: the folder; made if it is not there.
        formats: of :data:`~buendnis_graph.publish.dumps.FORMATS`.
        release: what the catalogue can't know of itself (default: the commit of the checkout).
        step: told what is being done.

    Raises:
        UsageError: if there is no such format, the version before is no earlier release, or the folder holds something
            else or can't be written.
        NotBuiltError: if nothing was built, or files have changed since.
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise UsageError(f"there is no format '{unknown[0]}'.", hint=f"One of: {', '.join(FORMATS)}")
    refuse_stale(graph)
    refuse_others(output)
    release = release or Release.of(graph.project)
    with aside(output) as folder:
        former = read_manifest(output)
        about = read_about(graph.without_bulk, graph.project, release)
        _check_previous(graph.project, release.previous, about.version)
        manifest = write_dumps(graph, about.version, folder, formats, step, release.site)
        step("describing")
        write_catalogue(about, graph, manifest, folder)
        step("moving into place")
        files = put_in_place(folder, output, [dump.path for dump in former.dumps] if former else [])
    return Exported(manifest, files)


def _check_previous(project: Project, previous: str | None, version: str) -> None:
    if previous is None:
        return
    now = Version.parse(version.partition("-")[0])
    earlier = [one.version for one in read_releases(project.releases) if Version.parse(one.version) < now]
    if previous not in earlier:
        raise UsageError(
            f"'{previous}' is no release before {version}.",
            hint=f"--previous is one of: {', '.join(earlier)}." if earlier else "There is none yet: no --previous.",
        )
