"""Push a build into a store elsewhere, by difference."""

from buendnis_graph.publish.push.carry import push
from buendnis_graph.publish.push.plan import Plan, plan_push
from buendnis_graph.publish.push.record import refuse_to_drop_register
from buendnis_graph.publish.push.wanted import Wanted, register_parts

__all__ = ["Plan", "Wanted", "plan_push", "push", "refuse_to_drop_register", "register_parts"]
