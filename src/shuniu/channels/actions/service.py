"""Lines of chat with 微信客服 are fetched and kept."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from shuniu.channels.actions.contacts import keep_strangers
from shuniu.channels.adapters.wecom.client import WeComClient
from shuniu.channels.adapters.wecom.contacts import ExternalContact, get_service_customers
from shuniu.channels.adapters.wecom.service import ServiceMessage, ServicePage, read_page
from shuniu.channels.adapters.wecom.xml import Fields
from shuniu.channels.connections import client_of
from shuniu.channels.contracts import CallbackMalformed, Direction
from shuniu.channels.models import ChannelAccount, ChannelContact, ChannelServiceCursor
from shuniu.foundation.access import system
from shuniu.foundation.hub import NewEvent, Ref, publish_many
from shuniu.org import queries as org

UNKNOWN_NAME = "微信客户"


def learn_messages(*, account: ChannelAccount, fields: Fields, now: datetime) -> None:
    """The platform only says that there is something new; it is read page by page from where we stopped."""
    open_kfid = fields.get("OpenKfId", "")
    if not open_kfid:
        raise CallbackMalformed
    client = client_of(account)
    cursor = _cursor(account, open_kfid)
    while True:
        page = read_page(client, open_kfid=open_kfid, token=fields.get("Token", ""), cursor=cursor)
        strangers = _strangers(account, client, page.messages)
        _keep_page(account=account, open_kfid=open_kfid, page=page, strangers=strangers, now=now)
        cursor = page.cursor
        if not page.has_more:
            return


def _cursor(account: ChannelAccount, open_kfid: str) -> str:
    row = ChannelServiceCursor.objects.filter(account=account, open_kfid=open_kfid).first()
    return row.cursor if row is not None else ""


def _strangers(
    account: ChannelAccount, client: WeComClient, messages: Sequence[ServiceMessage]
) -> list[ExternalContact]:
    """Who wrote and is not known yet, with the name the platform has for them."""
    asked = {message.external_userid for message in messages}
    known = ChannelContact.objects.filter(account=account, external_userid__in=asked)
    unknown = asked - set(known.values_list("external_userid", flat=True))
    if not unknown:
        return []
    found = {contact.external_userid: contact for contact in get_service_customers(client, sorted(unknown))}
    nameless = {
        external_userid: ExternalContact(external_userid, unionid="", name=UNKNOWN_NAME, avatar="")
        for external_userid in unknown
    }
    return list((nameless | found).values())


@transaction.atomic
def _keep_page(
    *,
    account: ChannelAccount,
    open_kfid: str,
    page: ServicePage,
    strangers: Sequence[ExternalContact],
    now: datetime,
) -> None:
    """Contacts, lines, events and the cursor in one transaction: a page is kept whole, or fetched again."""
    keep_strangers(account=account, contacts=strangers, now=now)
    contacts = {
        contact.external_userid: contact
        for contact in ChannelContact.objects.select_for_update(no_key=True)
        .filter(account=account, external_userid__in={message.external_userid for message in page.messages})
        .order_by("id")
    }
    staff = org.staff_by_wecom([message.userid for message in page.messages])
    fresh = _insert(
        [
            (
                account.pk,
                contacts[message.external_userid].pk,
                message.msgid,
                message.direction.value,
                message.kind,
                message.text,
                staff[message.userid].id if message.userid in staff else None,
                message.sent_at,
            )
            for message in page.messages
        ]
    )
    _tell(page.messages, contacts=contacts, fresh=fresh, now=now)
    ChannelServiceCursor.objects.update_or_create(
        account=account, open_kfid=open_kfid, defaults={"cursor": page.cursor}
    )


def _insert(rows: Sequence[tuple[object, ...]]) -> dict[str, int]:
    """Insert lines not yet known; id by platform id of those that are new."""
    if not rows:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into channel_message (account_id, contact_id, msgid, direction, kind, text, staff_id, sent_at)
            select * from unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[],
                %s::bigint[], %s::timestamptz[])
            on conflict (account_id, msgid) do nothing returning msgid, id
            """,
            [list(column) for column in zip(*rows, strict=True)],
        )
        return dict(cursor.fetchall())


def _tell(
    messages: Sequence[ServiceMessage],
    *,
    contacts: dict[str, ChannelContact],
    fresh: dict[str, int],
    now: datetime,
) -> None:
    """The contact's last moment, and one event for each new line of theirs."""
    events = []
    for message in messages:
        if message.msgid not in fresh or message.direction is not Direction.FROM_CONTACT:
            continue
        contact = contacts[message.external_userid]
        if contact.last_message_at is None or message.sent_at > contact.last_message_at:
            contact.last_message_at = message.sent_at
        staff_ids = [contact.staff_id] if contact.staff_id is not None else []
        events.append(
            NewEvent(
                name="channel.message_received",
                subject=Ref("channel_contact", contact.pk),
                unit_id=contact.unit_id,
                by=system("channels"),
                now=now,
                data={"message_id": fresh[message.msgid], "staff_ids": staff_ids},
            )
        )
    ChannelContact.objects.bulk_update(contacts.values(), ["last_message_at"])
    publish_many(events)
