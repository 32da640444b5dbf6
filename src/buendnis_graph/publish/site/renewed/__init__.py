"""Renew a site where the graph has changed: only pages whose input did are made, the others stay as they are.

The result equals a site made whole, byte for byte. Wherever that is not certain, all is made.
"""

from buendnis_graph.publish.site.renewed.made import Made, made_from
from buendnis_graph.publish.site.renewed.renewal import renewed

__all__ = ["Made", "made_from", "renewed"]
