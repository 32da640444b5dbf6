"""Documents of things, and all other files of the site, as they are sent."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox

from buendnis_graph.errors import MissingExtraError
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.hosts.links import data_header, dump_header, page_header
from buendnis_graph.publish.hosts.parts import policy, typed, wasm_files
from buendnis_graph.publish.media import media_type_of_any
from buendnis_graph.serve.builds import Serving
from buendnis_graph.serve.entries import printed_entry
from buendnis_graph.serve.etag import tag
from buendnis_graph.serve.formats import BY_NAME
from buendnis_graph.serve.http import Response, Scope, Send, has_it, header, moved, respond, respond_file
from buendnis_graph.serve.linked import ANY_PATH, HTML, SUFFIX_OF, SUFFIXES, Data, EntryPage, File, Finder, Redirect
from buendnis_graph.serve.refusal import RefusalError
from buendnis_graph.serve.request import Asked
from buendnis_graph.serve.settings import Settings
from buendnis_graph.serve.sparql import Sparql

_PAGE, _DATA = re.compile(rf"(?:en/)?({ANY_PATH})[.]html"), re.compile(rf"({ANY_PATH})[.](?:ttl|jsonld|nt|rdf|trig|nq)")
_PAGE_NUMBER = re.compile(rb"(?:^|&)page=([1-9][0-9]{0,5})(?:&|$)")
_SHORTEST = 40
"""Bytes of Turtle that a triple takes; less on average would be odd."""
_WASM = re.compile(wasm_files())
_ENTRY = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ <{0}> dcterms:source? ?s . ?s ?p ?o }}"
"""An entry, and the source that it is from."""
_ABOUT_ITSELF = (
    "CONSTRUCT {{ <{0}> ?p ?o . ?o skos:prefLabel ?n }} WHERE {{ <{0}> ?p ?o OPTIONAL {{ ?o skos:prefLabel ?n }} }}"
)


class Documents:
    """Answers at all addresses but those of the service itself.

    Args:
        settings: of the server.
        sparql: what evaluates queries.
        address: of the service.
    """

    def __init__(self, settings: Settings, sparql: Sparql, address: str) -> None:
        self._site = Path(settings.site).resolve() if settings.site else None
        self._direct = bool(settings.direct)
        self._root = urlsplit(settings.url).path.rstrip("/") + "/"
        self._sparql = sparql
        self._address, self._triples = address, settings.page

    async def answer(self, scope: Scope, send: Send, serving: Serving) -> int:
        """Answer a GET or HEAD; return the status.

        Raises:
            RefusalError: 404 or 406.
        """
        finder = Finder(self._site, serving.facts)
        accept, language = header(scope, b"accept"), header(scope, b"accept-language")
        found = finder.find(scope["path"].removeprefix("/"), accept, language)
        where: dict[str, str] = {}
        if self._direct and isinstance(found, Redirect) and found.vary and found.path:
            where = {"Vary": found.vary, "Content-Location": self._root + found.path}
            found = finder.find(found.path, accept, language)
        if isinstance(found, Redirect):
            response = moved(found.status, self._root + found.path, {"Vary": found.vary} if found.vary else {})
            await respond(scope, send, response)
            return response.status
        if isinstance(found, File) and (large := self._large(found)):
            found = large
        if isinstance(found, File):
            return await self._file(scope, send, found, where)
        if isinstance(found, Data):
            return await self._data(scope, send, serving, found, where)
        if isinstance(found, EntryPage):
            return await self._entry_page(scope, send, serving, found, where)
        if self._site is not None and (self._site / "404.html").is_file():
            return await self._file(scope, send, File("404.html"), {}, 404)
        raise RefusalError(404, "there is nothing at this address.")

    async def page(self, scope: Scope, send: Send) -> int:
        """Answer with the page that asks by SPARQL, if the site has one; return 0 if not."""
        if self._site is None or not (self._site / "sparql.html").is_file():
            return 0
        return await self._file(scope, send, File("sparql.html", "Accept"), {})

    async def _file(self, scope: Scope, send: Send, file: File, more: dict[str, str], status: int = 200) -> int:
        assert self._site is not None  # noqa: S101 - files are the site's
        path = self._site / file.path
        facts = path.stat()
        headers = {"Content-Type": typed(media_type_of_any(file.path)), "Cache-Control": "no-cache"} | more
        if file.vary:
            headers["Vary"] = file.vary
        if path.suffix in {".html", ".js", ".mjs", ".svg"}:
            headers["Content-Security-Policy"] = policy(wasm=bool(_WASM.fullmatch(file.path)))
        if status == 200:
            headers |= self._link(file.path)
            headers["ETag"] = tag(file.path, str(facts.st_mtime_ns), str(facts.st_size))
            if await has_it(scope, send, headers):
                return 304
        await respond_file(scope, send, Response(status, b"", headers), path)
        return status

    async def _data(self, scope: Scope, send: Send, serving: Serving, data: Data, more: dict[str, str]) -> int:
        """Answer with data in a format of which the site has no file, or without any site, or with a page of it."""
        link = {} if data.is_entry else self._link(f"{data.document}.ttl")
        headers = {"Cache-Control": "no-cache"} | link | more
        request = self._sparql.request(scope, Asked(_ABOUT_ITSELF.format(BASE + data.document)), data.format)
        found = _PAGE_NUMBER.search(scope["query_string"])
        request |= {"page": int(found[1]) if found else 1, "triples": self._triples}
        request["address"] = f"{self._address}{data.document}.{SUFFIX_OF[data.format.name]}"
        if self._site is not None and not data.is_entry:
            file = self._site / f"{data.document}.ttl"
            request |= {"file": str(file), "query": str(file)}
            changed = str(file.stat().st_mtime_ns)
            headers["ETag"] = tag(data.format.name, data.document, changed, str(request["page"]))
            if await has_it(scope, send, headers):
                return 304
        return await self._sparql.evaluate(scope, send, serving, request, data.format, headers)

    async def _entry_page(
        self, scope: Scope, send: Send, serving: Serving, page: EntryPage, more: dict[str, str]
    ) -> int:
        """Answer with the page of an entry, made by the templates of the site from what the graph says.

        Raises:
            RefusalError: 503, if the template engine is not installed.
        """
        assert self._site is not None  # noqa: S101 - without a site there are no pages
        query = Asked(_ENTRY.format(BASE + page.document))
        request = self._sparql.request(scope, query, BY_NAME["ntriples"]) | {"gzip": False}
        answer = await self._sparql.answered(scope, serving, request)
        if answer is None:
            return 499
        triples = (quad.triple for quad in ox.parse(answer.payload, format=ox.RdfFormat.N_TRIPLES))
        try:
            text = printed_entry(triples, BASE + page.document, page.language, self._site)
        except MissingExtraError as error:
            raise RefusalError(503, error.message, hint=error.hint) from error
        headers = {"Content-Type": HTML.content_type, "Cache-Control": "no-cache", "Content-Security-Policy": policy()}
        headers |= {"Link": page_header(self._root, page.document)} | more
        await respond(scope, send, Response(200, text.encode(), headers))
        return 200

    def _large(self, file: File) -> Data | None:
        """Return the document of which a file is the data, if it may not fit on a page."""
        found = _DATA.fullmatch(file.path)
        if found is None or self._site is None:
            return None
        turtle = self._site / f"{found[1]}.ttl"
        is_large = turtle.is_file() and turtle.stat().st_size > _SHORTEST * self._triples
        return Data(found[1], SUFFIXES[file.path.rpartition(".")[2]]) if is_large else None

    def _link(self, path: str) -> dict[str, str]:
        """Return the header ``Link`` of a file: FAIR Signposting."""
        if path.startswith("dumps/"):
            return {"Link": dump_header(self._root)}
        page, data = _PAGE.fullmatch(path), _DATA.fullmatch(path)
        if page and self._site is not None and (self._site / f"{page[1]}.ttl").is_file():
            return {"Link": page_header(self._root, page[1])}
        return {"Link": data_header(self._root, data[1])} if data and self._site is not None else {}
