"""Range functions: Allen's relations between points and ranges."""

from __future__ import annotations

from collections.abc import Callable

from shuniu.core.feel.compare import Answer, both, compare
from shuniu.core.feel.functions.table import builtin
from shuniu.core.feel.types import BOOLEAN
from shuniu.core.feel.values import Range, Value


def _or(left: Answer, right: Answer) -> Answer:
    if left is True or right is True:
        return True
    return False if left is False and right is False else None


def _less(left: Value, right: Value) -> Answer:
    return compare("<", left, right)


def _same(left: Value, right: Value) -> Answer:
    low, high = compare("<=", left, right), compare(">=", left, right)
    return both(low, high)


def _less_or(left: Value, right: Value, at_equal: Answer) -> Answer:
    """Whether left < right, or equal where `at_equal` allows it."""
    return _or(_less(left, right), both(_same(left, right), at_equal))


def _as_range(value: Value) -> Range:
    """A point as the range of that point alone."""
    return value if isinstance(value, Range) else Range(value, value, low_closed=True, high_closed=True)


def before(a: Value, b: Value) -> Answer:
    left, right = _as_range(a), _as_range(b)
    if not isinstance(a, Range) and not isinstance(b, Range):
        return _less(a, b)
    return _less_or(left.high, right.low, not (left.high_closed and right.low_closed))


def after(a: Value, b: Value) -> Answer:
    return before(b, a)


def meets(a: Range, b: Range) -> Answer:
    return both(a.high_closed and b.low_closed, _same(a.high, b.low))


def met_by(a: Range, b: Range) -> Answer:
    return meets(b, a)


def overlaps(a: Range, b: Range) -> Answer:
    return both(
        _less_or(b.low, a.high, a.high_closed and b.low_closed),
        _less_or(a.low, b.high, a.low_closed and b.high_closed),
    )


def overlaps_before(a: Range, b: Range) -> Answer:
    starts = _less_or(a.low, b.low, a.low_closed and not b.low_closed)
    reaches = _less_or(b.low, a.high, a.high_closed and b.low_closed)
    ends = _less_or(a.high, b.high, not a.high_closed or b.high_closed)
    return both(both(starts, reaches), ends)


def overlaps_after(a: Range, b: Range) -> Answer:
    starts = _less_or(b.low, a.low, b.low_closed and not a.low_closed)
    reaches = _less_or(a.low, b.high, a.low_closed and b.high_closed)
    ends = _less_or(b.high, a.high, not b.high_closed or a.high_closed)
    return both(both(starts, reaches), ends)


def finishes(a: Value, b: Range) -> Answer:
    if not isinstance(a, Range):
        return both(b.high_closed, _same(a, b.high))
    ends = both(a.high_closed == b.high_closed, _same(a.high, b.high))
    return both(ends, _less_or(b.low, a.low, not a.low_closed or b.low_closed))


def starts(a: Value, b: Range) -> Answer:
    if not isinstance(a, Range):
        return both(b.low_closed, _same(a, b.low))
    begins = both(a.low_closed == b.low_closed, _same(a.low, b.low))
    return both(begins, _less_or(a.high, b.high, not a.high_closed or b.high_closed))


def includes(a: Range, b: Value) -> Answer:
    inner = _as_range(b)
    low = _less_or(a.low, inner.low, a.low_closed or not inner.low_closed)
    return both(low, _less_or(inner.high, a.high, a.high_closed or not inner.high_closed))


def coincides(a: Value, b: Value) -> Answer:
    left, right = _as_range(a), _as_range(b)
    closed = (left.low_closed, left.high_closed) == (right.low_closed, right.high_closed)
    return both(closed, both(_same(left.low, right.low), _same(left.high, right.high)))


def _turned(relation: Callable[[Value, Range], Answer]) -> Callable[[Range, Value], Answer]:
    def run(a: Range, b: Value) -> Answer:
        return relation(b, a)

    return run


def _during(a: Value, b: Range) -> Answer:
    return includes(b, a)


_POINTS = "(point1: value, point2: value)"
_RANGES = "(range1: range, range2: range)"
_POINT_RANGE = "(point: value, range: range)"
_RANGE_POINT = "(range: range, point: value)"
_ALL = (_POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES)
_TABLE = (
    ("before", _ALL, before, "在……之前", "ends before the other begins", "before(1, [2..3]) => true"),
    ("after", _ALL, after, "在……之后", "begins after the other ends", "after([5..8], 4) => true"),
    ("meets", (_RANGES,), meets, "终点接起点", "ends where the other begins", "meets([1..5], [5..10]) => true"),
    ("met by", (_RANGES,), met_by, "起点接终点", "begins where the other ends", "met by([5..10], [1..5]) => true"),
    ("overlaps", (_RANGES,), overlaps, "有共同部分", "shares something with the other",
     "overlaps([1..5], (5..8]) => false"),
    ("overlaps before", (_RANGES,), overlaps_before, "先开始并重叠", "begins first and overlaps",
     "overlaps before([1..5], [3..8]) => true"),
    ("overlaps after", (_RANGES,), overlaps_after, "后结束并重叠", "ends last and overlaps",
     "overlaps after([3..8], [1..5]) => true"),
    ("finishes", (_POINT_RANGE, _RANGES), finishes, "同时结束", "ends with the other",
     "finishes(10, [1..10]) => true"),
    ("finished by", (_RANGE_POINT, _RANGES), _turned(finishes), "与之同时结束", "is ended with by the other",
     "finished by([1..10], [5..10]) => true"),
    ("includes", (_RANGE_POINT, _RANGES), includes, "包含", "includes the other", "includes([1..10], 5) => true"),
    ("during", (_POINT_RANGE, _RANGES), _during, "在其中", "lies within the other", "during(5, [1..10]) => true"),
    ("starts", (_POINT_RANGE, _RANGES), starts, "同时开始", "begins with the other",
     "starts([1..5], [1..10]) => true"),
    ("started by", (_RANGE_POINT, _RANGES), _turned(starts), "与之同时开始", "is begun with by the other",
     "started by([1..10], 1) => true"),
    ("coincides", (_POINTS, _RANGES), coincides, "完全相同", "is the same as the other",
     "coincides([1..5], [1..5]) => true"),
)  # fmt: skip
FUNCTIONS = tuple(
    builtin("range", " | ".join(name + form for form in forms), BOOLEAN, run, f"甲是否{zh}乙。",
            f"Whether the first {en}.", example)
    for name, forms, run, zh, en, example in _TABLE
)  # fmt: skip
