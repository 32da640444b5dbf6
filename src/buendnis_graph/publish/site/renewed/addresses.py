"""Which addresses a site has after a change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish import hosts
from buendnis_graph.publish.documents import Document
from buendnis_graph.publish.documents.near import Near
from buendnis_graph.publish.releases import redirects
from buendnis_graph.publish.site.make import Site


@dataclass
class Addresses:
    """The addresses of a site, from those that it had and what has changed.

    Args:
        site: of the graph as it is.
        old: the documents of the graph as it was.
        before: the files that there were, by path.
        known: gives where addresses led that had no document and whose form does not tell.
        changed: of which something else is said now.
        reached: IRIs of the documents that may be other ones now, those that are gone with them.
        documents: those of them that there are.
        gone: the files that the site no longer has.
        pages: paths of new pages that are no documents'.
    """

    site: Site
    old: Near
    before: Collection[str]
    known: Callable[[], Mapping[str, str]]
    changed: Set[str]
    reached: Sequence[str]
    documents: Sequence[Document]
    gone: Sequence[str]
    pages: Sequence[str]

    @cached_property
    def _moved(self) -> Mapping[str, str | None]:
        """Where addresses lead now that led elsewhere, as far as their form does not tell; None if it does."""
        paths = (subject.removeprefix(BASE) for subject in self.changed if subject.startswith(BASE))
        found = ((path, _told(path, self.old), _told(path, self.site.near)) for path in paths)
        return {path: now for path, was, now in found if was != now}

    @cached_property
    def homes(self) -> Mapping[str, str] | None:
        """Where addresses lead now that have no document and whose form does not tell; None if it is where they led."""
        if not self._moved:
            return None
        homes = {**self.known(), **self._moved}
        return {path: home for path, home in sorted(homes.items()) if home is not None}

    @cached_property
    def _come_or_gone(self) -> set[str]:
        """The paths of documents that are there now and were not, or were and are not."""
        before = {iri for iri in self.reached if f"{iri.removeprefix(BASE)}.ttl" in self.before}
        return {iri.removeprefix(BASE) for iri in before.symmetric_difference(one.iri for one in self.documents)}

    @property
    def are_new(self) -> bool:
        """Whether what hosts and machines read of addresses may be another now, but for what was merged.

        Raises:
            LayoutError: if a document has a path with other characters than ours have.
        """
        changed = self._come_or_gone
        hosts.Site("", frozenset(changed))  # refuses what can't be served
        if self._moved or not changed:
            return bool(self._moved)
        if self.site.site_url or not self._has_others_beside(changed):
            return True  # a list of all pages; the first or last document of a kind
        known = self.known().items()
        return any(home in changed or hosts.home(path, changed) is not None for path, home in known)

    def _has_others_beside(self, paths: Set[str]) -> bool:
        """Return whether there are other documents of all kinds that some are of, by the first steps of their paths."""
        left = {path.partition("/")[0] for path in paths}
        for name in self.before:
            if name.endswith(".ttl") and name.removesuffix(".ttl") not in paths:
                left.discard(name.removesuffix(".ttl").partition("/")[0])
            if not left:
                return True
        return False

    def served(self) -> hosts.Site:
        """Return what the rules for hosts need to know of the site."""
        gone, come = set(self.gone), {document.path for document in self.documents}
        files = [name for name in self.before if name not in gone and not name.startswith("releases/")]
        documents = come | {name.removesuffix(".ttl") for name in files if name.endswith(".ttl")}
        pages = {name.removesuffix(".html") for name in files if name.endswith(".html") and not name.startswith("en/")}
        return hosts.Site(
            version=self.site.view.text(f"{BASE}dataset", "dcat:version"),
            documents=frozenset(documents),
            pages=frozenset(pages.union(self.pages) - documents),
            redirects=redirects(self.site.graph.store),
            homes=self.known() if self.homes is None else self.homes,
            url=self.site.site_url or None,
        )


def _told(path: str, near: Near) -> str | None:
    """Return where an address leads that has no document; None if it has one, or its form tells."""
    iri = f"{BASE}{path}"
    home = None if "#" in path else near.home(iri)
    if home is None or home == iri or hosts.home(path, _There(near)) == home.removeprefix(BASE):
        return None
    return home.removeprefix(BASE)


class _There:
    """The paths of all documents, as far as they are asked for."""

    def __init__(self, near: Near) -> None:
        self._near = near

    def __contains__(self, path: object) -> bool:
        return f"{BASE}{path}" in self._near.view
