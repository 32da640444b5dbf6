"""Who is who: from a name as a list spells it to an entry of the registry."""

from buendnis_graph.resolving.compare import POSSIBLE, SURE, Likeness, compare
from buendnis_graph.resolving.model import Candidate, Decision, Entry, Listed, Outcome
from buendnis_graph.resolving.normalise import parse
from buendnis_graph.resolving.registry import entries, judgements, resolver_for
from buendnis_graph.resolving.resolver import Judgements, Resolver

__all__ = [
    "POSSIBLE",
    "SURE",
    "Candidate",
    "Decision",
    "Entry",
    "Judgements",
    "Likeness",
    "Listed",
    "Outcome",
    "Resolver",
    "compare",
    "entries",
    "judgements",
    "parse",
    "resolver_for",
]
