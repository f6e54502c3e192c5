"""The check names what is wrong in every kind of component, in words of both languages."""

from __future__ import annotations

from typing import Any

import pytest

from shuniu.core.settlement import PlanDocument, check


def document(*components: dict[str, Any], **more: Any) -> PlanDocument:
    parts = [
        {"key": f"part{at}", "name": {"zh": "组件"}, "measure": "order.paid", **component}
        for at, component in enumerate(components)
    ]
    facts = {"上级": "list", "项目.阶段": "string", "客户.等级": "string", "课时": "number"}
    return PlanDocument.model_validate(
        {"key": "p", "name": {"zh": "方案"}, "facts": facts, "components": parts, **more}
    )


def codes(plan: PlanDocument, **settings: Any) -> list[tuple[str, str, str]]:
    return [(p.place, p.code, p.severity) for p in check(plan, **settings) if p.severity != "note"]


def notes(plan: PlanDocument) -> list[str]:
    return [p.text.zh for p in check(plan) if p.severity == "note"]


def cumulative(curve: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"model": "cumulative", "curve": curve, **more}


def graduated(*tiers: tuple[str | None, str]) -> dict[str, Any]:
    return {"kind": "graduated", "tiers": [{"up_to": bound, "rate": rate} for bound, rate in tiers]}


def hierarchy(**more: Any) -> dict[str, Any]:
    return {"model": "hierarchy", "mode": "absolute", "chain": "上级", "inactive": "skip", **more}


FINE = cumulative(graduated(("100000", "0.03"), (None, "0.05")))


def test_a_sound_plan_has_no_problems() -> None:
    assert codes(document(FINE)) == []


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (cumulative(graduated(("100", "0.1"), ("100", "0.2"), (None, "0.3"))),
         [("components.part0.curve.tiers.1", "tiers_not_ascending", "error")]),
        (cumulative(graduated((None, "0.1"), ("500", "0.2"))),
         [("components.part0.curve.tiers.1", "unreachable_row", "error")]),
        (cumulative(graduated(("100", "0.1"))), [("components.part0.curve.tiers", "gap", "warning")]),
        (cumulative({"kind": "volume", "boundary": "upper_inclusive", "tiers": [
            {"up_to": "100", "rate": "0.5"}, {"rate": "0.1"}]}),
         [("components.part0.curve", "earns_less", "warning")]),
        (cumulative({"kind": "flat", "rate": "1.2"}),
         [("components.part0.curve", "pays_more_than_comes_in", "warning")]),
        (cumulative({"kind": "bounds", "minimum": "9", "maximum": "5"}),
         [("components.part0.curve", "bounds_crossed", "error")]),
        ({"model": "milestone", "contract": "金额", "stage": "项目.阶段", "stages": [
            {"key": "a", "share": "0.6"}, {"key": "b", "share": "0.5"}]},
         [("components.part0.stages", "does_not_sum", "error")]),
        ({"model": "milestone", "contract": "金额", "stage": "项目.阶段", "stages": [
            {"key": "a", "share": "1/3"}, {"key": "b", "share": "1/3"}]},
         [("components.part0.stages", "does_not_sum", "warning")]),
        ({"model": "split", "parts": [{"role": "a", "weight": "0.3"}, {"role": "b", "weight": "0.6"}]},
         [("components.part0.parts", "does_not_sum", "warning")]),
        ({"model": "split", "parts": [{"role": "a", "weight": "0"}]},
         [("components.part0.parts", "bad_weights", "error"), ("components.part0.parts", "does_not_sum", "warning")]),
        ({"model": "credit", "among": "上级", "rates": {"overlay": "0.1"}, "whole": ["revenue"]},
         [("components.part0.whole", "unknown_kind", "error")]),
        (hierarchy(rates=["0.6", "0.5"]), [("components.part0.rates", "pays_more_than_comes_in", "error")]),
        (hierarchy(rates=["0.2", "0.1"], cap="0.25"), [("components.part0.rates", "over_cap", "warning")]),
        (hierarchy(rates=["0.1", "0.05", "0.01"]), [("components.part0.levels", "too_deep", "warning")]),
        (hierarchy(rates=["0.1"], recruiting=True), [("components.part0", "pays_for_recruiting", "warning")]),
        (hierarchy(mode="differential", levels=2), [("components.part0.cap", "no_cap", "warning")]),
        ({"model": "formula", "amount": "累计 * 2"}, [("components.part0", "no_running_base", "error")]),
        ({"model": "formula", "amount": "收益.part0 + 1"}, [("components.part0", "cycle", "error")]),
        ({"model": "formula", "amount": "1", "after": "nothing"},
         [("components.part0.after", "unknown_component", "error")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(
    component: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert codes(document(component)) == expected


def test_components_that_feed_each_other_in_a_ring_are_refused() -> None:
    first = {"model": "formula", "amount": "收益.part1 * 2"}
    second = {"model": "formula", "amount": "金额", "after": "part0"}
    (found,) = (p for p in check(document(first, second)) if p.code == "cycle")
    assert found.text.zh == "循环引用：收益.part0 → 收益.part1 → 收益.part0"


def test_a_pool_that_is_split_afterwards_should_not_be_paid_as_well() -> None:
    fee = {"model": "formula", "amount": "金额", "rounding": {"moment": "line"}}
    crew = {
        "model": "split",
        "after": "part0",
        "parts": [{"role": "a", "weight": "3"}, {"role": "b", "weight": "2"}],
    }
    assert codes(document(fee, crew)) == [("components.part0.pays", "paid_twice", "warning")]
    assert codes(document({**fee, "pays": False}, crew)) == []


def test_what_is_split_line_by_line_should_be_rounded_line_by_line() -> None:
    pool = {"model": "formula", "amount": "金额 * 0.05", "pays": False}
    crew = {
        "model": "split",
        "after": "part0",
        "parts": [{"role": "a", "weight": "3"}, {"role": "b", "weight": "2"}],
    }
    assert codes(document(pool, crew)) == [("components.part0.rounding", "lines_depend_on_order", "warning")]


def test_the_levels_that_are_set_decide_what_is_too_deep() -> None:
    ten = hierarchy(rates=["0.01"] * 10)
    assert codes(document(ten), allowed_levels=10) == []
    (found,) = check(document(ten))
    assert found.text.zh == "付到第 10 级，超过设定的 2 级：请先由法务确认（《禁止传销条例》）"


BANDS = {"kind": "bands", "name": "档", "of": "课时", "type": "string"}


def test_bands_with_a_gap_or_an_overlap_are_named() -> None:
    lessons = [
        {"high": "20", "high_included": True, "value": "B"},
        {"low": "50", "value": "A"},
    ]
    formula = {"model": "formula", "amount": "1"}
    (found,) = (
        p for p in check(document(formula, lookups=[{**BANDS, "bands": lessons}])) if p.severity != "note"
    )
    assert (found.code, found.text.zh) == ("gap", "没有档位覆盖：20 … 50")
    both = [{"high": "100", "high_included": True, "value": "以下"}, {"low": "100", "value": "以上"}]
    (found,) = (
        p for p in check(document(formula, lookups=[{**BANDS, "bands": both}])) if p.severity != "note"
    )
    assert (found.code, found.severity, found.text.en) == ("overlap", "error", "bands 1 and 2 overlap")


def test_tables_are_checked_rule_by_rule() -> None:
    table = {
        "kind": "table", "name": "单价", "inputs": ["客户.等级", "课时"],
        "rows": [{"tests": ['"A"', ">= 50"], "value": "80"}, {"tests": ['"A"', "> 40"], "value": "90"}],
    }  # fmt: skip
    found = codes(document({"model": "formula", "amount": "单价"}, lookups=[table]))
    assert ("lookups.单价", "overlap", "error") in found
    assert ("lookups.单价", "gap", "warning") in found


def test_a_matrix_without_a_row_for_everything_else_says_so() -> None:
    matrix = {
        "kind": "matrix", "name": "返点", "dimensions": [{"name": "级别", "of": "客户.等级"}],
        "rows": [{"values": ["A"], "value": "0.1"}, {"values": ["A"], "value": "0.2"}],
    }  # fmt: skip
    found = codes(document({"model": "formula", "amount": "金额 * 返点"}, lookups=[matrix]))
    assert found == [("lookups.返点.rows.1", "unreachable_row", "error"), ("lookups.返点", "gap", "warning")]


def test_every_threshold_says_whether_it_includes_its_number() -> None:
    target = {"kind": "target", "threshold": "2000000", "of": "whole", "rate": "0.05"}
    volume = {"kind": "volume", "tiers": [{"up_to": "150000", "rate": "0.04"}, {"rate": "0.08"}]}
    lessons = {
        **BANDS,
        "bands": [
            {"high": "20", "high_included": True, "value": "B"},
            {"low": "20", "low_included": False, "value": "A"},
        ],
    }
    plan = document(
        cumulative({**target, "comparison": ">="}),
        cumulative({**target, "comparison": ">"}),
        cumulative({**volume, "boundary": "lower_inclusive"}),
        cumulative({**volume, "boundary": "upper_inclusive"}),
        {"model": "formula", "amount": "1", "when": "课时 >= 3 and 金额 < 100"},
        lookups=[lessons],
    )
    assert notes(plan) == [
        "2000000 以上（含 2000000）",
        "超过 2000000（不含 2000000）",
        "不满 150000 按第 1 档，达到 150000（含 150000）按第 2 档",
        "150000 以下（含 150000）按第 1 档，超过 150000 按第 2 档",
        "档 B：20 以下（含 20）",
        "档 A：超过 20（不含 20）",
        "课时：3 以上（含 3）",
        "金额：不满 100（不含 100）",
    ]


def test_every_sentence_is_in_both_languages() -> None:
    plan = document(
        hierarchy(rates=["0.6", "0.5", "0.1"], recruiting=True),
        cumulative(graduated(("100", "0.1"))),
        {"model": "formula", "amount": "nonsense ("},
    )
    for found in (*check(plan), *check(document(hierarchy(rates=["0.6", "0.5", "0.1"], recruiting=True)))):
        assert found.text.zh
        assert found.text.en
