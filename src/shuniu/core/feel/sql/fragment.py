"""A piece of SQL with what is known of its value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.numbers import DIGITS
from shuniu.core.feel.types import Type

DIGITS_MAX = 300


@dataclass(frozen=True, slots=True)
class Fragment:
    """`text` is safe to put into parentheses-free operator positions. `constant` is the value of a literal.

    Days durations are numerics of nanoseconds; months durations exist only as constants.
    """

    text: str
    type: Type
    nullable: bool = True
    digits: tuple[int, int] = (0, 0)
    constant: Any = None
    is_constant: bool = False

    @property
    def is_null(self) -> bool:
        return self.is_constant and self.constant is None

    def typed(self, of: Type) -> Fragment:
        return replace(self, type=of)


def refuse(zh: str, en: str) -> FeelError:
    """The error for what SQL cannot say exactly; names the thing."""
    return FeelError(
        f"不能在数据库中计算:{zh}", f"cannot be evaluated in the database: {en}", code="not_in_sql"
    )


def rounded(text: str, whole: int, fraction: int) -> tuple[str, tuple[int, int]]:
    """Arithmetic of so many digits, rounded to 34 where it may have more; refused where it may be huge."""
    if whole > DIGITS_MAX or fraction > DIGITS_MAX:
        raise refuse("位数可能过多的运算", "arithmetic whose result may have too many digits")
    return (f"feel_34({text})" if whole + fraction > DIGITS else text), (whole, fraction)
