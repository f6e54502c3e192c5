"""What may be done in org; one verb each, by keyword."""

from shuniu.org.actions.assignments import assign, end_assignment, leave_part, take_part
from shuniu.org.actions.calendars import (
    archive_calendar,
    change_calendar,
    clear_day,
    create_calendar,
    seed_holidays,
    set_day,
)
from shuniu.org.actions.load import Loaded, NewStaff, NewUnit, load
from shuniu.org.actions.notices import forget_notices, mark_all_read, mark_read, notify, prefer
from shuniu.org.actions.roles import (
    archive_position,
    archive_role,
    change_position,
    change_role,
    create_position,
    create_role,
)
from shuniu.org.actions.settings import bound_setting, clear_setting, set_setting
from shuniu.org.actions.staff import (
    StaffChange,
    archive_staff,
    change_staff,
    create_staff,
    give_login,
    reset_password,
    restore_staff,
    reveal_phone,
)
from shuniu.org.actions.start import create_administrator, ensure_shipped
from shuniu.org.actions.units import (
    UnitDetails,
    archive_unit,
    change_unit,
    create_unit,
    move_unit,
    restore_unit,
    serve_units,
)

__all__ = [
    "Loaded",
    "NewStaff",
    "NewUnit",
    "StaffChange",
    "UnitDetails",
    "archive_calendar",
    "archive_position",
    "archive_role",
    "archive_staff",
    "archive_unit",
    "assign",
    "bound_setting",
    "change_calendar",
    "change_position",
    "change_role",
    "change_staff",
    "change_unit",
    "clear_day",
    "clear_setting",
    "create_administrator",
    "create_calendar",
    "create_position",
    "create_role",
    "create_staff",
    "create_unit",
    "end_assignment",
    "ensure_shipped",
    "forget_notices",
    "give_login",
    "leave_part",
    "load",
    "mark_all_read",
    "mark_read",
    "move_unit",
    "notify",
    "prefer",
    "reset_password",
    "restore_staff",
    "restore_unit",
    "reveal_phone",
    "seed_holidays",
    "serve_units",
    "set_day",
    "set_setting",
    "take_part",
]
