"""The releases on the site: a page that lists them, their files, and a feed with the site's own address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from buendnis_graph.errors import ReleaseError
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.releases import Manifest
from buendnis_graph.publish.releases.feed import FEED, feed
from buendnis_graph.publish.releases.manifest import MANIFEST, sha256
from buendnis_graph.publish.site.lists import fixed
from buendnis_graph.publish.site.page import Page
from buendnis_graph.settings import Project


def releases_page(releases: Sequence[Manifest]) -> Page:
    """Return the page that lists releases, the newest first.

    Args:
        releases: the oldest first.
    """
    return fixed("releases", "releases", {"releases": releases[::-1]})


def release_files(project: Project, releases: Sequence[Manifest], site_url: str) -> Iterator[tuple[str, str | bytes]]:
    """Yield path and content of what the releases consist of; of a withdrawn one only what it says of itself.

    Args:
        project: its folder of releases.
        releases: at least one, the oldest first.
        site_url: address of the site, ending in ``/``; empty if it is not known.
    """
    for release in releases:
        folder = f"releases/{release.version}/"
        for name in (MANIFEST, *sorted(release.files)):
            yield folder + name, _read(project.releases / release.version / name, release.files.get(name))
    yield FEED, feed(releases, site_url or BASE)


def _read(path: Path, listed: tuple[int, str] | None) -> bytes:
    """Return a file of a release as its manifest lists it.

    Raises:
        ReleaseError: if it is another one: a release was made, or changed, while the site was written.
    """
    content = path.read_bytes()
    if listed is not None and sha256(content) != listed[1]:
        raise ReleaseError("is not as its manifest says.", path=path, hint="Write the site again: buendnis site")
    return content
