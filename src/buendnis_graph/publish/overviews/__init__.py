"""Overviews that show rather than tell: each a drawing (SVG for the inside of a page) and a table that says the same.

>>> facts = read(store)
>>> OVERVIEWS["map"].svg(facts, "de", link), OVERVIEWS["map"].table(facts, "de")
"""

from buendnis_graph.publish.overviews.facts import Facts, read
from buendnis_graph.publish.overviews.headline import Headline, headline
from buendnis_graph.publish.overviews.matrix import MATRIX
from buendnis_graph.publish.overviews.model import Cell, Overview, Table
from buendnis_graph.publish.overviews.network import NETWORK
from buendnis_graph.publish.overviews.tilemap import MAP
from buendnis_graph.publish.overviews.timeline import TIMELINE
from buendnis_graph.publish.overviews.topics import TOPICS

OVERVIEWS = {overview.name: overview for overview in (MATRIX, NETWORK, MAP, TOPICS, TIMELINE)}
"""All overviews by name, in the order in which they are offered."""

__all__ = ["OVERVIEWS", "Cell", "Facts", "Headline", "Overview", "Table", "headline", "read"]
