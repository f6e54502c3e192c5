"""What waits for a member of staff."""

from datetime import datetime

from shuniu.flows.contracts import InboxRow, WorkStatus
from shuniu.flows.models import FlowWork
from shuniu.flows.queries.runs import words
from shuniu.flows.runs.deadlines import light_of
from shuniu.flows.runs.documents import document_of
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text

INBOX_MAX = 200


def inbox(staff_id: int, *, now: datetime, subject_kind: str | None = None) -> list[InboxRow]:
    """Open works of a person, the most urgent first, at most 200; one query."""
    works = FlowWork.objects.filter(staff_id=staff_id, status=WorkStatus.OPEN)
    if subject_kind is not None:
        works = works.filter(run__subject_kind=subject_kind)
    rows = works.select_related("step", "run__version__definition").order_by("step__due_at", "id")[:INBOX_MAX]
    return [
        InboxRow(
            work_id=work.pk,
            run_id=work.run_id,
            subject=Ref(work.run.subject_kind, work.run.subject_id),
            node=work.step.node,
            name=words(document_of(work.run.version_id).by_id[work.step.node].name),
            flow_name=Text(zh=work.run.version.definition.name_zh, en=work.run.version.definition.name_en),
            opened_at=work.opened_at,
            due_at=work.step.due_at,
            light=light_of(due_at=work.step.due_at, warn_at=work.step.warn_at, at=now),
        )
        for work in rows
    ]


def open_work_of(staff_id: int, *, run_id: int) -> dict[str, int]:
    """The person's open works in one run: node → work id."""
    works = FlowWork.objects.filter(staff_id=staff_id, run_id=run_id, status=WorkStatus.OPEN).order_by("id")
    return dict(works.values_list("step__node", "id"))
