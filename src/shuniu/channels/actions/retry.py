"""A person sends failed things on their way again."""

from datetime import datetime

from django.db import transaction

from shuniu.channels.contracts import InboxStatus, NothingToRetry, OutboxStatus, RowNotFound
from shuniu.channels.models import ChannelInbox, ChannelOutbox
from shuniu.channels.permissions import CONFIGURE
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref
from shuniu.org import queries as org


@transaction.atomic
def retry_inbox(*, inbox_id: int, by: Actor, now: datetime) -> None:
    """Understand a failed callback again."""
    mine = org.visible(actor=by, permission=CONFIGURE, unit="account__unit_id")
    row = ChannelInbox.objects.select_for_update(of=("self",)).filter(mine, pk=inbox_id).first()
    if row is None:
        raise RowNotFound
    if row.status != InboxStatus.FAILED:
        raise NothingToRetry
    row.status, row.attempts, row.next_at = InboxStatus.NEW, 0, now
    row.save(update_fields=["status", "attempts", "next_at"])
    audit.record(by=by, now=now, action="channel.retry_inbox", subject=Ref("channel_inbox", inbox_id))


@transaction.atomic
def retry_outbox(*, message_id: int, by: Actor, now: datetime) -> None:
    """Send a dead letter again, to those who have not got it."""
    mine = org.visible(actor=by, permission=CONFIGURE, unit="account__unit_id")
    row = ChannelOutbox.objects.select_for_update(of=("self",)).filter(mine, pk=message_id).first()
    if row is None:
        raise RowNotFound
    if row.status != OutboxStatus.FAILED:
        raise NothingToRetry
    row.status, row.attempts, row.next_at = OutboxStatus.QUEUED, 0, now
    row.save(update_fields=["status", "attempts", "next_at"])
    audit.record(by=by, now=now, action="channel.retry_outbox", subject=Ref("channel_message", message_id))
