"""The texts of the catalogue, licences and linked data sets: read from ``words.toml``."""

from __future__ import annotations

from typing import Any

from buendnis_graph.errors import UsageError
from buendnis_graph.wording import read_toml


def told() -> dict[str, Any]:
    """Return the whole file."""
    return read_toml(__file__, "words.toml")


def words(part: str, key: str) -> dict[str, str]:
    """Return a text by language."""
    both: dict[str, str] = told()[part][key]
    return both


def licence(iri: str, what: str) -> str:
    """Return the ``name`` of a licence, its identifier at ``spdx``, or its IRI in the list of ``dcatde``.

    Raises:
        UsageError: if the licence is not known.
    """
    known = told()["licences"].get(iri)
    if known is None:
        raise UsageError(
            f"<{iri}> is not among the licences that the catalogue knows.",
            hint="Add it to publish/catalogue/words.toml ([licences]).",
        )
    found: str = known[what]
    return found
