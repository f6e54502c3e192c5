"""Reads of inherited settings: the nearest unit on the path that says something decides."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from shuniu.foundation import access
from shuniu.foundation.access import Actor
from shuniu.org import definitions
from shuniu.org.contracts import Bounds, Setting, SettingOrigin, UnitUnknown, Variant
from shuniu.org.models.units import PATH_STEP
from shuniu.org.permissions import SETTING_READ
from shuniu.org.queries.units import subtree_ids, units_in_order
from shuniu.org.queries.visible import covers
from shuniu.org.values import read_bounds, read_value

# Every word on the path of every unit asked for, nearest first.
_WORDS = """
select u.id, s.key, s.value, s.bounds, a.id, a.name, s.changed_at, s.changed_by
from org_unit u
join org_unit a on a.path = any(select left(u.path, n * %(step)s) from generate_series(1, u.depth) n)
join org_setting s on s.unit_id = a.id and s.key = any(%(keys)s)
where u.id = any(%(units)s)
order by a.depth desc
"""


@dataclass(frozen=True, slots=True)
class _Word:
    """What one unit on the path says about one setting."""

    value: Any
    bounds: Bounds
    unit_id: int
    unit_name: str
    changed_at: datetime
    changed_by: str


def setting(key: str, unit_id: int) -> Any:
    """The value for a unit, from the nearest unit at or above it that sets it, else the default. One query."""
    return settings_for([key], [unit_id])[unit_id][key]


def settings(keys: Iterable[str], unit_id: int) -> dict[str, Any]:
    """Several values for one unit; one query."""
    return settings_for(keys, [unit_id])[unit_id]


def settings_for(keys: Iterable[str], unit_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Several values for several units; one query."""
    wanted = [definitions.setting(key) for key in keys]
    asked = list(unit_ids)
    words = _words([setting.key for setting in wanted], asked)
    return {
        unit_id: {setting.key: _value(setting, words[unit_id, setting.key]) for setting in wanted}
        for unit_id in asked
    }


def setting_origins(unit_id: int, keys: Iterable[str] | None = None) -> list[SettingOrigin]:
    """For each setting what it is for the unit, who says so, and how far it may vary here; one query."""
    wanted = definitions.all_settings() if keys is None else [definitions.setting(key) for key in keys]
    words = _words([setting.key for setting in wanted], [unit_id])
    return [_origin(setting, unit_id, words[unit_id, setting.key]) for setting in wanted]


def compare_variants(
    unit_ids: Sequence[int], keys: Sequence[str], *, base_unit_id: int | None = None
) -> list[Variant]:
    """Units side by side, in tree order, each marked where it differs from the base (the first of them by default)."""
    wanted = [definitions.setting(key) for key in keys]
    cards = units_in_order(unit_ids)
    asked = [card.id for card in cards]
    base_id = base_unit_id if base_unit_id is not None else next(iter(asked), None)
    words = _words([setting.key for setting in wanted], [*asked, *([base_id] if base_id is not None else [])])
    base = (
        {setting.key: _value(setting, words[base_id, setting.key]) for setting in wanted} if base_id else {}
    )
    variants = []
    for card in cards:
        values = {setting.key: _value(setting, words[card.id, setting.key]) for setting in wanted}
        here = {
            key
            for key in values
            if any(w.unit_id == card.id and w.value is not None for w in words[card.id, key])
        }
        variants.append(
            Variant(
                unit_id=card.id,
                unit_name=card.name,
                depth=len(card.path) // PATH_STEP,
                values=values,
                set_here=frozenset(here),
                differs=frozenset(key for key in values if values[key] != base[key]),
            )
        )
    return variants


def variants_below(*, actor: Actor, under: int, key: str) -> list[Variant]:
    """The unit and all below it whose settings the actor may see, compared with the unit. UnitUnknown, Forbidden."""
    access.require(actor, SETTING_READ)
    below = subtree_ids(under)
    seen = covers(actor=actor, permission=SETTING_READ, unit_ids=[under, *below])
    if under not in seen:
        raise UnitUnknown(field="under")
    return compare_variants([unit_id for unit_id in below if unit_id in seen], [key], base_unit_id=under)


def _words(keys: Sequence[str], unit_ids: Sequence[int]) -> dict[tuple[int, str], list[_Word]]:
    declared = {key: definitions.setting(key) for key in keys}
    words: dict[tuple[int, str], list[_Word]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, {"keys": list(keys), "units": list(unit_ids), "step": PATH_STEP})
        for unit_id, key, value, bounds, *by in cursor.fetchall():
            word = _Word(_json(value), read_bounds(declared[key], _json(bounds)), *by)
            words[unit_id, key].append(word)
    return words


def _json(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored


def _value(setting: Setting, words: Sequence[_Word]) -> Any:
    stored = next((word.value for word in words if word.value is not None), None)
    return setting.default if stored is None else read_value(setting, stored)


def _origin(setting: Setting, unit_id: int, words: Sequence[_Word]) -> SettingOrigin:
    deciding = next((word for word in words if word.value is not None), None)
    here = next((word for word in words if word.unit_id == unit_id), None)
    above = [word for word in words if word.unit_id != unit_id]
    bounds = setting.bounds
    for word in above:
        bounds = bounds.within(word.bounds)
    return SettingOrigin(
        setting=setting,
        value=_value(setting, words),
        set_by_unit_id=deciding.unit_id if deciding else None,
        set_by_unit_name=deciding.unit_name if deciding else None,
        set_here=here is not None and here.value is not None,
        inherited_value=_value(setting, above),
        bounds=bounds,
        bounds_below=None if here is None or here.bounds.is_open else here.bounds,
        bounds_from=tuple(word.unit_name for word in reversed(above) if not word.bounds.is_open),
        may_vary=not bounds.locked,
        changed_at=deciding.changed_at if deciding else None,
        changed_by=deciding.changed_by if deciding else None,
    )
