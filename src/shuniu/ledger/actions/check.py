"""The nightly check: every promise of the ledger asked again from its rows, and a person told when one is broken."""

import json
from datetime import date, datetime

import structlog
from django.db import connection, transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref, publish
from shuniu.foundation.text import Text
from shuniu.ledger.contracts import Finding
from shuniu.ledger.permissions import READ
from shuniu.ledger.queries.invariants import findings
from shuniu.org import actions as org_actions
from shuniu.org import queries as org

log = structlog.get_logger("ledger")

# Two workers that come at the same time: the second waits here, then finds the day taken.
TAKE_DAY = (
    "INSERT INTO ledger_check (day, at, findings) VALUES (%s, %s, '[]') ON CONFLICT DO NOTHING RETURNING id"
)
KEEP = "UPDATE ledger_check SET findings = %s WHERE id = %s"


def check_day(*, day: date, by: Actor, now: datetime) -> list[Finding] | None:
    """Check everything once for that day; None when it has been done. Findings are logged and published."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE_DAY, [day, now])
        taken = cursor.fetchone()
        if taken is None:
            return None
        found = findings()
        if found:
            rows = [{"rule": f.rule, "row_id": f.row_id, "off_by": str(f.off_by)} for f in found]
            cursor.execute(KEEP, [json.dumps(rows), taken[0]])
            log.error("ledger invariants broken", findings=rows)
            publish(
                name="ledger.invariant_broken",
                subject=Ref("ledger_check", taken[0]),
                unit_id=None,
                by=by,
                now=now,
                data={"findings": len(found)},
            )
            _alert(taken[0], len(found), by, now)
    return found


def _alert(check_id: int, count: int, by: Actor, now: datetime) -> None:
    """Tell everybody who may read the ledger of the whole enterprise; not to be turned off."""
    root = org.root_unit()
    if root is None:
        return
    people = org.staff_with(unit_id=root.id, permission=READ)
    org_actions.notify(
        staff_ids=[card.id for card in people],
        kind="ledger.invariant_broken",
        text=Text(
            zh=f"账目核对发现 {count} 处不一致，请立即处理",
            en=f"The ledger check found {count} inconsistencies",
        ),
        subject=Ref("ledger_check", check_id),
        by=by,
        now=now,
        urgent=True,
    )
