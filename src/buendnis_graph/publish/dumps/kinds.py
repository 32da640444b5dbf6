"""The kinds of dump: read from ``kinds.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from buendnis_graph.publish.media import media_type
from buendnis_graph.wording import read_toml


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of dump.

    Attributes:
        media_type: of its content, as IANA registers it; a packed file is sent as what it is packed with.
        file_type: code of the EU's authority list ``file-type``.
        standard: address of what the file conforms to.
        counts: what its content is counted in: ``quads``, ``triples``, ``rows``, ``tables`` or ``edges``.
        titles: by language, with ``{name}`` for the name of a table.
    """

    media_type: str
    file_type: str
    standard: str
    counts: str
    titles: dict[str, str]


@cache
def kinds() -> dict[str, Kind]:
    """Return all kinds by name."""
    told = read_toml(__file__, "kinds.toml")
    return {
        name: Kind(
            media_type(one["name"]), one["file"], one["standard"], one["counts"], {"de": one["de"], "en": one["en"]}
        )
        for name, one in told.items()
    }
