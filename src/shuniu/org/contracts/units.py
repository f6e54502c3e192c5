"""Units as others know them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from shuniu.foundation.errors import Conflict, Invalid, NotFound

DEPTH_MAX = 10


class UnitKind(StrEnum):
    HQ = "hq"
    REGION = "region"
    STORE = "store"
    PARTNER = "partner"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit in short. `path` is its place in the tree: a unit lies under another when its path begins with the other's.

    `region_*` is the nearest region at or above it; None where there is none.
    """

    id: int
    name: str
    kind: UnitKind
    path: str
    city: str
    region_id: int | None
    region_name: str | None
    parent_id: int | None
    code: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class UnitDetail:
    """A unit in full, with the units a department works for and how much hangs on it."""

    id: int
    name: str
    kind: UnitKind
    code: str
    parent_id: int | None
    ancestors: tuple[UnitCard, ...]
    city: str
    province: str
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    phone: str
    opening_hours: str
    serves: tuple[UnitCard, ...]
    children: int
    staff: int
    created_at: datetime
    archived_at: datetime | None


class UnitUnknown(NotFound):
    code = "org.unit_unknown"
    zh = "没有这个组织单元，或您无权查看"
    en = "There is no such unit, or it is not yours to see."


class CodeTaken(Conflict):
    code = "org.code_taken"
    zh = "编码“{value}”已被使用"
    en = "The code “{value}” is taken."


class UnitTooDeep(Invalid):
    code = "org.unit_too_deep"
    zh = "组织最多 {depth_max} 级"
    en = "The tree has at most {depth_max} levels."


class UnitUnderItself(Invalid):
    code = "org.unit_under_itself"
    zh = "不能移动到自己的下级之中"
    en = "A unit cannot be moved below itself."


class UnitIsRoot(Conflict):
    code = "org.unit_is_root"
    zh = "总部不能移动或归档"
    en = "The headquarters cannot be moved or archived."


class UnitHasUnits(Conflict):
    code = "org.unit_has_units"
    zh = "还有 {count} 个下级单元未归档"
    en = "{count} units below it are still in use."


class UnitHasPeople(Conflict):
    code = "org.unit_has_people"
    zh = "还有 {count} 名员工属于这里，请先调离"
    en = "{count} staff members still belong here; move them first."


class UnitArchived(Conflict):
    code = "org.unit_archived"
    zh = "该组织单元已归档"
    en = "This unit is archived."


class UnitNotDepartment(Invalid):
    code = "org.unit_not_department"
    zh = "只有部门可以服务多个单元"
    en = "Only departments can serve other units."
