"""What org plugs into the house: events, subjects, settings, kinds of search, imports, and the answer to who may what."""

from collections.abc import Sequence
from functools import partial

from shuniu.foundation.access import Actor, system
from shuniu.foundation.hub import Event, EventType, Subject, SubjectCard, Subscriber
from shuniu.foundation.search import SearchKind
from shuniu.foundation.text import Text
from shuniu.org.actions.indexing import staff_documents, unit_documents
from shuniu.org.actions.notices import notify
from shuniu.org.authority import OrgAuthority
from shuniu.org.contracts import NoticeKind, Setting, SettingType
from shuniu.org.definitions import register
from shuniu.org.importers import IMPORTERS
from shuniu.org.models import Notice
from shuniu.org.permissions import STAFF_READ, UNIT_READ
from shuniu.org.queries import staff_card, units, visible_sql, visible_units
from shuniu.org.queries.calendars import CALENDAR_SETTING
from shuniu.org.queries.staff import staff_rows
from shuniu.org.queries.units import unit_rows
from shuniu.org.shipped import DEFAULT_CALENDAR

__all__ = [
    "AUTHORITY",
    "EVENTS",
    "IMPORTERS",
    "NOTICE_KINDS",
    "SEARCH_KINDS",
    "SETTINGS",
    "SUBJECTS",
    "SUBSCRIBERS",
    "register",
]

AUTHORITY = OrgAuthority()
IMPORT_FINISHED = "import.finished"

EVENTS = (
    EventType("unit.created", "unit", Text("新增组织单元", "Unit created")),
    EventType("unit.changed", "unit", Text("组织单元变更", "Unit changed")),
    EventType("unit.moved", "unit", Text("组织单元移动", "Unit moved")),
    EventType("unit.archived", "unit", Text("组织单元归档", "Unit archived")),
    EventType("unit.restored", "unit", Text("组织单元恢复", "Unit restored")),
    EventType("unit.setting_changed", "unit", Text("设置变更", "Setting changed")),
    EventType("staff.created", "staff", Text("员工入职", "Staff member joined"), {"staff_ids": "ids"}),
    EventType("staff.changed", "staff", Text("员工资料变更", "Staff member changed"), {"staff_ids": "ids"}),
    EventType("staff.archived", "staff", Text("员工离职", "Staff member left"), {"staff_ids": "ids"}),
    EventType("staff.restored", "staff", Text("员工复职", "Staff member came back"), {"staff_ids": "ids"}),
    EventType("staff.assigned", "staff", Text("任命", "Role or position given"), {"staff_ids": "ids"}),
    EventType("staff.unassigned", "staff", Text("卸任", "Role or position ended"), {"staff_ids": "ids"}),
    EventType("calendar.created", "calendar", Text("新增工作日历", "Calendar created")),
    EventType("calendar.changed", "calendar", Text("工作日历变更", "Calendar changed")),
    EventType("calendar.archived", "calendar", Text("工作日历归档", "Calendar archived")),
    EventType(
        "notice.created",
        "notice",
        Text("新通知", "New notice"),
        {"staff_ids": "ids", "urgent": "boolean", "wecom": "boolean"},
    ),
    EventType("notice.read", "notice", Text("通知已读", "Notice read"), {"staff_ids": "ids"}),
)


def _unit_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        card.id: SubjectCard(card.name, card.region_name or card.city, f"/console/units?open={card.id}")
        for card in units(ids).values()
    }


def _staff_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        card.id: SubjectCard(
            card.name,
            f"{card.unit_name} · {card.position}" if card.position else card.unit_name,
            f"/console/staff/{card.id}",
        )
        for card in staff_card(ids).values()
    }


def _notice_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {row.pk: SubjectCard(row.title) for row in Notice.objects.filter(pk__in=ids)}


def _seen_units(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(unit_rows(actor=actor, ids=ids).values_list("pk", flat=True))


def _seen_staff(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(staff_rows(actor=actor, ids=ids).values_list("pk", flat=True))


def _seen_notices(actor: Actor, ids: Sequence[int]) -> set[int]:
    if actor.staff_id is None:
        return set()
    mine = Notice.objects.filter(pk__in=ids, staff_id=actor.staff_id)
    return set(mine.values_list("pk", flat=True))


SUBJECTS = (
    Subject(
        "unit",
        Text("组织单元", "Unit"),
        "/console/units?open={id}",
        _unit_cards,
        _seen_units,
        partial(visible_units, permission=UNIT_READ),
    ),
    Subject(
        "staff",
        Text("员工", "Staff member"),
        "/console/staff/{id}",
        _staff_cards,
        _seen_staff,
        partial(visible_units, permission=STAFF_READ),
    ),
    Subject("notice", Text("通知", "Notices"), "/console/notices", _notice_cards, _seen_notices),
)

SEARCH_KINDS = (
    SearchKind(
        "staff",
        lambda actor: visible_sql(actor=actor, permission=STAFF_READ, unit="d.unit_id", owner="d.subject_id"),
        staff_documents,
    ),
    SearchKind(
        "unit", lambda actor: visible_sql(actor=actor, permission=UNIT_READ, unit="d.unit_id"), unit_documents
    ),
)


def _tell_of_imports(events: Sequence[Event]) -> None:
    """Whoever began an import hears of its end wherever they are."""
    for event in events:
        done = bool(event.data["done"])
        count = int(event.data["imported"])
        notify(
            staff_ids=event.data["staff_ids"],
            kind=IMPORT_FINISHED,
            text=Text(f"导入完成，共 {count} 行", f"Import finished: {count} rows")
            if done
            else Text("导入失败，没有写入任何数据", "The import failed; nothing was written"),
            subject=event.subject,
            by=system("imports"),
            now=event.at,
        )


SUBSCRIBERS = (Subscriber("org.notices", events=("import.finished",), handle=_tell_of_imports),)

NOTICE_KINDS = (NoticeKind(IMPORT_FINISHED, Text("导入结束", "Import finished")),)

SETTINGS = (
    Setting(
        key=CALENDAR_SETTING,
        text=Text("工作日历", "Working calendar"),
        type=SettingType.CALENDAR,
        default=DEFAULT_CALENDAR,
        group=Text("组织", "Organisation"),
        help=Text("时限按该日历的工作时间计算", "Deadlines count the working time of this calendar"),
    ),
)
