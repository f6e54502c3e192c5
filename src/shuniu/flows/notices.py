"""The effect `flow.notice`: tells staff about a step. Who is told is looked up when it runs, not when it was wished."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter

from shuniu.core.flow.people import People
from shuniu.core.flow.state import Party, PartyKind
from shuniu.core.flow.words import Words
from shuniu.flows.contracts import WorkStatus
from shuniu.flows.models import FlowStep, FlowWork
from shuniu.flows.queries.runs import words
from shuniu.flows.runs.documents import document_of
from shuniu.flows.runs.people import Place, staff_ids
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Effect, Ref, registry
from shuniu.foundation.text import Text
from shuniu.org import actions as org

_RULES: TypeAdapter[People] = TypeAdapter(People)

TEXTS: Mapping[str, Text] = {
    "asked": Text(zh="{subject}：请处理「{node}」", en="{subject}: please handle “{node}”"),
    "reminder": Text(zh="{subject}：「{node}」快到时限了", en="{subject}: “{node}” is due soon"),
    "overdue": Text(zh="{subject}：「{node}」已超时", en="{subject}: “{node}” is overdue"),
    "notify": Text(zh="{subject}：{node}", en="{subject}: {node}"),
    "copied": Text(zh="{subject}：抄送给您「{node}」", en="{subject}: “{node}” is copied to you"),
    "urged": Text(zh="{subject}：请尽快处理「{node}」", en="{subject}: please handle “{node}” soon"),
}


class NoticeParams(BaseModel):
    """`to` is a people rule, or `asked` (whoever is asked on the step), or `ids`."""

    to: dict[str, Any]
    reason: Literal["asked", "reminder", "overdue", "notify", "copied", "urged"]
    text: Words | None = None
    urgent: bool = False
    step_id: int


def send(*, params: NoticeParams, subject: Ref, by: Actor, now: datetime, key: str) -> dict[str, Any]:
    """Put the notice into the bells of those meant; the answer names them."""
    del key
    step = FlowStep.objects.select_related("run").get(pk=params.step_id)
    meant = _meant(params, step, now)
    if not meant:
        return {"staff_ids": []}
    node = words(document_of(step.run.version_id).by_id[step.node].name)
    card = registry.subject(subject.kind).cards([subject.id]).get(subject.id)
    title = card.title if card else str(subject)
    pattern = TEXTS[params.reason]
    text = Text(
        zh=f"{title}：{params.text.zh}" if params.text else pattern.zh.format(subject=title, node=node.zh),
        en=f"{title}: {params.text.en}" if params.text else pattern.en.format(subject=title, node=node.en),
    )
    urgent = params.urgent or params.reason == "overdue"
    org.notify(
        staff_ids=meant,
        kind=f"flow.{params.reason}",
        text=text,
        subject=subject,
        by=by,
        now=now,
        urgent=urgent,
    )
    return {"staff_ids": list(meant)}


def _meant(params: NoticeParams, step: FlowStep, now: datetime) -> tuple[int, ...]:
    if params.to.get("by") == "asked":
        works = FlowWork.objects.filter(step=step, status=WorkStatus.OPEN, staff__isnull=False)
        return tuple(works.order_by("id").values_list("staff_id", flat=True))
    if params.to.get("by") == "ids":
        return tuple(params.to["staff_ids"])
    run = step.run
    starter = run.memo.get("starter")
    place = Place(
        unit_id=run.unit_id,
        customer_id=run.subject_id if run.subject_kind == "customer" else run.customer_id,
        facts=run.facts,
        starter=Party(PartyKind(starter["kind"]), starter.get("id")) if starter else None,
        document=document_of(run.version_id),
        now=now,
    )
    return staff_ids(_RULES.validate_python(params.to), place)


NOTICE = Effect(
    key="flow.notice", text=Text(zh="通知员工", en="Tell staff"), params=NoticeParams, handle=send
)
