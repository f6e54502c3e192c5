"""Somebody turns up on a channel: they are recognised, or become a lead."""

from datetime import datetime

from django.db import transaction

from shuniu.customers.actions.create import create
from shuniu.customers.actions.identities import attach, note_refusal
from shuniu.customers.contracts import CustomerCard, Identity, IdentityTaken, Source, Stage
from shuniu.customers.queries.cards import find_by_identity
from shuniu.foundation.access import Actor


@transaction.atomic
def meet(
    *,
    identities: tuple[Identity, ...],
    name: str,
    unit_id: int,
    source: Source,
    by: Actor,
    now: datetime,
    owner_id: int | None = None,
) -> CustomerCard:
    """The customer behind these accounts, the surest account first; a lead of `unit_id` when nobody is known by any.

    Accounts not yet linked are linked. One that belongs to somebody else is left where it is and the refusal is
    recorded: joining two customers is a decision a person takes.
    """
    known = next((found for identity in identities if (found := find_by_identity(identity))), None)
    if known is None:
        return create(
            name=name,
            unit_id=unit_id,
            owner_id=owner_id,
            stage=Stage.LEAD,
            source=source,
            identities=identities,
            by=by,
            now=now,
        )
    for identity in identities:
        try:
            attach(customer_id=known.id, identity=identity, why="met on a channel", by=by, now=now)
        except IdentityTaken:
            note_refusal(customer_id=known.id, identity=identity, by=by, now=now)
    return known
