"""Queued messages leave; what the platform says of each receiver is kept."""

from datetime import datetime

from django.db import connection, transaction

from shuniu.channels.adapters.wecom import messages
from shuniu.channels.adapters.wecom.hints import FREQUENCY, HOPELESS
from shuniu.channels.backoff import ATTEMPTS_MAX, LEASE, after_frequency, next_moment
from shuniu.channels.connections import client_of
from shuniu.channels.contracts import DeliveryResult, OutboxStatus
from shuniu.channels.models import ChannelDelivery, ChannelOutbox
from shuniu.foundation.access import system
from shuniu.foundation.errors import DomainError
from shuniu.foundation.hub import Ref, publish

BATCH = 20


def send_some(*, now: datetime) -> int:
    """Send messages that are due; how many were tried. Calls the platform outside any transaction.

    A worker that dies between the platform's answer and our note of it leaves a message to be sent again: the
    platform drops the repeat within half an hour.
    """
    taken = _take(now=now)
    for message in taken:
        _send(message, now=now)
    return len(taken)


def _take(*, now: datetime) -> list[ChannelOutbox]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            update channel_outbox set attempts = attempts + 1, next_at = %s
            where id in (
                select o.id from channel_outbox o join channel_account a on a.id = o.account_id and a.enabled
                where o.status = 'queued' and o.next_at <= %s
                order by o.next_at, o.id limit %s for update of o skip locked
            )
            returning id
            """,
            [now + LEASE, now, BATCH],
        )
        ids = [row_id for (row_id,) in cursor.fetchall()]
    found = ChannelOutbox.objects.select_related("account").prefetch_related("deliveries")
    return list(found.filter(pk__in=ids).order_by("id"))


def _send(message: ChannelOutbox, *, now: datetime) -> None:
    waiting = sorted(
        delivery.userid for delivery in message.deliveries.all() if delivery.result == DeliveryResult.WAITING
    )
    try:
        sent = messages.send(
            client_of(message.account),
            agent_id=message.account.agent_id,
            receivers=waiting[: messages.RECEIVERS_PER_CALL],
            msgtype=message.msgtype,
            content=message.content,
        )
    except DomainError as problem:
        _put_off(message, problem=problem, now=now)
    else:
        _note(message, waiting=waiting[: messages.RECEIVERS_PER_CALL], sent=sent, now=now)


@transaction.atomic
def _note(message: ChannelOutbox, *, waiting: list[str], sent: messages.Sent, now: datetime) -> None:
    """Keep each receiver's result; a message for more than one call goes on with the rest at once."""
    refused = sent.invalid | sent.unlicensed
    deliveries = ChannelDelivery.objects.filter(message=message)
    deliveries.filter(userid__in=set(waiting) - refused).update(result=DeliveryResult.ACCEPTED)
    deliveries.filter(userid__in=sent.invalid).update(result=DeliveryResult.INVALID)
    deliveries.filter(userid__in=sent.unlicensed).update(result=DeliveryResult.UNLICENSED)
    if deliveries.filter(result=DeliveryResult.WAITING).exists():
        ChannelOutbox.objects.filter(pk=message.pk).update(next_at=now, attempts=0)
        return
    whole = not deliveries.exclude(result=DeliveryResult.ACCEPTED).exists()
    ChannelOutbox.objects.filter(pk=message.pk).update(
        status=OutboxStatus.SENT if whole else OutboxStatus.PARTLY,
        sent_at=now,
        platform_msgid=sent.msgid,
        problem="",
    )
    publish(
        name="channel.message_sent",
        subject=Ref("channel_message", message.pk),
        unit_id=message.account.unit_id,
        by=system("channels"),
        now=now,
        data={"receivers": len(waiting) - len(refused)},
    )


def _put_off(message: ChannelOutbox, *, problem: DomainError, now: datetime) -> None:
    errcode = problem.data.get("errcode")
    given_up = errcode in HOPELESS or message.attempts >= ATTEMPTS_MAX
    next_at = (
        after_frequency(now=now) if errcode in FREQUENCY else next_moment(attempts=message.attempts, now=now)
    )
    ChannelOutbox.objects.filter(pk=message.pk).update(
        status=OutboxStatus.FAILED if given_up else OutboxStatus.QUEUED,
        next_at=next_at,
        problem=problem.text().zh[:500],
    )
