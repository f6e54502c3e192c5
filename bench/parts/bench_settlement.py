"""What the processes of the settlement benchmark share: who they are, the unit, and the partners' plan."""

from datetime import UTC, datetime
from typing import Any

from shuniu.foundation.access import system
from shuniu.org import actions as org
from shuniu.org.contracts import UnitKind
from shuniu.settlement import actions

BY = system("bench")
SALE = "bench.sale"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
# the tiers of the hand-written statement
TIERS = (("100000", "0.03"), ("500000", "0.05"), ("1000000", "0.08"), (None, "0.10"))


def prepare(now: datetime) -> int:
    """The headquarters and the rebate in tiers, confirmed by the close of the month; the unit's id."""
    org.ensure_shipped(zone="Asia/Shanghai", by=BY, now=now)
    unit = org.create_unit(name="总部", kind=UnitKind.HQ, code="HQ", parent_id=None, by=BY, now=now)
    actions.publish_plan(document=document("bench_rebate", SALE), effective_from=LONG_AGO, by=BY, now=now)
    return unit.id


def document(key: str, measure: str, **changes: Any) -> dict[str, Any]:
    tiers = [{"up_to": up_to, "rate": rate} for up_to, rate in TIERS]
    component = {
        "model": "cumulative",
        "key": "rebate",
        "name": {"zh": "返利"},
        "measure": measure,
        "beneficiary": "partner",
        "curve": {"kind": "graduated", "floor_zero": True, "tiers": tiers},
    }
    return {
        "key": key,
        "name": {"zh": "阶梯返利"},
        "confirmation": {"by": "period_close"},
        "hold_days": 0,
        "components": [component],
    } | changes
