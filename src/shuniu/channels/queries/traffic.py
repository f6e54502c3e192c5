"""What came in and what left, for the people who look after the connections."""

from shuniu.channels.contracts import (
    CallbackRow,
    DeliveryLine,
    DeliveryResult,
    InboxStatus,
    OutboxStatus,
    OutgoingRow,
)
from shuniu.channels.models import ChannelDelivery, ChannelInbox, ChannelOutbox
from shuniu.channels.queries.accounts import seen_accounts
from shuniu.foundation.access import Actor
from shuniu.foundation.http import Page, PageParams, paginate


def inbox_page(*, actor: Actor, status: InboxStatus | None, page: PageParams) -> Page[CallbackRow]:
    """Callbacks, newest first."""
    found = ChannelInbox.objects.filter(account__in=seen_accounts(actor)).select_related("account")
    found = found.defer("envelope", "message_cipher")
    if status is not None:
        found = found.filter(status=status)
    return paginate(
        found,
        page,
        sorts={"received_at": "received_at"},
        default="-received_at",
        to=lambda rows: [_inbox_row(row) for row in rows],
    )


def outbox_page(*, actor: Actor, status: OutboxStatus | None, page: PageParams) -> Page[OutgoingRow]:
    """Messages, newest first."""
    found = ChannelOutbox.objects.filter(account__in=seen_accounts(actor)).select_related("account")
    found = found.prefetch_related("deliveries__staff")
    if status is not None:
        found = found.filter(status=status)
    return paginate(
        found,
        page,
        sorts={"created_at": "created_at"},
        default="-created_at",
        to=lambda rows: [_outbox_row(row) for row in rows],
    )


def _inbox_row(row: ChannelInbox) -> CallbackRow:
    return CallbackRow(
        id=row.pk,
        account_id=row.account_id,
        account_name=row.account.name,
        kind=row.kind,
        received_at=row.received_at,
        understood_at=row.understood_at,
        status=InboxStatus(row.status),
        attempts=row.attempts,
        problem=row.problem,
    )


def _outbox_row(row: ChannelOutbox) -> OutgoingRow:
    return OutgoingRow(
        id=row.pk,
        account_id=row.account_id,
        account_name=row.account.name,
        title=row.title,
        status=OutboxStatus(row.status),
        attempts=row.attempts,
        created_at=row.created_at,
        next_at=row.next_at if row.status == OutboxStatus.QUEUED else None,
        sent_at=row.sent_at,
        problem=row.problem,
        deliveries=tuple(_delivery(delivery) for delivery in row.deliveries.all()),
    )


def _delivery(delivery: ChannelDelivery) -> DeliveryLine:
    return DeliveryLine(
        userid=delivery.userid,
        staff_id=delivery.staff_id,
        staff_name=delivery.staff.name if delivery.staff is not None else "",
        result=DeliveryResult(delivery.result),
    )
