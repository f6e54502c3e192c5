"""Contacts become known."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from shuniu.channels.adapters.wecom.contacts import ExternalContact, get_contact
from shuniu.channels.adapters.wecom.xml import Fields
from shuniu.channels.connections import client_of
from shuniu.channels.contracts import CallbackMalformed, Origin
from shuniu.channels.models import ChannelAccount, ChannelContact, ChannelFollow
from shuniu.foundation.access import system
from shuniu.foundation.hub import Ref, publish
from shuniu.org import queries as org
from shuniu.org.contracts import StaffCard


def learn_contact(*, account: ChannelAccount, fields: Fields, now: datetime) -> None:
    """A member of staff has added somebody, or changed what they wrote about them: ask who it is and keep it."""
    external_userid = fields.get("ExternalUserID", "")
    if not external_userid:
        raise CallbackMalformed
    contact = get_contact(client_of(account), external_userid)
    keep_contact(account=account, contact=contact, added_by=fields.get("UserID", ""), now=now)


@transaction.atomic
def keep_contact(*, account: ChannelAccount, contact: ExternalContact, added_by: str, now: datetime) -> None:
    """Write the contact and its followers; the first time publishes `channel.contact_added`."""
    staff = org.staff_by_wecom([added_by, *(follow.userid for follow in contact.follows)])
    holder = staff.get(added_by) or next(
        (staff[follow.userid] for follow in contact.follows if follow.userid in staff), None
    )
    row, created = _row(account=account, contact=contact, holder=holder, now=now)
    _keep_follows(row, contact=contact, staff=staff)
    if not created:
        return
    publish(
        name="channel.contact_added",
        subject=Ref("channel_contact", row.pk),
        unit_id=row.unit_id,
        by=system("channels"),
        now=now,
        data={"account_id": account.pk, "staff_ids": [row.staff_id] if row.staff_id is not None else []},
    )


def _row(
    *, account: ChannelAccount, contact: ExternalContact, holder: StaffCard | None, now: datetime
) -> tuple[ChannelContact, bool]:
    """The contact's row, locked and up to date; true when it is new or nobody had added them so far."""
    row, created = ChannelContact.objects.select_for_update(no_key=True).get_or_create(
        account=account,
        external_userid=contact.external_userid,
        defaults={
            "unionid": contact.unionid,
            "name": contact.name,
            "avatar": contact.avatar,
            "origin": Origin.ADDED,
            "unit_id": holder.unit_id if holder is not None else account.unit_id,
            "staff_id": holder.id if holder is not None else None,
            "first_seen_at": now,
        },
    )
    if created:
        return row, True
    newly_held = row.staff_id is None and holder is not None
    row.name, row.avatar = contact.name or row.name, contact.avatar or row.avatar
    row.unionid = contact.unionid or row.unionid
    if newly_held and holder is not None:
        row.staff_id, row.unit_id, row.origin = holder.id, holder.unit_id, Origin.ADDED
    row.save()
    return row, newly_held


def _keep_follows(row: ChannelContact, *, contact: ExternalContact, staff: Mapping[str, StaffCard]) -> None:
    ChannelFollow.objects.bulk_create(
        [
            ChannelFollow(
                contact=row,
                userid=follow.userid,
                staff_id=staff[follow.userid].id if follow.userid in staff else None,
                remark=follow.remark[:80],
                add_way=follow.add_way,
                state=follow.state[:64],
                since=follow.since,
            )
            for follow in contact.follows
        ],
        update_conflicts=True,
        unique_fields=["contact", "userid"],
        update_fields=["staff", "remark", "add_way", "state", "since"],
    )


def keep_strangers(*, account: ChannelAccount, contacts: Sequence[ExternalContact], now: datetime) -> None:
    """Contacts that nobody has added: they wrote to 微信客服. Known ones stay as they are."""
    ChannelContact.objects.bulk_create(
        [
            ChannelContact(
                account=account,
                external_userid=contact.external_userid,
                unionid=contact.unionid,
                name=contact.name,
                avatar=contact.avatar,
                origin=Origin.SERVICE,
                unit_id=account.unit_id,
                first_seen_at=now,
            )
            for contact in contacts
        ],
        ignore_conflicts=True,
    )
