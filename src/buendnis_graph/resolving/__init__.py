"""Who is who: from a name as a list spells it to an entry of the registry."""

from buendnis_graph.resolving.model import Candidate, Decision, Entry, Listed, Outcome

__all__ = ["Candidate", "Decision", "Entry", "Listed", "Outcome"]
