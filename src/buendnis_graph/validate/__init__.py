"""Check the data against the SHACL shapes in ``ontology/shapes/`` and say what is wrong, where, and what to do."""

from buendnis_graph.validate.engine import Data, Engine, Result
from buendnis_graph.validate.fast import Fast
from buendnis_graph.validate.layers import LAYERS, layer_shapes, validate_files, validate_layer, validate_view
from buendnis_graph.validate.reference import PyShacl
from buendnis_graph.validate.report import Finding, findings, render
from buendnis_graph.validate.shapes import Shapes

__all__ = [
    "LAYERS",
    "Data",
    "Engine",
    "Fast",
    "Finding",
    "PyShacl",
    "Result",
    "Shapes",
    "findings",
    "layer_shapes",
    "render",
    "validate_files",
    "validate_layer",
    "validate_view",
]
