"""SHACL Core, all nodes at once, on columns of numbers; each distinct value is looked at once.

A shape is evaluated for all its focus nodes together: its path leads from them to pairs of focus node and value, each
constraint gives those pairs that fail. What SHACL 1.0 leaves open, shapes that refer to themselves, is answered so: a
node conforms unless it must not, whatever the others do.
"""

from buendnis_graph.validate.core.evaluate import Core

__all__ = ["Core"]
