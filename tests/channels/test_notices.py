"""Notices of the house reach people in WeCom."""

from datetime import timedelta

from django.db import transaction
from tests.factories import channels as factory
from tests.factories.channels import NOON, Enterprise

from shuniu.channels.hub import SUBSCRIBERS
from shuniu.channels.models import ChannelAccount, ChannelOutbox
from shuniu.foundation.access import system
from shuniu.foundation.hub import Event, Ref
from shuniu.foundation.text import Text
from shuniu.org import actions as org


def told(*staff_ids: int, title: str = "新派单：高空空调安装") -> list[Event]:
    with transaction.atomic():
        ids = org.notify(
            staff_ids=staff_ids,
            kind="work_order.offer",
            text=Text(zh=title, en=title),
            subject=Ref("work_order", 7),
            by=system("test"),
            now=NOON,
        )
    return [
        Event(
            id=notice_id,
            at=NOON + timedelta(seconds=1),
            name="notice.created",
            subject=Ref("notice", notice_id),
            unit_id=None,
            customer_id=None,
            by="system:test",
            data={},
            position=notice_id,
        )
        for notice_id in ids
    ]


def test_the_same_words_for_several_people_are_one_message(enterprise: Enterprise) -> None:
    chen = factory.staff("陈店长", enterprise.store, wecom_userid="chen")
    [subscriber] = SUBSCRIBERS

    subscriber.handle([*told(enterprise.xiaoli.pk, chen.pk), *told(chen.pk, title="催办")])

    messages = ChannelOutbox.objects.order_by("id").prefetch_related("deliveries")
    assert [
        (message.title, sorted(one.userid for one in message.deliveries.all())) for message in messages
    ] == [("新派单：高空空调安装", ["chen", "xiaoli"]), ("催办", ["chen"])]
    content = messages[0].content
    assert content["title"] == "新派单：高空空调安装"
    assert content["url"].startswith("http://localhost:8000/api/channels/wecom/oauth/start?next=/m")


def test_who_does_not_want_it_there_gets_none(enterprise: Enterprise) -> None:
    org.prefer(
        kind="work_order.offer",
        bell=True,
        wecom=False,
        by=factory.actor_of(enterprise.xiaoli),
    )
    [subscriber] = SUBSCRIBERS

    subscriber.handle(told(enterprise.xiaoli.pk))

    assert not ChannelOutbox.objects.exists()


def test_without_a_connection_the_bell_alone_tells_people(enterprise: Enterprise) -> None:
    ChannelAccount.objects.all().delete()
    [subscriber] = SUBSCRIBERS

    subscriber.handle(told(enterprise.xiaoli.pk))

    assert not ChannelOutbox.objects.exists()
