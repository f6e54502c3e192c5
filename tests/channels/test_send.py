"""Messages leave for WeCom, and what becomes of them is known."""

from datetime import timedelta

import httpx
import pytest
from tests.factories import channels as factory
from tests.factories.channels import NOON, Enterprise

from shuniu.channels import actions, queries
from shuniu.channels.contracts import NothingToRetry, OutgoingRow
from shuniu.channels.models import ChannelAccount, ChannelOutbox
from shuniu.foundation.access import system
from shuniu.foundation.http import PageParams

CARD = {
    "title": "新工单",
    "description": "高空空调安装",
    "url": "https://shuniu.example.com/m",
    "btntxt": "查看",
}


def queue(enterprise: Enterprise, *staff_ids: int, key: str = "notice:1") -> int | None:
    return actions.queue_app_message(
        key=key,
        staff_ids=staff_ids or [enterprise.xiaoli.pk],
        msgtype="textcard",
        title="新工单",
        content=CARD,
        now=NOON,
    )


def only_row() -> OutgoingRow:
    [row] = queries.outbox_page(actor=system("test"), status=None, page=PageParams()).items
    return row


def refuse(enterprise: Enterprise, errcode: int) -> None:
    enterprise.wecom.trouble = lambda path: (
        httpx.Response(200, json={"errcode": errcode}) if path == "message/send" else None
    )


def test_a_message_leaves_once_for_everybody_with_an_account(enterprise: Enterprise) -> None:
    chen = factory.staff("陈店长", enterprise.store, wecom_userid="chen")
    nobody = factory.staff("无账号", enterprise.store)
    queue(enterprise, enterprise.xiaoli.pk, chen.pk, nobody.pk)
    assert queue(enterprise, enterprise.xiaoli.pk, key="notice:1") is None

    assert actions.send_some(now=NOON) == 1
    assert actions.send_some(now=NOON + timedelta(hours=1)) == 0

    [sent] = enterprise.wecom.sent
    assert (sent["touser"], sent["msgtype"], sent["agentid"]) == ("chen|xiaoli", "textcard", 1000002)
    assert sent["textcard"] == CARD
    row = only_row()
    assert (row.status, row.attempts, row.sent_at) == ("sent", 1, NOON)
    assert [(line.staff_name, line.result) for line in row.deliveries] == [
        ("陈店长", "accepted"),
        ("小李", "accepted"),
    ]


def test_nobody_with_an_account_means_no_message(enterprise: Enterprise) -> None:
    assert queue(enterprise, factory.staff("无账号", enterprise.store).pk) is None


def test_a_receiver_the_platform_does_not_know_is_told_apart(enterprise: Enterprise) -> None:
    chen = factory.staff("陈店长", enterprise.store, wecom_userid="chen")
    enterprise.wecom.invalid = "chen"
    queue(enterprise, enterprise.xiaoli.pk, chen.pk)

    actions.send_some(now=NOON)

    row = only_row()
    assert row.status == "partly"
    assert {line.userid: line.result for line in row.deliveries} == {"chen": "invalid", "xiaoli": "accepted"}


def test_a_frequency_limit_waits_for_the_next_minute_without_a_second_call(enterprise: Enterprise) -> None:
    refuse(enterprise, 45009)
    queue(enterprise)

    actions.send_some(now=NOON)

    assert enterprise.wecom.paths.count("message/send") == 1
    row = only_row()
    assert (row.status, row.next_at) == ("queued", NOON + timedelta(seconds=61))
    assert actions.send_some(now=NOON + timedelta(seconds=60)) == 0


def test_attempts_back_off_and_end_as_a_dead_letter_that_a_person_sends_again(enterprise: Enterprise) -> None:
    refuse(enterprise, 48002)
    queue(enterprise)
    actions.send_some(now=NOON)
    row = only_row()
    assert (row.status, "可调用接口的应用" in row.problem) == ("failed", True)
    assert actions.send_some(now=NOON + timedelta(days=1)) == 0

    enterprise.wecom.trouble = lambda _: None
    actions.retry_outbox(message_id=row.id, by=system("test"), now=NOON + timedelta(days=1))
    assert actions.send_some(now=NOON + timedelta(days=1)) == 1
    assert only_row().status == "sent"
    with pytest.raises(NothingToRetry):
        actions.retry_outbox(message_id=row.id, by=system("test"), now=NOON)


def test_a_platform_that_stays_away_is_given_up_after_eight_attempts(enterprise: Enterprise) -> None:
    enterprise.wecom.trouble = lambda path: httpx.Response(503) if path == "message/send" else None
    queue(enterprise)
    moment, gaps = NOON, []
    while (row := ChannelOutbox.objects.get()).status == "queued":
        gaps.append(int((row.next_at - moment).total_seconds()))
        moment = row.next_at
        actions.send_some(now=moment)

    assert (row.status, row.attempts) == ("failed", 8)
    assert gaps == [0, 5, 15, 60, 300, 900, 3600, 10800]


def test_a_worker_that_dies_while_sending_leaves_the_message_to_be_taken_again(
    enterprise: Enterprise,
) -> None:
    queue(enterprise)
    ChannelOutbox.objects.update(attempts=1, next_at=NOON + timedelta(minutes=2))

    assert actions.send_some(now=NOON + timedelta(minutes=1)) == 0
    assert actions.send_some(now=NOON + timedelta(minutes=2)) == 1
    assert only_row().status == "sent"


def test_a_switched_off_connection_sends_nothing(enterprise: Enterprise) -> None:
    queue(enterprise)
    ChannelAccount.objects.update(enabled=False)

    assert actions.send_some(now=NOON) == 0
