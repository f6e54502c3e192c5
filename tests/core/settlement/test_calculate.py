from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.factories.plans import NOON, completed, fixed_fee, plan

from shuniu.core.settlement import BucketKey, BucketState, Input, calculate
from shuniu.core.settlement.periods import period_key
from shuniu.core.settlement.plan import PeriodUnit

FEES = plan(
    base=[{"text": {"zh": "按层"}, "amount": "工单.楼层 * 33.335"}],
    coefficients=[],
    allowances=[],
    deductions=[{"text": {"zh": "扣款"}, "amount": "100"}],
    floor="zero_carry",
)
INPUTS = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 90), st.sampled_from(["staff:1", "staff:2"])), max_size=12
).map(
    lambda rows: [
        completed(n, {"工单.楼层": floor}, worker=worker, at=NOON + timedelta(days=day))
        for n, (floor, day, worker) in enumerate(rows, start=1)
    ]
)


def closing(
    inputs: list[Input], opening: dict[BucketKey, BucketState] | None = None
) -> dict[BucketKey, BucketState]:
    return {bucket.key: bucket.closing for bucket in calculate(FEES, inputs, opening=opening).buckets}


@given(INPUTS, st.randoms())
def test_the_order_of_inputs_never_changes_a_bucket(inputs: list[Input], chance: object) -> None:
    shuffled = list(inputs)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert calculate(FEES, shuffled) == calculate(FEES, inputs)


@given(INPUTS, st.integers(0, 12))
def test_batching_never_changes_a_bucket(inputs: list[Input], cut: int) -> None:
    whole = closing(inputs)
    first = closing(inputs[cut:])
    assert {**first, **closing(inputs[:cut], first)} == whole


@given(INPUTS)
def test_lines_sum_to_their_bucket(inputs: list[Input]) -> None:
    for bucket in calculate(FEES, inputs).buckets:
        assert sum((line.amount for line in bucket.lines), Decimal(0)) == bucket.closing.earned


@given(INPUTS)
def test_correcting_everything_to_itself_moves_nothing(inputs: list[Input]) -> None:
    corrections = [
        Input(
            id=one.id + 100, measure=one.measure, at=one.at, recorded_at=one.recorded_at, parties=one.parties,
            facts=one.facts, corrects=one,
        )
        for one in inputs
    ]  # fmt: skip
    assert calculate(FEES, corrections, opening=closing(inputs)).total == 0


def test_a_correction_moves_the_difference_between_two_people() -> None:
    fees = fixed_fee("200.00")
    wrong = completed(1, {}, worker="staff:1")
    right = completed(2, {}, worker="staff:2", corrects=wrong)
    opening = {bucket.key: bucket.closing for bucket in calculate(fees, [wrong]).buckets}
    moved = {
        bucket.key.beneficiary: bucket.amount for bucket in calculate(fees, [right], opening=opening).buckets
    }
    assert moved == {"staff:1": Decimal("-200.00"), "staff:2": Decimal("200.00")}


def test_what_was_recorded_after_the_moment_asked_about_does_not_count() -> None:
    later = completed(1, {}, at=NOON + timedelta(hours=1))
    assert calculate(fixed_fee("200.00"), [later], as_of=NOON).buckets == ()


def test_a_bucket_belongs_to_the_local_month() -> None:
    last_night = NOON.replace(day=30, hour=16)  # midnight in Shanghai
    buckets = calculate(fixed_fee("1.00"), [completed(1, {}, at=last_night)]).buckets
    assert [bucket.key.period for bucket in buckets] == ["2026-12"]


def test_periods_are_named_by_the_plans_calendar() -> None:
    at = NOON.replace(month=12, day=31, hour=16)  # 2027-01-01 in Shanghai
    names = {unit: period_key(at, unit, "Asia/Shanghai") for unit in PeriodUnit}
    assert names == {
        PeriodUnit.DAY: "2027-01-01",
        PeriodUnit.ISO_WEEK: "2026-W53",
        PeriodUnit.HALF_MONTH: "2027-01-H1",
        PeriodUnit.MONTH: "2027-01",
        PeriodUnit.QUARTER: "2027-Q1",
        PeriodUnit.YEAR: "2027",
        PeriodUnit.ONCE: "once",
    }
