"""Settings that inherit down the tree: their declaration, their bounds, where a value comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from shuniu.foundation.errors import Forbidden, Invalid, NotFound
from shuniu.foundation.text import Text


class SettingType(StrEnum):
    """What a value is: stored as JSON, read back as bool, int, Decimal, str or a tuple of str.

    A calendar is named by its key.
    """

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far the units below may vary a value: a range for numbers, a subset for choices, or not at all (`locked`).

    Bounds set along the path add up: the narrowest of all holds.
    """

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    allowed: frozenset[str] | None = None
    locked: bool = False

    def within(self, other: "Bounds") -> "Bounds":
        """The narrowest of both."""
        minima = [bound for bound in (self.minimum, other.minimum) if bound is not None]
        maxima = [bound for bound in (self.maximum, other.maximum) if bound is not None]
        sets = [bound for bound in (self.allowed, other.allowed) if bound is not None]
        return Bounds(
            minimum=max(minima, default=None),
            maximum=min(maxima, default=None),
            allowed=frozenset.intersection(*sets) if sets else None,
            locked=self.locked or other.locked,
        )

    @property
    def is_open(self) -> bool:
        return self == Bounds()


@dataclass(frozen=True, slots=True)
class SettingChoice:
    """One of the values of a choice."""

    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that units may set for themselves and those below, declared by the domain that reads it.

    `default` holds where nobody on the path says anything; `bounds` are the widest anybody may set; `group` gathers
    settings on the page. A setting whose `varies` is False is set at the headquarters only.
    """

    key: str
    text: Text
    type: SettingType
    default: Any
    group: Text
    help: Text = field(default=Text("", ""))
    bounds: Bounds = field(default_factory=Bounds)
    choices: tuple[SettingChoice, ...] = ()
    unit_of_measure: Text = field(default=Text("", ""))
    varies: bool = True


@dataclass(frozen=True, slots=True)
class SettingOrigin:
    """What a setting is for one unit and why: the value, who set it (None: the default), and the bounds it lies in."""

    setting: Setting
    value: Any
    set_by_unit_id: int | None
    set_by_unit_name: str | None
    set_here: bool
    inherited_value: Any
    bounds: Bounds
    bounds_below: Bounds | None
    bounds_from: tuple[str, ...]
    may_vary: bool
    changed_at: datetime | None
    changed_by: str | None


@dataclass(frozen=True, slots=True)
class Variant:
    """One unit's row in a comparison: its values, and the keys in which it differs from the unit compared with."""

    unit_id: int
    unit_name: str
    depth: int
    values: Mapping[str, Any]
    set_here: frozenset[str]
    differs: frozenset[str]


class SettingUnknown(NotFound):
    code = "org.setting_unknown"
    zh = "没有设置项“{value}”"
    en = "There is no setting “{value}”."


class SettingWrongType(Invalid):
    code = "org.setting_wrong_type"
    zh = "“{value}”不是有效的取值"
    en = "“{value}” is not a valid value."


class OutOfBounds(Invalid):
    code = "org.setting_out_of_bounds"
    zh = "超出上级允许的范围：{zh_range}"
    en = "Outside what the units above allow: {en_range}."


class SettingNotVariable(Forbidden):
    code = "org.setting_not_variable"
    zh = "上级不允许在此调整该设置"
    en = "The units above do not let this setting vary here."
