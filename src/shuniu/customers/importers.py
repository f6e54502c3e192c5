"""Customers from spreadsheets."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from shuniu.customers.actions import NewCustomer, load_many
from shuniu.customers.contracts import STAGE_TEXTS, PhoneInvalid, Source, Stage
from shuniu.customers.permissions import IMPORT
from shuniu.customers.phones import clean_phone
from shuniu.customers.queries import ids_by_phone
from shuniu.foundation.access import Actor
from shuniu.foundation.imports import Column, Importer, ImportRow, RowProblem, as_choice, as_list, as_text
from shuniu.foundation.imports.contracts import CellProblem
from shuniu.foundation.text import Text
from shuniu.org import queries as org

_STAGES = {stage.value: text for stage, text in STAGE_TEXTS.items()}
_TWICE = Text("表格中重复", "Appears twice in this file.")
_TAKEN = Text("该手机号已属于另一位客户", "This phone number belongs to another customer already.")
_UNKNOWN_UNIT = Text("没有这个编码的门店", "There is no store with this code.")
_NOT_YOURS = Text("您无权在此门店导入", "You may not import for this store.")


def _mobile(cell: str) -> str:
    try:
        return clean_phone(cell)
    except PhoneInvalid as problem:
        raise CellProblem(problem.text()) from None


def _check(rows: Sequence[ImportRow], by: Actor) -> list[RowProblem]:
    units = org.units_by_code({row.values["unit"] for row in rows})
    allowed = org.covers(actor=by, permission=IMPORT, unit_ids=[unit.id for unit in units.values()])
    problems = []
    for row in rows:
        unit = units.get(row.values["unit"])
        if unit is None or unit.archived:
            problems.append(RowProblem(row.number, "unit", _UNKNOWN_UNIT))
        elif unit.id not in allowed:
            problems.append(RowProblem(row.number, "unit", _NOT_YOURS))
    return [*problems, *_phones(rows)]


def _phones(rows: Sequence[ImportRow]) -> Iterator[RowProblem]:
    counted = Counter(row.values["phone"] for row in rows if "phone" in row.values)
    taken = ids_by_phone(counted)
    for row in rows:
        phone = row.values.get("phone")
        if phone in taken:
            yield RowProblem(row.number, "phone", _TAKEN)
        elif counted[phone] > 1:
            yield RowProblem(row.number, "phone", _TWICE)


def _apply(rows: Sequence[ImportRow], by: Actor, now: datetime) -> int:
    units = org.units_by_code({row.values["unit"] for row in rows})
    load_many(
        rows=[
            NewCustomer(
                name=row.values["name"],
                unit_id=units[row.values["unit"]].id,
                created_at=now,
                phone=row.values.get("phone", ""),
                city=row.values.get("city", ""),
                district=row.values.get("district", ""),
                address=row.values.get("address", ""),
                stage=Stage(row.values.get("stage", Stage.LEAD)),
                source=Source.FILE,
                tags=row.values.get("tags", ()),
                note=row.values.get("note", ""),
            )
            for row in rows
        ],
        by=by,
        now=now,
    )
    return len(rows)


CUSTOMERS = Importer(
    key="customers",
    text=Text("客户", "Customers"),
    permission=IMPORT,
    columns=(
        Column("name", Text("姓名", "Name"), as_text(longest=80), required=True, example="王女士"),
        Column(
            "unit",
            Text("门店编码", "Store code"),
            as_text(longest=32),
            required=True,
            example="WH-GG",
            aliases=("所属门店", "单元编码"),
        ),
        Column(
            "phone",
            Text("手机号", "Phone"),
            _mobile,
            example="13907110001",
            aliases=("手机", "电话", "mobile"),
        ),
        Column("city", Text("城市", "City"), as_text(longest=40), example="武汉"),
        Column("district", Text("区县", "District"), as_text(longest=40), example="洪山区"),
        Column("address", Text("地址", "Address"), as_text(longest=200), example="珞喻路 1037 号"),
        Column("stage", Text("阶段", "Stage"), as_choice(_STAGES), example="新朋友"),
        Column("tags", Text("标签", "Tags"), as_list, example="新房装修、VIP"),
        Column("note", Text("备注", "Note"), as_text(longest=500)),
    ),
    check=_check,
    apply=_apply,
)

IMPORTERS = (CUSTOMERS,)
