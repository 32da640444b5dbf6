"""A document: what is published under the address of one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge

import pyoxigraph as ox


class Kind(StrEnum):
    """What a document is about; names the frame, the JSON Schema and the template of it."""

    ALLIANCE = "alliance"
    ORGANISATION = "organisation"
    PROGRAMME = "programme"
    PLACE = "place"
    TOPIC = "topic"
    CODE = "code"
    """A concept of a code list other than the topics (role, state, legal form …), or such a list."""
    MEMBERSHIP = "membership"
    SOURCE = "source"
    """A page as read on a day."""
    PAGE = "page"
    """A page, whenever read: its sources are its versions."""
    REGISTER_ENTRY = "register-entry"
    GRAPH = "graph"
    ONTOLOGY = "ontology"
    DATASET = "dataset"


@dataclass(frozen=True, slots=True)
class Document:
    """What is published under the address of one thing.

    Attributes:
        iri: of the thing: the base and the path.
        path: ``id/x``: no suffix, no leading slash.
        kind: what the thing is.
        title: its name by language, ``de`` and ``en``.
        own: the triples whose home this document is, sorted as N-Triples.
        borrowed: triples at home elsewhere, without which this one could not be read alone; sorted likewise.
    """

    iri: str
    path: str
    kind: Kind
    title: Mapping[str, str]
    own: tuple[ox.Triple, ...]
    borrowed: tuple[ox.Triple, ...]

    @property
    def triples(self) -> tuple[ox.Triple, ...]:
        """All that the document's data files hold, sorted as N-Triples."""
        return tuple(merge(self.own, self.borrowed, key=str))
