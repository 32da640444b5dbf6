"""Only what the files say now is published: an older build may hold what was withheld since, or follow older rules."""

from __future__ import annotations

from buendnis_graph.build import is_of_files
from buendnis_graph.errors import NotBuiltError
from buendnis_graph.graph import Graph
from buendnis_graph.inputs import Inputs
from buendnis_graph.settings import Project
from buendnis_graph.store.builds import current_build


def is_current(project: Project) -> bool:
    """Return whether the build in use is one of the files as they are."""
    folder = current_build(project)
    return folder is not None and is_of_files(folder, project)


def refuse_stale(graph: Graph, files: Inputs | None = None) -> None:
    """Refuse a build of other files than are there now.

    Args:
        graph: of the build.
        files: what is known of them, for who asks again and again.

    Raises:
        NotBuiltError: if it is one, or nothing was built.
    """
    if not is_of_files(graph.folder, graph.project, files):
        raise NotBuiltError(
            "the files, or this package, have changed since the last build. Nothing was written.",
            hint="Build anew: buendnis build",
        )
