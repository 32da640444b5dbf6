"""A page that shows proposals with both sides next to each other; it is one file and needs no server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from buendnis_graph.linking.body import Body
from buendnis_graph.linking.proposals import why
from buendnis_graph.linking.propose import Link
from buendnis_graph.linking.targets import Target

_WORDS = {
    "de": ("Vorschläge: {name}", "Unser Eintrag", "Eintrag dort", "sicher", "Namen", "Orte", "Websites", "gegründet"),
    "en": ("Proposals: {name}", "Our entry", "Entry there", "certain", "names", "places", "websites", "founded"),
}
_STYLE = (
    "body{font:1rem/1.45 system-ui,sans-serif;margin:1rem auto;max-width:72rem;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}article{border-top:1px solid #767676;padding:.6rem 0}h2{font-size:1.05rem;margin:.2rem 0}"
    ".sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem}"
    "@media(max-width:40rem){.sides{grid-template-columns:1fr}}"
    "dl{margin:0}dt{font-size:.8rem;color:#555}dd{margin:0 0 .3rem;overflow-wrap:anywhere}.why{font-size:.9rem}"
)


def proposals_page(links: Iterable[Link], target: Target, language: str) -> str:
    """Return the page.

    Args:
        links: proposals.
        target: the data set.
        language: ``de`` or ``en``.
    """
    title = _WORDS[language][0].format(name=target.name)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body>\n<h1>{escape(title)}</h1>\n"
    )
    return head + "".join(_article(link, target, language) for link in links) + "</body>\n</html>\n"


def _article(link: Link, target: Target, language: str) -> str:
    _, ours, theirs, certain, *_ = _WORDS[language]
    score = f"{link.match.score:.2f}" + (f" · {certain}" if link.is_certain else "")
    key = target.id_of(link.match.body.entry.key) or link.match.body.entry.key
    address = escape(f"{target.iri}{key}")
    sides = (
        f"<section><h3>{ours}</h3>{_side(link.ours, language)}</section>"
        f'<section><h3>{theirs}: <a href="{address}" rel="noreferrer">{escape(key)}</a></h3>'
        f"{_side(link.match.body, language)}</section>"
    )
    return (
        f"<article><h2>{escape(link.ours.entry.names[0])} ↔ {escape(link.match.body.entry.names[0])} · {score}</h2>"
        f'<div class="sides">{sides}</div><p class="why">{escape(why(link, language))}</p></article>\n'
    )


def _side(body: Body, language: str) -> str:
    return (
        "<dl>" + "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in _facts(body, language)) + "</dl>"
    )


def _facts(body: Body, language: str) -> Iterator[tuple[str, str]]:
    entry = body.entry
    places = (place for place in entry.places if not place.startswith("ags-"))
    values = (entry.names, sorted(places), sorted(entry.websites), sorted(body.founded))
    for name, told in zip(_WORDS[language][4:], values, strict=True):
        if told:
            yield name, " · ".join(told)
