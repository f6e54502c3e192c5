"""What may be asked of org. Lists are scoped to who asks; cards of units and people by id are open to every domain."""

from shuniu.org.queries.calendars import calendar, calendar_days, calendar_detail, calendar_details, calendars
from shuniu.org.queries.notices import notice_preferences, notices, unread_count
from shuniu.org.queries.roles import assignments_of, participants, positions, role, roles
from shuniu.org.queries.settings import compare_variants, setting, setting_origins, settings, settings_for
from shuniu.org.queries.staff import (
    field_workers,
    staff_by_user,
    staff_by_wecom,
    staff_card,
    staff_of_units,
    staff_with,
)
from shuniu.org.queries.units import (
    all_units,
    ancestors,
    root_unit,
    subtree,
    subtree_ids,
    unit,
    unit_by_code,
    unit_detail,
    units,
    units_by_code,
    units_for,
)
from shuniu.org.queries.visible import (
    covers,
    covers_subtree,
    require_unit,
    visible,
    visible_sql,
    visible_units,
)

__all__ = [
    "all_units",
    "ancestors",
    "assignments_of",
    "calendar",
    "calendar_days",
    "calendar_detail",
    "calendar_details",
    "calendars",
    "compare_variants",
    "covers",
    "covers_subtree",
    "field_workers",
    "notice_preferences",
    "notices",
    "participants",
    "positions",
    "require_unit",
    "role",
    "roles",
    "root_unit",
    "setting",
    "setting_origins",
    "settings",
    "settings_for",
    "staff_by_user",
    "staff_by_wecom",
    "staff_card",
    "staff_of_units",
    "staff_with",
    "subtree",
    "subtree_ids",
    "unit",
    "unit_by_code",
    "unit_detail",
    "units",
    "units_by_code",
    "units_for",
    "unread_count",
    "visible",
    "visible_sql",
    "visible_units",
]
