"""Values that start and revert by themselves, and what a region may change."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from shuniu.core.settlement import (
    Input,
    PlanDocument,
    PlanError,
    calculate,
    covers,
    named,
    prepare,
    vary,
    vary_row,
)
from shuniu.core.settlement.plan import Scope, Window

SUMMER = {"value": "0.12", "window": {"since": "07-01", "until": "09-01", "text": "暑假"}}
WINTER = {"value": "0.11", "window": {"since": "12-20", "until": "02-20", "text": "寒假"}}
SALE = {"value": "0.20", "window": {"since": "2026-07-15", "until": "2026-07-18", "priority": 9}}
HEAT = {"value": "0.15", "window": {"when": "天气.温度 >= 37", "priority": 1}}
MATRIX = {
    "kind": "matrix", "name": "级别返点", "limits": {"minimum": "0.05", "maximum": "0.20"},
    "dimensions": [{"name": "地区", "of": "伙伴.地区"}, {"name": "级别", "of": "伙伴.级别"}],
    "rows": [{"values": ["华东", "一级"], "value": "0.15"}, {"values": ["*", "*"], "value": "0.05"}],
}  # fmt: skip


def document(*seasons: dict[str, Any]) -> PlanDocument:
    rate = {"value": "0.10", "seasons": seasons, "limits": {"minimum": "0.05", "maximum": "0.15"}}
    pay = {
        "model": "formula",
        "key": "pay",
        "name": {"zh": "佣金"},
        "measure": "order.paid",
        "amount": "金额 * 返点",
    }
    return PlanDocument.model_validate(
        {
            "key": "p", "name": {"zh": "方案"}, "components": [pay], "parameters": {"返点": rate, "封顶": {"value": "9"}},
            "lookups": [MATRIX], "facts": {"天气.温度": "number", "伙伴.地区": "string", "伙伴.级别": "string"},
        }
    )  # fmt: skip


def order(at: str, heat: int | None = None, **facts: Any) -> Input:
    moment = datetime.fromisoformat(at)
    return Input(
        id=1, measure="order.paid", at=moment, recorded_at=moment, amount=Decimal(1000),
        parties={"worker": "staff:1"}, facts={"天气.温度": None if heat is None else Decimal(heat), **facts},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "earned"),
    [
        ("2026-06-30T23:59:59+08:00", "100.00"),
        ("2026-06-30T16:00:00Z", "120.00"),  # midnight in Shanghai
        ("2027-08-31T23:59:59+08:00", "120.00"),  # every year
        ("2026-09-01T00:00:00+08:00", "100.00"),  # reverts by itself
        ("2026-07-16T12:00:00+08:00", "200.00"),
        ("2026-12-31T12:00:00+08:00", "110.00"),
        ("2027-01-01T12:00:00+08:00", "110.00"),  # spans New Year
        ("2027-02-20T00:00:00+08:00", "100.00"),
    ],
)
def test_seasons_start_and_revert_by_themselves(at: str, earned: str) -> None:
    plan = prepare(document(SUMMER, WINTER, SALE))
    assert calculate(plan, [order(at)]).total == Decimal(earned)


@pytest.mark.parametrize(("heat", "earned"), [(36, "100.00"), (37, "150.00"), (None, "100.00")])
def test_a_rate_may_follow_a_watched_condition_over_facts(heat: int | None, earned: str) -> None:
    assert calculate(prepare(document(HEAT)), [order("2026-10-01T12:00:00+08:00", heat)]).total == Decimal(
        earned
    )


def test_a_region_sets_a_number_within_the_limits_for_a_while() -> None:
    varied = vary(document(SUMMER), {"返点": "0.13"}, window=Window(since="2026-05-01", until="2026-06-01"))
    plan = prepare(varied)
    assert calculate(plan, [order("2026-05-31T23:59:59+08:00")]).total == Decimal("130.00")
    assert calculate(plan, [order("2026-06-01T00:00:00+08:00")]).total == Decimal("100.00")
    assert prepare(vary(document(), {"返点": "0.05"})).document.parameters["返点"].value == "0.05"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("返点", "0.16", "outside_limits"), ("封顶", "8", "not_open"), ("没有", "1", "not_open")],
)
def test_what_is_not_open_or_outside_the_limits_is_refused(name: str, value: str, code: str) -> None:
    with pytest.raises(PlanError) as refused:
        vary(document(), {name: value})
    assert refused.value.code == code


def test_a_region_changes_one_row_of_a_matrix() -> None:
    plan = prepare(vary_row(document(), "级别返点", ("华东", "二级"), "0.10"))
    asked = [
        order("2026-05-01T00:00:00Z", **{"伙伴.地区": "华东", "伙伴.级别": level})
        for level in ("一级", "二级", "三级")
    ]
    assert [named(plan, "级别返点", one) for one in asked] == [
        Decimal("0.15"),
        Decimal("0.10"),
        Decimal("0.05"),
    ]
    with pytest.raises(PlanError) as refused:
        vary_row(document(), "级别返点", ("华东", "一级"), "0.21")
    assert refused.value.code == "outside_limits"


def test_a_plan_is_in_effect_from_one_local_midnight_to_another() -> None:
    plan = prepare(
        document().model_copy(update={"effective": Window(since="2026-03-01", until="2026-04-01")})
    )
    asked = [
        "2026-02-28T23:59:59+08:00",
        "2026-02-28T16:00:00Z",
        "2026-03-31T23:59:59+08:00",
        "2026-04-01T00:00:00+08:00",
    ]
    assert [calculate(plan, [order(at)]).total for at in asked] == [
        0,
        Decimal("100.00"),
        Decimal("100.00"),
        0,
    ]


def test_a_scope_restricts_by_what_it_lists() -> None:
    scope = Scope(units=("华东",), levels=("一级", "二级"))
    assert covers(scope, ("浦东", "上海", "华东"), "一级")
    assert not covers(scope, ("广州", "华南"), "一级")
    assert not covers(scope, ("华东",), "三级")
    assert covers(Scope(), ())


def test_what_was_not_known_then_does_not_count() -> None:
    late = {"value": "0.06", "window": {"since": "2026-01-01", "recorded_at": "2026-02-10"}}
    plan = prepare(document(late))
    one = order("2026-01-15T12:00:00+08:00")
    known = datetime(2026, 2, 9, 15, 59, tzinfo=UTC)
    assert named(plan, "返点", one, known) == Decimal("0.10")
    assert named(plan, "返点", one, datetime(2026, 2, 9, 16, 0, tzinfo=UTC)) == Decimal("0.06")
