"""What waits for a member of staff."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from shuniu.flows.contracts import InboxRow, StepStatus, WorkStatus
from shuniu.flows.models import FlowStep, FlowWork
from shuniu.flows.queries.deputies import represented
from shuniu.flows.queries.runs import words
from shuniu.flows.runs.deadlines import light_of
from shuniu.flows.runs.documents import document_of
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text

INBOX_MAX = 200


def inbox(staff_id: int, *, now: datetime, subject_kind: str | None = None) -> list[InboxRow]:
    """Open works of a person and of those they stand in for, the most urgent first, at most 200; one query."""
    mine = FlowWork.objects.filter(staff_id=staff_id, step=OuterRef("step"), status=WorkStatus.OPEN)
    works = FlowWork.objects.filter(
        Q(staff_id=staff_id) | (Q(staff_id__in=represented(staff_id, now)) & ~Exists(mine)),
        status=WorkStatus.OPEN,
    )
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


def work_at(*, run_id: int, node: str, staff_id: int) -> int | None:
    """The person's latest work at a node of a run, whether open or not."""
    works = FlowWork.objects.filter(run_id=run_id, staff_id=staff_id, step__node=node).order_by("-id")
    return works.values_list("id", flat=True).first()


def waiting_for(staff_id: int, *, run: str = "run_id") -> Q:
    """Rows of others whose run waits for the person, as a condition on their column `run`."""
    works = FlowWork.objects.filter(staff_id=staff_id, status=WorkStatus.OPEN)
    return Q(**{f"{run}__in": works.values("run_id")})


def overdue(now: datetime, *, run: str = "run_id") -> Q:
    """Rows of others whose run has an open step past its limit, as a condition on their column `run`."""
    late = FlowStep.objects.filter(status=StepStatus.OPEN, due_at__lt=now)
    return Q(**{f"{run}__in": late.values("run_id")})
