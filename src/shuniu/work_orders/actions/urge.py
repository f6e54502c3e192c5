"""Urging whoever an order waits for."""

import math
from datetime import datetime, timedelta

from django.db import transaction

from shuniu.flows import queries as runs
from shuniu.foundation.access import Actor
from shuniu.foundation.text import Text
from shuniu.org import actions as org_actions
from shuniu.work_orders.actions.marking import locked
from shuniu.work_orders.contracts import NobodyToUrge, UrgedAlready
from shuniu.work_orders.events import ref, tell
from shuniu.work_orders.models import WorkOrderUrge
from shuniu.work_orders.permissions import READ
from shuniu.work_orders.queries.scope import require_order

EVERY = timedelta(minutes=10)


@transaction.atomic
def urge(*, order_id: int, by: Actor, now: datetime) -> list[int]:
    """Tell everyone who is waited for, at most once in 10 minutes per order; ids of those told."""
    require_order(order_id=order_id, actor=by, permission=READ)
    order = locked(order_id=order_id)
    last = WorkOrderUrge.objects.filter(order=order).order_by("-at").values_list("at", flat=True).first()
    if last is not None and last + EVERY > now:
        raise UrgedAlready(minutes=math.ceil((last + EVERY - now) / timedelta(minutes=1)))
    waiting = runs.open_steps([order.run_id], now=now).get(order.run_id, []) if order.run_id else []
    asked = [step for step in waiting if step.staff_ids]
    if not asked:
        raise NobodyToUrge()
    staff_ids = sorted({staff_id for step in asked for staff_id in step.staff_ids})
    WorkOrderUrge.objects.create(order=order, staff_id=by.staff_id, node=asked[0].node, at=now)
    text = Text(
        zh=f"{by.name} 催办 {order.no}：请尽快处理「{asked[0].name.zh}」",
        en=f"{by.name} asks you to handle “{asked[0].name.en}” of {order.no} soon",
    )
    org_actions.notify(
        staff_ids=staff_ids,
        kind="work_order.urge",
        text=text,
        subject=ref(order_id),
        by=by,
        now=now,
        urgent=True,
    )
    tell("urged", order, by=by, now=now, data={"staff_ids": staff_ids})
    return staff_ids
