"""Staff as others know them."""

from dataclasses import dataclass
from datetime import datetime

from shuniu.foundation.errors import Conflict, Invalid, NotFound
from shuniu.org.contracts.roles import AssignmentCard


@dataclass(frozen=True, slots=True)
class StaffCard:
    """A staff member in short. `position` is the name of the first current position, empty without one."""

    id: int
    name: str
    unit_id: int
    unit_name: str
    city: str
    position: str
    wecom_userid: str | None
    user_id: int | None = None
    skills: tuple[str, ...] = ()
    archived: bool = False


@dataclass(frozen=True, slots=True)
class StaffDetail:
    """A staff member in full; the phone is masked."""

    id: int
    name: str
    number: str | None
    unit_id: int
    unit_name: str
    city: str
    skills: tuple[str, ...]
    phone_masked: str
    may_see_phone: bool
    wecom_userid: str | None
    username: str | None
    login_active: bool
    last_login: datetime | None
    assignments: tuple[AssignmentCard, ...]
    created_at: datetime
    archived_at: datetime | None


class StaffUnknown(NotFound):
    code = "org.staff_unknown"
    zh = "没有这名员工，或您无权查看"
    en = "There is no such staff member, or they are not yours to see."


class NameMissing(Invalid):
    code = "org.name_missing"
    zh = "请填写名称"
    en = "A name is needed."


class PhoneInvalid(Invalid):
    code = "org.phone_invalid"
    zh = "手机号应为 6 至 15 位数字"
    en = "A phone number has 6 to 15 digits."


class NumberTaken(Conflict):
    code = "org.number_taken"
    zh = "工号“{value}”已被使用"
    en = "The staff number “{value}” is taken."


class WecomUserTaken(Conflict):
    code = "org.wecom_user_taken"
    zh = "企业微信账号“{value}”已属于其他员工"
    en = "The WeCom account “{value}” belongs to somebody else."


class StaffArchived(Conflict):
    code = "org.staff_archived"
    zh = "该员工已离职归档"
    en = "This staff member has left."


class NoLogin(Conflict):
    code = "org.no_login"
    zh = "该员工还没有登录账号"
    en = "This staff member has no login."
