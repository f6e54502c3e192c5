"""ISO 8601 durations, dates and repetitions → limits, dates and schedules."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from shuniu.core.flow.limits import Unit

_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?)?"
)
_CYCLE = re.compile(r"R(\d*)/(?:([^P/][^/]*)/)?(P[^/]*)(?:/.*)?")
_CRON = re.compile(r"[\d*/,\-?LW#A-Za-z]+")
_DAYS = {"year": 365, "month": 30, "week": 7}


@dataclass(frozen=True, slots=True)
class Span:
    """A duration in one unit; `exact` is false where months, years or seconds were rounded."""

    amount: int
    unit: Unit
    exact: bool = True


def span(text: str) -> Span | None:
    """The duration, or the interval of a repetition; None when it is neither."""
    text = bare(text)
    if (cycle := _CYCLE.fullmatch(text)) is not None:
        text = cycle[3]
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()) or len(text) > 40:
        return None
    years, months, weeks, days, hours, minutes, seconds = (int(one or 0) for one in found.groups())
    whole = years * _DAYS["year"] + months * _DAYS["month"] + weeks * _DAYS["week"] + days
    exact = not (years or months or seconds)
    if not (hours or minutes or seconds):
        return Span(max(whole, 1), Unit.DAYS, exact and whole > 0)
    if not (minutes or seconds):
        return Span(whole * 24 + hours, Unit.HOURS, exact)
    total = whole * 1440 + hours * 60 + minutes + ceil(seconds / 60)
    return Span(max(total, 1), Unit.MINUTES, exact or (seconds % 60 == 0 and not (years or months)))


def bare(text: str) -> str:
    """The text without the quotes and the `duration(…)` that FEEL puts around it."""
    text = text.strip().removeprefix("=").strip()
    call = re.fullmatch(r"""(?:duration|date|date and time|time)\(\s*["']([^"']*)["']\s*\)""", text)
    return call[1] if call else text.strip("\"'")


def feel_moment(text: str) -> str | None:
    """A literal date, or date and time, as FEEL; None when it is neither."""
    text = bare(text)
    try:
        if "T" in text:
            datetime.fromisoformat(text)
            return f'date and time("{text}")'
        date.fromisoformat(text)
    except ValueError:
        return None
    return f'date("{text}")' if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


def schedule(text: str) -> str | None:
    """`minute hour day month weekday` for a cron text (with or without seconds) or a regular interval; else None."""
    fields = text.strip().split()
    if len(fields) in (5, 6, 7) and all(_CRON.fullmatch(one) for one in fields):
        five = fields if len(fields) == 5 else fields[1:6]
        return " ".join("*" if one == "?" else one for one in five)
    interval = span(text) if text.strip().startswith(("R", "P", "=")) else None
    if interval is None:
        return None
    if interval.unit is Unit.DAYS:
        return {1: "0 0 * * *", 7: "0 0 * * 1", 30: "0 0 1 * *"}.get(interval.amount)
    limit, pattern = (24, "0 */{} * * *") if interval.unit is Unit.HOURS else (60, "*/{} * * * *")
    if interval.amount < limit and limit % interval.amount == 0:
        return pattern.format(interval.amount)
    return "0 0 * * *" if interval.amount == 24 else None
