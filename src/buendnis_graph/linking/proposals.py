"""The file of proposals that a person reviews: one line for each pair, always in the same order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from buendnis_graph.formulas import harmless
from buendnis_graph.linking.body import Body
from buendnis_graph.linking.propose import Link
from buendnis_graph.linking.words import finding_in_words
from buendnis_graph.resolving.reasons import in_words

COLUMNS = (
    "decision", "body", "name", "places", "websites", "founded",
    "id", "their_name", "their_places", "their_websites", "their_founded", "score", "certain", "why",
)  # fmt: skip


def proposals_text(links: Iterable[Link], language: str) -> str:
    """Return proposals as CSV; ``decision`` is left to a person, as what stands there is taken for one's judgement.

    Args:
        links: proposals.
        language: of the reasons, ``de`` or ``en``.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for link in links:
        score = f"{link.match.score:.2f}"
        certain = "yes" if link.is_certain else "no"
        cells = ("", link.slug, *_told(link.ours), link.match.body.entry.key, *_told(link.match.body), score, certain)
        rows.writerow(map(harmless, (*cells, why(link, language))))
    return out.getvalue()


def _told(body: Body) -> tuple[str, str, str, str]:
    places = sorted(place for place in body.entry.places if not place.startswith("ags-"))
    websites, years = sorted(body.entry.websites), sorted(body.founded)
    return body.entry.names[0], " | ".join(places), " | ".join(websites), " | ".join(years)


def why(link: Link, language: str) -> str:
    """Return what speaks for and against a proposal, the strongest first, each with its weight."""
    parts = [
        f"{finding_in_words(part.name, part.level, language)} {part.weight:+.1f}" for part in link.match.contributions
    ]
    if link.match.reasons:
        parts.insert(0, in_words(link.match.reasons, language))
    if link.match.body.is_gone:
        parts.append(finding_in_words("entry", "gone", language))
    if link.claimed_twice:
        parts.append(finding_in_words("entry", "claimed-twice", language))
    return "; ".join(parts)
