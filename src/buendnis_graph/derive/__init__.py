"""Derive what follows from the evidence: ``ontology/rules/``, run once each, in the order of their numbers."""

from buendnis_graph.derive.rules import Rule, derive, derive_from, is_consolidated, read_rules

__all__ = ["Rule", "derive", "derive_from", "is_consolidated", "read_rules"]
