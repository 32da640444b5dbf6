"""The files to hand in at w3id.org: they only redirect, by suffix and by Accept, to the site's own address."""

from __future__ import annotations

from importlib.resources import files
from string import Template

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.hosts.addresses import Site, families, patterns
from buendnis_graph.publish.hosts.apache import choosing, weighing
from buendnis_graph.publish.hosts.parts import PATH, VARY
from buendnis_graph.publish.media import by_suffix

RULES, README = "hosts/w3id/htaccess", "hosts/w3id/README.md"


def w3id(site: Site) -> dict[str, str]:
    """Return the files for w3id.org; none while the site's address is not known, as there is nowhere to lead to.

    What is asked for is looked up by the site, not here: the rules stay as they are from release to release.
    """
    if site.url is None:
        return {}
    lines = [
        f"# {BASE} to {site.url}: things by 303, documents by 302.",
        "Options +FollowSymLinks",
        "Header always set Access-Control-Allow-Origin *",
        f'Header always set Vary "{VARY}"',
        *weighing(),
        "RewriteEngine On",
        *choosing(),
        *_start(site.url),
        f'RewriteRule "^(.*[.](?:{"|".join(by_suffix())}))$" "{site.url}$1" [R=302,L]',
        *_auxiliary(),
        *_documents(site),
        f'RewriteRule "^(.*)$" "{site.url}$1" [R=302,L]',
    ]
    text = files(__package__ or "").joinpath("w3id.md").read_text(encoding="utf-8")
    return {RULES: "\n".join(lines) + "\n", README: Template(text).substitute(base=BASE, site=site.url)}


def _start(url: str) -> list[str]:
    return [
        "RewriteCond %{ENV:BG_SUFFIX} !=.html",
        f'RewriteRule ^$ "{url}dataset%{{ENV:BG_SUFFIX}}" [R=303,L]',
        f'RewriteRule ^$ "{url}%{{ENV:BG_LANGUAGE}}" [R=302,L]',
    ]


def _auxiliary() -> list[str]:
    """To the document that a node is on, which is then asked for here again; only where there is but one it can be."""
    return [
        f'RewriteRule "{pattern.regex}" "{BASE}{pattern.homes_with("$")[0]}#$0" [R=303,L,NE]'
        for pattern in patterns(listed=True)
        if len(pattern.homes) == 1
    ]


def _documents(site: Site) -> list[str]:
    target = f"{site.url}%{{ENV:BG_LANGUAGE}}$1%{{ENV:BG_SUFFIX}}"
    return [
        f'RewriteRule "^((?:{firsts})(?:/{PATH})?)$" "{target}" [R={status},L]'
        for information, status in ((True, 302), (False, 303))
        if (firsts := families(site.documents, information=information))
    ]
