"""Who was a member when: yes, no or unknown, and why."""

from buendnis_graph.membership.at import FOUNDING, MEMBER, is_over, memberships, memberships_at
from buendnis_graph.membership.standing import Evidence, Reason, Standing, Verdict, standing

__all__ = [
    "FOUNDING",
    "MEMBER",
    "Evidence",
    "Reason",
    "Standing",
    "Verdict",
    "is_over",
    "memberships",
    "memberships_at",
    "standing",
]
