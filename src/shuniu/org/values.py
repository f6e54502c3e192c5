"""Setting values between JSON and Python, and judged against bounds."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from shuniu.org.contracts import Bounds, OutOfBounds, Setting, SettingType, SettingWrongType

TEXT_LENGTH_MAX = 2000


def read_value(setting: Setting, stored: Any) -> Any:
    """A stored or submitted JSON value as bool, int, Decimal, str or tuple of str. SettingWrongType."""
    value = _READERS[setting.type](setting, stored)
    if value is None:
        raise SettingWrongType(field="value", value=stored)
    return value


def write_value(value: Any) -> Any:
    """A value as JSON: decimals as strings, so that none is rounded."""
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def require_within(setting: Setting, value: Any, bounds: Bounds, *, field: str = "value") -> None:
    """OutOfBounds with the range in words unless the value lies inside."""
    if not _inside(value, bounds):
        raise OutOfBounds(
            field=field, zh_range=_range(setting, bounds, "zh-CN"), en_range=_range(setting, bounds, "en")
        )


def read_bounds(setting: Setting, stored: Mapping[str, Any] | None) -> Bounds:
    """Stored or submitted bounds; SettingWrongType when they do not fit the setting's type."""
    if not stored:
        return Bounds()
    allowed = stored.get("allowed")
    if allowed is not None:
        known = {choice.value for choice in setting.choices}
        if not isinstance(allowed, list) or not set(allowed) <= known:
            raise SettingWrongType(field="bounds.allowed", value=allowed)
    return Bounds(
        minimum=_bound(setting, stored.get("minimum"), "bounds.minimum"),
        maximum=_bound(setting, stored.get("maximum"), "bounds.maximum"),
        allowed=None if allowed is None else frozenset(allowed),
        locked=bool(stored.get("locked", False)),
    )


def write_bounds(bounds: Bounds | None) -> dict[str, Any] | None:
    """Bounds as JSON; None when they bind nothing."""
    if bounds is None or bounds.is_open:
        return None
    written: dict[str, Any] = {}
    if bounds.minimum is not None:
        written["minimum"] = str(bounds.minimum)
    if bounds.maximum is not None:
        written["maximum"] = str(bounds.maximum)
    if bounds.allowed is not None:
        written["allowed"] = sorted(bounds.allowed)
    if bounds.locked:
        written["locked"] = True
    return written


def _bound(setting: Setting, stored: Any, field: str) -> Decimal | None:
    if stored is None:
        return None
    number = _decimal(setting, stored)
    if number is None or setting.type not in (SettingType.INTEGER, SettingType.DECIMAL):
        raise SettingWrongType(field=field, value=stored)
    return number


def _inside(value: Any, bounds: Bounds) -> bool:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        low = bounds.minimum is None or value >= bounds.minimum
        high = bounds.maximum is None or value <= bounds.maximum
        return low and high
    if bounds.allowed is None or isinstance(value, bool):
        return True
    return set(value if isinstance(value, tuple) else (value,)) <= bounds.allowed


def _range(setting: Setting, bounds: Bounds, locale: str) -> str:
    if bounds.allowed is not None:
        names = [choice.text.pick(locale) for choice in setting.choices if choice.value in bounds.allowed]
        return ("、" if locale.startswith("zh") else ", ").join(names)
    low = "" if bounds.minimum is None else f"≥ {bounds.minimum}"
    high = "" if bounds.maximum is None else f"≤ {bounds.maximum}"
    return ", ".join(part for part in (low, high) if part)


def _boolean(_: Setting, stored: Any) -> bool | None:
    return stored if isinstance(stored, bool) else None


def _integer(_: Setting, stored: Any) -> int | None:
    return stored if isinstance(stored, int) and not isinstance(stored, bool) else None


def _decimal(_: Setting, stored: Any) -> Decimal | None:
    if isinstance(stored, bool | float) or not isinstance(stored, str | int | Decimal):
        return None
    try:
        number = Decimal(stored)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _text(_: Setting, stored: Any) -> str | None:
    return stored if isinstance(stored, str) and len(stored) <= TEXT_LENGTH_MAX else None


def _choice(setting: Setting, stored: Any) -> str | None:
    return stored if stored in {choice.value for choice in setting.choices} else None


def _choices(setting: Setting, stored: Any) -> tuple[str, ...] | None:
    if not isinstance(stored, list | tuple) or not all(_choice(setting, part) is not None for part in stored):
        return None
    return tuple(choice.value for choice in setting.choices if choice.value in stored)


_READERS = {
    SettingType.BOOLEAN: _boolean,
    SettingType.INTEGER: _integer,
    SettingType.DECIMAL: _decimal,
    SettingType.TEXT: _text,
    SettingType.CHOICE: _choice,
    SettingType.CHOICES: _choices,
    SettingType.CALENDAR: _text,
}
