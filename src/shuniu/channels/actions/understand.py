"""What a kept callback means: contacts and lines of chat, with their events."""

from datetime import datetime

from django.db import connection, transaction

from shuniu.channels.actions.contacts import learn_contact
from shuniu.channels.actions.service import learn_messages
from shuniu.channels.adapters.wecom.callbacks import read_callback
from shuniu.channels.adapters.wecom.hints import FREQUENCY, HOPELESS
from shuniu.channels.backoff import ATTEMPTS_MAX, LEASE, after_frequency, next_moment
from shuniu.channels.contracts import InboxStatus
from shuniu.channels.models import ChannelInbox
from shuniu.foundation import privacy
from shuniu.foundation.errors import DomainError

BATCH = 20
_UNDERSTOOD = {
    "change_external_contact.add_external_contact": learn_contact,
    "change_external_contact.add_half_external_contact": learn_contact,
    "change_external_contact.edit_external_contact": learn_contact,
    "kf_msg_or_event": learn_messages,
}


def understand_some(*, now: datetime) -> int:
    """Work through callbacks that are due; how many. Each in its own transactions, so that one cannot hold up others."""
    taken = _take(now=now)
    for row in taken:
        _understand(row, now=now)
    return len(taken)


def _take(*, now: datetime) -> list[ChannelInbox]:
    """Lease due rows. The platform is asked outside any transaction; a lease instead of a lock lets it take its time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            update channel_inbox set attempts = attempts + 1, next_at = %s
            where id in (
                select id from channel_inbox where status = 'new' and next_at <= %s
                order by next_at, id limit %s for update skip locked
            )
            returning id
            """,
            [now + LEASE, now, BATCH],
        )
        ids = [row_id for (row_id,) in cursor.fetchall()]
    return list(ChannelInbox.objects.select_related("account").filter(pk__in=ids).order_by("id"))


def _understand(row: ChannelInbox, *, now: datetime) -> None:
    learn = _UNDERSTOOD.get(row.kind)
    if learn is None:
        _finish(row, status=InboxStatus.IGNORED, now=now)
        return
    callback = read_callback(privacy.decrypt(row.message_cipher).encode())
    try:
        learn(account=row.account, fields=callback.fields, now=now)
    except DomainError as problem:
        _put_off(row, problem=problem, now=now)
    else:
        _finish(row, status=InboxStatus.DONE, now=now)


def _finish(row: ChannelInbox, *, status: InboxStatus, now: datetime) -> None:
    ChannelInbox.objects.filter(pk=row.pk).update(status=status, understood_at=now, problem="")


def _put_off(row: ChannelInbox, *, problem: DomainError, now: datetime) -> None:
    errcode = problem.data.get("errcode")
    given_up = errcode in HOPELESS or row.attempts >= ATTEMPTS_MAX
    next_at = (
        after_frequency(now=now) if errcode in FREQUENCY else next_moment(attempts=row.attempts, now=now)
    )
    ChannelInbox.objects.filter(pk=row.pk).update(
        status=InboxStatus.FAILED if given_up else InboxStatus.NEW,
        next_at=next_at,
        problem=problem.text().zh[:500],
    )
