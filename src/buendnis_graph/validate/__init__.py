"""Check the data against the SHACL shapes in ``ontology/shapes/`` and say what is wrong, where, and what to do."""

from buendnis_graph.validate.engine import Engine, PyShacl, Result
from buendnis_graph.validate.layers import LAYERS, validate_files, validate_view
from buendnis_graph.validate.report import Finding, findings, render

__all__ = ["LAYERS", "Engine", "Finding", "PyShacl", "Result", "findings", "render", "validate_files", "validate_view"]
