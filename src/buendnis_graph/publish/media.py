"""Media types of all that is published, read from ``media.toml``."""

from __future__ import annotations

from buendnis_graph.wording import read_toml


def by_suffix() -> dict[str, str]:
    """Return the media types by suffix, without the dot."""
    found: dict[str, str] = read_toml(__file__, "media.toml")["types"]
    return found


def by_name() -> dict[str, str]:
    """Return the media types of the files whose suffix does not tell it, by their name."""
    found: dict[str, str] = read_toml(__file__, "media.toml")["names"]
    return found


def media_type(path: str) -> str:
    """Return the media type that a file is sent with: a packed one is what it is packed with.

    Raises:
        KeyError: if it is no file that is published.
    """
    name = path.rpartition("/")[2]
    return by_name().get(name) or by_suffix()[name.rpartition(".")[2]]


def media_type_of_any(path: str) -> str:
    """Return the media type of a file that may be another's: bytes, if it is none of those that are published."""
    try:
        return media_type(path)
    except KeyError:
        return "application/octet-stream"
