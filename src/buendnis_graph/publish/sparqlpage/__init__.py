"""The page that asks the graph in the reader's browser: its markup, texts, catalogue of questions and built files."""

from buendnis_graph.publish.sparqlpage.data import data
from buendnis_graph.publish.sparqlpage.files import DATA, HOW_TO_BUILD, assets
from buendnis_graph.publish.sparqlpage.fragment import POLICY, fragment
from buendnis_graph.publish.sparqlpage.words import words

__all__ = ["DATA", "HOW_TO_BUILD", "POLICY", "assets", "data", "fragment", "words"]
