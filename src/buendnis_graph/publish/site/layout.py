"""From pages to HTML: one environment, compiled once, and the frame that all pages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from buendnis_graph.extras import need
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.hosts import page_policy
from buendnis_graph.publish.jsonld.schema_org import in_script
from buendnis_graph.publish.site.cards import HEIGHT, WIDTH
from buendnis_graph.publish.site.cards import path_of as card_of
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.pen import Pen
from buendnis_graph.publish.site.stack import stacked
from buendnis_graph.publish.site.view import View
from buendnis_graph.publish.site.words import plain_line
from buendnis_graph.wording import LANGUAGES

if TYPE_CHECKING:
    from jinja2 import Template


class Press:
    """Prints pages: holds the templates, compiled once, and a pen for each language and depth.

    Args:
        view: what is known.
        path_of: from an IRI to the path of its document, with anchor; None if it has none.
        site_url: address of the site, ending in ``/``; empty if it is not known. Then all addresses are relative.
        embed: returns objects of schema.org to embed in a page, by page and language.
        signpost: returns further ``<link>`` elements of a page's head as markup, by page and language.
        has: whether a fixed page with this path is part of the site; what is not there is not linked to.
    """

    def __init__(
        self,
        view: View,
        path_of: Callable[[str], str | None],
        *,
        site_url: str = "",
        embed: Callable[[Page, str], list[Mapping[str, Any]]] = lambda _page, _language: [],
        signpost: Callable[[Page, str], str] = lambda _page, _language: "",
        has: Callable[[str], bool] = lambda _path: True,
    ) -> None:
        self.view, self.site_url = view, site_url
        self._path_of, self._embed, self._signpost, self._has = path_of, embed, signpost, has
        self._pens: dict[tuple[str, int], Pen] = {}
        self._frames: dict[tuple[str, int], dict[str, Any]] = {}
        self._templates: dict[tuple[str, str], Template] = {}

    def forget(self) -> None:
        """Let go what was written of single things so far."""
        self._pens.clear()
        self._frames.clear()

    def template(self, name: str, language: str) -> Template:
        """Return a template by name, compiled for a language at its first use."""
        found = self._templates.get((name, language))
        if found is None:
            need("jinja2")
            from buendnis_graph.publish.site.engine import environment

            found = self._templates[name, language] = environment(language).get_template(f"{name}.html")
        return found

    def pen(self, language: str, depth: int) -> Pen:
        """Return the pen for pages of a language that lie so many folders deep."""
        key = (language, depth)
        if key not in self._pens:
            self._pens[key] = Pen(self.view, language, "../" * depth, self._path_of)
        return self._pens[key]

    def print(self, page: Page, language: str) -> str:
        """Return a page in a language as HTML."""
        depth = page.path.count("/")
        pen = self.pen(language, depth)
        names = dict(page.context)
        names.update(self._frame(pen, depth))
        title = plain_line(page.title[language])
        names.update(
            p=pen,
            page=page,
            body=Markup(page.bodies[language]) if page.bodies else "",  # noqa: S704 - made by our own templates
            title=title,
            full_title=title if page.path == "index" else f"{title} – {pen.t('site')}",
            description=plain_line(page.description.get(language, ""), 300),
            versions=[(other, self.relative(page.path, language, other)) for other in LANGUAGES],
            canonical=self.address(page.path, language) if self.site_url else "",
            card=self.site_url + card_of(page, language) if self.site_url else "",
            policy=page_policy(page.policy),
            embedded=[Markup(in_script(one)) for one in self._embed(page, language)],  # noqa: S704 - escaped for a script
            signposts=Markup(self._signpost(page, language)),  # noqa: S704 - made by the part that knows links
        )
        return stacked(self.template(page.template, language).render(names))

    def _frame(self, pen: Pen, depth: int) -> dict[str, Any]:
        """Return what all pages of a language and depth share, written once."""
        key = (pen.language, depth)
        found = self._frames.get(key)
        if found is None:
            top = "../" * (depth + (pen.language != LANGUAGES[0]))
            found = {"p": pen, "t": pen.texts, "top": top, "has": self._has, "base": BASE}
            found["card_size"] = (WIDTH, HEIGHT)
            for part in ("header", "footer"):
                found[part] = Markup(self.template(part, pen.language).render(found))  # noqa: S704 - of our own templates
            self._frames[key] = found
        return found

    def relative(self, path: str, language: str, other: str) -> str:
        """Return the address of a page in another language, seen from the same page in this one."""
        top = "../" * (path.count("/") + (language != LANGUAGES[0]))
        return top + file_of(path, other)

    def address(self, path: str, language: str) -> str:
        """Return the whole address of a page; needs the site's own."""
        return self.site_url + file_of(path, language)


def file_of(path: str, language: str) -> str:
    """Return the file of a page below the folder of the site."""
    return f"{path}.html" if language == LANGUAGES[0] else f"{language}/{path}.html"
