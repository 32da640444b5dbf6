"""Data sets that bodies can be linked to: what their ids look like, and where they can be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from buendnis_graph.errors import UsageError
from buendnis_graph.linking.authorities import AUTHORITIES
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.wording import read_toml


@dataclass(frozen=True, slots=True)
class Target:
    """A data set.

    Args:
        key: its short name, as the command line has it.
        name: for people.
        iri: what an id is put behind to make an IRI.
        id: a regular expression of its ids.
        service: address of its reconciliation service; empty if none is known.
        endpoint: address of its SPARQL endpoint; empty if none is known.
        properties: what a service calls what is compared, by :func:`.body.made`'s names.
    """

    key: str
    name: str
    iri: str
    id: str
    service: str = ""
    endpoint: str = ""
    properties: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def id_of(self, text: str) -> str:
        """Return the id that a text is, with or without the IRI before it (http or https); empty if it is none."""
        place = self.iri.partition(":")[2]
        bare = text.removeprefix(f"http:{place}").removeprefix(f"https:{place}")
        return bare if re.fullmatch(self.id, bare) else ""


def targets() -> list[str]:
    """Return the short names of the data sets that are known."""
    return sorted(read_toml(__file__, "targets.toml"))


def target(key: str) -> Target:
    """Return a data set by its short name.

    Raises:
        UsageError: if there is none.
    """
    known = read_toml(__file__, "targets.toml")
    if key not in known:
        raise UsageError(f"there is no data set '{key}' to link to.", hint=f"Known are {', '.join(targets())}.")
    return Target(key, iri=AUTHORITIES.get(key, PREFIXES["id"]), **known[key])
