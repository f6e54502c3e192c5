"""A week of opening hours with exceptions, and the arithmetic over it.

All questions go through one function, the working time from a fixed Monday to a moment. It is a closed formula (whole
weeks, the days of the week begun, the exceptions by bisection), so that a deadline years away costs what one today costs.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from shuniu.core.calendar.hours import MINUTE, CalendarHasNoHours, Hours

_ORIGIN = date(2000, 1, 3)  # a Monday
_MIDNIGHT = time()
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Opening hours by weekday (Monday first), changed on single days by `exceptions`.

    Hours are what the wall clock of `zone` says: on a day whose clock is put back, the hour told twice counts once.
    `known_until` is the last day whose holidays are published; later days fall to the weekday and are provisional.
    """

    zone: ZoneInfo
    week: tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
    exceptions: Mapping[date, Hours] = field(default_factory=dict)
    known_until: date | None = None
    _week_before: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _changed_days: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _changes_before: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lengths = [hours.minutes * MINUTE for hours in self.week]
        if not any(lengths):
            raise CalendarHasNoHours("no day of the week is open")
        changed = sorted(self.exceptions)
        changes = [self.exceptions[day].minutes * MINUTE - lengths[day.weekday()] for day in changed]
        object.__setattr__(self, "_week_before", (0, *accumulate(lengths)))
        object.__setattr__(self, "_changed_days", tuple((day - _ORIGIN).days for day in changed))
        object.__setattr__(self, "_changes_before", (0, *accumulate(changes)))

    @classmethod
    def always(cls, zone: ZoneInfo) -> "WorkingCalendar":
        """Open around the clock."""
        whole = Hours.whole_day()
        return cls(zone=zone, week=(whole, whole, whole, whole, whole, whole, whole))

    def hours_on(self, day: date) -> Hours:
        """The open hours of a day; empty when closed."""
        return self.exceptions.get(day, self.week[day.weekday()])

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return any(start <= minute < end for start, end in self.hours_on(local.date()).spans)

    def is_provisional(self, at: datetime) -> bool:
        """Whether the holidays around this moment are not published yet."""
        return self.known_until is not None and at.astimezone(self.zone).date() > self.known_until

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`; negative when `end` comes first."""
        return timedelta(microseconds=self._position(end) - self._position(start))

    def add(self, start: datetime, work: timedelta) -> datetime:
        """The first moment by which `work` has passed since `start`; for negative work, the last before it.

        Eight hours from the opening of an eight-hour day end at that day's close, not at the next opening.
        """
        if not work:
            return start.astimezone(UTC)
        target = self._position(start) + work // _MICROSECOND
        return self._earliest(target) if work > timedelta() else self._latest(target)

    def next_open(self, at: datetime) -> datetime:
        """`at` itself when open, otherwise the next opening."""
        return at.astimezone(UTC) if self.is_open(at) else self._latest(self._position(at))

    def add_days(self, start: datetime, days: int) -> datetime:
        """The same time of day, `days` working days later (a day with any open hour is a working day).

        A start outside opening hours counts from the next opening; a time the last day does not have moves to that
        day's opening or close.
        """
        if days < 0:
            raise ValueError("working days are counted forward")
        begin = self.next_open(start).astimezone(self.zone)
        day = begin.date()
        for _ in range(days):
            day = self._working_day_after(day)
        hours = self.hours_on(day)
        return self._moment(day, min(max(_of_day(begin), hours.opens * MINUTE), hours.closes * MINUTE))

    def days_between(self, start: datetime, end: datetime) -> int:
        """Working days after `start`'s day up to and with `end`'s day; negative when `end` comes first."""
        first, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        if last < first:
            return -self.days_between(end, start)
        return self._working_days_before(last + timedelta(1)) - self._working_days_before(
            first + timedelta(1)
        )

    def _working_days_before(self, day: date) -> int:
        number = (day - _ORIGIN).days
        weeks, rest = divmod(number, 7)
        open_days = [bool(hours.spans) for hours in self.week]
        total = weeks * sum(open_days) + sum(open_days[:rest])
        for changed in self._changed_days[: bisect_left(self._changed_days, number)]:
            at = _ORIGIN + timedelta(changed)
            total += bool(self.exceptions[at].spans) - open_days[at.weekday()]
        return total

    def _working_day_after(self, day: date) -> date:
        # Bounded: an open weekday comes round every week, so only exceptions can prolong the search.
        for step in range(1, 8 * (len(self.exceptions) + 1)):
            after = day + timedelta(step)
            if self.hours_on(after).spans:
                return after
        raise AssertionError("a week with open hours has a next working day")

    def _position(self, at: datetime) -> int:
        """Working microseconds from the origin to `at`."""
        local = at.astimezone(self.zone)
        day = local.date()
        return self._before((day - _ORIGIN).days) + self.hours_on(day).open_until(_of_day(local))

    def _before(self, number: int) -> int:
        """Working microseconds from the origin to the midnight that begins day `number`."""
        weeks, rest = divmod(number, 7)
        changes = self._changes_before[bisect_left(self._changed_days, number)]
        return weeks * self._week_before[7] + self._week_before[rest] + changes

    def _earliest(self, target: int) -> datetime:
        number = self._last_day(lambda number: self._before(number) < target, target)
        day = _ORIGIN + timedelta(number)
        return self._moment(day, self.hours_on(day).earliest_with(target - self._before(number)))

    def _latest(self, target: int) -> datetime:
        """The last moment whose position is `target`."""
        number = self._last_day(lambda number: self._before(number) <= target, target)
        day = _ORIGIN + timedelta(number)
        return self._moment(day, self.hours_on(day).latest_with(target - self._before(number)))

    def _last_day(self, holds: Callable[[int], bool], target: int) -> int:
        """The last day for which `holds`, by bisection between weeks that surely enclose `target`."""
        low = ((target - max(self._changes_before)) // self._week_before[7] - 1) * 7
        high = ((target - min(self._changes_before)) // self._week_before[7] + 2) * 7
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if holds(middle) else (low, middle)
        return low

    def _moment(self, day: date, of_day: int) -> datetime:
        local = datetime.combine(day, _MIDNIGHT) + timedelta(microseconds=of_day)
        return local.replace(tzinfo=self.zone).astimezone(UTC)


def _of_day(local: datetime) -> int:
    """Microseconds the wall clock shows since midnight."""
    return ((local.hour * 60 + local.minute) * 60 + local.second) * 1_000_000 + local.microsecond
