"""Date and time functions: the clock's answer, parts of the calendar, identity."""

from __future__ import annotations

from decimal import Decimal

from shuniu.core.feel.adopt import adopt
from shuniu.core.feel.compare import equal
from shuniu.core.feel.functions.conversion import day_of, months_between
from shuniu.core.feel.functions.table import MISSING, builtin
from shuniu.core.feel.run import Run, over_budget
from shuniu.core.feel.temporal.values import Date, DateTime, date_of_day, day_number
from shuniu.core.feel.types import BOOLEAN, DATE, DATE_TIME, NUMBER, STRING
from shuniu.core.feel.values import Range, Value

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MAX_DAYS = 100_000


def weekday(date: Date) -> int:
    """1 Monday to 7 Sunday."""
    return (day_number(date) + 3) % 7 + 1


def now(run: Run) -> DateTime | None:
    value = adopt(run.now)
    return value if isinstance(value, DateTime) else None


def today(run: Run) -> Date | None:
    value = now(run)
    return None if value is None else value.date


def day_of_year(value: Date | DateTime) -> Decimal:
    date = day_of(value)
    return Decimal(day_number(date) - day_number(Date(date.year, 1, 1)) + 1)


def day_of_week(value: Date | DateTime) -> str:
    return _DAYS[weekday(day_of(value)) - 1]


def month_of_year(value: Date | DateTime) -> str:
    return _MONTHS[day_of(value).month - 1]


def week_of_year(value: Date | DateTime) -> Decimal:
    """The ISO 8601 week: that of the week's Thursday."""
    date = day_of(value)
    thursday = date_of_day(day_number(date) - weekday(date) + 4) or date
    return Decimal((day_number(thursday) - day_number(Date(thursday.year, 1, 1))) // 7 + 1)


def same(run: Run, left: Value, right: Value) -> bool:
    """Whether two values are the same element of the semantic domain."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list | dict | Range):
        return equal(run, left, right) is True
    return bool(left == right)


def working_days_between(run: Run, start: Date | DateTime, end: Date | DateTime) -> Decimal:
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    first, last = day_of(start), day_of(end)
    low, high = sorted((day_number(first), day_number(last)))
    if high - low > _MAX_DAYS:
        raise over_budget(f"两天相隔超过 {_MAX_DAYS} 天", f"the days are more than {_MAX_DAYS} apart")
    run.spend(high - low)
    count = sum(_is_working(run, number) for number in range(low + 1, high + 1))
    return Decimal(count if first <= last else -count)


def _is_working(run: Run, number: int) -> bool:
    """By the run's calendar; Monday to Friday where it has none or the day is beyond Python's calendar."""
    date = date_of_day(number)
    if date is None or run.calendar is None or not 1 <= date.year <= 9999:
        return (number + 3) % 7 < 5
    return bool(run.calendar.hours_on(date.as_python()).spans)


def age_in_months(run: Run, birth: Date | DateTime, at: Date | DateTime = MISSING) -> Decimal | None:
    """Whole months since a day, on the day `at` or today."""
    until = today(run) if at is MISSING else at
    return None if until is None else Decimal(months_between(birth, until).months)


_G, _OWN = "temporal", "own"
FUNCTIONS = (
    builtin(_G, "now()", DATE_TIME, now, "现在。", "The current date and time.", needs_run=True),
    builtin(_G, "today()", DATE, today, "今天。", "The current date.", needs_run=True),
    builtin(_G, "day of year(date: day)", NUMBER, day_of_year, "一年中的第几天。", "The day's number in its year.",
            'day of year(@"2026-02-01") => 32'),
    builtin(_G, "day of week(date: day)", STRING, day_of_week, "星期几(英文)。", "The day's English name.",
            'day of week(@"2026-11-22") => "Sunday"'),
    builtin(_G, "month of year(date: day)", STRING, month_of_year, "月份(英文)。", "The month's English name.",
            'month of year(@"2026-11-22") => "November"'),
    builtin(_G, "week of year(date: day)", NUMBER, week_of_year, "一年中的第几周(ISO 8601)。",
            "The week's number, by ISO 8601.", 'week of year(@"2026-01-01") => 1'),
    builtin(_G, "is(value1: Any, value2: Any)", BOOLEAN, same, "是否同一个值,时差也相同。",
            "Whether two values are the same, offsets included.",
            'is(@"23:00:50Z", @"23:00:50") => false', needs_run=True),
    builtin(_OWN, "working days between(from: day, to: day)", NUMBER, working_days_between,
            "从次日到 to 的工作日数,按给定的工作日历;没有日历时是周一至周五。",
            "Working days after `from` up to `to`, by the given calendar; Monday to Friday without one.",
            'working days between(@"2026-11-20", @"2026-11-24") => 2', needs_run=True, is_own=True),
    builtin(_OWN, "age in months(birth: day, at?: day)", NUMBER, age_in_months,
            "满几个月;不写 at 时到今天。", "Whole months of age on a day, today if left out.",
            'age in months(@"2024-08-23", @"2026-11-22") => 26', needs_run=True, is_own=True),
)  # fmt: skip
