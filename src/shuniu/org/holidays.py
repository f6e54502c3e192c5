"""Published holidays of mainland China, from the chinesecalendar package, as a seed for calendars.

The package ends with the last year the State Council has published and raises beyond; days after that fall to their weekday
and are provisional until it is updated and the calendars are seeded again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chinese_calendar.constants import Holiday, holidays, workdays

_NAMES = {holiday.value: holiday.chinese for holiday in Holiday}


@dataclass(frozen=True, slots=True)
class PublishedDay:
    """A day that differs from its weekday: a holiday, or a weekend day worked in exchange."""

    day: date
    works: bool
    name: str


def published_until() -> date:
    """The last day of the last published year."""
    return date(max(holidays).year, 12, 31)


def published_days(*, since: date) -> Iterator[PublishedDay]:
    """Every published day from `since` on."""
    for day, name in sorted(holidays.items()):
        if day >= since:
            yield PublishedDay(day, works=False, name=_NAMES.get(name, name))
    for day, name in sorted(workdays.items()):
        if day >= since:
            yield PublishedDay(day, works=True, name=f"{_NAMES.get(name, name)}调休")
