"""Roles, positions and assignments as others know them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shuniu.foundation.errors import Conflict, Forbidden, Invalid


class GrantScope(StrEnum):
    """How far a grant reaches from where the role is held."""

    OWN = "own"
    UNIT = "unit"
    SUBTREE = "subtree"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission and how far it reaches."""

    permission: str
    scope: GrantScope


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role with its grants and how many people hold it now."""

    id: int
    key: str
    name: str
    name_en: str
    note: str
    builtin: bool
    grants: tuple[Grant, ...]
    holders: int
    archived: bool


@dataclass(frozen=True, slots=True)
class PositionCard:
    """A position and how many people hold it now."""

    id: int
    key: str
    name: str
    name_en: str
    note: str
    holders: int
    archived: bool


@dataclass(frozen=True, slots=True)
class AssignmentCard:
    """A role or a position held at a unit from a moment until a moment (None: until further notice)."""

    id: int
    staff_id: int
    staff_name: str
    unit_id: int
    unit_name: str
    role_id: int | None
    role_name: str | None
    position_id: int | None
    position_name: str | None
    valid_from: datetime
    valid_to: datetime | None


class RoleKeyTaken(Conflict):
    code = "org.role_key_taken"
    zh = "角色标识“{value}”已被使用"
    en = "The role key “{value}” is taken."


class PositionKeyTaken(Conflict):
    code = "org.position_key_taken"
    zh = "岗位标识“{value}”已被使用"
    en = "The position key “{value}” is taken."


class PermissionUnknown(Invalid):
    code = "org.permission_unknown"
    zh = "没有权限项“{value}”"
    en = "There is no permission “{value}”."


class NotYoursToGrant(Forbidden):
    """Nobody hands out more than they hold themselves."""

    code = "org.not_yours_to_grant"
    zh = "不能授予超出自己范围的权限：{value}"
    en = "You cannot grant more than you hold yourself: {value}."


class HigherThanYou(Forbidden):
    """Who controls a login controls all that its person may do."""

    code = "org.higher_than_you"
    zh = "该员工的权限超出您的范围，请由上级处理"
    en = "This person may do more than you; somebody above has to do this."


class AssignmentBackwards(Invalid):
    code = "org.assignment_backwards"
    zh = "结束时间不能早于开始时间"
    en = "The end cannot lie before the beginning."


class LastAdministrator(Conflict):
    code = "org.last_administrator"
    zh = "至少保留一名系统管理员"
    en = "At least one administrator must remain."


class BuiltinRole(Conflict):
    code = "org.builtin_role"
    zh = "内置角色不能归档或改标识"
    en = "Shipped roles cannot be archived."


class RoleInUse(Conflict):
    code = "org.role_in_use"
    zh = "还有 {count} 人持有该角色"
    en = "{count} people still hold this role."


class PositionInUse(Conflict):
    code = "org.position_in_use"
    zh = "还有 {count} 人在该岗位"
    en = "{count} people still hold this position."


class AssignmentIncomplete(Invalid):
    code = "org.assignment_incomplete"
    zh = "请选择角色或岗位"
    en = "Choose a role or a position."


class AssignmentExists(Conflict):
    code = "org.assignment_exists"
    zh = "该员工在此单元已有相同的任职"
    en = "This staff member holds that here already."
