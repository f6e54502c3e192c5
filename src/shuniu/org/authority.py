"""Org's answer at the port of foundation.access; joined in app/wiring.py."""

from shuniu.foundation.access import Actor, Scope
from shuniu.org.reach import actor_of, scope_of_reach, standing_of


class OrgAuthority:
    """Rights by role and unit."""

    def actor(self, user_id: int) -> Actor | None:
        return actor_of(user_id)

    def permissions(self, actor: Actor) -> frozenset[str]:
        return standing_of(actor).permissions

    def scope(self, actor: Actor, permission: str) -> Scope:
        return scope_of_reach(standing_of(actor).reach(permission), actor.staff_id)
