"""Where a statement stands: what whoever tells of findings asks of what the files say."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from buendnis_graph.evidence.reader import Located


class Whereabouts(ABC):
    """What the files say, by what it is about."""

    @abstractmethod
    def about(self, subject: object) -> Sequence[Located]:
        """Return what is said of a subject, in the order of the files."""

    @abstractmethod
    def within(self, graph: object) -> Sequence[Located]:
        """Return what a graph holds, in the order of its file."""

    @abstractmethod
    def of_class(self, kind: object) -> Sequence[Located]:
        """Return the statements that something is of a class."""

    def locate(
        self, subject: object, predicate: object = None, value: object = None, source: object = None
    ) -> Located | None:
        """Return where a finding about a subject stands: the closest of triple, property, first line of the subject.

        Args:
            subject: what it is about.
            predicate: the property it is about, if any.
            value: the value it is about, if any.
            source: the source that says it, if it is one's: its own lines come first.
        """
        items = self.about(subject)
        if source is not None:
            own = [item for item in items if source in (item.quad.graph_name, subject)]
            items = own or [item for item in self.within(source) if item.quad.object == subject] or items
        of_property = [item for item in items if predicate is None or item.quad.predicate == predicate]
        of_value = [item for item in of_property if item.quad.object == value]
        return next(iter(of_value or of_property or items), None)
