"""What an actor may see of the ledger."""

from django.db.models import Q

from shuniu.foundation.access import Actor, scope_of
from shuniu.ledger.permissions import READ


def own_or_all(actor: Actor, prefix: str = "") -> Q:
    """All accounts for whoever holds `ledger.read` everywhere, else one's own; accounts know no units."""
    scope = scope_of(actor, READ)
    if scope.everything:
        return Q()
    if actor.staff_id is None:
        return Q(pk__in=())
    return Q(**{f"{prefix}owner_kind": "staff", f"{prefix}owner_id": actor.staff_id})
