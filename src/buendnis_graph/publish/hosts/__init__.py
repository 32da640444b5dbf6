"""What lets a site answer as linked data should, on Apache, nginx, GitHub and GitLab Pages and behind w3id.org."""

from __future__ import annotations

from collections.abc import Sequence

from buendnis_graph.publish.hosts.addresses import Site, exceptions, home, site_address
from buendnis_graph.publish.hosts.apache import htaccess
from buendnis_graph.publish.hosts.discovery import llms, robots, sitemap
from buendnis_graph.publish.hosts.links import LINKSET, Link, linkset, signposting
from buendnis_graph.publish.hosts.nginx import configuration
from buendnis_graph.publish.hosts.pages import static_files
from buendnis_graph.publish.hosts.parts import page_policy
from buendnis_graph.publish.hosts.w3id import w3id

__all__ = [
    "Link",
    "Site",
    "exceptions",
    "files",
    "home",
    "left_out",
    "page_policy",
    "signposting",
    "site_address",
]


def files(site: Site, licences: Sequence[str] = ()) -> dict[str, str]:
    """Return all files that hosts and machines read: path below the site's root to text, sorted.

    Args:
        site: what there is to serve.
        licences: IRIs of the licences of the data set.
    """
    found = {
        **htaccess(site),
        **configuration(site),
        **static_files(site),
        **w3id(site),
        **sitemap(site),
        LINKSET[0]: linkset(site, licences),
        "robots.txt": robots(site),
        "llms.txt": llms(site),
    }
    if site.void:
        found[".well-known/void"] = site.void
    return dict(sorted(found.items()))


def left_out(url: str | None) -> tuple[str, ...]:
    """Return what :func:`files` can't write without the site's address, to be told to who writes the site."""
    if not url:
        return ("the site's address is not set (--site-url): no sitemap.xml and no rules for w3id.org were written.",)
    return ()
