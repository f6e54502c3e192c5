"""From the words of a request to a plan document and inputs, and from results to the words of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from shuniu.core.money import parse_amount
from shuniu.core.settlement.calculate import calculate
from shuniu.core.settlement.context import PreparedPlan
from shuniu.core.settlement.inputs import Calculation, Input
from shuniu.core.settlement.plan import PlanDocument
from shuniu.core.settlement.prepare import prepare

Case: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = dict[str, Any]

SOMEBODY = "staff:1"
SOMETHING = "matter:1"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SHANGHAI = "Asia/Shanghai"
EXACT = {"scale": None}
FEN = {"mode": "half_up", "scale": 2, "moment": "line"}


def component(model: str, key: str = "pay", **fields: Any) -> dict[str, Any]:
    return {"model": model, "key": key, "name": {"zh": key}, "measure": "case", **fields}


def plan(
    *components: Mapping[str, Any],
    rounding: Mapping[str, Any] | None = None,
    timezone: str = SHANGHAI,
    period: str = "once",
    facts: Mapping[str, str] | None = None,
    parameters: Mapping[str, Any] | None = None,
    lookups: Sequence[Mapping[str, Any]] = (),
) -> PreparedPlan:
    """A prepared plan of these components. A parameter is a plain number, or a whole parameter document."""
    named = {
        name: value if isinstance(value, Mapping) else {"value": value}
        for name, value in (parameters or {}).items()
    }
    document = {
        "key": "case",
        "name": {"zh": "case"},
        "rounding": rounding or EXACT,
        "timezone": timezone,
        "period": period,
        "facts": facts or {},
        "parameters": named,
        "lookups": lookups,
        "components": components,
    }
    return prepare(PlanDocument.model_validate(document))


def one_input(
    id: int = 1,
    amount: Any = "0",
    *,
    quantity: Any = "0",
    facts: Mapping[str, Any] | None = None,
    at: datetime = LONG_AGO,
    recorded_at: datetime = LONG_AGO,
    source: str = SOMETHING,
    measure: str = "case",
) -> Input:
    return Input(
        id=id,
        measure=measure,
        at=at,
        recorded_at=recorded_at,
        amount=parse_amount(amount),
        quantity=parse_amount(quantity),
        parties={"worker": SOMEBODY},
        facts=facts or {},
        source=source,
    )


def line_inputs(rows: Iterable[Mapping[str, Any]]) -> list[Input]:
    """One input per line, in the given order."""
    return [one_input(position, row["amount"]) for position, row in enumerate(rows)]


def line_amounts(calculation: Calculation, names: Sequence[str], key: str = "pay") -> dict[str, str]:
    """By the name of each line, what it moved in the buckets of a component; lines it passed over are zero."""
    amounts = dict.fromkeys(names, "0")
    for bucket in calculation.buckets:
        if bucket.key.component == key:
            amounts |= {names[line.input_id]: text(line.amount) for line in bucket.lines}
    return amounts


def lines_answer(prepared: PreparedPlan, inputs: Sequence[Input], names: Sequence[str]) -> Answer:
    """The answer of every model whose lines stand beside their total."""
    calculation = calculate(prepared, inputs)
    return {"lines": line_amounts(calculation, names), "total": text(calculation.total)}


def total_answer(prepared: PreparedPlan, *inputs: Input) -> Answer:
    return {"total": text(calculate(prepared, inputs).total)}


def earned(calculation: Calculation, key: str) -> str:
    """What a component earned altogether, one bucket being all there is of it."""
    return next((text(b.amount) for b in calculation.buckets if b.key.component == key), "0")


def ids(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def tiers(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Tiers as the plan says them, whether they priced units or sales."""
    return [
        {
            "up_to": row["up_to"],
            "rate": row.get("unit_price", row.get("rate", "0")),
            "flat": row.get("flat_fee", "0"),
        }
        for row in rows
    ]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def midnight(day: str, timezone: str = SHANGHAI) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.min, tzinfo=ZoneInfo(timezone))


def text(amount: Decimal) -> str:
    return f"{amount:f}"
