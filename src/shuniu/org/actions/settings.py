"""Units set values and bounds for themselves and those below."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import Ref, publish
from shuniu.org import definitions
from shuniu.org.contracts import (
    Setting,
    SettingNotVariable,
    SettingOrigin,
    SettingType,
    SettingWrongType,
    UnitUnknown,
)
from shuniu.org.models import Calendar, Unit, UnitSetting
from shuniu.org.permissions import SETTING_WRITE
from shuniu.org.queries.settings import setting_origins
from shuniu.org.queries.visible import require_unit
from shuniu.org.values import read_bounds, read_value, require_within, write_bounds, write_value

# Two units on one path may be writing at once: one its bounds, the other a value within the old ones.
_LOCK = "select pg_advisory_xact_lock(hashtextextended('org_setting:' || %s, 0))"


@transaction.atomic
def set_setting(*, key: str, unit_id: int, value: Any, by: Actor, now: datetime) -> SettingOrigin:
    """Let a setting have this value at a unit and below. OutOfBounds when the units above do not allow it."""
    setting, origin = _locked(key, unit_id, by)
    clean = read_value(setting, value)
    if not origin.may_vary and clean != origin.inherited_value:
        raise SettingNotVariable(field="value")
    require_within(setting, clean, origin.bounds)
    if (
        setting.type is SettingType.CALENDAR
        and not Calendar.objects.filter(key=clean, archived_at=None).exists()
    ):
        raise SettingWrongType(field="value", value=clean)
    return _write(
        setting,
        unit_id,
        origin,
        value=write_value(clean),
        bounds=write_bounds(origin.bounds_below),
        by=by,
        now=now,
    )


@transaction.atomic
def clear_setting(*, key: str, unit_id: int, by: Actor, now: datetime) -> SettingOrigin:
    """Let a unit follow the units above again; bounds it sets for those below stay."""
    setting, origin = _locked(key, unit_id, by)
    return _write(
        setting, unit_id, origin, value=None, bounds=write_bounds(origin.bounds_below), by=by, now=now
    )


@transaction.atomic
def bound_setting(
    *, key: str, unit_id: int, bounds: Mapping[str, Any], by: Actor, now: datetime
) -> SettingOrigin:
    """Say how far the units below may vary a setting. Values already outside stay and are shown as such."""
    setting, origin = _locked(key, unit_id, by)
    clean = read_bounds(setting, bounds)
    kept = write_value(origin.value) if origin.set_here else None
    return _write(setting, unit_id, origin, value=kept, bounds=write_bounds(clean), by=by, now=now)


def _locked(key: str, unit_id: int, by: Actor) -> tuple[Setting, SettingOrigin]:
    setting = definitions.setting(key)
    depth = Unit.objects.filter(pk=unit_id).values_list("depth", flat=True).first()
    if depth is None:
        raise UnitUnknown()
    require_unit(actor=by, permission=SETTING_WRITE, unit_id=unit_id)
    if depth > 1 and not setting.varies:
        raise SettingNotVariable(field="value")
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [key])
    return setting, setting_origins(unit_id, [key])[0]


def _write(
    setting: Setting,
    unit_id: int,
    origin: SettingOrigin,
    *,
    value: Any,
    bounds: dict[str, Any] | None,
    by: Actor,
    now: datetime,
) -> SettingOrigin:
    before = {
        "value": write_value(origin.value) if origin.set_here else None,
        "bounds": write_bounds(origin.bounds_below),
    }
    after = {"value": value, "bounds": bounds}
    if before == after:
        return origin
    if value is None and bounds is None:
        UnitSetting.objects.filter(unit_id=unit_id, key=setting.key).delete()
    else:
        UnitSetting.objects.update_or_create(
            unit_id=unit_id,
            key=setting.key,
            defaults={"value": value, "bounds": bounds, "changed_at": now, "changed_by": by.name or by.key},
        )
    subject = Ref("unit", unit_id)
    audit.record(
        by=by,
        now=now,
        action="org.setting_changed",
        subject=subject,
        unit_id=unit_id,
        before={"key": setting.key, **before},
        after={"key": setting.key, **after},
    )
    publish(name="unit.setting_changed", subject=subject, unit_id=unit_id, by=by, now=now)
    return setting_origins(unit_id, [setting.key])[0]
