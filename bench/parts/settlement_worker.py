"""A worker of settlement runs: starts them, works them off, changes lines, as it is told line by line."""

import sys
from datetime import UTC, datetime
from decimal import Decimal

from bench_settlement import BY, prepare
from django.db import connection
from harness import tell

from shuniu.app.wiring import wire
from shuniu.settlement import actions
from shuniu.settlement.effects import frozen_of
from shuniu.settlement.models import Input, Plan, Run

PERIOD = "2026-10"


def now() -> datetime:
    return datetime.now(UTC)


def work(run_id: int) -> None:
    while actions.work_run(run_id=run_id, by=BY, now=now()):
        pass
    # a part that the other worker has in hand is still to come
    while Run.objects.get(pk=run_id).status == "running":
        actions.work_run(run_id=run_id, by=BY, now=now())
    tell(done=run_id)


def change(count: int) -> None:
    """Correct the lines of as many orders, one in each stretch of the file."""
    ids = list(Input.objects.order_by("id").values_list("id", flat=True)[: count * 3 : 3])
    news = []
    for row in Input.objects.filter(id__in=ids):
        old = frozen_of(row).new
        amount = old.amount + Decimal("1.00")
        news.append(
            type(old)(
                measure=old.measure, source=old.source, at=old.at, unit_id=old.unit_id, parties=old.parties,
                amount=amount, corrects=row.id, key=f"{old.key}:corrected",
            )
        )  # fmt: skip
    actions.collect_inputs(news=news, now=now())
    tell(changed=len(news))


wire()
connection.ensure_connection()
tell(ready=1)
for line in sys.stdin:
    verb, *rest = line.split()
    if verb == "prepare":
        tell(unit=prepare(now()))
    elif verb == "settle":
        tell(run=actions.start_run(by=BY, now=now()))
    elif verb == "recalculate":
        plan = Plan.objects.get(key="bench_rebate").pk
        tell(run=actions.start_recalculation(plan_id=plan, period=PERIOD, by=BY, now=now()))
    elif verb == "work":
        work(int(rest[0]))
    else:
        change(int(rest[0]))
