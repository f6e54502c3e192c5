"""What kept callbacks become."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.db import OperationalError, connection
from tests.factories import channels as factory
from tests.factories.channels import NOON, WANG, Enterprise

from shuniu.channels import actions, queries
from shuniu.channels.models import ChannelContact, ChannelFollow, ChannelInbox, ChannelMessage
from shuniu.foundation.access import system


def deliver(enterprise: Enterprise, message: str) -> None:
    sealed = factory.seal(message)
    actions.receive(
        address=factory.ADDRESS,
        signed=actions.Signed(
            signature=sealed.query["msg_signature"],
            timestamp=sealed.query["timestamp"],
            nonce=sealed.query["nonce"],
        ),
        body=sealed.body,
        now=NOON,
    )


def events(name: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("select subject_id, unit_id, data from event where name = %s order by id", [name])
        return [{"subject": row[0], "unit": row[1], "data": json.loads(row[2])} for row in cursor.fetchall()]


def test_an_added_contact_is_asked_for_and_belongs_to_who_added_them(enterprise: Enterprise) -> None:
    enterprise.wecom.know(WANG, unionid="un1")
    deliver(enterprise, factory.contact_added())

    assert actions.understand_some(now=NOON) == 1

    contact = ChannelContact.objects.get()
    assert (contact.external_userid, contact.name, contact.unionid) == (WANG, "王女士", "un1")
    assert (contact.unit_id, contact.staff_id) == (enterprise.store.pk, enterprise.xiaoli.pk)
    assert ChannelFollow.objects.get().staff_id == enterprise.xiaoli.pk
    assert events("channel.contact_added") == [
        {
            "subject": contact.pk,
            "unit": enterprise.store.pk,
            "data": {"account_id": enterprise.account.pk, "staff_ids": [enterprise.xiaoli.pk]},
        }
    ]
    assert ChannelInbox.objects.get().status == "done"
    assert actions.understand_some(now=NOON) == 0


def test_lines_of_chat_are_fetched_page_by_page_and_each_told_once(enterprise: Enterprise) -> None:
    enterprise.wecom.know()
    enterprise.wecom.lines = [
        factory.line("1", "你好", at=1_763_600_000),
        factory.line("2", "您好,请讲", origin=5, at=1_763_600_010),
        factory.line("3", "新空调要装在 6 楼", at=1_763_600_020),
    ]
    enterprise.wecom.page_size = 2
    deliver(enterprise, factory.service_news())

    actions.understand_some(now=NOON)
    deliver(enterprise, factory.service_news(at=2))
    actions.understand_some(now=NOON)

    lines = queries.last_messages(actor=system("test"), external_userids=[WANG], limit=10)
    assert [(line.direction, line.text) for line in lines] == [
        ("from_contact", "你好"),
        ("from_staff", "您好,请讲"),
        ("from_contact", "新空调要装在 6 楼"),
    ]
    assert lines[1].staff_id == enterprise.xiaoli.pk
    assert len(events("channel.message_received")) == 2
    contact = ChannelContact.objects.get()
    assert (contact.name, contact.origin, contact.unit_id) == ("王女士", "service", enterprise.hq.pk)


def test_a_lost_cursor_brings_no_line_twice(enterprise: Enterprise) -> None:
    enterprise.wecom.lines = [factory.line("1", "你好")]
    deliver(enterprise, factory.service_news())
    actions.understand_some(now=NOON)
    with connection.cursor() as cursor:
        cursor.execute("delete from channel_service_cursor")

    deliver(enterprise, factory.service_news(at=2))
    actions.understand_some(now=NOON)

    assert ChannelMessage.objects.count() == 1
    assert len(events("channel.message_received")) == 1


def test_who_wrote_first_and_is_added_later_then_belongs_to_who_added_them(enterprise: Enterprise) -> None:
    enterprise.wecom.lines = [factory.line("1", "你好")]
    deliver(enterprise, factory.service_news())
    actions.understand_some(now=NOON)
    assert ChannelContact.objects.get().name == "微信客户"

    enterprise.wecom.know()
    deliver(enterprise, factory.contact_added())
    actions.understand_some(now=NOON)

    contact = ChannelContact.objects.get()
    assert (contact.name, contact.staff_id, contact.unit_id) == (
        "王女士",
        enterprise.xiaoli.pk,
        enterprise.store.pk,
    )
    assert len(events("channel.contact_added")) == 1


def test_callbacks_that_mean_nothing_to_us_are_kept_and_left(enterprise: Enterprise) -> None:
    deliver(enterprise, "<xml><CreateTime>1</CreateTime><Event>enter_agent</Event></xml>")

    assert actions.understand_some(now=NOON) == 1
    assert ChannelInbox.objects.get().status == "ignored"
    assert enterprise.wecom.paths == []


def test_a_platform_that_is_away_is_asked_again_later(enterprise: Enterprise) -> None:
    enterprise.wecom.know()
    enterprise.wecom.trouble = lambda path: httpx.Response(503) if path == "externalcontact/get" else None
    deliver(enterprise, factory.contact_added())
    actions.understand_some(now=NOON)
    row = ChannelInbox.objects.get()
    assert (row.status, row.attempts, row.next_at) == ("new", 1, NOON + timedelta(seconds=5))
    assert "暂时连不上" in row.problem
    assert actions.understand_some(now=NOON + timedelta(seconds=4)) == 0

    enterprise.wecom.trouble = lambda _: None
    assert actions.understand_some(now=NOON + timedelta(seconds=5)) == 1
    assert ChannelInbox.objects.get().status == "done"


def test_what_cannot_succeed_waits_for_a_person_who_retries_it(enterprise: Enterprise) -> None:
    deliver(enterprise, factory.contact_added("wmStranger"))
    actions.understand_some(now=NOON)
    row = ChannelInbox.objects.get()
    assert (row.status, "84061" in row.problem) == ("failed", True)

    enterprise.wecom.know("wmStranger")
    actions.retry_inbox(inbox_id=row.pk, by=system("test"), now=NOON)
    actions.understand_some(now=NOON)
    assert ChannelInbox.objects.get().status == "done"


def test_a_database_that_goes_away_after_the_acknowledgement_loses_nothing(
    enterprise: Enterprise, monkeypatch: pytest.MonkeyPatch
) -> None:
    enterprise.wecom.know()
    deliver(enterprise, factory.contact_added())
    with monkeypatch.context() as away:
        away.setattr(
            "shuniu.channels.actions.contacts.publish",
            lambda **_: (_ for _ in ()).throw(OperationalError("server closed the connection")),
        )
        with pytest.raises(OperationalError):
            actions.understand_some(now=NOON)
    assert not ChannelContact.objects.exists()
    assert ChannelInbox.objects.get().status == "new"

    assert actions.understand_some(now=NOON + timedelta(minutes=3)) == 1
    assert ChannelContact.objects.count() == 1
    assert len(events("channel.contact_added")) == 1
