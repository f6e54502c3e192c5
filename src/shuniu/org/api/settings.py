"""Inherited settings over HTTP: what holds, where it comes from, how far it may vary, units side by side."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.http import Column, Request, export_response
from shuniu.foundation.http.export import Format
from shuniu.foundation.text import Text
from shuniu.org import actions, queries
from shuniu.org.api.router import router
from shuniu.org.contracts import Setting, SettingOrigin, SettingType, UnitUnknown, Variant
from shuniu.org.definitions import all_settings, setting
from shuniu.org.permissions import SETTING_READ, SETTING_WRITE
from shuniu.org.values import write_bounds, write_value

UNITS_MAX = 500


class BoundsBody(BaseModel):
    """A range for numbers, a subset for choices, or locked; left out means free."""

    minimum: str | None = None
    maximum: str | None = None
    allowed: list[str] | None = None
    locked: bool = False


class ChoiceOut(BaseModel):
    """One of the values of a choice."""

    value: str
    name: str


class SettingOut(BaseModel):
    """A setting for one unit. `set_by_*` null: nobody set it, the default holds. Decimals are strings."""

    key: str
    name: str
    help: str
    group: str
    type: SettingType
    unit_of_measure: str
    choices: list[ChoiceOut]
    default: Any
    value: Any
    inherited_value: Any
    set_here: bool
    set_by_unit_id: int | None
    set_by_unit_name: str | None
    bounds: BoundsBody
    bounds_below: BoundsBody | None
    bounds_from: list[str]
    may_vary: bool
    changed_at: datetime | None
    changed_by: str | None


class SetValue(BaseModel):
    """A value for a unit and those below."""

    unit_id: int
    value: bool | int | str | list[str]


class ClearValue(BaseModel):
    """The unit that follows the units above again."""

    unit_id: int


class SetBounds(BaseModel):
    """How far the units below may vary."""

    unit_id: int
    bounds: BoundsBody


class VariantQuery(BaseModel):
    """Units and keys to compare; without units all below `under`, without keys all settings."""

    under: int
    unit_ids: Annotated[list[int], Field(max_length=UNITS_MAX)] = []
    keys: Annotated[list[str], Field(max_length=200)] = []
    different_only: bool = False


class CellOut(BaseModel):
    """One unit's value of one setting; `differs` from the unit compared with."""

    key: str
    value: Any
    set_here: bool
    differs: bool


class VariantOut(BaseModel):
    """One unit's row; cells in the order of the columns."""

    unit_id: int
    unit_name: str
    depth: int
    cells: list[CellOut]


class ColumnOut(BaseModel):
    """A setting as a column; `variants` counts the different values in it."""

    key: str
    name: str
    group: str
    type: SettingType
    unit_of_measure: str
    choices: list[ChoiceOut]
    variants: int


class VariantsOut(BaseModel):
    """Units side by side, compared with `base_unit_id`."""

    base_unit_id: int
    columns: list[ColumnOut]
    rows: list[VariantOut]


@router.get("/org/settings", permission=SETTING_READ, response=list[SettingOut])
def list_settings(request: Request, unit_id: int) -> list[SettingOut]:
    """Every setting as it is for a unit, and why."""
    _require_seen(request, [unit_id])
    return [_out(origin, request.locale) for origin in queries.setting_origins(unit_id)]


@router.get("/org/settings/variants", permission=SETTING_READ, response=VariantsOut)
def compare_settings(request: Request, wanted: Query[VariantQuery]) -> VariantsOut:
    """Settings of many units side by side, the differences marked."""
    keys, variants = _compared(request, wanted)
    columns = [_column(setting(key), variants, request.locale) for key in keys]
    if wanted.different_only:
        columns = [column for column in columns if column.variants > 1]
    shown = [column.key for column in columns]
    rows = [
        VariantOut(
            unit_id=variant.unit_id,
            unit_name=variant.unit_name,
            depth=variant.depth,
            cells=[_cell(variant, key) for key in shown],
        )
        for variant in variants
    ]
    return VariantsOut(base_unit_id=wanted.under, columns=columns, rows=rows)


@router.get("/org/settings/variants/export", permission=SETTING_READ)
def export_variants(
    request: Request, wanted: Query[VariantQuery], format: Format = "xlsx"
) -> HttpResponseBase:
    """The same table as a file."""
    keys, variants = _compared(request, wanted)
    columns: list[Column[Variant]] = [Column(Text("单元", "Unit"), lambda variant: variant.unit_name)]
    columns += [Column(setting(key).text, _reader(key)) for key in keys]
    return export_response("设置对比", columns=columns, rows=variants, format=format, locale=request.locale)


@router.put("/org/settings/{key}", permission=SETTING_WRITE, response=SettingOut)
def set_setting(request: Request, key: str, body: SetValue) -> SettingOut:
    """Set a value. 422 org.setting_out_of_bounds says what the units above allow."""
    _require_seen(request, [body.unit_id])
    origin = actions.set_setting(
        key=key, unit_id=body.unit_id, value=body.value, by=request.actor, now=request.now
    )
    return _out(origin, request.locale)


@router.post("/org/settings/{key}/clear", permission=SETTING_WRITE, response=SettingOut)
def clear_setting(request: Request, key: str, body: ClearValue) -> SettingOut:
    """Follow the units above again."""
    _require_seen(request, [body.unit_id])
    origin = actions.clear_setting(key=key, unit_id=body.unit_id, by=request.actor, now=request.now)
    return _out(origin, request.locale)


@router.put("/org/settings/{key}/bounds", permission=SETTING_WRITE, response=SettingOut)
def bound_setting(request: Request, key: str, body: SetBounds) -> SettingOut:
    """Say how far the units below may vary."""
    _require_seen(request, [body.unit_id])
    origin = actions.bound_setting(
        key=key,
        unit_id=body.unit_id,
        bounds=body.bounds.model_dump(exclude_none=True),
        by=request.actor,
        now=request.now,
    )
    return _out(origin, request.locale)


def _require_seen(request: Request, unit_ids: Sequence[int]) -> None:
    seen = queries.covers(actor=request.actor, permission=SETTING_READ, unit_ids=unit_ids)
    if set(unit_ids) - seen or len(queries.units(unit_ids)) != len(set(unit_ids)):
        raise UnitUnknown(field="unit_id")


def _compared(request: Request, wanted: VariantQuery) -> tuple[list[str], list[Variant]]:
    chosen = wanted.unit_ids or queries.subtree_ids(wanted.under)
    seen = queries.covers(actor=request.actor, permission=SETTING_READ, unit_ids=[wanted.under, *chosen])
    if wanted.under not in seen:
        raise UnitUnknown(field="under")
    keys = wanted.keys or [declared.key for declared in all_settings()]
    unit_ids = [unit_id for unit_id in chosen if unit_id in seen][:UNITS_MAX]
    return keys, queries.compare_variants(unit_ids, keys, base_unit_id=wanted.under)


def _out(origin: SettingOrigin, locale: str) -> SettingOut:
    declared = origin.setting
    below = write_bounds(origin.bounds_below)
    return SettingOut(
        key=declared.key,
        name=declared.text.pick(locale),
        help=declared.help.pick(locale),
        group=declared.group.pick(locale),
        type=declared.type,
        unit_of_measure=declared.unit_of_measure.pick(locale),
        choices=_choices(declared, locale),
        default=write_value(declared.default),
        value=write_value(origin.value),
        inherited_value=write_value(origin.inherited_value),
        set_here=origin.set_here,
        set_by_unit_id=origin.set_by_unit_id,
        set_by_unit_name=origin.set_by_unit_name,
        bounds=BoundsBody(**(write_bounds(origin.bounds) or {})),
        bounds_below=BoundsBody(**below) if below is not None else None,
        bounds_from=list(origin.bounds_from),
        may_vary=origin.may_vary,
        changed_at=origin.changed_at,
        changed_by=origin.changed_by,
    )


def _choices(declared: Setting, locale: str) -> list[ChoiceOut]:
    if declared.type is SettingType.CALENDAR:
        details = queries.calendar_details()
        names = {d.key: d.name_en if locale == "en" and d.name_en else d.name for d in details}
        return [ChoiceOut(value=key, name=name) for key, name in names.items()]
    return [ChoiceOut(value=choice.value, name=choice.text.pick(locale)) for choice in declared.choices]


def _column(declared: Setting, variants: Sequence[Variant], locale: str) -> ColumnOut:
    return ColumnOut(
        key=declared.key,
        name=declared.text.pick(locale),
        group=declared.group.pick(locale),
        type=declared.type,
        unit_of_measure=declared.unit_of_measure.pick(locale),
        choices=_choices(declared, locale),
        variants=len({variant.values[declared.key] for variant in variants}),
    )


def _cell(variant: Variant, key: str) -> CellOut:
    return CellOut(
        key=key,
        value=write_value(variant.values[key]),
        set_here=key in variant.set_here,
        differs=key in variant.differs,
    )


def _reader(key: str) -> Any:
    return lambda variant: str(write_value(variant.values[key]))
