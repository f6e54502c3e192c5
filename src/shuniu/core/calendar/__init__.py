"""Working time: when an hour of work has passed, and how many lie between two moments.

Owns the arithmetic of opening hours, holidays and working days. Knows nothing of who keeps the calendar, where its days
are stored or what is due: it answers questions about one calendar it is given.
"""

from shuniu.core.calendar.hours import CalendarHasNoHours, Hours, InvalidHours, parse_hours
from shuniu.core.calendar.working import WorkingCalendar

__all__ = ["CalendarHasNoHours", "Hours", "InvalidHours", "WorkingCalendar", "parse_hours"]
