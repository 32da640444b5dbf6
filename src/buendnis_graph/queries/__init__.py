"""The catalogue of questions: read, bind parameters as terms, run, return tables."""

from buendnis_graph.queries.catalogue import Parameter, Question, find_question, read_catalogue
from buendnis_graph.queries.run import answer
from buendnis_graph.queries.table import Table

__all__ = ["Parameter", "Question", "Table", "answer", "find_question", "read_catalogue"]
