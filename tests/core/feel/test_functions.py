"""Every row of the function table: its examples hold, and its pages are up to date."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from shuniu.core import feel
from shuniu.core.calendar import Hours, WorkingCalendar, parse_hours
from shuniu.core.feel.functions import BUILTINS
from shuniu.core.feel.functions.page import Language, reference
from shuniu.core.feel.functions.prose import GROUPS

EXAMPLES = [pair for function in BUILTINS.values() for pair in function.examples]
DOCS = Path(__file__).parents[3] / "docs"
OFFICE, CLOSED = parse_hours([["09:00", "18:00"]]), Hours()
CALENDAR = WorkingCalendar(
    zone=ZoneInfo("Asia/Shanghai"),
    week=(OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, CLOSED, CLOSED),
    exceptions={dt.date(2026, 10, 1): CLOSED, dt.date(2026, 10, 10): OFFICE},
)
NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(("expression", "value"), EXAMPLES)
def test_an_example_of_the_table_holds(expression: str, value: str) -> None:
    assert feel.compile(expression).evaluate({}) == feel.compile(value).evaluate({})


def test_every_function_is_documented_in_both_languages_and_in_a_group() -> None:
    for function in BUILTINS.values():
        assert function.zh, function.name
        assert function.en, function.name
        assert function.group in GROUPS
        assert function.examples or function.name in ("now", "today")


@pytest.mark.parametrize(("language", "file"), [("zh", "feel.zh-CN.md"), ("en", "feel.md")])
def test_the_reference_pages_are_those_of_the_table(language: Language, file: str) -> None:
    assert (DOCS / file).read_text(encoding="utf-8") == reference(language), (
        f"run: python -m shuniu.core.feel --reference {language} > docs/{file}"
    )


def test_wrong_arguments_give_null() -> None:
    for function in BUILTINS.values():
        if function.name in ("now", "today"):
            continue
        too_many = ", ".join(["1"] * 9)
        if not any(param.is_variadic for form in function.forms for param in form):
            assert feel.compile(f"{function.name}({too_many})", strict=False).evaluate({}) is None
        assert feel.compile(f"{function.name}(nobody: 1)", strict=False).evaluate({}) is None


def test_now_and_today_are_what_was_given() -> None:
    assert feel.compile("string(now())").evaluate({}, NOW) == "2026-11-22T09:30:00+08:00"
    assert feel.compile("string(today())").evaluate({}, NOW) == "2026-11-22"
    assert feel.compile("now()").evaluate({}) is None


def test_working_days_follow_the_calendar() -> None:
    asked = feel.compile('working days between(@"2026-09-30", @"2026-10-10")')
    assert asked.evaluate({}, NOW, CALENDAR) == Decimal(7)
    assert asked.evaluate({}, NOW) == Decimal(7)
    over_holiday = feel.compile('working days between(@"2026-09-30", @"2026-10-02")')
    assert over_holiday.evaluate({}, NOW, CALENDAR) == Decimal(1)
    assert over_holiday.evaluate({}, NOW) == Decimal(2)
    assert feel.compile('working days between(@"2026-10-02", @"2026-09-30")').evaluate(
        {}, NOW, CALENDAR
    ) == Decimal(-1)


def test_age_counts_to_today() -> None:
    assert feel.compile('age in months(@"2026-01-22")').evaluate({}, NOW) == Decimal(10)
    assert feel.compile('age in months(@"2026-01-23")').evaluate({}, NOW) == Decimal(9)
