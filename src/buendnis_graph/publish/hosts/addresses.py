"""Which addresses there are, and where those lead that are no file."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from buendnis_graph.errors import LayoutError, UsageError
from buendnis_graph.publish.hosts.parts import PATH, SAFE, part

_URL = rf"https?://[A-Za-z0-9.:-]+/(?:{SAFE}/)*"
_STEM = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"


def site_address(url: str) -> str:
    """Return the address of a site with a slash at its end.

    Raises:
        UsageError: if it is none, or has more than a host and a path of ours: it is written into rules of servers.
    """
    address = url.rstrip("/") + "/"
    if not re.fullmatch(_URL, address):
        raise UsageError(
            f"'{url}' is no address of a site.", hint="Write it whole: --site-url https://example.org/graph/"
        )
    return address


@dataclass(frozen=True, slots=True)
class Site:
    """What the rules need to know of a site.

    Attributes:
        version: of the data.
        documents: paths without suffix of all that has ``.html``, ``en/….html``, ``.ttl`` and ``.jsonld``: ``id/x``.
        pages: paths without suffix of the other pages, which are German there and English below ``en/``: ``search``.
        dumps: paths of the dumps.
        redirects: where merged addresses lead: old path to new.
        homes: of addresses that have no document of their own: ``coding/role/…`` to ``id/x`` or ``id/x#anchor``.
            What is no path of ours, such as a term of another vocabulary, is passed over.
        url: the site's own address; None if it is not known yet.
        void: the description of the data set in VoID, as Turtle; empty if there is none.
    """

    version: str
    documents: frozenset[str]
    pages: frozenset[str] = frozenset()
    dumps: tuple[str, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    void: str = ""

    def __post_init__(self) -> None:
        """Refuse what would say something else in the rules of a server.

        Raises:
            UsageError: if the site's address is none.
            LayoutError: if a path has other characters than ours have.
        """
        if self.url is not None:
            object.__setattr__(self, "url", site_address(self.url))
        targets = (target.partition("#")[0] for target in (*self.redirects.values(), *self.homes.values()))
        for path in (*self.documents, *self.redirects, *targets):
            if not re.fullmatch(PATH, path):
                raise LayoutError(f"the address '{path}' can't be served.", hint="Use letters, digits and - . _ only.")

    @property
    def root(self) -> str:
        """Where the site begins on its host: ``/``, ``/graph/``."""
        if self.url is None:
            return "/"
        return "/" + "".join(f"{piece}/" for piece in self.url.split("/")[3:] if piece)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Addresses without a document of their own that tell by themselves where they are described.

    Attributes:
        regex: of the path; only groups of slugs.
        homes: paths of documents to try, with ``{1}`` for the first group.
        text: as it is written in ``hosts.toml``.
        start: what all of the addresses begin with.
    """

    regex: str
    homes: tuple[str, ...]
    text: str
    start: str

    def homes_with(self, mark: str) -> tuple[str, ...]:
        """Return the homes as a host writes them: ``$1`` or ``:p1`` for the first group, after a mark."""
        return tuple(home.replace("{", mark).replace("}", "") for home in self.homes)


@cache
def patterns(*, listed: bool = False) -> tuple[Pattern, ...]:
    """Return the patterns of auxiliary addresses, to be tried in turn.

    Args:
        listed: whether to return also those that tell less than the list which a server has: for hosts without one.
    """
    pieces = {"{slug}": f"({SAFE})", "{stem}": f"({_STEM})", "{rest}": f"{SAFE}(?:/{SAFE})*"}
    found = []
    for row in part("auxiliary"):
        if row.get("listed", False) and not listed:
            continue
        regex = row["pattern"]
        for name, piece in pieces.items():
            regex = regex.replace(name, piece)
        found.append(Pattern(f"^{regex}$", tuple(row["homes"]), row["pattern"], row["pattern"].partition("{")[0]))
    return tuple(found)


def home(path: str, documents: Container[str]) -> str | None:
    """Return the document that the patterns name for an address; None if they name none, or it does not exist."""
    for pattern in patterns():
        if path.startswith(pattern.start) and (found := re.match(pattern.regex, path)):
            for template in pattern.homes:
                if (named := template.format(None, *found.groups())) in documents:
                    return named
    return None


def exceptions(site: Site) -> dict[str, str]:
    """Return the addresses whose home the patterns do not tell, sorted; without anchor, as that is the address."""
    wanted = {path: target.partition("#")[0] for path, target in site.homes.items()}
    return {
        path: target
        for path, target in sorted(wanted.items())
        if re.fullmatch(PATH, path) and path not in site.documents and target in site.documents
        if home(path, site.documents) != target
    }


def families(documents: Iterable[str], *, information: bool) -> str:
    """Return a regular expression of the first parts of addresses, of information resources or of things."""
    given = set(part("addresses")["information"])
    firsts = {path.split("/")[0] for path in documents}
    return "|".join(sorted(firsts & given if information else firsts - given))
