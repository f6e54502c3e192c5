"""Constants as parameters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from shuniu.core.feel.sql.fragment import Fragment, refuse
from shuniu.core.feel.temporal.values import Date, DateTime, DaysDuration, MonthsDuration, instant
from shuniu.core.feel.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    MONTHS_DURATION,
    NULL,
    NUMBER,
    STRING,
)

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_BIGINT = 2**63


class Parameters:
    """Gathers the parameters of one expression."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def add(self, value: Any, cast: str) -> str:
        name = f"p{len(self.values) + 1}"
        self.values[name] = value
        return f"%({name})s::{cast}"


def literal(value: Any, params: Parameters) -> Fragment:
    """The fragment of a literal's value."""
    if value is None:
        return Fragment("NULL", NULL, constant=None, is_constant=True)
    if isinstance(value, bool):
        return Fragment(
            "TRUE" if value else "FALSE", BOOLEAN, nullable=False, constant=value, is_constant=True
        )
    if isinstance(value, Decimal):
        return _number(value, params)
    if isinstance(value, str):
        if "\x00" in value:
            raise refuse("含空字符的文字", "a string with a NUL character")
        return Fragment(params.add(value, "text"), STRING, nullable=False, constant=value, is_constant=True)
    return _temporal(value, params)


def _number(value: Decimal, params: Parameters) -> Fragment:
    exponent = int(value.as_tuple().exponent)
    whole, fraction = max(value.adjusted() + 1, 1), max(-exponent, 0)
    if whole > 300 or fraction > 300:
        raise refuse("过大或过小的数", "a number of that size")
    return Fragment(
        params.add(value, "numeric"),
        NUMBER,
        nullable=False,
        digits=(whole, fraction),
        constant=value,
        is_constant=True,
    )


def as_integer(fragment: Fragment, params: Parameters) -> Fragment:
    """A whole constant as a bigint, so that an index on an integer column serves a comparison with it."""
    value = fragment.constant
    if not fragment.is_constant or not isinstance(value, Decimal) or value != value.to_integral_value():
        return fragment
    if not -_BIGINT <= value < _BIGINT:
        return fragment
    return replace(fragment, text=params.add(int(value), "bigint"))


def _temporal(value: Any, params: Parameters) -> Fragment:
    if isinstance(value, Date):
        if not 1 <= value.year <= 9999:
            raise refuse("公元 1 年至 9999 年以外的日期", "a date outside the years 1 to 9999")
        return Fragment(
            params.add(dt.date(*value), "date"), DATE, nullable=False, constant=value, is_constant=True
        )
    if isinstance(value, DateTime):
        return _moment(value, params)
    if isinstance(value, DaysDuration):
        text = params.add(Decimal(value.nanos), "numeric")
        return Fragment(text, DAYS_DURATION, nullable=False, constant=value, is_constant=True)
    if isinstance(value, MonthsDuration):
        return Fragment("NULL", MONTHS_DURATION, nullable=False, constant=value, is_constant=True)
    raise refuse("时刻(time)", "a time of day")


def _moment(value: DateTime, params: Parameters) -> Fragment:
    if value.time.zone is not None:
        raise refuse("带时区名称的日期时间", "a date and time with a zone name")
    at = instant(value)
    if at is None:
        raise refuse("不带时区的日期时间", "a date and time without an offset")
    if at % 1000 or not 2 <= value.date.year <= 9998:
        raise refuse(
            "精度超过微秒或年份过远的日期时间", "a date and time finer than a microsecond or too far away"
        )
    moment = _EPOCH + dt.timedelta(microseconds=at // 1000)
    return Fragment(
        params.add(moment, "timestamptz"), DATE_TIME, nullable=False, constant=value, is_constant=True
    )
