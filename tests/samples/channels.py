"""Connections to WeCom and what passes through them."""

from tests.factories import channels
from tests.factories.org import NOON, House

from shuniu.channels.models import ChannelAccount, ChannelInbox, ChannelOutbox
from shuniu.foundation import privacy
from shuniu.org.models import Unit


def _account(house: House) -> int:
    return _connection(house).pk


def _connection(house: House) -> ChannelAccount:
    return ChannelAccount.objects.first() or channels.account(Unit.objects.get(pk=house.units["WHGG"]))


def _callback(house: House) -> int:
    row = ChannelInbox.objects.create(
        account=_connection(house),
        dedupe_key="sample",
        kind="sample",
        envelope="<xml/>",
        message_cipher=privacy.encrypt("<xml/>"),
        received_at=NOON,
        next_at=NOON,
        status="failed",
    )
    return row.pk


def _message(house: House) -> int:
    row = ChannelOutbox.objects.create(
        account=_connection(house),
        dedupe_key="sample",
        msgtype="text",
        title="样例",
        content={},
        created_at=NOON,
        next_at=NOON,
        status="failed",
    )
    return row.pk


SAMPLES = {
    "/channels/accounts/{account_id}": _account,
    "/channels/inbox/{inbox_id}": _callback,
    "/channels/outbox/{message_id}": _message,
}
BODIES = {
    "PUT /channels/accounts/{account_id}": {
        "name": "改名",
        "unit_id": 1,
        "corp_id": "ww1",
        "agent_id": "1000002",
    },
}
