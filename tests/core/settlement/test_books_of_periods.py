"""Differences of closed periods, statements, drill-downs and rankings."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.core.settlement.every_model import INPUTS, inputs_for, plan_for

from shuniu.core.settlement import (
    Difference,
    PeriodAmount,
    calculate,
    differences,
    first_day,
    period_after,
    period_key,
    ranking,
    rollup,
    statements,
)
from shuniu.core.settlement.plan import PeriodUnit
from shuniu.core.settlement.reports import Post

JANUARY, FEBRUARY = "2026-01", "2026-02"


def test_a_difference_of_a_closed_period_is_posted_in_the_open_one() -> None:
    found = differences(
        [PeriodAmount("a", JANUARY, Decimal(50)), PeriodAmount("b", FEBRUARY, Decimal(7))],
        [PeriodAmount("a", JANUARY, Decimal(60)), PeriodAmount("b", FEBRUARY, Decimal(9)), PeriodAmount("c", JANUARY, Decimal(1))],
        closed=[JANUARY], open_period="2026-03",
    )  # fmt: skip
    assert found == [
        Difference("a", "2026-03", Decimal(10), JANUARY),
        Difference("b", FEBRUARY, Decimal(2), FEBRUARY),
        Difference("c", "2026-03", Decimal(1), JANUARY),
    ]


def test_what_is_right_already_posts_nothing() -> None:
    rows = [PeriodAmount("a", JANUARY, Decimal(50))]
    assert differences(rows, rows, closed=[JANUARY], open_period=FEBRUARY) == []


@given(INPUTS, st.integers(0, 60))
def test_statements_pay_every_line_once_whatever_was_late(
    rows: list[tuple[int, int, int, str, int]], days: int
) -> None:
    plan, inputs = plan_for("graduated"), inputs_for("graduated", rows)
    closes = {JANUARY: datetime(2026, 2, 1, tzinfo=UTC) + timedelta(days=days)}
    found = statements(plan, inputs, closes)
    assert sum((one.total for one in found.values()), Decimal(0)) == calculate(plan, inputs).total
    assert JANUARY in found


def test_every_period_is_followed_by_the_next() -> None:
    for unit in PeriodUnit:
        day = datetime(2026, 12, 20, 12, tzinfo=UTC)
        period = period_key(day, unit, "UTC")
        while unit is not PeriodUnit.ONCE and period_key(day, unit, "UTC") == period:
            day += timedelta(days=1)
        assert period_after(period, unit) == period_key(day, unit, "UTC")
    assert first_day("2026-Q4", PeriodUnit.QUARTER) == date(2026, 10, 1)
    assert first_day("2026-W01", PeriodUnit.ISO_WEEK) == date(2025, 12, 29)


def test_a_posting_counts_where_its_person_stood_that_day() -> None:
    posts = [
        Post("e1", "S1", date(2026, 1, 1), date(2026, 3, 16)),
        Post("e1", "S2", date(2026, 3, 16), None),
    ]
    postings = [
        ("e1", date(2026, 3, 15), Decimal(100)), ("e1", date(2026, 3, 16), Decimal(70)), ("x", date(2026, 3, 16), Decimal(5)),
    ]  # fmt: skip
    found = rollup(postings, posts, {"S1": "华东", "S2": "华南"})
    assert found.store == {"S1": 100, "S2": 70, "__unassigned__": 5}
    assert found.region == {"华东": 100, "华南": 70, "__unassigned__": 5}
    assert found.person == {"e1": 170, "__unassigned__": 5}
    assert found.total == sum(found.region.values())


def test_equal_amounts_share_a_rank() -> None:
    rows = [("b", Decimal(5)), ("a", Decimal(5)), ("c", Decimal(1))]
    assert ranking(rows) == [("a", 1, 5), ("b", 1, 5), ("c", 3, 1)]
    assert ranking(rows, ties="dense")[-1] == ("c", 2, 1)
    assert ranking(rows, order="asc")[0] == ("c", 1, 1)
