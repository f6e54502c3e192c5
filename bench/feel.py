"""The rule language: its speed in Python and in PostgreSQL, and texts made at random.

1. A compiled rule of five comparisons, against the same condition written by hand as a lambda over Decimals.
2. The same expressions in bkflow-feel 1.2.0, where both can evaluate them. It needs an older python-dateutil than the
   product, so it runs in an environment of its own, which `uv` makes; without it the figures are left out.
3. A million rows filtered through ``to_where``, against SQL written by hand.
4. Random texts - word salad, grown from a grammar, good ones broken: nothing but FeelError may be raised, and nothing may run long.

Each speed is the best of several repetitions, the two sides in turns, because other work may share the machine.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import connection
from harness import PARTS, Target, product, report, say
from parts import feel_fuzz

from shuniu.core import feel
from shuniu.core.feel.sql.contracts import Column

RULE = '金额 >= 100 and 金额 < 5000 and 数量 > 2 and 等级 = "金" and 折扣 <= 0.95'
NAMES = {"金额": "number", "数量": "number", "等级": "string", "折扣": "number"}
CONTEXT = {"金额": Decimal("1288.50"), "数量": Decimal(3), "等级": "金", "折扣": Decimal("0.9")}
LOW, HIGH, LEAST, MOST = Decimal(100), Decimal(5000), Decimal(2), Decimal("0.95")
REPETITIONS = 7
CALLS = 100_000
ROWS = 1_000_000
TEXTS = 3_000
LONGEST = 5.0
"""Processor seconds a random text may take: its two million steps, at most."""

COMMON: list[tuple[str, dict[str, Any]]] = [
    ("a > 1 and b < 3", {"a": 2, "b": 1}),
    ("a + b * 2", {"a": 2, "b": 1}),
    ("a in [1..5]", {"a": 2}),
    ('s = "金"', {"s": "金"}),
]
BKFLOW = [
    "uv",
    "run",
    "--no-project",
    "--isolated",
    "-q",
    "--python",
    "3.11",
    "--with",
    "bkflow-feel==1.2.0",
    "python",
]
FILTER = '金额 >= 100 and 金额 < 300 and 等级 = "金" and 数量 in [2..8]'
WRITTEN = "select count(*) from bench_feel where amount >= 100 and amount < 300 and grade = '金' and pieces between 2 and 8"
ROWS_SQL = """
create table bench_feel as
select (i::bigint * 7919 %% 100000)::numeric / 100 as amount, (i %% 10)::integer as pieces,
    (array['金', '银', '普通'])[1 + i %% 3] as grade
from generate_series(1, %s) i
"""
TARGETS: dict[str, Target] = {
    "rule, share of the lambda's speed": ("≥", 0.2),
    "rule, 1/s per core": ("≥", 1_000_000),
    "times bkflow-feel, least": ("≥", 100),
    "to_where over hand-written SQL": ("≤", 1.2),
    "texts that raised something else": ("≤", 0),
    "longest text, processor s": ("≤", LONGEST),
}


def main() -> int:
    figures = compared_with_lambda() | compared_with_bkflow() | fuzzed()
    with product():
        figures |= compared_with_sql()
        connection.close()
    return report("feel", figures, {name: target for name, target in TARGETS.items() if name in figures})


def lambda_rule(c: dict[str, Any]) -> bool:
    return (
        c["金额"] >= LOW
        and c["金额"] < HIGH
        and c["数量"] > LEAST
        and c["等级"] == "金"
        and c["折扣"] <= MOST
    )


def rate(work: Callable[[Any], object], given: Any, calls: int = CALLS) -> float:
    """Calls per second of processor time."""
    turns = [None] * calls
    started = time.process_time()
    for _ in turns:
        work(given)
    return calls / (time.process_time() - started)


def compared_with_lambda() -> dict[str, float]:
    """The first part."""
    say("a rule of five comparisons")
    program = feel.compile(RULE, NAMES, trusted=True)
    checked = feel.compile(RULE, NAMES)
    assert program.evaluate(CONTEXT) is checked.evaluate(CONTEXT) is lambda_rule(CONTEXT) is True
    pairs = [
        (rate(lambda_rule, CONTEXT), rate(program.evaluate, CONTEXT), rate(checked.evaluate, CONTEXT))
        for _ in range(REPETITIONS)
    ]
    by_hand, compiled, with_checks = (max(column) for column in zip(*pairs, strict=True))
    return {
        "lambda, 1/s per core": by_hand,
        "rule, 1/s per core": compiled,
        "rule over unchecked values, 1/s per core": with_checks,
        "rule, share of the lambda's speed": compiled / by_hand,
    }


def compared_with_bkflow() -> dict[str, float]:
    """The second part; no figures where bkflow-feel cannot be had."""
    say("bkflow-feel")
    try:
        done = subprocess.run(
            [*BKFLOW, str(PARTS / "feel_bkflow.py")],
            input=json.dumps(COMMON), capture_output=True, text=True, check=True, timeout=300,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        say(f"bkflow-feel cannot run here: {error}")
        return {}
    ratios, of_trees = [], []
    for (text, context), answer in zip(COMMON, json.loads(done.stdout.splitlines()[-1]), strict=True):
        given = {name: feel.adopt(value) for name, value in context.items()}
        names = {name: "string" if isinstance(value, str) else "number" for name, value in context.items()}
        program = feel.compile(text, names, trusted=True)
        assert feel.python_value(program.evaluate(given)) == answer["value"], text
        ours = max(rate(program.evaluate, given, CALLS // 4) for _ in range(REPETITIONS))
        ratios.append(ours / answer["text"])
        of_trees.append(ours / answer["tree"])
    return {"times bkflow-feel, least": min(ratios), "times its parsed tree alone, least": min(of_trees)}


def compared_with_sql() -> dict[str, float]:
    """The third part."""
    say(f"{ROWS:,} rows")
    columns = {
        "金额": Column("amount", nullable=False),
        "数量": Column("pieces", nullable=False, digits=(10, 0)),
        "等级": Column("grade", nullable=False),
    }
    program = feel.compile(FILTER, {"金额": "number", "数量": "number", "等级": "string"})
    where = program.to_where("postgresql", columns)
    made = f"select count(*) from bench_feel where {where.text}"  # noqa: S608 - made by the product
    with connection.cursor() as cursor:
        cursor.execute(ROWS_SQL, [ROWS])
        cursor.execute("analyze bench_feel")

        def seconds(text: str, values: Any = None) -> tuple[float, int]:
            started = time.perf_counter()
            cursor.execute(text, values)
            ((count,),) = cursor.fetchall()
            return time.perf_counter() - started, count

        pairs = [(seconds(WRITTEN), seconds(made, where.params)) for _ in range(REPETITIONS + 1)][1:]
    assert all(by_hand[1] == of_rule[1] > 0 for by_hand, of_rule in pairs)
    by_hand, of_rule = (min(one[0] for one in side) for side in zip(*pairs, strict=True))
    return {
        "hand-written SQL, ms": by_hand * 1000,
        "to_where, ms": of_rule * 1000,
        "to_where over hand-written SQL": of_rule / by_hand,
    }


def fuzzed() -> dict[str, float]:
    """The fourth part, the same texts every time."""
    say(f"{TEXTS:,} random texts")
    others, longest, parsed = 0, 0.0, 0
    for text in feel_fuzz.texts(TEXTS, seed=20261122):
        started = time.process_time()
        try:
            program = feel.compile(text, {"x": "Any", "y": "number"}, strict=False)
            parsed += 1
            program.evaluate({"x": [1, "a", None], "y": 2})
        except feel.FeelError:
            pass
        except Exception as error:  # noqa: BLE001 - this is what is counted
            others += 1
            say(f"{text!r} raised {error!r}")
        longest = max(longest, time.process_time() - started)
    return {
        "random texts that parsed": parsed,
        "texts that raised something else": others,
        "longest text, processor s": longest,
    }


if __name__ == "__main__":
    sys.exit(main())
