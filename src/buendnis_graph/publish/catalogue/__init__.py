"""What catalogues and search engines read of the data set, and what a release has to say of its method."""

from buendnis_graph.publish.catalogue.about import About, Agent, Release, read_about
from buendnis_graph.publish.catalogue.open_points import OpenPoint, open_points
from buendnis_graph.publish.catalogue.write import write_catalogue

__all__ = ["About", "Agent", "OpenPoint", "Release", "open_points", "read_about", "write_catalogue"]
