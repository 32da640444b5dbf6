"""Networks of bodies and alliances, on the tables of a build: selection, projections, measures, tests, bounds, files.

A partial list fakes structure. So a network rests, unless told otherwise, on complete lists alone; it says what it
left out; it refuses measures where too little remains; and it offers bounds over all networks that the evidence allows.
"""

from buendnis_graph.network.bounds import Drawing
from buendnis_graph.network.minimum import MIN_ALLIANCES, MIN_BODIES
from buendnis_graph.network.network import MODES, Network, open_network
from buendnis_graph.network.projection import WEIGHTS

__all__ = ["MIN_ALLIANCES", "MIN_BODIES", "MODES", "WEIGHTS", "Drawing", "Network", "open_network"]
