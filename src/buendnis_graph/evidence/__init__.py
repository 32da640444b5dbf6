"""Read and write ``data/`` and ``ontology/``: quads with file and line, the canonical form."""

from buendnis_graph.evidence.corpus import Corpus, Reading, read_all, read_corpus
from buendnis_graph.evidence.formatter import add_to_text, format_file, format_text, reduce_text, rewrite_text
from buendnis_graph.evidence.reader import Located, read_file, read_text
from buendnis_graph.evidence.replace import finish_pending, replace_files, writing

__all__ = [
    "Corpus",
    "Located",
    "Reading",
    "add_to_text",
    "finish_pending",
    "format_file",
    "format_text",
    "read_all",
    "read_corpus",
    "read_file",
    "read_text",
    "reduce_text",
    "replace_files",
    "rewrite_text",
    "writing",
]
