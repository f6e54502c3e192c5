"""What channels plug into the hub."""

from collections.abc import Sequence

from django.conf import settings

from shuniu.channels import actions, queries
from shuniu.channels.adapters.wecom.messages import text_card
from shuniu.channels.contracts import NoAccount
from shuniu.channels.permissions import READ_CHATS
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Event, EventType, Ref, Subject, SubjectCard, Subscriber, registry
from shuniu.foundation.text import Text
from shuniu.org import queries as org
from shuniu.org.contracts import NoticeCard

EVENTS = (
    EventType(
        "channel.contact_added",
        "channel_contact",
        Text(zh="新增联系人", en="Contact added"),
        {"account_id": "id", "staff_ids": "ids"},
    ),
    EventType(
        "channel.message_received",
        "channel_contact",
        Text(zh="收到客户消息", en="Message received"),
        {"message_id": "id", "staff_ids": "ids"},
    ),
    EventType(
        "channel.message_sent",
        "channel_message",
        Text(zh="消息已发出", en="Message sent"),
        {"receivers": "number"},
    ),
)


def deliver_notices(events: Sequence[Event]) -> None:
    """Notices go to WeCom as cards; the same words about the same thing are one message for all they concern."""
    cards = org.notices(event.subject.id for event in events)
    together: dict[tuple[str, Ref], list[NoticeCard]] = {}
    for event in events:
        notice = cards.get(event.subject.id)
        if notice is not None and notice.by_wecom:
            together.setdefault((notice.title.zh, notice.subject), []).append(notice)
    for notices in together.values():
        _deliver(notices)


def _deliver(notices: Sequence[NoticeCard]) -> None:
    first = notices[0]
    subject = _subject_card(first.subject)
    content = text_card(
        title=first.title.zh,
        description=subject.subtitle or subject.title or "点击查看",
        url=_address(subject.link),
        button="查看",
    )
    try:
        actions.queue_app_message(
            key=f"notice:{first.id}",
            staff_ids=[notice.staff_id for notice in notices],
            msgtype="textcard",
            title=first.title.zh,
            content=content,
            now=first.at,
        )
    except NoAccount:
        # without WeCom the bell alone tells people
        return


def _subject_card(ref: Ref) -> SubjectCard:
    declared = registry.subjects.get(ref.kind)
    found = declared.cards([ref.id]) if declared is not None else {}
    return found.get(ref.id, SubjectCard(title=""))


def _address(link: str) -> str:
    """The phone page of a console link, opened through the silent sign-in."""
    page = f"/m/{link.removeprefix('/console/')}" if link.startswith("/console/") else "/m"
    return f"{settings.SHUNIU.public_url}/api/channels/wecom/oauth/start?next={page}"


SUBSCRIBERS = (Subscriber(name="channels.notices", events=("notice.created",), handle=deliver_notices),)

FACTS = ()
EFFECTS = ()


def _contact_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        contact.id: SubjectCard(
            title=contact.name, subtitle="微信客服" if contact.came_by_service else "企业微信"
        )
        for contact in queries.contacts(ids).values()
    }


def _visible_contacts(actor: Actor, ids: Sequence[int]) -> set[int]:
    return queries.visible_ids(actor=actor, ids=ids)


SUBJECTS = (
    Subject(
        kind="channel_contact",
        text=Text(zh="渠道联系人", en="Channel contact"),
        link="/console/customers",
        cards=_contact_cards,
        visible=_visible_contacts,
        read=READ_CHATS,
    ),
)
