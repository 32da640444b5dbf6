"""The form of the search as markup for the inside of a page; the script brings it to life."""

from __future__ import annotations

import json
from html import escape

from buendnis_graph.publish.search.facets import FACETS
from buendnis_graph.publish.search.index import FILE
from buendnis_graph.publish.search.words import words

_LISTS = ("alliances", "organisations", "topics", "places", "programmes", "sources", "queries", "ontology")


def quick(language: str, root: str, assets: str) -> str:
    """Return the field with suggestions for the head of any page; without a script it leads to the page of the search.

    Args:
        language: ``de`` or ``en``.
        root: relative address of the top of the site: empty, or steps upwards that end in a slash.
        assets: folder of the assets below the top, with a slash at the end.
    """
    say = words(language)
    return (
        f'<form class="search search-quick" role="search" method="get" action="{_home(language, root)}search.html"'
        f"{_data('quick', language, root, assets)}>"
        f'<label class="search-label" for="search-quick">{escape(say["label"])}</label>'
        f'<input id="search-quick" name="q" type="search" autocomplete="off" spellcheck="false" dir="auto" '
        f'maxlength="200" placeholder="{escape(say["placeholder"])}">'
        f'<button type="submit">{escape(say["search"])}</button>'
        f'<ul id="search-quick-list" class="search-list" aria-label="{escape(say["suggestions"])}" hidden></ul>'
        '<p class="search-status" role="status" aria-live="polite"></p>'
        "</form>"
    )


def page(language: str, root: str, assets: str) -> str:
    """Return the search with facets and results, for the page of the search; see :func:`quick`."""
    say = words(language)
    facets = "".join(
        f'<p><label for="search-{facet}">{escape(say[f"facet-{facet}"])}</label>'
        f'<select id="search-{facet}" name="{facet}"></select></p>'
        for facet in ("kind", *FACETS)
    )
    years = "".join(
        f'<p><label for="search-{key}">{escape(say[key])}</label><input id="search-{key}" name="{key}" type="number" '
        'min="1000" max="2999" step="1" inputmode="numeric"></p>'
        for key in ("from", "to")
    )
    return (
        f'<form class="search search-page" role="search" method="get"{_data("page", language, root, assets)}>'
        f'<label class="search-label" for="search-words">{escape(say["label"])}</label>'
        f'<p class="search-line"><input id="search-words" name="q" type="search" autocomplete="off" spellcheck="false" '
        f'dir="auto" maxlength="200" placeholder="{escape(say["placeholder"])}">'
        f'<button type="submit">{escape(say["search"])}</button></p>'
        f'<details class="search-narrow" hidden><summary>{escape(say["facets"])}</summary>'
        f'<div class="search-facets">{facets}{years}'
        f'<p><button type="reset">{escape(say["reset"])}</button></p></div></details>'
        '<p class="search-status" role="status" aria-live="polite"></p>'
        f'<ol class="search-results" aria-label="{escape(say["results"])}"></ol>'
        f"<noscript>{lists(language, root)}</noscript>"
        "</form>"
    )


def lists(language: str, root: str) -> str:
    """Return links to the lists of the site, the way without a script."""
    say, home = words(language), _home(language, root)
    links = "".join(f'<li><a href="{home}{name}.html">{escape(say[f"list-{name}"])}</a></li>' for name in _LISTS)
    return f'<p>{escape(say["without"])}</p><ul class="search-lists">{links}</ul>'


def _home(language: str, root: str) -> str:
    return escape(root + ("" if language == "de" else f"{language}/"), quote=True)


def _data(mode: str, language: str, root: str, assets: str) -> str:
    """Return what the script is told: where the index and the pages are, and what it is to say."""
    texts = {key.removeprefix("js-"): text for key, text in words(language).items() if key.startswith("js-")}
    told = {
        "search": mode,
        "language": language,
        "home": root + ("" if language == "de" else f"{language}/"),
        "index": f"{root}{assets}{FILE}",
        "texts": json.dumps(texts, ensure_ascii=False, sort_keys=True),
    }
    return "".join(f' data-{key}="{escape(value, quote=True)}"' for key, value in told.items())
