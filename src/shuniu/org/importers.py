"""Units and staff from spreadsheets."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from shuniu.foundation.access import Actor
from shuniu.foundation.identity import queries as logins
from shuniu.foundation.imports import (
    Column,
    Importer,
    ImportRow,
    RowProblem,
    as_choice,
    as_list,
    as_phone,
    as_text,
)
from shuniu.foundation.text import Text
from shuniu.org import queries
from shuniu.org.actions import UnitDetails, assign, create_staff, create_unit
from shuniu.org.contracts import UnitKind
from shuniu.org.models import Position, Role, Staff
from shuniu.org.permissions import STAFF_WRITE, UNIT_WRITE
from shuniu.org.queries.visible import covers

_KINDS = {
    UnitKind.REGION.value: Text("大区", "Region"),
    UnitKind.STORE.value: Text("门店", "Store"),
    UnitKind.PARTNER.value: Text("加盟商", "Partner"),
    UnitKind.DEPARTMENT.value: Text("部门", "Department"),
}
_TWICE = Text("表格中重复", "Appears twice in this file.")
_TAKEN = Text("系统中已存在", "Exists already.")
_UNKNOWN_UNIT = Text("没有这个编码的组织单元", "There is no unit with this code.")
_NOT_YOURS = Text("您无权在此单元操作", "This unit is not yours to change.")
_UNKNOWN_ROLE = Text("没有这个角色", "There is no such role.")
_UNKNOWN_POSITION = Text("没有这个岗位", "There is no such position.")


def _check_units(rows: Sequence[ImportRow], by: Actor) -> list[RowProblem]:
    codes = [str(row.values["code"]) for row in rows]
    parents = [str(row.values["parent"]) for row in rows]
    existing = queries.units_by_code({*codes, *parents})
    allowed = covers(actor=by, permission=UNIT_WRITE, unit_ids=[card.id for card in existing.values()])
    # a parent must stand above its children in the file, or exist already
    above: set[str] = set()
    problems = []
    for row, code, parent in zip(rows, codes, parents, strict=True):
        if code in existing:
            problems.append(RowProblem(row.number, "code", _TAKEN))
        if parent in existing and existing[parent].id not in allowed:
            problems.append(RowProblem(row.number, "parent", _NOT_YOURS))
        if parent not in existing and parent not in above:
            problems.append(RowProblem(row.number, "parent", _UNKNOWN_UNIT))
        above.add(code)
    return [*problems, *_twice(rows, "code")]


def _apply_units(rows: Sequence[ImportRow], by: Actor, now: datetime) -> int:
    for row in rows:
        values = row.values
        parent = queries.unit_by_code(values["parent"])
        create_unit(
            name=values["name"],
            kind=UnitKind(values["kind"]),
            code=values["code"],
            parent_id=parent.id if parent is not None else 0,
            details=UnitDetails(
                city=values.get("city", ""),
                province=values.get("province", ""),
                address=values.get("address", ""),
                phone=values.get("phone", ""),
                opening_hours=values.get("opening_hours", ""),
            ),
            by=by,
            now=now,
        )
    return len(rows)


def _check_staff(rows: Sequence[ImportRow], by: Actor) -> list[RowProblem]:
    units = queries.units_by_code({row.values["unit"] for row in rows})
    allowed = covers(actor=by, permission=STAFF_WRITE, unit_ids=[card.id for card in units.values()])
    roles, positions = _roles(), _positions()
    problems = []
    for row in rows:
        unit = units.get(row.values["unit"])
        if unit is None or unit.archived:
            problems.append(RowProblem(row.number, "unit", _UNKNOWN_UNIT))
        elif unit.id not in allowed:
            problems.append(RowProblem(row.number, "unit", _NOT_YOURS))
        if "role" in row.values and row.values["role"].casefold() not in roles:
            problems.append(RowProblem(row.number, "role", _UNKNOWN_ROLE))
        if "position" in row.values and row.values["position"].casefold() not in positions:
            problems.append(RowProblem(row.number, "position", _UNKNOWN_POSITION))
        name = row.values.get("username")
        if name is not None and logins.find_username(name) is not None:
            problems.append(RowProblem(row.number, "username", _TAKEN))
    taken = [*_taken(rows, "number"), *_taken(rows, "wecom_userid")]
    twice = [problem for key in ("number", "wecom_userid", "username") for problem in _twice(rows, key)]
    return [*problems, *taken, *twice]


def _apply_staff(rows: Sequence[ImportRow], by: Actor, now: datetime) -> int:
    units = queries.units_by_code({row.values["unit"] for row in rows})
    roles, positions = _roles(), _positions()
    for row in rows:
        values = row.values
        unit_id = units[values["unit"]].id
        staff = create_staff(
            name=values["name"],
            unit_id=unit_id,
            number=values.get("number", ""),
            phone=values.get("phone", ""),
            city=values.get("city", ""),
            skills=values.get("skills", ()),
            wecom_userid=values.get("wecom_userid", ""),
            username=values.get("username", ""),
            by=by,
            now=now,
        )
        if "role" in values or "position" in values:
            assign(
                staff_id=staff.id,
                unit_id=unit_id,
                role_id=roles[values["role"].casefold()] if "role" in values else None,
                position_id=positions[values["position"].casefold()] if "position" in values else None,
                by=by,
                now=now,
            )
    return len(rows)


def _roles() -> dict[str, int]:
    rows = Role.objects.filter(archived_at__isnull=True)
    return {name.casefold(): row.pk for row in rows for name in (row.key, row.name, row.name_en) if name}


def _positions() -> dict[str, int]:
    rows = Position.objects.filter(archived_at__isnull=True)
    return {name.casefold(): row.pk for row in rows for name in (row.key, row.name, row.name_en) if name}


def _taken(rows: Sequence[ImportRow], key: str) -> Iterator[RowProblem]:
    wanted = {row.values[key] for row in rows if key in row.values}
    existing = set(Staff.objects.filter(**{f"{key}__in": wanted}).values_list(key, flat=True))
    return (RowProblem(row.number, key, _TAKEN) for row in rows if row.values.get(key) in existing)


def _twice(rows: Sequence[ImportRow], key: str) -> Iterator[RowProblem]:
    counted = Counter(row.values[key] for row in rows if key in row.values)
    return (RowProblem(row.number, key, _TWICE) for row in rows if counted[row.values.get(key)] > 1)


UNITS = Importer(
    key="units",
    text=Text("组织单元", "Units"),
    permission=UNIT_WRITE,
    columns=(
        Column("name", Text("名称", "Name"), as_text(longest=80), required=True, example="武汉光谷店"),
        Column("code", Text("编码", "Code"), as_text(longest=32), required=True, example="WH-GG"),
        Column("kind", Text("类型", "Kind"), as_choice(_KINDS), required=True, example="门店"),
        Column(
            "parent",
            Text("上级编码", "Parent code"),
            as_text(longest=32),
            required=True,
            example="HZ",
            aliases=("上级", "所属上级"),
            help=Text("上级须已存在，或在表格中排在前面", "The parent exists, or stands above in the file"),
        ),
        Column("city", Text("城市", "City"), as_text(longest=40), example="武汉"),
        Column("province", Text("省份", "Province"), as_text(longest=40), example="湖北"),
        Column("address", Text("地址", "Address"), as_text(longest=200), example="珞喻路 766 号"),
        Column("phone", Text("电话", "Phone"), as_text(longest=30), example="027-87654321"),
        Column(
            "opening_hours", Text("营业时间", "Opening hours"), as_text(longest=80), example="09:00-21:00"
        ),
    ),
    check=_check_units,
    apply=_apply_units,
)

STAFF = Importer(
    key="staff",
    text=Text("员工", "Staff"),
    permission=STAFF_WRITE,
    columns=(
        Column("name", Text("姓名", "Name"), as_text(longest=60), required=True, example="张师傅"),
        Column(
            "unit",
            Text("单元编码", "Unit code"),
            as_text(longest=32),
            required=True,
            example="WH-GG",
            aliases=("门店编码", "所属单元", "部门编码"),
        ),
        Column(
            "number",
            Text("工号", "Staff number"),
            as_text(longest=32),
            example="Y1001",
            aliases=("员工编号",),
        ),
        Column(
            "phone",
            Text("手机号", "Phone"),
            as_phone,
            example="13900000000",
            aliases=("手机", "电话", "mobile"),
        ),
        Column("city", Text("城市", "City"), as_text(longest=40), example="武汉"),
        Column("skills", Text("技能", "Skills"), as_list, example="空调安装、高空作业"),
        Column("role", Text("角色", "Role"), as_text(longest=60), example="师傅"),
        Column("position", Text("岗位", "Position"), as_text(longest=60), example="师傅", aliases=("职位",)),
        Column(
            "wecom_userid",
            Text("企业微信账号", "WeCom account"),
            as_text(longest=64),
            example="zhang",
            aliases=("企微账号",),
        ),
        Column(
            "username", Text("登录名", "User name"), as_text(longest=60), example="zhang", aliases=("用户名",)
        ),
    ),
    check=_check_staff,
    apply=_apply_staff,
)

IMPORTERS = (UNITS, STAFF)
