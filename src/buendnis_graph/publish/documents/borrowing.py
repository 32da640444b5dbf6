"""What a document borrows, so that it can be read alone."""

from __future__ import annotations

from collections.abc import Iterable

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents.model import Kind
from buendnis_graph.publish.documents.tables import Inverse, borrowing
from buendnis_graph.publish.documents.view import View

_NOTHING = Inverse((), ())
_SOURCES = BASE + "source/"


class Borrower:
    """Finds what documents borrow.

    Args:
        view: that is looked at.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._table = borrowing()
        self._said: dict[str, list[int]] = {}

    def forget(self) -> None:
        """Let go what was looked up so far."""
        self._said.clear()

    def borrowed(self, iri: str, kind: Kind, own: list[str]) -> set[int]:
        """Return the numbers of the borrowed triples of a document.

        Args:
            iri: of the document's thing.
            kind: of the document.
            own: the subjects that are at home in it.
        """
        view = self._view
        table = self._table.inverse.get(kind, _NOTHING)
        whole = dict.fromkeys(own)
        for predicate, of in table.whole:
            for number in view.pointing(predicate, iri):
                subject = view.subject(number)
                if of in view.classes(subject):
                    whole[subject] = None
        for subject in list(whole):
            for predicate in self._table.forward:
                whole.update(dict.fromkeys(sorted(view.mentions(view.numbers(subject, predicate)))))
        taken = {n for p in table.pointing for n in view.few_pointing(p, iri, self._table.at_most)}
        named = {view.subject(n) for n in taken}
        for subject in whole:
            taken.update(view.of(subject))
        self._name(taken, named | view.mentions(taken), whole)
        taken.difference_update(n for subject in own for n in view.of(subject))
        return taken

    def _name(self, taken: set[int], named: set[str], whole: Iterable[str]) -> None:
        """Add what is said of things that are only mentioned, and of what that mentions."""
        done = set(whole)
        while named := named - done:
            done |= named
            added = {number for thing in named for number in self._sayings(thing)}
            taken |= added
            named = self._view.mentions(added)

    def _sayings(self, thing: str) -> list[int]:
        if thing not in self._said:
            is_source = thing.startswith(_SOURCES) and "#" not in thing
            properties = self._table.mentioned_source if is_source else self._table.mentioned
            self._said[thing] = [n for p in properties for n in self._view.numbers(thing, p)]
        return self._said[thing]
