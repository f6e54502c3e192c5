"""Arithmetic in SQL: numbers rounded as FEEL rounds them, dates moved by constant durations."""

from __future__ import annotations

from shuniu.core.feel.sql.fragment import Fragment, refuse, rounded
from shuniu.core.feel.temporal.values import DAY_NANOS
from shuniu.core.feel.types import DATE, DATE_TIME, DAYS_DURATION, MONTHS_DURATION, NULL, NUMBER, STRING

# a column's date stays far inside PostgreSQL's years when moved by no more than this
_MONTHS_MAX = 12 * 10_000
_DAYS_MAX = 366 * 10_000


def arithmetic(op: str, left: Fragment, right: Fragment) -> Fragment:
    """`left op right`; refuses powers and what is not exact."""
    if left.type == right.type == NUMBER:
        return _numbers(op, left, right)
    if left.is_null or right.is_null:
        return Fragment("NULL", NULL, constant=None, is_constant=True)
    if op == "+" and left.type == right.type == STRING:
        return Fragment(f"({left.text} || {right.text})", STRING, nullable=left.nullable or right.nullable)
    if op == "+" and right.type in (DATE, DATE_TIME):
        left, right = right, left
    if op in "+-" and left.type in (DATE, DATE_TIME) and right.type in (DAYS_DURATION, MONTHS_DURATION):
        return _moved(left, right, 1 if op == "+" else -1)
    if op == "-" and left.type == right.type and left.type in (DATE, DATE_TIME):
        return _distance(left, right)
    raise refuse(f"{left.type} {op} {right.type}", f"{left.type} {op} {right.type}")


def negate(operand: Fragment) -> Fragment:
    if operand.type != NUMBER:
        raise refuse(f"{operand.type} 取负", f"negating {operand.type}")
    return Fragment(f"(- {operand.text})", NUMBER, nullable=operand.nullable, digits=operand.digits)


def _numbers(op: str, left: Fragment, right: Fragment) -> Fragment:
    nullable = left.nullable or right.nullable
    (whole, fraction), (other_whole, other_fraction) = left.digits, right.digits
    if op in "+-":
        size = (max(whole, other_whole) + 1, max(fraction, other_fraction))
    elif op == "*":
        size = (whole + other_whole, fraction + other_fraction)
    elif op == "/":
        _, digits = rounded("", whole + other_fraction, fraction + other_whole + 34)
        return Fragment(f"feel_div({left.text}, {right.text})", NUMBER, digits=digits)
    else:
        raise refuse("乘方 **", "the power operator **")
    # bigint columns would overflow where numeric does not
    text, digits = rounded(f"({left.text}::numeric {op} {right.text}::numeric)", *size)
    return Fragment(text, NUMBER, nullable=nullable, digits=digits)


def _moved(point: Fragment, by: Fragment, sign: int) -> Fragment:
    if not by.is_constant:
        raise refuse("按列中的时长移动日期", "moving a date by a duration that is not a constant")
    if by.type == MONTHS_DURATION:
        months = sign * by.constant.months
        if abs(months) > _MONTHS_MAX or point.type == DATE_TIME:
            raise refuse("按这么长的月数移动", "moving by that many months")
        return Fragment(
            f"(({point.text} + make_interval(months => {months}))::date)", DATE, nullable=point.nullable
        )
    nanos = sign * by.constant.nanos
    if abs(nanos) > _DAYS_MAX * DAY_NANOS or nanos % 1000:
        raise refuse("按这么长或这么细的时长移动", "moving by a duration that long or that fine")
    if point.type == DATE:
        return Fragment(f"({point.text} + ({nanos // DAY_NANOS}))", DATE, nullable=point.nullable)
    seconds, micros = divmod(nanos // 1000, 1_000_000)
    text = f"({point.text} + make_interval(secs => {seconds}) + {micros} * interval '1 microsecond')"
    return Fragment(text, DATE_TIME, nullable=point.nullable)


def _distance(left: Fragment, right: Fragment) -> Fragment:
    nullable = left.nullable or right.nullable
    if left.type == DATE:
        return Fragment(
            f"(({left.text} - {right.text})::numeric * {DAY_NANOS})", DAYS_DURATION, nullable=nullable
        )
    text = f"(extract(epoch FROM {left.text}) - extract(epoch FROM {right.text}))"
    return Fragment(f"({text} * 1000000000)", DAYS_DURATION, nullable=nullable)
