"""What only the publisher can decide and has not decided yet; nothing of it is made up."""

from __future__ import annotations

from dataclasses import dataclass

from buendnis_graph.publish.catalogue.about import About, Release, read_about
from buendnis_graph.publish.catalogue.words import words
from buendnis_graph.settings import Project
from buendnis_graph.store import open_read_only
from buendnis_graph.store.builds import current_build


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that is not set: its key, and what it is and where to set it, by language."""

    key: str
    texts: dict[str, str]


def open_points(project: Project) -> list[OpenPoint]:
    """Return what is open before a release of the current build: publisher, contact, contributorID, DOI, w3id.

    Raises:
        NotBuiltError: if nothing was built.
    """
    store = open_read_only(current_build(project) or project.build)
    return points_of(read_about(store, project, Release()))


def points_of(about: About) -> list[OpenPoint]:
    """Return what a description of the data set leaves open."""
    is_set = {
        "publisher": about.has_publisher,
        "contact": about.contact is not None,
        "contributorID": about.contributor_id is not None,
        "doi": about.doi is not None,
        "w3id": about.registration is not None,
    }
    return [OpenPoint(key, words("open", key)) for key, given in is_set.items() if not given]
