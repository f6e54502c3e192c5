"""Tables of the organisation. Private to org."""

from shuniu.org.models.calendars import Calendar, CalendarDay
from shuniu.org.models.notices import Notice, NoticePreference
from shuniu.org.models.roles import Assignment, Participation, Position, Role, RoleGrant
from shuniu.org.models.settings import UnitSetting
from shuniu.org.models.staff import Staff
from shuniu.org.models.units import DepartmentService, Unit

__all__ = [
    "Assignment",
    "Calendar",
    "CalendarDay",
    "DepartmentService",
    "Notice",
    "NoticePreference",
    "Participation",
    "Position",
    "Role",
    "RoleGrant",
    "Staff",
    "Unit",
    "UnitSetting",
]
