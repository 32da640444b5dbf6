"""How large a network must be before centralities and tests are more than noise. Conventions, each with its reason."""

from __future__ import annotations

from buendnis_graph.errors import NetworkError
from buendnis_graph.network.select import Selection
from buendnis_graph.network.texts import say

MIN_ALLIANCES = 5
"""Alliances with a complete list of members. Among n alliances one membership put wrongly moves a body's degree
centrality by 1/n; with fewer than five that is more than a fifth of the whole scale, about as much as the measure can
tell apart at all. Lists of founders do not count: they are of another time than lists of members."""

MIN_BODIES = 20
"""Bodies. One body more or less moves the share of those ranked below another by 1/n: with twenty, by the five
per cent that a test at the usual level takes for chance."""


def require_enough(selection: Selection, language: str = "en") -> None:
    """Refuse what a selection can't bear.

    Raises:
        NetworkError: if there are fewer than :data:`MIN_ALLIANCES` or :data:`MIN_BODIES`, or predecessor and successor
            both; it says what there is and what to ask for instead.
    """
    if selection.has_chains:
        raise NetworkError(say("refusal", "chains", language), hint=say("refusal", "chains-hint", language))
    alliances, bodies = len(selection.from_complete_lists), len(selection.bodies)
    if alliances < MIN_ALLIANCES or bodies < MIN_BODIES:
        numbers = {"min_alliances": MIN_ALLIANCES, "min_bodies": MIN_BODIES, "alliances": alliances, "bodies": bodies}
        raise NetworkError(say("refusal", "few", language, **numbers), hint=say("refusal", "few-hint", language))
