"""Push a build into a store elsewhere, by difference."""

from buendnis_graph.publish.push.carry import push
from buendnis_graph.publish.push.plan import Plan, plan_push
from buendnis_graph.publish.push.wanted import Wanted, register_parts

__all__ = ["Plan", "Wanted", "plan_push", "push", "register_parts"]
