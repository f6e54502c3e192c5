"""Graduated and volume models a second time, written in SQL from the definition, agree line by line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection

from shuniu.core.settlement import BucketKey, Input, PlanDocument, PreparedPlan, calculate, compiled, prepare
from shuniu.core.settlement.curves.pieces import ABOVE_ALL, BELOW_ALL

pytestmark = pytest.mark.django_db

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
TIERS = [
    ("0", "100000", "0.03", "88.005"),
    ("100000", "500000", "0.0533", "0"),
    ("500000", None, "0.10", "1000"),
]
# Each part of the base at the rate of the tier it lies in, and the fixed fee of every tier entered.
GRADUATED = """
  CASE WHEN s.x <= 0 THEN 0 ELSE (
    SELECT sum(CASE WHEN s.x > t.low THEN (least(s.x, coalesce(t.high, s.x)) - t.low) * t.rate + t.flat ELSE 0 END)
      FROM tier t) END
"""
# The whole base at the rate of the tier that holds it; the bound belongs to the lower or to the upper tier.
VOLUME = {
    "upper_inclusive": """
      CASE WHEN s.x <= 0 THEN 0 ELSE (
        SELECT s.x * t.rate + t.flat FROM tier t WHERE s.x > t.low AND s.x <= coalesce(t.high, s.x)) END
    """,
    "lower_inclusive": """
      CASE WHEN s.x <= 0 THEN 0 ELSE (
        SELECT s.x * t.rate + t.flat FROM tier t WHERE s.x >= t.low AND s.x < coalesce(t.high, s.x + 1)) END
    """,
}
STATEMENT = """
WITH tier (low, high, rate, flat) AS (SELECT * FROM unnest(%s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[])),
     line (id, at, who, amount) AS (SELECT * FROM unnest(%s::int[], %s::timestamptz[], %s::text[], %s::numeric[])),
     base AS (SELECT id, who, to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS period,
                     sum(amount) OVER w AS x, row_number() OVER w AS n
                FROM line
              WINDOW w AS (PARTITION BY who, to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') ORDER BY at, id)),
     worth AS (SELECT s.id, s.who, s.period, s.n, s.x, round({curve}, 2) AS earned FROM base s)
SELECT id, who, period, x, earned - coalesce(lag(earned) OVER (PARTITION BY who, period ORDER BY n), 0) FROM worth
"""
PIECES = """
SELECT s.id, round((SELECT p.constant + p.slope * s.x FROM piece p
                     WHERE p.start IS NULL OR s.x > p.start OR (p.included AND s.x = p.start)
                     ORDER BY p.start DESC NULLS LAST, p.included LIMIT 1), 2)
  FROM unnest(%s::int[], %s::numeric[]) AS s (id, x)
"""


def plan(kind: str, **more: Any) -> PreparedPlan:
    tiers = [{"up_to": high, "rate": rate, "flat": flat} for _, high, rate, flat in TIERS]
    component = {
        "model": "cumulative", "key": "rebate", "name": {"zh": "返利"}, "measure": "order.paid",
        "curve": {"kind": kind, "tiers": tiers, "floor_zero": True, **more},
    }  # fmt: skip
    return prepare(
        PlanDocument.model_validate({"key": "p", "name": {"zh": "方案"}, "components": [component]})
    )


def random_inputs(seed: int, count: int) -> list[Input]:
    """Sales and refunds of a few partners over three months, many of them exactly on a bound."""
    chance = Random(seed)
    found = []
    for id_ in range(1, count + 1):
        amount = (
            chance.choice([10_000_000, 40_000_000, -5_000_000])
            if id_ % 7 == 0
            else chance.randint(-400_000, 3_000_000)
        )
        at = MIDNIGHT + timedelta(minutes=chance.randint(0, 90 * 24 * 60))
        found.append(
            Input(
                id=id_, measure="order.paid", at=at, recorded_at=at, amount=Decimal(amount).scaleb(-2),
                parties={"worker": f"partner:{chance.randint(1, 5)}"},
            )
        )  # fmt: skip
    return found


def lines_by_sql(curve: str, inputs: list[Input]) -> dict[int, tuple[str, str, Decimal, Decimal]]:
    tiers = [list(column) for column in zip(*TIERS, strict=True)]
    lines = [
        [one.id for one in inputs], [one.at for one in inputs],
        [one.parties["worker"] for one in inputs], [one.amount for one in inputs],
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(curve=curve), [*tiers, *lines])
        return {row[0]: row[1:] for row in cursor.fetchall()}


def lines_by_engine(
    prepared: PreparedPlan, inputs: list[Input]
) -> dict[int, tuple[str, str, Decimal, Decimal]]:
    return {
        line.input_id: (bucket.key.beneficiary, bucket.key.period, line.base_after, line.amount)
        for bucket in calculate(prepared, inputs).buckets
        for line in bucket.lines
    }


@pytest.mark.parametrize("seed", range(5))
def test_graduated_lines_agree_with_sql(seed: int) -> None:
    inputs = random_inputs(seed, 400)
    assert lines_by_engine(plan("graduated"), inputs) == lines_by_sql(GRADUATED, inputs)


@pytest.mark.parametrize("boundary", VOLUME)
@pytest.mark.parametrize("seed", range(5))
def test_volume_lines_agree_with_sql(seed: int, boundary: str) -> None:
    inputs = random_inputs(seed, 400)
    assert lines_by_engine(plan("volume", boundary=boundary), inputs) == lines_by_sql(
        VOLUME[boundary], inputs
    )


@pytest.mark.parametrize("kind", ["graduated", "volume"])
def test_the_pieces_of_a_curve_may_be_joined_to_in_sql(kind: str) -> None:
    """Settling in the database by (start, constant, slope, included) is the engine's own arithmetic."""
    prepared = plan(kind, **({"boundary": "lower_inclusive"} if kind == "volume" else {}))
    ready = compiled(prepared, "rebate")
    assert ready.pieces is not None
    bases = [
        Decimal(x).scaleb(-2)
        for x in (-1, 0, 1, 9_999_999, 10_000_000, 10_000_001, 50_000_000, 50_000_001, 99_999_999)
    ]
    starts = [None if piece.start in {BELOW_ALL, ABOVE_ALL} else piece.start for piece in ready.pieces]
    values = ", ".join(["(%s::numeric, %s::numeric, %s::numeric, %s::boolean)"] * len(ready.pieces))
    parameters: list[Any] = []
    for start, piece in zip(starts, ready.pieces, strict=True):
        parameters += [start, piece.constant, piece.slope, piece.included]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH piece (start, constant, slope, included) AS (VALUES {values}) {PIECES}",
            [*parameters, list(range(len(bases))), bases],
        )
        by_sql = dict(cursor.fetchall())
    assert [by_sql[at] for at in range(len(bases))] == [ready.earned(base) for base in bases]


def test_buckets_are_keyed_by_the_local_month() -> None:
    one = Input(
        id=1, measure="order.paid", at=datetime(2026, 1, 31, 16, tzinfo=UTC), recorded_at=MIDNIGHT,
        amount=Decimal(100), parties={"worker": "partner:1"},
    )  # fmt: skip
    (bucket,) = calculate(plan("graduated"), [one]).buckets
    assert bucket.key == BucketKey("rebate", "partner:1", "2026-02")
    assert lines_by_sql(GRADUATED, [one])[1][1] == "2026-02"
