"""Files for hosts without rules of their own: GitHub Pages, GitLab Pages, Netlify, Cloudflare Pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from buendnis_graph.publish.hosts.addresses import Site, patterns
from buendnis_graph.publish.hosts.links import LINKSET
from buendnis_graph.publish.hosts.parts import part, policy, typed
from buendnis_graph.publish.media import by_name, by_suffix

MAX_REDIRECTS, MAX_BYTES = 1000, 64_000
"""GitLab Pages takes no more rules, and no larger ``_redirects``."""


def static_files(site: Site) -> dict[str, str]:
    """Return ``.nojekyll`` (GitHub Pages takes all files as they are), ``_headers`` and ``_redirects``."""
    return {".nojekyll": "", "_headers": _headers(site), "_redirects": _redirects(site)}


def _headers(site: Site) -> str:
    """As Netlify and Cloudflare Pages read it.

    Both send all rules that fit, and two policies would both hold: so this one lets WebAssembly through everywhere,
    and each page narrows it by its own ``<meta>``.
    """
    lines = ["# Read by Netlify and Cloudflare Pages. Written by buendnis site.", f"{site.root}*"]
    lines += [f"  {name}: {value}" for name, value in part("headers").items()]
    lines.append(f"  Content-Security-Policy: {policy(wasm=True)}")
    lines.append(f'  Link: <{site.root}{LINKSET[0]}>; rel="linkset"; type="{LINKSET[1]}"')
    for suffix, media in by_suffix().items():
        if suffix != "html":
            lines += [f"{site.root}*.{suffix}", f"  Content-Type: {typed(media)}"]
    lines += [f"{site.root}.well-known/void", f"  Content-Type: {typed(by_name()['void'])}"]
    return "\n".join(lines) + "\n"


def _redirects(site: Site) -> str:
    """As GitLab Pages, Netlify and Cloudflare Pages read it; as many merged addresses as GitLab Pages takes."""
    text = "# Read by GitLab Pages, Netlify and Cloudflare Pages. Written by buendnis site.\n"
    for rule in islice((*_patterns(site.root), *_merged(site)), MAX_REDIRECTS):
        if len(text) + len(rule) >= MAX_BYTES:
            break
        text += f"{rule}\n"
    return text


def _merged(site: Site) -> Iterator[str]:
    for old, new in sorted(site.redirects.items()):
        for folder, suffix in (("", ""), ("", ".html"), ("en/", ".html"), ("", ".ttl"), ("", ".jsonld")):
            yield f"{site.root}{folder}{old}{suffix} {site.root}{folder}{new}{suffix} 301"


def _patterns(root: str) -> Iterator[str]:
    """Those whose variables are whole steps of a path, as these hosts know no others; by 302, as GitLab has no 303."""
    for pattern in patterns(listed=True):
        if "{stem}" in pattern.text:
            continue
        source = pattern.text.replace("{rest}", "*")
        for number in range(source.count("{slug}")):
            source = source.replace("{slug}", f":p{number + 1}", 1)
        yield f"{root}{source} {root}{pattern.homes_with(':p')[0]} 302"
