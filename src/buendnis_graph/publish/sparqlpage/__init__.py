"""The page that asks the graph in the reader's browser: its markup, texts, catalogue of questions and built files."""

from buendnis_graph.publish.sparqlpage.data import data
from buendnis_graph.publish.sparqlpage.files import HOW_TO_BUILD, assets
from buendnis_graph.publish.sparqlpage.fragment import POLICY, fragment

__all__ = ["HOW_TO_BUILD", "POLICY", "assets", "data", "fragment"]
