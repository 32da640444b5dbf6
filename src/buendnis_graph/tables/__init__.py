"""The graph as columns: an incidence table and what belongs to it, for answers about the whole network.

Made from the derived graph at build time, as Parquet and CSV with a codebook (CSVW).
"""

from buendnis_graph.tables.codebook import Column, codebook, names_in
from buendnis_graph.tables.files import TABLES, load, save
from buendnis_graph.tables.make import make, rows

__all__ = ["TABLES", "Column", "codebook", "load", "make", "names_in", "rows", "save"]
