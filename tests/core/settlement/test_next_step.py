from decimal import Decimal
from typing import Any

import pytest
from tests.core.settlement.every_model import MIDNIGHT

from shuniu.core.settlement import Input, PlanDocument, PreparedPlan, next_step, prepare

TIERS = [{"up_to": "100000", "rate": "0.05"}, {"up_to": "500000", "rate": "0.08"}, {"rate": "0.10"}]


def plan(curve: dict[str, Any], base: str = "金额") -> PreparedPlan:
    component = {
        "model": "cumulative", "key": "rebate", "name": {"zh": "返利"}, "measure": "order.paid", "base": base,
        "curve": curve,
    }  # fmt: skip
    document = {"key": "p", "name": {"zh": "方案"}, "facts": {"任务量": "number"}, "components": [component]}
    return prepare(PlanDocument.model_validate(document))


def volume(boundary: str) -> dict[str, Any]:
    return {"kind": "volume", "tiers": TIERS, "boundary": boundary}


@pytest.mark.parametrize(
    ("curve", "base", "told", "gain"),
    [
        (volume("lower_inclusive"), "87700", "再卖 12,300.00 元进入 8 % 档", "3000.00"),
        (volume("lower_inclusive"), "100000", "再卖 400,000.00 元进入 10 % 档", "10000.00"),
        (volume("upper_inclusive"), "100000", "再卖 0.00 元以上（不含）进入 8 % 档", "3000.00"),
        (
            {"kind": "graduated", "tiers": TIERS},
            "87700.01",
            "再卖 12,299.99 元以上（不含）进入 8 % 档",
            "0.00",
        ),
        (
            {"kind": "target", "threshold": "2000000", "comparison": ">=", "of": "whole", "bonus": "5000"},
            "1999999.99",
            "再卖 0.01 元得 5,000.00 元",
            "5000",
        ),
    ],
)
def test_the_next_tier_is_named_with_what_is_missing(
    curve: dict[str, Any], base: str, told: str, gain: str
) -> None:
    step = next_step(plan(curve), "rebate", Decimal(base))
    assert step is not None
    assert (step.text.zh, step.gain) == (told, Decimal(gain))


def test_on_the_last_tier_there_is_no_next_one() -> None:
    assert next_step(plan(volume("upper_inclusive")), "rebate", Decimal(500_001)) is None


def test_a_plain_rate_has_no_steps() -> None:
    assert next_step(plan({"kind": "flat", "rate": "0.05"}), "rebate", Decimal(5)) is None


def test_a_quota_of_the_person_moves_the_bounds() -> None:
    curve = {
        "kind": "graduated",
        "quota": "任务量",
        "tiers": [{"up_to": "0.6", "rate": "0.1"}, {"rate": "0.2"}],
    }
    one = Input(
        id=1, measure="order.paid", at=MIDNIGHT, recorded_at=MIDNIGHT, facts={"任务量": Decimal(1000)}
    )
    step = next_step(plan(curve), "rebate", Decimal(450), one)
    assert step is not None
    assert (step.missing, step.rate) == (Decimal("150.0"), Decimal("0.2"))


def test_units_are_counted_in_pieces() -> None:
    step = next_step(
        plan({"kind": "graduated", "tiers": [{"up_to": "50", "rate": "3"}, {"rate": "4"}]}, "数量"),
        "rebate",
        Decimal(48),
    )
    assert step is not None
    assert step.text.zh == "再做 2 件以上（不含）进入 4 元 档"
