"""Durations, dates and repetitions."""

import pytest

from shuniu.core.flow.bpmn.reading.times import Span, feel_moment, schedule, span


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PT30M", Span(30, "minutes")),
        ("PT1H30M", Span(90, "minutes")),
        ("P3D", Span(3, "days")),
        ("P1W", Span(7, "days")),
        ("PT36H", Span(36, "hours")),
        ("P1M", Span(30, "days", exact=False)),
        ("PT90S", Span(2, "minutes", exact=False)),
        ("R3/PT10M", Span(10, "minutes")),
        ('=duration("PT5M")', Span(5, "minutes")),
        ("${wait}", None),
        ("P", None),
    ],
)
def test_durations_in_one_unit(text: str, found: Span | None) -> None:
    assert span(text) == found


@pytest.mark.parametrize(
    ("text", "cron"),
    [
        ("0 9 * * 1", "0 9 * * 1"),
        ("0 0/5 * * * ?", "0/5 * * * *"),
        ("R/PT1H", "0 */1 * * *"),
        ("R/2026-01-01T00:00:00Z/P1D", "0 0 * * *"),
        ("R/PT7M", None),
        ("soon", None),
    ],
)
def test_schedules(text: str, cron: str | None) -> None:
    assert schedule(text) == cron


def test_literal_moments() -> None:
    assert feel_moment("2026-05-01") == 'date("2026-05-01")'
    assert feel_moment("2026-05-01T09:00:00+08:00") == 'date and time("2026-05-01T09:00:00+08:00")'
    assert feel_moment("${due}") is None
