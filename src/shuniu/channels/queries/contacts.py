"""Contacts and what they wrote."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from shuniu.channels.contracts import ContactCard, Direction, MessageLine, Origin
from shuniu.channels.models import ChannelContact, ChannelMessage
from shuniu.channels.permissions import READ_CHATS
from shuniu.foundation.access import Actor
from shuniu.org import queries as org


def contacts(ids: Iterable[int]) -> dict[int, ContactCard]:
    """Contacts by id, unknown ids left out. Unscoped, for those who react to their events."""
    return {row.pk: _card(row) for row in ChannelContact.objects.filter(pk__in=set(ids))}


def contacts_of(external_userids: Iterable[str]) -> list[ContactCard]:
    """Contacts by the platform's id. Unscoped: who holds the id has been let in to the person."""
    rows = ChannelContact.objects.filter(external_userid__in=set(external_userids)).order_by("id")
    return [_card(row) for row in rows]


def last_messages(*, actor: Actor, external_userids: Iterable[str], limit: int) -> list[MessageLine]:
    """The last lines with this person that `actor` may read, oldest first."""
    readable = ChannelContact.objects.filter(
        _readable(actor), external_userid__in=set(external_userids)
    ).values("id")
    rows = ChannelMessage.objects.filter(contact_id__in=readable).order_by("-sent_at", "-id")[:limit]
    return [_line(row) for row in reversed(rows)]


def visible_ids(*, actor: Actor, ids: Sequence[int]) -> set[int]:
    """Which of the contacts `actor` may see."""
    return set(ChannelContact.objects.filter(_readable(actor), pk__in=ids).values_list("pk", flat=True))


def _readable(actor: Actor) -> Q:
    return org.visible(actor=actor, permission=READ_CHATS, unit="unit_id", owner="staff_id")


def _card(row: ChannelContact) -> ContactCard:
    return ContactCard(
        id=row.pk,
        account_id=row.account_id,
        external_userid=row.external_userid,
        unionid=row.unionid,
        name=row.name,
        avatar=row.avatar,
        unit_id=row.unit_id,
        staff_id=row.staff_id,
        came_by_service=row.origin == Origin.SERVICE,
        last_message_at=row.last_message_at,
    )


def _line(row: ChannelMessage) -> MessageLine:
    return MessageLine(
        id=row.pk,
        direction=Direction(row.direction),
        kind=row.kind,
        text=row.text,
        sent_at=row.sent_at,
        staff_id=row.staff_id,
    )
