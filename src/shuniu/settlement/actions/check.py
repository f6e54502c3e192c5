"""The nightly check of settlement: once a day, and people are told when something does not agree."""

from dataclasses import asdict
from datetime import date, datetime

import structlog
from django.db import connection, transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger.contracts import Finding
from shuniu.org import actions as org_actions
from shuniu.org import queries as org
from shuniu.settlement.models import Check
from shuniu.settlement.permissions import RUN
from shuniu.settlement.queries.invariants import findings

log = structlog.get_logger("settlement")

# Two workers that come at the same time: the second waits here, then finds the day taken.
TAKE_DAY = "INSERT INTO settlement_check (day, at, findings) VALUES (%s, %s, '[]') ON CONFLICT DO NOTHING RETURNING id"


def check_day(*, day: date, by: Actor, now: datetime) -> list[Finding] | None:
    """Check everything once for that day; None when it has been done. Findings are logged and told."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE_DAY, [day, now])
        taken = cursor.fetchone()
        if taken is None:
            return None
        found = findings()
        if found:
            rows = [{**asdict(one), "off_by": str(one.off_by)} for one in found]
            Check.objects.filter(pk=taken[0]).update(findings=rows)
            log.error("settlement does not agree", findings=rows)
            _tell(taken[0], len(found), by, now)
    return found


def _tell(check_id: int, count: int, by: Actor, now: datetime) -> None:
    root = org.root_unit()
    if root is None:
        return
    people = org.staff_with(unit_id=root.id, permission=RUN)
    org_actions.notify(
        staff_ids=[card.id for card in people],
        kind="settlement.check_failed",
        text=Text(
            zh=f"收益核对发现 {count} 处不一致，请立即处理",
            en=f"The check of earnings found {count} inconsistencies",
        ),
        subject=Ref("settlement_check", check_id),
        by=by,
        now=now,
        urgent=True,
    )
