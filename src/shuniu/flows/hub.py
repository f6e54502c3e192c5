"""What flows plug into the hub. Their events carry the subject of the run, so they appear on its timeline."""

from collections.abc import Sequence
from functools import cache

from shuniu.flows.actions import deliver
from shuniu.flows.models import FlowDefinition, FlowRun
from shuniu.flows.notices import NOTICE
from shuniu.flows.permissions import READ
from shuniu.foundation.access import Actor, may
from shuniu.foundation.hub import EventType, Subject, SubjectCard, Subscriber, registry
from shuniu.foundation.text import Text
from shuniu.org.contracts import NoticeKind

ANY_SUBJECT = "*"

EVENTS = (
    EventType("flow.run_started", ANY_SUBJECT, Text(zh="流程开始", en="Flow started"), {"run_id": "id"}),
    EventType(
        "flow.step_opened",
        ANY_SUBJECT,
        Text(zh="进入节点", en="Step opened"),
        {"run_id": "id", "step_id": "id", "node": "text", "visit": "number", "staff_ids": "ids"},
    ),
    EventType(
        "flow.step_closed",
        ANY_SUBJECT,
        Text(zh="完成节点", en="Step closed"),
        {
            "run_id": "id",
            "step_id": "id",
            "node": "text",
            "visit": "number",
            "outcome": "text",
            "staff_ids": "ids",
        },
    ),
    EventType(
        "flow.step_assigned",
        ANY_SUBJECT,
        Text(zh="改派处理人", en="Step assigned"),
        {"run_id": "id", "step_id": "id", "node": "text", "staff_ids": "ids"},
    ),
    EventType(
        "flow.step_changed",
        ANY_SUBJECT,
        Text(zh="节点有变化", en="Step changed"),
        {"run_id": "id", "step_id": "id", "visit": "number", "what": "text", "staff_ids": "ids"},
    ),
    EventType(
        "flow.run_changed",
        ANY_SUBJECT,
        Text(zh="流程挂起或恢复", en="Flow suspended or resumed"),
        {"run_id": "id", "what": "text"},
    ),
    EventType(
        "flow.run_migrated",
        ANY_SUBJECT,
        Text(zh="流程迁移版本", en="Flow moved to another version"),
        {"run_id": "id", "version_id": "id"},
    ),
    EventType(
        "flow.run_ended",
        ANY_SUBJECT,
        Text(zh="流程结束", en="Flow ended"),
        {"run_id": "id", "status": "text"},
    ),
    EventType(
        "flow.published",
        "flow_definition",
        Text(zh="发布流程", en="Flow published"),
        {"version_id": "id", "number": "number"},
    ),
)
EFFECTS = (NOTICE,)


def _run_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    rows = FlowRun.objects.filter(pk__in=ids).select_related("version__definition")
    return {
        row.pk: SubjectCard(
            title=row.version.definition.name_zh,
            subtitle=f"v{row.version.number}",
            link=registry.subject(row.subject_kind).link.format(id=row.subject_id),
        )
        for row in rows
    }


def _visible_runs(actor: Actor, ids: Sequence[int]) -> set[int]:
    """Who may see what a run is about may see the run."""
    by_kind: dict[str, dict[int, list[int]]] = {}
    for run_id, kind, subject_id in FlowRun.objects.filter(pk__in=ids).values_list(
        "id", "subject_kind", "subject_id"
    ):
        by_kind.setdefault(kind, {}).setdefault(subject_id, []).append(run_id)
    return {
        run_id
        for kind, runs in by_kind.items()
        for subject_id in registry.subject(kind).visible(actor, list(runs))
        for run_id in runs[subject_id]
    }


def _definition_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        row.pk: SubjectCard(title=row.name_zh, subtitle=row.key, link=f"/console/flows/{row.key}")
        for row in FlowDefinition.objects.filter(pk__in=ids)
    }


def _visible_definitions(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(ids) if may(actor, READ) else set()


NOT_HEARD = ("flow.", "notice.")
"""Events that runs cannot wait for: their own, and those of the bell."""


@cache
def listener(names: tuple[str, ...]) -> Subscriber:
    """Hands events of the house to the runs that wait for them and the flows they start."""
    heard = tuple(name for name in names if not name.startswith(NOT_HEARD))
    return Subscriber(name="flows.events", events=heard, handle=deliver)


SUBJECTS = (
    Subject(
        kind="flow_run",
        text=Text(zh="流程实例", en="Run"),
        link="/console/flow-runs/{id}",
        cards=_run_cards,
        visible=_visible_runs,
    ),
    Subject(
        kind="flow_definition",
        text=Text(zh="流程", en="Flow"),
        link="/console/flows/{id}",
        cards=_definition_cards,
        visible=_visible_definitions,
        read=READ,
    ),
)

NOTICE_KINDS = (
    NoticeKind("flow.asked", Text(zh="新待办", en="New work for you")),
    NoticeKind("flow.reminder", Text(zh="冲刺提醒", en="Sprint reminder")),
    NoticeKind("flow.overdue", Text(zh="超时升级", en="Overdue")),
    NoticeKind("flow.notify", Text(zh="流程通知", en="Told by a flow")),
    NoticeKind("flow.copied", Text(zh="抄送给我", en="Copied to you")),
    NoticeKind("flow.urged", Text(zh="催办", en="Urged")),
)
