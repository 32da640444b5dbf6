"""Rules for nginx: one file for the context ``http`` and one for ``server``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from buendnis_graph.publish.hosts.addresses import Site, exceptions, families, patterns
from buendnis_graph.publish.hosts.links import data_header, dump_header, page_header
from buendnis_graph.publish.hosts.negotiation import compared, tests_of
from buendnis_graph.publish.hosts.parts import PATH, VARY, Choice, languages, part, policy, variants, wasm_files
from buendnis_graph.publish.media import by_name, by_suffix

HTTP, SERVER = "hosts/nginx/http.conf", "hosts/nginx/server.conf"


def configuration(site: Site) -> dict[str, str]:
    """Return the files for nginx: path below the site's root to text."""
    maps = [
        "# Include in the context http; written by buendnis site, as docs/hosting.md tells.",
        "map_hash_bucket_size 512;",
        "map_hash_max_size 65536;",
        *_weighing(),
        *_choosing(),
        *_addresses(site),
        *_headers(site),
    ]
    return {HTTP: "\n".join(maps) + "\n", SERVER: _server(site)}


def _map(source: str, variable: str, rows: Sequence[tuple[str, str]], default: str = "") -> str:
    lines = [f'  "{key}" {_quoted(value)};' for key, value in [("default", default), *rows]]
    return "\n".join([f'map "{source}" ${variable} {{', *lines, "}"]).replace('"default"', "default")


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _weighing() -> Iterator[str]:
    for choices, header in ((variants(), "$http_accept"), (languages(), "$http_accept_language")):
        for choice in choices:
            rows = [(f"~*{pattern}", value) for pattern, value in tests_of(choice)]
            yield _map(header, f"bg_{choice.name}", rows, "0")


def _choosing() -> Iterator[str]:
    yield from _best(variants(), "bg_suffix")
    yield from _best(languages(), "bg_preferred")
    yield _map("$bg_suffix:$bg_preferred", "bg_language", [(r"~^[.]html:(?<bg_folder>.*)$", "$bg_folder")])


def _best(choices: Sequence[Choice], variable: str) -> Iterator[str]:
    """The last that is above all before it wins; see :func:`negotiation.choose`."""
    rows = []
    for i, choice in reversed(list(enumerate(choices))[1:]):
        above = [f"bg_{choice.name}_above_{other.name}" for other in choices[:i]]
        for other, name in zip(choices[:i], above, strict=True):
            yield _map(f"$bg_{choice.name}:$bg_{other.name}", name, [(f"~{compared()}", "1")], "0")
        rows.append((choice, above))
    every = [name for _, above in rows for name in above]
    keys = [("~^" + "".join("1" if name in above else "." for name in every), choice.adds) for choice, above in rows]
    yield _map("".join(f"${name}" for name in every), variable, keys, choices[0].adds)


def _addresses(site: Site) -> Iterator[str]:
    yield _map("$uri", "bg_path", [(f"~^{re.escape(site.root)}(?<bg_p>{PATH})$", "$bg_p")])
    kinds = [
        (f"~^(?:{firsts})(?:/{PATH})?$", name)
        for information, name in ((True, "information"), (False, "thing"))
        if (firsts := families(site.documents, information=information))
    ]
    yield _map("$bg_path", "bg_kind", kinds)
    merged = [
        (f"~^(?<bg_m{i}>en/)?{re.escape(old)}(?<bg_s{i}>[.](?:html|ttl|jsonld))?$", f"${{bg_m{i}}}{new}$bg_s{i}")
        for i, (old, new) in enumerate(sorted(site.redirects.items()))
    ]
    yield _map("$bg_path", "bg_merged", merged)
    several = max(len(pattern.homes) for pattern in patterns())
    for i in range(several):
        rows = [(f"~{p.regex}", p.homes_with("$")[i]) for p in patterns() if len(p.homes) > i]
        yield _map("$bg_path", f"bg_home{i + 1}", rows)
    yield _map("$bg_path", "bg_home", _exact(site))


def _exact(site: Site) -> list[tuple[str, str]]:
    """Return the listed addresses. nginx takes keys without regard to case: one of two that differ only in it stays."""
    rows = {path.lower(): (path, target) for path, target in reversed(list(exceptions(site).items()))}
    return sorted(rows.values())


def _headers(site: Site) -> Iterator[str]:
    firsts = sorted({path.split("/")[0] for path in site.documents} - {"dataset"})
    rows = [("~^:(?:en/)?dataset[.]html$", page_header(site.root, "dataset"))]
    rows.append(("~^:dataset[.](?:ttl|jsonld)$", data_header(site.root, "dataset")))
    rows.append(("~^:dumps/", dump_header(site.root)))
    if firsts:
        document = f"(?:{'|'.join(firsts)})(?:/{PATH})?"
        rows.append((f"~^:(?:en/)?(?<bg_page>{document})[.]html$", page_header(site.root, "$bg_page")))
        rows.append((f"~^:(?<bg_data>{document})[.](?:ttl|jsonld)$", data_header(site.root, "$bg_data")))
    yield _map("$bg_merged:$bg_path", "bg_link", rows)
    yield _map("$bg_path", "bg_policy", [(f"~^(?:{wasm_files()})$", policy(wasm=True))], policy())


def _server(site: Site) -> str:
    root, types = site.root, by_suffix()
    by_type: dict[str, list[str]] = {}
    for suffix, media in types.items():
        by_type.setdefault(media, []).append(suffix)
    lines = [
        "# Include in the context server, beside listen, server_name and root. Written by buendnis site.",
        "types {",
        *(f"  {media} {' '.join(suffixes)};" for media, suffixes in by_type.items()),
        "}",
        "default_type application/octet-stream;",
        "charset utf-8;",
        f"charset_types {' '.join(media for media in part('charset')['utf8'] if media != 'text/html')};",
        "absolute_redirect off;",
        "server_tokens off;",
        "index index.html;",
        f"error_page 404 {root}404.html;",
        *(f"add_header {name} {_quoted(value)} always;" for name, value in part("headers").items()),
        "add_header Content-Security-Policy $bg_policy always;",
        "add_header Link $bg_link;",
        "add_header Vary $bg_vary always;",
        'set $bg_vary "";',
        "if ($bg_merged) {",
        f"  return 301 {root}$bg_merged;",
        "}",
        *_locations(root),
        "location @bg {",
        *_found("information", 302, root),
        *_found("thing", 303, root),
        *_home(root),
        "  if (-f $document_root$uri.html) {",
        f"    return 302 {root}$bg_path.html;",
        "  }",
        f'  if ($bg_path = "en") {{\n    return 302 {root}en/;\n  }}',
        "  return 404;",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _locations(root: str) -> Iterator[str]:
    for name, media in by_name().items():
        yield f"location ~ ^{root}(?:.*/)?{re.escape(name)}$ {{\n  types {{ }}\n  default_type {media};\n}}"
    yield "location ~ /[.](?!well-known/) {\n  return 404;\n}"
    yield f"location ~ ^{root}.*/$ {{\n  try_files ${{uri}}index.html =404;\n}}"
    start = [
        "  set $bg_vary " + _quoted(VARY) + ";",
        f'  if ($bg_suffix != ".html") {{\n    return 303 {root}dataset$bg_suffix;\n  }}',
        f"  if ($bg_language) {{\n    return 302 {root}$bg_language;\n  }}",
        f"  try_files {root}index.html =404;",
    ]
    yield "\n".join([f"location = {root} {{", *start, "}"])
    yield f"location {root} {{\n  try_files $uri @bg;\n}}"


def _found(kind: str, status: int, root: str) -> Iterator[str]:
    """A document in the form a reader wants: only the files of the right kind are looked for."""
    target = f"{root}$bg_language$bg_path$bg_suffix"
    yield '  set $bg_found "";'
    yield f"  if (-f $document_root{target}) {{\n    set $bg_found $bg_kind;\n  }}"
    yield f'  if ($bg_found = "{kind}") {{\n    set $bg_vary {_quoted(VARY)};\n    return {status} {target};\n  }}'


def _home(root: str) -> Iterator[str]:
    several = max(len(pattern.homes) for pattern in patterns())
    for variable in ["bg_home", *(f"bg_home{i + 1}" for i in range(several))]:
        yield '  set $bg_found "";'
        yield f"  if (-f $document_root{root}${variable}.html) {{\n    set $bg_found ${variable};\n  }}"
        yield f"  if ($bg_found) {{\n    return 303 {root}$bg_found#$bg_path;\n  }}"
