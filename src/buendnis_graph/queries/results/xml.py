"""SPARQL Query Results XML."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from buendnis_graph.namespaces import XSD_STRING
from buendnis_graph.queries.table import Table, Term
from buendnis_graph.xmltext import writable

_START = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'


def write(result: Table | bool) -> str:
    """Return XML, verbatim, for programs; characters that XML 1.0 can't hold become U+FFFD."""
    if isinstance(result, bool):
        return f"{_START}<head/>\n<boolean>{str(result).lower()}</boolean>\n</sparql>\n"
    names = "".join(f"<variable name={quoteattr(name)}/>" for name in result.columns)
    rows = [f"<result>{''.join(_binding(name, term) for name, term in row.items())}</result>\n" for row in result]
    return f"{_START}<head>{names}</head>\n<results>\n{''.join(rows)}</results>\n</sparql>\n"


def _binding(name: str, term: Term) -> str:
    return "" if term is None else f"<binding name={quoteattr(name)}>{_term(term)}</binding>"


def _term(term: object) -> str:
    text = escape(writable(str(getattr(term, "value", ""))), {"\r": "&#13;"})
    if isinstance(term, ox.NamedNode):
        return f"<uri>{text}</uri>"
    if not isinstance(term, ox.Literal):
        return f"<bnode>{text}</bnode>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    if term.datatype == XSD_STRING:
        return f"<literal>{text}</literal>"
    return f"<literal datatype={quoteattr(term.datatype.value)}>{text}</literal>"
