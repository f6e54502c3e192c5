"""A message is put on its way to members of staff."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from shuniu.channels.connections import main_account
from shuniu.channels.models import ChannelDelivery, ChannelOutbox
from shuniu.org import queries as org


@transaction.atomic
def queue_app_message(
    *,
    key: str,
    staff_ids: Sequence[int],
    msgtype: str,
    title: str,
    content: Mapping[str, Any],
    now: datetime,
) -> int | None:
    """Queue one application message for everybody of `staff_ids` who has a WeCom account.

    Returns its id; None when nobody has one, or the message with this `key` is on its way already. NoAccount when
    WeCom is not set up.
    """
    cards = org.staff_card(staff_ids)
    receivers = {
        card.wecom_userid: card.id for card in cards.values() if card.wecom_userid and not card.archived
    }
    if not receivers:
        return None
    message, created = ChannelOutbox.objects.get_or_create(
        dedupe_key=key,
        defaults={
            "account": main_account(),
            "msgtype": msgtype,
            "title": title[:130],
            "content": dict(content),
            "created_at": now,
            "next_at": now,
        },
    )
    if not created:
        return None
    ChannelDelivery.objects.bulk_create(
        ChannelDelivery(message=message, userid=userid, staff_id=staff_id)
        for userid, staff_id in sorted(receivers.items())
    )
    return message.pk
