"""A member list becomes a reviewed source file: read, map the columns, leave personal data out, resolve, write."""

from buendnis_graph.importing.model import Limits, Listing, Remark, Row, Taken

__all__ = ["Limits", "Listing", "Remark", "Row", "Taken"]
