"""Renew a build where files have changed: what a change can affect is checked, derived and stored, the rest is shared.

The result equals a full build: the same dumps, tables and report, byte for byte. Wherever that is not certain, nothing
is renewed and all is built.
"""

from buendnis_graph.renew.renewal import renew

__all__ = ["renew"]
