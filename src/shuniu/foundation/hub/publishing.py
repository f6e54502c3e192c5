"""Writing events, in the transaction of the change they tell of."""

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection

from shuniu.foundation.access import Actor
from shuniu.foundation.database.prepared import prepared_cursor
from shuniu.foundation.hub.contracts import Data, NewEvent, Ref
from shuniu.foundation.hub.errors import NotPublishable
from shuniu.foundation.hub.registries import registry

# Readers find an event through its row in event_pending, never by its id: ids of concurrent transactions
# commit out of order. The function writes both rows in one round trip.
PUBLISH = "select event_publish(%s, %s, %s, %s, %s, %s, %s, %s)"
PUBLISH_MANY = """
with published as (
    insert into event (at, name, subject_kind, subject_id, unit_id, customer_id, by, data)
    select * from unnest(
        %s::timestamptz[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::jsonb[])
    returning id, at, customer_id, name
)
insert into event_pending (event_id, at, customer_id, name)
select id, at, customer_id, name from published
"""
NO_CUSTOMER = 0


def _exact(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise NotPublishable(f"an event carries ids and numbers, not {type(value).__name__}")


_json = json.JSONEncoder(default=_exact, ensure_ascii=False).encode


def publish(
    *,
    name: str,
    subject: Ref,
    unit_id: int | None,
    by: Actor,
    now: datetime,
    customer_id: int | None = None,
    data: Data | None = None,
) -> int:
    """Say that something happened; returns the event's id.

    Lock the subject's row first, so that the events of one subject keep their order. ``data`` holds ids and
    numbers only; decimals travel as strings. Raises NotPublishable outside a transaction and for an
    undeclared name.
    """
    _require_publishable({name})
    row = (
        now,
        name,
        subject.kind,
        subject.id,
        unit_id,
        customer_id or NO_CUSTOMER,
        by.key,
        _json(data or {}),
    )
    with prepared_cursor() as cursor:
        cursor.execute(PUBLISH, row)
        (event_id,) = cursor.fetchone()
    return int(event_id)


def publish_many(events: Sequence[NewEvent]) -> None:
    """The same for a set of events, in one statement and in their order."""
    if not events:
        return
    _require_publishable({event.name for event in events})
    columns = (
        [event.now for event in events],
        [event.name for event in events],
        [event.subject.kind for event in events],
        [event.subject.id for event in events],
        [event.unit_id for event in events],
        [event.customer_id or NO_CUSTOMER for event in events],
        [event.by.key for event in events],
        [_json(event.data) for event in events],
    )
    with connection.cursor() as cursor:
        cursor.execute(PUBLISH_MANY, columns)


def _require_publishable(names: set[str]) -> None:
    if not connection.in_atomic_block:
        raise NotPublishable("an event is published in the transaction of its change")
    unknown = names - registry.events.keys()
    if unknown:
        raise NotPublishable(f"no domain declares the event {', '.join(sorted(unknown))}")
