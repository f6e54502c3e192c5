"""Plan documents and inputs of the engine for tests."""

import json
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from shuniu.core.settlement import Input, PlanDocument, PreparedPlan, prepare

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
HIGH_RISE = {"工单.类型": "ac_high_install", "工单.楼层": 6, "工单.高温": True}


def field_work_document() -> dict[str, Any]:
    text = files("shuniu.settlement").joinpath("documents/field_work.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def plan(**changes: Any) -> PreparedPlan:
    """The plan of the story, with fields of its one component changed."""
    document = field_work_document()
    document["components"][0] |= changes
    return prepare(PlanDocument.model_validate(document))


def fixed_fee(amount: str, **changes: Any) -> PreparedPlan:
    """A plan that pays `amount` for everything."""
    rows = [{"text": {"zh": "固定费"}, "amount": amount}]
    return plan(base=rows, coefficients=[], allowances=[], deductions=[], **changes)


def completed(
    id: int,
    facts: dict[str, Any] | None = None,
    *,
    worker: str = "staff:5",
    at: datetime = NOON,
    corrects: Input | None = None,
) -> Input:
    """A completed work order."""
    return Input(
        id=id,
        measure="work_order.completed",
        at=at,
        recorded_at=at,
        parties={"worker": worker},
        facts=HIGH_RISE if facts is None else facts,
        corrects=corrects,
    )
