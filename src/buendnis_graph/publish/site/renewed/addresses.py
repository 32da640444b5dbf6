"""Which addresses a site has after a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish import hosts
from buendnis_graph.publish.documents import Document
from buendnis_graph.publish.releases import redirects
from buendnis_graph.publish.site.renewed.near_site import NearSite


@dataclass
class Addresses:
    """The addresses of a site, from those that it had and what has changed.

    Args:
        site: of the graph as it is.
        before: the files that there were, by path.
        known: where addresses led that had no document and whose form does not tell.
        changed: of which something else is said now.
        reached: IRIs of the documents that may be other ones now, those that are gone with them.
        documents: those of them that there are.
        gone: the files that the site no longer has.
        pages: paths of new pages that are no documents'.
    """

    site: NearSite
    before: Mapping[str, str]
    known: Mapping[str, str]
    changed: Set[str]
    reached: Sequence[str]
    documents: Sequence[Document]
    gone: Sequence[str]
    pages: Sequence[str]

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """Where addresses lead now that have no document and whose form does not tell."""
        known, there = dict(self.known), _There(self.site)
        for subject in self.changed:
            if not subject.startswith(BASE) or "#" in subject:
                continue
            path, home = subject.removeprefix(BASE), self.site.near.home(subject)
            known.pop(path, None)
            if home and home != subject and hosts.home(path, there) != home.removeprefix(BASE):
                known[path] = home.removeprefix(BASE)
        return dict(sorted(known.items()))

    @property
    def are_new(self) -> bool:
        """Whether there are other ones than before, but for those that were merged."""
        before = {iri for iri in self.reached if f"{iri.removeprefix(BASE)}.ttl" in self.before}
        return before != {document.iri for document in self.documents} or self.homes != self.known

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
            homes=self.homes,
            url=self.site.site_url or None,
        )


class _There:
    """The paths of all documents, as far as they are asked for."""

    def __init__(self, site: NearSite) -> None:
        self._site = site

    def __contains__(self, path: object) -> bool:
        return f"{BASE}{path}" in self._site.near.view
