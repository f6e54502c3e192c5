"""What every installation starts with: roles, positions, calendars. Everything can be changed later.

Roles name permissions of higher domains by pattern: org knows their codes, not the domains. The first pattern that matches a
code decides; None keeps it out.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from shuniu.org.contracts import GrantScope

ALL, SUBTREE, UNIT, OWN = GrantScope.ALL, GrantScope.SUBTREE, GrantScope.UNIT, GrantScope.OWN


@dataclass(frozen=True, slots=True)
class ShippedRole:
    """A role and the patterns of what it may do."""

    key: str
    name: str
    name_en: str
    note: str
    patterns: tuple[tuple[str, GrantScope | None], ...]

    def scope(self, permission: str) -> GrantScope | None:
        """How far this role holds the permission; None when not at all."""
        return next((scope for pattern, scope in self.patterns if fnmatchcase(permission, pattern)), None)


@dataclass(frozen=True, slots=True)
class ShippedCalendar:
    """A calendar; `week` is the hours of one working day and which weekdays work (0 is Monday)."""

    key: str
    name: str
    name_en: str
    hours: tuple[tuple[str, str], ...]
    weekdays: frozenset[int]
    follows_holidays: bool

    @property
    def week(self) -> list[list[list[str]]]:
        return [[list(span) for span in self.hours] if day in self.weekdays else [] for day in range(7)]


# What runs a place: its customers, orders, people and figures.
_MANAGER: tuple[tuple[str, GrantScope | None], ...] = (
    ("org.role_write", None),
    ("org.calendar_write", None),
    ("work_order.manage_kinds", None),
    ("product.manage", None),
    ("spare_part.manage", None),
    ("shop_order.import", SUBTREE),
    ("org.*", SUBTREE),
    ("customer.*", SUBTREE),
    ("work_order.*", SUBTREE),
    ("shop_order.*", SUBTREE),
    ("product.read", SUBTREE),
    ("spare_part.read", SUBTREE),
    ("flow.read", SUBTREE),
    ("flow.design", SUBTREE),
    ("flow.publish", SUBTREE),
    ("flow.assign", SUBTREE),
    ("flow.steer", SUBTREE),
    ("flow.mend", SUBTREE),
    ("flow.migrate", SUBTREE),
    ("settlement.read", SUBTREE),
    ("settlement.confirm", SUBTREE),
    ("settlement.plan_read", SUBTREE),
    ("insights.*", SUBTREE),
    ("channel.read", SUBTREE),
    ("channel.read_chats", SUBTREE),
)

ROLES = (
    ShippedRole("admin", "系统管理员", "Administrator", "可以做一切，包括权限与系统配置", (("*", ALL),)),
    ShippedRole(
        "hq_operator",
        "总部运营",
        "HQ operator",
        "设计流程、方案与设置，查看全公司业务；不涉及付款与授权",
        (
            ("org.role_write", None),
            ("org.login_write", None),
            ("org.assign", None),
            ("audit.*", None),
            ("jobs.operate", None),
            ("hub.operate", None),
            ("channel.configure", None),
            ("ledger.*", None),
            ("settlement.payout_*", None),
            ("*", ALL),
        ),
    ),
    ShippedRole("region_manager", "大区经理", "Region manager", "管理本大区的门店、人员与业务", _MANAGER),
    ShippedRole("store_manager", "店长", "Store manager", "管理本店的客户、工单与人员", _MANAGER),
    ShippedRole(
        "agent",
        "客服",
        "Agent",
        "接待本店客户，建单并跟进",
        (
            ("customer.import", None),
            ("customer.export", None),
            ("customer.*", UNIT),
            ("work_order.create", UNIT),
            ("work_order.read", UNIT),
            ("work_order.see_phone", UNIT),
            ("work_order.cancel", OWN),
            ("shop_order.read", UNIT),
            ("product.read", UNIT),
            ("spare_part.read", UNIT),
            ("flow.read", UNIT),
            ("org.unit_read", UNIT),
            ("org.staff_read", UNIT),
            ("channel.read", OWN),
            ("channel.read_chats", OWN),
        ),
    ),
    ShippedRole(
        "field_worker",
        "师傅",
        "Field worker",
        "处理派给自己的工单，查看自己的收入",
        (
            ("work_order.read", OWN),
            ("work_order.see_phone", OWN),
            ("settlement.read", OWN),
            ("flow.read", OWN),
            ("product.read", UNIT),
            ("spare_part.read", UNIT),
            ("org.unit_read", UNIT),
        ),
    ),
    ShippedRole(
        "finance",
        "财务",
        "Finance",
        "查看账目，审批付款，管理结算方案",
        (
            ("settlement.*", ALL),
            ("ledger.*", ALL),
            ("work_order.read", ALL),
            ("work_order.export", ALL),
            ("shop_order.read", ALL),
            ("customer.read", ALL),
            ("insights.*", ALL),
            ("org.unit_read", ALL),
            ("org.staff_read", ALL),
            ("flow.read", ALL),
            ("product.read", ALL),
            ("spare_part.read", ALL),
        ),
    ),
    ShippedRole(
        "partner",
        "加盟商",
        "Partner",
        "管理自己加盟店的业务与收入",
        (
            ("org.assign", None),
            ("org.setting_write", None),
            ("settlement.confirm", None),
            ("channel.*", None),
            *_MANAGER,
        ),
    ),
)

POSITIONS = (
    ("region_manager", "大区经理", "Region manager"),
    ("store_manager", "店长", "Store manager"),
    ("agent", "客服", "Agent"),
    ("field_worker", "师傅", "Field worker"),
    ("supervisor", "主管", "Supervisor"),
    ("site_inspector", "监理", "Site inspector"),
    ("area_inspector", "督导", "Area inspector"),
    ("quality_control", "品控", "Quality control"),
    ("purchasing", "采购", "Purchasing"),
    ("class_teacher", "班主任", "Class teacher"),
    ("finance", "会计", "Accountant"),
)

_OFFICE = (("09:00", "12:00"), ("13:00", "18:00"))
_EVERY_DAY = frozenset(range(7))

CALENDARS = (
    ShippedCalendar(
        "office", "办公日历", "Office hours", _OFFICE, frozenset(range(5)), follows_holidays=True
    ),
    ShippedCalendar(
        "service", "服务日历", "Service hours", (("08:00", "20:00"),), _EVERY_DAY, follows_holidays=False
    ),
    ShippedCalendar(
        "always", "全天候", "Around the clock", (("00:00", "24:00"),), _EVERY_DAY, follows_holidays=False
    ),
)
DEFAULT_CALENDAR = "office"
ADMINISTRATOR = "admin"
