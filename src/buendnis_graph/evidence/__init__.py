"""Read and write ``data/`` and ``ontology/``: quads with file and line, the canonical form."""

from buendnis_graph.evidence.corpus import Corpus, read_corpus
from buendnis_graph.evidence.formatter import format_file, format_text
from buendnis_graph.evidence.reader import Located, read_file, read_text

__all__ = ["Corpus", "Located", "format_file", "format_text", "read_corpus", "read_file", "read_text"]
