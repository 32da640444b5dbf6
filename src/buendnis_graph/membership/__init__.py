"""Who was a member when: yes, no or unknown, and why."""

from buendnis_graph.membership.at import memberships, memberships_at
from buendnis_graph.membership.standing import Evidence, Reason, Standing, Verdict, standing

__all__ = ["Evidence", "Reason", "Standing", "Verdict", "memberships", "memberships_at", "standing"]
