"""The open hours of one day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

DAY_MINUTES = 24 * 60
MINUTE = 60_000_000  # microseconds: whole numbers, so that sums are exact
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")


class InvalidHours(ValueError):
    """Hours that overlap, run backwards or are not times of day."""


class CalendarHasNoHours(ValueError):
    """A week without any open hour: no deadline could ever be reached."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Open spans of a day as minutes after local midnight, `[start, end)`, in order and apart from each other.

    No spans means closed. `Hours(((540, 720), (780, 1080)))` is 9:00-12:00 and 13:00-18:00.
    """

    spans: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        last = 0
        for start, end in self.spans:
            if not 0 <= start < end <= DAY_MINUTES:
                raise InvalidHours(f"{start}-{end} is not a span of one day")
            if start < last:
                raise InvalidHours(f"the span from minute {start} begins before the one before it ends")
            last = end

    @classmethod
    def whole_day(cls) -> Self:
        return cls(((0, DAY_MINUTES),))

    @property
    def minutes(self) -> int:
        return sum(end - start for start, end in self.spans)

    @property
    def opens(self) -> int:
        return self.spans[0][0]

    @property
    def closes(self) -> int:
        return self.spans[-1][1]

    def open_until(self, moment: int) -> int:
        """Open time between local midnight and `moment`, both in microseconds."""
        return sum(min(max(moment - start * MINUTE, 0), (end - start) * MINUTE) for start, end in self.spans)

    def earliest_with(self, work: int) -> int:
        """The first moment of the day by which `work` has passed, in microseconds."""
        for start, end in self.spans:
            length = (end - start) * MINUTE
            if work <= length:
                return start * MINUTE + work
            work -= length
        return self.closes * MINUTE

    def latest_with(self, work: int) -> int:
        """The last moment of the day at which no more than `work` has passed, in microseconds."""
        for start, end in self.spans:
            length = (end - start) * MINUTE
            if work < length:
                return start * MINUTE + work
            work -= length
        return DAY_MINUTES * MINUTE


def parse_hours(spans: Sequence[Sequence[str]]) -> Hours:
    """`[["09:00", "12:00"], ["13:00", "18:00"]]` as Hours; 24:00 is the end of the day. InvalidHours otherwise."""
    pairs = []
    for span in spans:
        if len(span) != 2:
            raise InvalidHours("a span is a start and an end")
        pairs.append((_minute(span[0]), _minute(span[1])))
    return Hours(tuple(pairs))


def _minute(clock: str) -> int:
    match = _CLOCK.fullmatch(clock)
    if match is None:
        raise InvalidHours(f"{clock!r} is not a time of day")
    return int(match[1]) * 60 + int(match[2])
