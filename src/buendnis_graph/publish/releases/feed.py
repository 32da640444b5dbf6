"""The feed of releases: Atom 1.0 (RFC 4287), the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.releases.manifest import GRAPH, Manifest
from buendnis_graph.publish.releases.notes import count_name
from buendnis_graph.publish.releases.patch import PATCH
from buendnis_graph.publish.releases.words import say
from buendnis_graph.wording import LANGUAGES

FEED = "feed.atom"


def feed(releases: Sequence[Manifest], site: str = BASE) -> str:
    """Return the feed as XML. Ids are those of the data and stay, wherever the site is.

    Args:
        releases: all releases, the oldest first; at least one.
        site: address below which the release folders lie, with a slash at its end.
    """
    newest = max(release.withdrawn or release.issued for release in releases)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">',
        f"  <id>{BASE}releases</id>",
        f"  <title>{escape(say('feed', 'title', 'de'))}</title>",
        f'  <subtitle xml:lang="en">{escape(say("feed", "title", "en"))}</subtitle>',
        f"  <updated>{newest}T00:00:00Z</updated>",
        "  <author><name>Bündnis-Graph</name></author>",
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(site + FEED)}/>',
        f'  <link rel="alternate" type="text/html" href={quoteattr(site)}/>',
    ]
    for release in reversed(releases):
        lines += _entry(release, site)
    return "\n".join([*lines, "</feed>", ""])


def _entry(release: Manifest, site: str) -> Iterator[str]:
    title = say("notes", "title", "de", version=release.version)
    if release.withdrawn:
        title = say("feed", "withdrawn", "de", title=title)
    folder = f"{site}releases/{release.version}/"
    yield "  <entry>"
    yield f"    <id>{BASE}releases/{release.version}</id>"
    yield f"    <title>{escape(title)}</title>"
    yield f"    <updated>{release.withdrawn or release.issued}T00:00:00Z</updated>"
    yield f"    <published>{release.issued}T00:00:00Z</published>"
    for language in LANGUAGES if not release.withdrawn else ():
        address = quoteattr(f"{folder}notes.{language}.md")
        yield f'    <link rel="alternate" type="text/markdown" hreflang="{language}" href={address}/>'
    for name, (size, _digest) in sorted(release.files.items()):
        if name in (GRAPH, PATCH):
            yield f'    <link rel="enclosure" length="{size}" href={quoteattr(folder + name)}/>'
    yield f'    <content type="text">{escape(_content(release))}</content>'
    yield "  </entry>"


def _content(release: Manifest) -> str:
    """Return how much there is, in both languages; of a withdrawn release nothing but its name."""
    if release.withdrawn:
        return say("feed", "withdrawn", "en", title=say("notes", "title", "en", version=release.version))
    kinds = ("alliances", "organisations", "memberships", "sources")
    return " / ".join(
        ", ".join(f"{release.counts[kind]} {count_name(kind, language)}" for kind in kinds) for language in LANGUAGES
    )
