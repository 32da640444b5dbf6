"""The steps of renewing a site, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import NotBuiltError
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish import hosts, search
from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.publish.documents.homes import ONTOLOGY
from buendnis_graph.publish.documents.near import Near
from buendnis_graph.publish.dumps.licences import CC0, Licences
from buendnis_graph.publish.site import asked
from buendnis_graph.publish.site.cards import cards, cards_of
from buendnis_graph.publish.site.collect import page_of
from buendnis_graph.publish.site.folder import Held, Written
from buendnis_graph.publish.site.layout import file_of
from buendnis_graph.publish.site.make import Site
from buendnis_graph.publish.site.paged import Parts
from buendnis_graph.publish.site.renewed.addresses import Addresses
from buendnis_graph.publish.site.renewed.change import Change, change_in
from buendnis_graph.publish.site.renewed.listings import RenewedLists
from buendnis_graph.publish.site.renewed.made import HOMES, Made
from buendnis_graph.publish.site.renewed.reach import Reach
from buendnis_graph.publish.site.renewed.shared import Shared
from buendnis_graph.publish.site.renewed.uses import uses_after
from buendnis_graph.renew.kept import NotLocalError
from buendnis_graph.store import CONSOLIDATED, SubjectLines, open_read_only
from buendnis_graph.store.bulk import shards_of
from buendnis_graph.store.shards import Differences
from buendnis_graph.wording import LANGUAGES

MANY = 5000
"""If a change reaches more documents, all are made: that reads the graph once and not piece by piece."""
_INDEX = f"assets/{search.FILE}"
_SORTED_BY = {"index": ("alliances",)}
"""Pages that lead to all things by whose names another one is sorted that leads to some of them."""


@dataclass
class Renewal:
    """What a site has to be written anew after a change.

    Args:
        site: of the graph as it is.
        held: its folder.
        licences: of the graph.
        made: what the site in the folder was made from.
    """

    site: Site
    held: Held
    licences: Licences
    made: Made

    @cached_property
    def _old(self) -> Path:
        """The folder of the build that the site was made from.

        Raises:
            NotLocalError: if it is gone, or one of both builds holds what does not stand in its dumps.
        """
        old, new = self.site.graph.project.build / self.made.build, self.site.graph.folder
        if not old.is_dir() or shards_of(old) or shards_of(new):
            raise NotLocalError
        return old

    @cached_property
    def _before(self) -> ox.Store:
        return open_read_only(self._old)

    @cached_property
    def _near_before(self) -> Near:
        return Near(self._before, lines=SubjectLines(self._old, CONSOLIDATED).of)

    @cached_property
    def _differences(self) -> Differences:
        return Differences(self._old, self.site.graph.folder)

    @cached_property
    def _change(self) -> Change:
        return change_in(self._differences)

    @cached_property
    def _shared(self) -> Shared:
        return Shared(self._change, self._before, self.site.graph.store, self._differs)

    def _differs(self, properties: Set[ox.NamedNode]) -> bool:
        """Return whether any named graph says something else now with one of some properties."""
        return any(quad.predicate in properties for quad in chain(*self._differences.said))

    @cached_property
    def reached(self) -> list[str]:
        """The IRIs of the documents that may be other ones now, new ones and those that are gone with them, sorted.

        Raises:
            NotLocalError: if that can't be told, or they are too many.
        """
        if self._shared.binds(CC0):
            raise NotLocalError
        before, after = Reach(self._near_before), Reach(self.site.near)
        said = {subject: self._change.of(subject) for subject in self._change.subjects}
        for triple in self.licences.renew(self._differences) ^ self.licences.bound:
            said.setdefault(triple.subject.value, []).append(triple)  # type: ignore[union-attr]
        for subject in sorted(said):
            for state in (before, after):
                state.touch(subject, said[subject])
        found = before.documents | after.documents
        if len(found) > MANY or ONTOLOGY in found:
            raise NotLocalError
        return sorted(found)

    @cached_property
    def documents(self) -> list[Document]:
        """Those of them that there are."""
        found = map(self.site.near.document, self.reached)
        return [document for document in found if document is not None]

    @cached_property
    def gone(self) -> list[str]:
        """The files of documents that the site no longer has."""
        there = {document.iri for document in self.documents}
        paths = [iri.removeprefix(BASE) for iri in self.reached if iri not in there]
        files = [name for path in paths for name in (*_pages(path), f"{path}.ttl", f"{path}.jsonld")]
        alliances = {d.iri for d in self.documents if d.kind is Kind.ALLIANCE and self._is_shown(d)}
        files += [card for iri in self.reached if iri not in alliances for card in cards_of(iri)]
        return [name for name in files if name in self.held.before]

    def _is_shown(self, document: Document) -> bool:
        return not self.site.view.text(document.iri, "dcterms:isReplacedBy")

    def files(self) -> Iterator[tuple[str, str | bytes]]:
        """Yield path and content of the files that may be other ones now.

        Raises:
            NotLocalError: if all has to be made.
        """
        for document in self.documents:
            yield from self.site.files_of(document)
        yield from self._listing_pages()
        yield from self._question_pages()
        yield from self._ontology()
        yield from self._cards()
        if self.reached:
            yield _INDEX, self._search_index()
        yield from self._rules.items()

    @cached_property
    def left(self) -> list[str]:
        """All files that the site no longer has: those of what is gone, and rules of hosts for folders without any."""
        rules = [name for name in self.held.before if name.endswith(".htaccess")] if self._rules else []
        return [*self.gone, *self._lists.gone, *(name for name in rules if name not in self._rules)]

    @cached_property
    def _rules(self) -> Mapping[str, str]:
        """What hosts and machines read; nothing if it is as it was."""
        merged, lists = self._shared.has(["dcterms:isReplacedBy"]), self._lists
        in_sitemap = bool(self.site.site_url and (lists.come or lists.gone))
        if merged or self.addresses.are_new or in_sitemap:
            return hosts.files(self.addresses.served(), (CC0, *self.licences.others))
        return {}

    @cached_property
    def addresses(self) -> Addresses:
        """Which addresses there are now."""
        site, before, changed = self.site, self.held.before, self._change.subjects
        gone, pages = [*self.gone, *self._lists.gone], self._lists.come
        old = self._near_before
        return Addresses(site, old, before, self._homes, changed, self.reached, self.documents, gone, pages)

    def _homes(self) -> Mapping[str, str]:
        """Return where addresses led that had no document and whose form does not tell.

        Raises:
            NotLocalError: if that is not known.
        """
        found = self.held.kept(HOMES)
        if not isinstance(found, dict) or any(not isinstance(home, str) for home in found.values()):
            raise NotLocalError
        return found

    @cached_property
    def _lists(self) -> RenewedLists:
        def changed(name: str) -> set[str]:
            return self._change.subjects | set(self.reached if self._shared.concerns(name) else ())

        def text(path: str) -> str:
            return self._text(file_of(path, LANGUAGES[0]))

        return RenewedLists(self.site, self._near_before, self.made.parts, changed, self._shows_otherwise, text)

    @property
    def parts(self) -> Mapping[str, Parts]:
        """By path of a list: the beginnings that it is cut into now."""
        return self._lists.parts

    def _listing_pages(self) -> Iterator[tuple[str, str]]:
        for path, make in self.site.fixed.items():
            if self._shows_otherwise(path):
                yield from self.site.printed(make())
        for page in self._lists.pages:
            yield from self.site.printed(page)
        drawn = [page for page in self.site.extra if page.path.startswith("overview/")]
        for page in drawn:
            if self._shared.concerns("overviews") or self._names_something(page.path):
                yield from self.site.printed(page)

    def _shows_otherwise(self, path: str) -> bool:
        return self._shared.concerns(path) or self._names_something(path)

    def _names_something(self, path: str) -> bool:
        """Return whether a page leads to something that has another name now, or is sorted by names of such things."""
        looked_at = (path, *_SORTED_BY.get(path, ()))
        return bool(self._shared.named) and any(self._is_named_on(one) for one in looked_at)

    def _is_named_on(self, path: str) -> bool:
        if self.made.parts.get(path):
            return self._lists.shows_otherwise(path)
        return self._shared.is_named_in(self._text(file_of(path, LANGUAGES[0])))

    def _question_pages(self) -> Iterator[tuple[str, str]]:
        for question in self.site.questions:
            before = self.made.answers.get(question.name)
            answer = None if before is None else self._shared.answer(question, before)
            if answer is None:
                self.site.step(question.titles["en"])
                answer = asked.answer_to(question, self.site.graph.store)
            self.site.answers[question.name] = answer
            if answer != before or self._shared.is_named_in(
                self._text(file_of(f"query/{question.name}", LANGUAGES[0]))
            ):
                yield from self.site.printed(asked.question_page(question, answer))

    @cached_property
    def uses(self) -> Mapping[str, str]:
        """By IRI of a property or class: the first subject that it is used of now."""
        return uses_after(self.made.uses, self._change, self.site.is_used, self.site.first_use)

    def _ontology(self) -> Iterator[tuple[str, str]]:
        """Yield the page of the ontology, if its examples, or what they are called, are others now."""
        examples = {self.uses[term] for term in self.uses}
        shown = self._text(file_of("ontology", LANGUAGES[0]))
        if self.uses != self.made.uses or self._change.subjects & examples or self._shared.is_named_in(shown):
            self.site.uses = self.uses
            yield from self.site.printed(page_of(self.site.view, self.site.document(ONTOLOGY), lambda: self.site.terms))

    def _cards(self) -> Iterator[tuple[str, bytes]]:
        things = {document.iri for document in self.documents if document.kind is Kind.ALLIANCE}
        rows = [row for row in self.site.alliances if row.thing in things] if self.site.site_url and things else []
        if rows:
            yield from cards(self.site.view, rows)

    def _search_index(self) -> str:
        graph, paths = self.site.graph, {iri.removeprefix(BASE) for iri in self.reached}
        facets = search.read(graph.store, graph.tables, self.reached)
        names = {document.iri: self._listed_names(document.iri) for document in self.documents}
        found = [one for one in map(search.found_in, self.documents) if one is not None]
        try:
            return search.renewed(self._text(_INDEX), facets, paths, found, names)
        except (ValueError, LookupError) as error:
            raise NotLocalError from error

    def _listed_names(self, body: str) -> Iterator[str]:
        for attestation in self.site.view.subjects("org:member", body):
            yield from (name.value for name in self.site.view.values(attestation, "bg:listedName"))

    def _text(self, path: str) -> str:
        """Return a text of the site that is there.

        Raises:
            NotLocalError: if it is not.
        """
        try:
            return (self.held.output / path).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise NotLocalError from error


def _pages(path: str) -> list[str]:
    return [file_of(path, language) for language in LANGUAGES]


def renewed(site: Site, held: Held, licences: Licences, before: Made, now: Made) -> Written | None:
    """Renew the site in a folder.

    Args:
        site: of the graph as it is.
        held: the folder.
        licences: of the graph.
        before: what the site that lies there was made from.
        now: what it is to be made from; without homes.

    Returns:
        What was written; None if all must be made.
    """
    if before.means != now.means or not held.before:
        return None
    renewal = Renewal(site, held, licences, before)
    try:
        made = replace(now, homes=renewal.addresses.homes, uses=renewal.uses, parts=renewal.parts)
        return held.renew(renewal.files(), renewal.left, lambda: replace(made, answers=site.answers).keep(held))
    except (NotLocalError, NotBuiltError, OSError, SyntaxError):  # the earlier build may be damaged, or go just now
        return None
