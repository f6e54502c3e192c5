"""The nightly check: every promise of the ledger asked again from its rows, and a person told when one is broken."""

from datetime import date, datetime

import structlog
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref, publish
from shuniu.ledger.contracts import Finding
from shuniu.ledger.queries.invariants import findings

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
            cursor.execute(KEEP, [Jsonb(rows), taken[0]])
            log.error("ledger invariants broken", findings=rows)
            publish(
                name="ledger.invariant_broken",
                subject=Ref("ledger_check", taken[0]),
                unit_id=None,
                by=by,
                now=now,
                data={"findings": len(found)},
            )
    return found
