"""What the user says of a source: by flags, or in a small file beside the list."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from buendnis_graph.dates import checked_day
from buendnis_graph.errors import UsageError
from buendnis_graph.importing.dates import is_before, parse_date
from buendnis_graph.importing.known import Known
from buendnis_graph.importing.messages import say
from buendnis_graph.importing.model import Limits, Remark
from buendnis_graph.importing.names import slug_of
from buendnis_graph.importing.personal import personal_reason
from buendnis_graph.importing.roles import ROLES, role_of
from buendnis_graph.importing.take import refuse_name
from buendnis_graph.namespaces import BASE, slugify
from buendnis_graph.settings import Project

SOURCE_KINDS = (
    "alliance-statement",
    "alliance-website",
    "dataset",
    "encyclopedia",
    "government",
    "job-advertisement",
    "news-media",
    "newsletter",
    "own-website",
    "press-release",
    "third-party",
)
LANGUAGES = {
    **{"ar": "ARA", "cs": "CES", "de": "DEU", "dsb": "DSB", "en": "ENG", "es": "SPA", "fa": "FAS", "fr": "FRA"},
    **{"hsb": "HSB", "it": "ITA", "ku": "KUR", "nl": "NLD", "pl": "POL", "ro": "RON", "ru": "RUS", "tr": "TUR"},
    **{"uk": "UKR", "vi": "VIE"},
}
"""Languages a page may be in, by the code people know, with the code of the EU's list of languages."""
_KEYS = frozenset(
    {
        *("address", "seen", "issued", "kind", "publisher", "title", "language", "alliance", "new_alliance", "role"),
        *("site", "slug", "columns", "select", "sheet"),
    }
)
_SLUG_LENGTH = 80


@dataclass(frozen=True, slots=True)
class SourceData:
    """A source as it will be described.

    Args:
        address: of the page.
        site: folder of its site.
        slug: of the page.
        seen: day it was read.
        kind: slug of the kind of source.
        alliance: slug of the alliance whose members are listed.
        role: for all rows that name none.
        publisher: slug, or empty.
        issued: date of the page, or empty.
        title: or empty.
        language: a key of :data:`LANGUAGES`, or empty.
        sha256: of the page as read, or empty.
        new_alliance: name of an alliance to be entered in the registry, or empty.
    """

    address: str
    site: str
    slug: str
    seen: str
    kind: str
    alliance: str
    role: str = ""
    publisher: str = ""
    issued: str = ""
    title: str = ""
    language: str = ""
    sha256: str = ""
    new_alliance: str = ""

    @property
    def key(self) -> str:
        """``<site>/<slug>/<seen>``: the path of its file and the end of its IRI."""
        return f"{self.site}/{self.slug}/{self.seen}"

    @property
    def iri(self) -> str:
        """Its IRI, also that of its graph."""
        return f"{BASE}source/{self.key}"

    def path(self, project: Project) -> Path:
        """Return the path of its file."""
        return project.data / "sources" / f"{self.key}.trig"


def read_sidecar(path: Path) -> dict[str, Any]:
    """Return what the file beside a list says of it; nothing if there is none.

    Raises:
        UsageError: if it is no TOML, or holds an unknown key.
    """
    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"can't be read: {error}.", path=path) from error
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise UsageError(
            f"has an unknown key '{unknown[0]}'.", path=path, hint=f"Known are {', '.join(sorted(_KEYS))}."
        )
    plain: dict[str, Any] = {}
    for key, value in data.items():
        is_table = key == "columns"
        if isinstance(value, dict) != is_table or (is_table and not all(isinstance(v, str) for v in value.values())):
            raise UsageError(
                f"'{key}' has no fitting value.", path=path, hint='For example: columns = {name = "Verein"}'
            )
        plain[key] = value if is_table else value.isoformat() if isinstance(value, datetime.date) else str(value)
    return plain


def source_data(given: dict[str, Any], known: Known, *, title: str = "", sha256: str = "") -> SourceData:
    """Return a source's data, complete and checked.

    Args:
        given: what the user said, by key.
        known: the registry.
        title: of the page as read.
        sha256: of the page as read.

    Raises:
        UsageError: if something is missing or wrong.
    """
    address = str(given.get("address") or "")
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`/]+(?:/[^\s<>\"{}|\\^`]*)?", address):
        raise UsageError(
            "the address of the page is missing." if not address else f"'{address}' is no address of a page.",
            hint="For example: --address https://www.example.org/mitglieder/",
        )
    if personal_reason(unquote(address), website=True):
        raise UsageError(
            "the address of the page holds an e-mail address; it would be published.", hint="Give another."
        )
    seen = checked_day(str(given.get("seen") or ""), "--seen")
    issued = str(given.get("issued") or "")
    dated = parse_date(issued) if issued else ""
    if dated is None:
        raise UsageError(f"--issued: '{issued}' is no date.", hint="2023, 2023-03 or 2023-03-27.")
    if dated and is_before(seen, dated):
        raise UsageError(f"the page would be from {dated}, and was read on {seen}.", hint="Check --issued and --seen.")
    alliance, new_alliance = _alliance(given, known)
    publisher = _publisher(given, known, address, alliance)
    kind = str(given.get("kind") or ("alliance-website" if publisher and publisher == alliance else "third-party"))
    if kind not in SOURCE_KINDS:
        raise UsageError(f"--source-kind: there is no '{kind}'.", hint=f"Known are {', '.join(SOURCE_KINDS)}.")
    language = str(given.get("language") or "")
    if language and language not in LANGUAGES:
        raise UsageError(f"--language: '{language}' is not known.", hint=f"Known are {', '.join(LANGUAGES)}.")
    site, slug = site_and_slug(address)
    if kind == "alliance-statement":
        slug = f"erklaerung-{alliance}"[:_SLUG_LENGTH].rstrip("-")  # it is no reading of the page at that address
    site, slug = str(given.get("site") or site), str(given.get("slug") or slug)
    for what, value, pattern in (("site", site, r"[a-z0-9][a-z0-9.-]*"), ("slug", slug, r"[a-z0-9]+(?:-[a-z0-9]+)*")):
        if not re.fullmatch(pattern, value) or len(value) > 150:
            raise UsageError(
                f"--{what}: '{value}' can't be a name of a folder.", hint="Lower-case letters, digits, hyphens."
            )
    title = str(given.get("title") or title)
    data = SourceData(
        address, site, slug, seen, kind, alliance, _role(given), publisher, dated, title, language, sha256, new_alliance
    )
    return data


def _alliance(given: dict[str, Any], known: Known) -> tuple[str, str]:
    new = str(given.get("new_alliance") or "").strip()
    if new and given.get("alliance"):
        raise UsageError("both --alliance and --new-alliance are given.", hint="Give the one that is meant.")
    if new:
        slug = slugify(new)
        if not slug:
            raise UsageError(f"--new-alliance: no slug can be made of '{new}'.")
        if known.is_alliance(slug):
            return slug, ""
        if slug in known.types:
            raise UsageError(f"--new-alliance: '{slug}' is in data/registry/ already, but not as a bg:Alliance.")
        reason = refuse_name(new, Limits(), known.place_names)
        if reason:
            raise UsageError("--new-alliance: this is no name of an alliance.", hint=say(Remark(reason), "en") + ".")
        there = sorted({known.current(slug) for slug in known.names.get(new.casefold(), ()) if known.is_body(slug)})
        if there:
            raise UsageError(
                f"--new-alliance: '{new}' is the name of {', '.join(there)} already.",
                hint=f"Is it the same? --alliance {there[0]}",
            )
        return slug, new
    text = str(given.get("alliance") or "")
    if not text:
        raise UsageError(
            "whose members are these?", hint="--alliance SLUG, IRI or name; a new one: --new-alliance NAME"
        )
    return known.body(text, "--alliance", alliance=True), ""


def _publisher(given: dict[str, Any], known: Known, address: str, alliance: str) -> str:
    """Return who publishes a page: as the user says, or whose website it is on; of a statement, the alliance."""
    if given.get("publisher"):
        return known.body(str(given["publisher"]), "--publisher")
    return alliance if given.get("kind") == "alliance-statement" else known.owner(address)


def _role(given: dict[str, Any]) -> str:
    text = str(given.get("role") or "")
    if text and text not in ROLES:
        role = role_of(text)
        if not role.known:
            raise UsageError(f"--role: '{text}' is not known.", hint=f"Known are {', '.join(ROLES)}.")
        return role.slug
    return text


def site_and_slug(address: str) -> tuple[str, str]:
    """Return the names of the folders for a page: its host, and its path and query as a slug.

    >>> site_and_slug("https://www.Example.org/%C3%BCber-uns/?id=7")
    ('example.org', 'ueber-uns-id-7')
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise UsageError(f"'{address}' is no address of a page.") from error
    if "@" in parts.netloc:
        raise UsageError(
            "the address of the page holds a user or password; it would be published.", hint="Give it without."
        )
    return host.lower(), slug_of(unquote(f"{parts.path}?{parts.query}"), _SLUG_LENGTH) or "start"
