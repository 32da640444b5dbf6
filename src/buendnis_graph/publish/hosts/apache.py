"""Rules for Apache 2.4 as ``.htaccess`` files: they need no change of the server's own configuration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from buendnis_graph.publish.hosts.addresses import Site, exceptions, families, home, patterns
from buendnis_graph.publish.hosts.links import data_header, dump_header, page_header
from buendnis_graph.publish.hosts.negotiation import tests_of
from buendnis_graph.publish.hosts.parts import PATH, VARY, languages, part, policy, typed, variants, wasm_files
from buendnis_graph.publish.media import by_name, by_suffix

_AT, _FILES = "%{ENV:BG_AT}", "%{ENV:BG_FILES}"


def htaccess(site: Site) -> dict[str, str]:
    """Return the files for Apache: path below the site's root to text."""
    lines = [
        "# Apache 2.4 with mod_rewrite, mod_headers, mod_setenvif and mod_mime; AllowOverride All. Written by",
        "# buendnis site, as docs/hosting.md tells; changes here are lost.",
        "Options -Indexes -MultiViews",
        "DirectoryIndex index.html",
        f"ErrorDocument 404 {site.root}404.html",
        *_types(),
        *_headers(),
        *weighing(),
        "RewriteEngine On",
        'RewriteRule "(?:^|/)[.](?!well-known/)" - [R=404,L]',
        *_place(),
        *choosing(),
        *_merged(site),
        *_start(),
        *_files(site),
        *_documents(site),
        *_auxiliary(site),
        f'RewriteCond "{_FILES}$1.html" -f',
        f'RewriteRule "^({PATH})$" "{_AT}$1.html" [R=302,L]',
        'RewriteRule "^en$" "%{ENV:BG_AT}en/" [R=302,L]',
        # A folder without a start page is nothing that can be read.
        "RewriteCond %{REQUEST_FILENAME} -d",
        "RewriteCond %{REQUEST_FILENAME}/index.html !-f",
        "RewriteRule ^ - [R=404,L]",
    ]
    return {".htaccess": "\n".join(lines) + "\n", **_folders(site)}


def weighing() -> Iterator[str]:
    """Return the lines that give each variant and language its weight: the last that matches counts."""
    for choices, header in ((variants(), "Accept"), (languages(), "Accept-Language")):
        for choice in choices:
            variable = f"BG_{choice.name.upper()}"
            yield f"SetEnvIf {header} ^ {variable}=0"
            for pattern, value in reversed(list(tests_of(choice))):
                yield f'SetEnvIfNoCase {header} "{pattern}" {variable}={value}'


def choosing() -> Iterator[str]:
    """Return the rules that put what a reader gets into ``BG_LANGUAGE`` and ``BG_SUFFIX``."""
    yield "RewriteRule ^ - [E=BG_SUFFIX:.html,E=BG_LANGUAGE:]"
    for choices, variable in ((variants(), "BG_SUFFIX"), (languages(), "BG_LANGUAGE")):
        if variable == "BG_LANGUAGE":
            yield "RewriteCond %{ENV:BG_SUFFIX} =.html"
        for i, choice in enumerate(choices[1:], 1):
            for other in choices[:i]:
                yield f'RewriteCond expr "%{{ENV:BG_{choice.name.upper()}}} > %{{ENV:BG_{other.name.upper()}}}"'
            yield f"RewriteRule ^ - [E={variable}:{choice.adds}]"


def _types() -> Iterator[str]:
    yield "RemoveEncoding .gz"
    for suffix, media in by_suffix().items():
        yield f"RemoveCharset .{suffix}"
        yield f'AddType "{typed(media)}" .{suffix}'
    for name, media in by_name().items():
        yield f'<Files "{name}">\n  ForceType "{typed(media)}"\n</Files>'


def _headers() -> Iterator[str]:
    yield "<IfModule mod_headers.c>"
    for name, value in part("headers").items():
        yield f'Header always set {name} "{value}"'
    yield f'Header always set Content-Security-Policy "{policy()}"'
    yield f'Header always set Content-Security-Policy "{policy(wasm=True)}" env=BG_WASM'
    for variable in ("BG_VARY", "REDIRECT_BG_VARY"):
        yield f'Header always set Vary "{VARY}" env={variable}'
    at = "%{BG_AT}e"
    for variable, value in (
        ("BG_PAGE", page_header(at, "%{BG_PAGE}e")),
        ("BG_DATASET", page_header(at, "dataset")),
        ("BG_DATA", data_header(at, "%{BG_DATA}e")),
        ("BG_DUMP", dump_header(at)),
    ):
        escaped = value.replace('"', '\\"')
        yield f'Header set Link "{escaped}" env={variable}'
    yield "</IfModule>"


def _place() -> Iterator[str]:
    """Where the site begins on its host (``BG_AT``) and on disk (``BG_FILES``): it works below any path."""
    yield 'RewriteCond "%{REQUEST_URI}::$1" "^(.*?/)(.*)::\\2$"'
    yield 'RewriteRule "^(.*)$" - [E=BG_AT:%1]'
    yield 'RewriteCond "%{CONTEXT_PREFIX}::%{ENV:BG_AT}" "^(.*?)/?::\\1/?(.*)$"'
    yield "RewriteRule ^ - [E=BG_FILES:%{CONTEXT_DOCUMENT_ROOT}/%2]"


def _merged(site: Site) -> Iterator[str]:
    for old, new in sorted(site.redirects.items()):
        yield f'RewriteRule "^(en/)?{re.escape(old)}([.](?:html|ttl|jsonld))?$" "{_AT}$1{new}$2" [R=301,L]'


def _start() -> Iterator[str]:
    yield "RewriteCond %{ENV:BG_SUFFIX} !=.html"
    yield f'RewriteRule ^$ "{_AT}dataset%{{ENV:BG_SUFFIX}}" [R=303,L,E=BG_VARY:1]'
    yield "RewriteCond %{ENV:BG_LANGUAGE} ."
    yield f'RewriteRule ^$ "{_AT}%{{ENV:BG_LANGUAGE}}" [R=302,L,E=BG_VARY:1]'
    yield "RewriteRule ^$ - [L,E=BG_VARY:1]"


def _files(site: Site) -> Iterator[str]:
    firsts = {path.split("/")[0] for path in site.documents} - {"dataset"}
    yield f'RewriteRule "^(?:{wasm_files()})$" - [E=BG_WASM:1]'
    if firsts:
        document = f"((?:{'|'.join(sorted(firsts))})(?:/{PATH})?)"
        yield f'RewriteRule "^(?:en/)?{document}[.]html$" - [E=BG_PAGE:$1]'
        yield f'RewriteRule "^{document}[.](?:ttl|jsonld)$" - [E=BG_DATA:$1]'
    yield 'RewriteRule "^(?:en/)?dataset[.]html$" - [E=BG_DATASET:1]'
    yield 'RewriteRule "^(dataset)[.](?:ttl|jsonld)$" - [E=BG_DATA:$1]'
    yield 'RewriteRule "^dumps/" - [E=BG_DUMP:1]'
    yield "RewriteCond %{REQUEST_FILENAME} -f"
    yield "RewriteRule ^ - [L]"


def _documents(site: Site) -> Iterator[str]:
    for information, status in ((True, 302), (False, 303)):
        if firsts := families(site.documents, information=information):
            target = "%{ENV:BG_LANGUAGE}$1%{ENV:BG_SUFFIX}"
            yield f'RewriteCond "{_FILES}{target}" -f'
            yield f'RewriteRule "^((?:{firsts})(?:/{PATH})?)$" "{_AT}{target}" [R={status},L,E=BG_VARY:1]'


def _auxiliary(site: Site) -> Iterator[str]:
    for path, target in exceptions(site).items():
        if home(path, site.documents):  # another one than the patterns name
            yield f'RewriteRule "^{re.escape(path)}$" "{_AT}{target}#{path}" [R=303,L,NE]'
    for pattern in patterns():
        for named in pattern.homes_with("$"):
            yield f'RewriteCond "{_FILES}{named}.html" -f'
            yield f'RewriteRule "{pattern.regex}" "{_AT}{named}#$0" [R=303,L,NE]'


def _folders(site: Site) -> dict[str, str]:
    """Return files for folders of addresses that only a list knows.

    Apache reads and compiles a list anew for each request below its folder: so there is one a site that was read
    (``coding/role/<site>/``), not one for all, which took 60 ms.
    """
    by_folder: dict[str, list[tuple[str, str]]] = {}
    for path, target in exceptions(site).items():
        if not home(path, site.documents):
            by_folder.setdefault(_folder(path), []).append((path, target))
    return {f"{folder}.htaccess": _list(rows) for folder, rows in sorted(by_folder.items())}


def _folder(path: str) -> str:
    """Return the folder of the list that an address is in: up to three parts deep."""
    pieces = path.split("/")[:-1][:3]
    return "".join(f"{piece}/" for piece in pieces)


def _list(rows: Iterable[tuple[str, str]]) -> str:
    lines = [f'RedirectMatch 303 "^(.*/){re.escape(path)}$" "$1{target}#{path}"' for path, target in rows]
    return "\n".join(lines) + "\n"
