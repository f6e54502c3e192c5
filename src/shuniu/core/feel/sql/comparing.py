"""Equality and order in SQL, with FEEL's three-valued logic: null equals null, and differs from everything else."""

from __future__ import annotations

from shuniu.core.feel.sql.fragment import Fragment, refuse
from shuniu.core.feel.sql.literals import Parameters, as_integer
from shuniu.core.feel.types import BOOLEAN, DATE, DATE_TIME, DAYS_DURATION, MONTHS_DURATION, NUMBER, STRING

_ORDERED = (NUMBER, STRING, DATE, DATE_TIME, DAYS_DURATION)
_EQUATED = (*_ORDERED, BOOLEAN)


def order(op: str, left: Fragment, right: Fragment, params: Parameters) -> Fragment:
    """`left op right` for < <= > >=: null where either is null, as SQL has it."""
    if left.is_null or right.is_null:
        return Fragment("NULL::boolean", BOOLEAN)
    left, right = _alike(left, right, params)
    if left.type not in _ORDERED:
        raise refuse(f"{left.type} 的大小比较", f"the order of values of type {left.type}")
    collation = ' COLLATE "C"' if left.type == STRING else ""
    return Fragment(
        f"({left.text} {op} {right.text}{collation})", BOOLEAN, nullable=left.nullable or right.nullable
    )


def equal(left: Fragment, right: Fragment, params: Parameters, *, filtering: bool) -> Fragment:
    """`left = right`, always true or false. When `filtering`, false and null are the same to the caller."""
    if left.is_null or right.is_null:
        return _null_test(left, right)
    left, right = _alike(left, right, params)
    if left.type not in _EQUATED:
        raise refuse(f"{left.type} 的相等比较", f"equality of values of type {left.type}")
    if not left.nullable and not right.nullable:
        return Fragment(f"({left.text} = {right.text})", BOOLEAN, nullable=False)
    if left.nullable and right.nullable:
        return Fragment(f"({left.text} IS NOT DISTINCT FROM {right.text})", BOOLEAN, nullable=False)
    plain = f"({left.text} = {right.text})"
    return Fragment(plain if filtering else f"({plain} IS TRUE)", BOOLEAN, nullable=filtering)


def _null_test(left: Fragment, right: Fragment) -> Fragment:
    other = right if left.is_null else left
    if other.is_null:
        return Fragment("TRUE", BOOLEAN, nullable=False)
    if other.is_constant:
        return Fragment("FALSE", BOOLEAN, nullable=False)
    return Fragment(f"({other.text} IS NULL)", BOOLEAN, nullable=False)


def _alike(left: Fragment, right: Fragment, params: Parameters) -> tuple[Fragment, Fragment]:
    """Both sides in one SQL type: integers beside integer columns, dates as midnight UTC beside moments."""
    if left.type == right.type == NUMBER:
        if left.digits[1] == 0 and not left.is_constant:
            right = as_integer(right, params)
        elif right.digits[1] == 0 and not right.is_constant:
            left = as_integer(left, params)
        return left, right
    if left.type == DATE and right.type == DATE_TIME:
        return _midnight(left), right
    if left.type == DATE_TIME and right.type == DATE:
        return left, _midnight(right)
    if left.type != right.type or left.type == MONTHS_DURATION:
        raise refuse(f"{left.type} 与 {right.type} 的比较", f"comparing {left.type} with {right.type}")
    return left, right


def _midnight(date: Fragment) -> Fragment:
    return Fragment(f"({date.text}::timestamp AT TIME ZONE 'UTC')", DATE_TIME, nullable=date.nullable)
