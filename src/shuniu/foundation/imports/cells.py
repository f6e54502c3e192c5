"""Cells into values. Each parser takes the cell's text, trimmed and never empty, and raises CellProblem."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from shuniu.foundation.imports.contracts import CellProblem
from shuniu.foundation.privacy import normal_phone
from shuniu.foundation.text import Text

_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
_MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M")


def as_text(*, longest: int = 200) -> Callable[[str], str]:
    """Text of bounded length."""

    def parse(cell: str) -> str:
        if len(cell) > longest:
            raise CellProblem(Text(f"最多 {longest} 个字", f"At most {longest} characters."))
        return cell

    return parse


def as_phone(cell: str) -> str:
    """A phone number as digits."""
    digits = normal_phone(cell)
    if not 6 <= len(digits) <= 15:
        raise CellProblem(Text("手机号应为 6 至 15 位数字", "A phone number has 6 to 15 digits."))
    return digits


def as_list(cell: str) -> tuple[str, ...]:
    """Words separated by commas, semicolons or 顿号."""
    for separator in "，、;；":
        cell = cell.replace(separator, ",")
    return tuple(dict.fromkeys(part.strip() for part in cell.split(",") if part.strip()))


def as_decimal(cell: str) -> Decimal:
    """A number, thousands separators and a ¥ allowed."""
    try:
        number = Decimal(cell.replace(",", "").replace("，", "").lstrip("¥￥"))
    except InvalidOperation:
        raise CellProblem(Text("应为数字", "This must be a number.")) from None
    if not number.is_finite():
        raise CellProblem(Text("应为数字", "This must be a number."))
    return number


def as_integer(cell: str) -> int:
    """A whole number."""
    number = as_decimal(cell)
    if number != number.to_integral_value():
        raise CellProblem(Text("应为整数", "This must be a whole number."))
    return int(number)


def as_date(cell: str) -> date:
    """A date in one of the usual spellings."""
    for spelling in _DATES:
        try:
            return datetime.strptime(cell.split(" ", maxsplit=1)[0], spelling).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise CellProblem(Text("日期格式不对，例如 2026-03-02", "This is not a date, such as 2026-03-02."))


def as_moment(zone: str) -> Callable[[str], datetime]:
    """A date with or without a time of day, as the wall clock of the zone shows it."""

    def parse(cell: str) -> datetime:
        for spelling in _MOMENTS:
            try:
                return datetime.strptime(cell.replace("T", " "), spelling).replace(tzinfo=ZoneInfo(zone))
            except ValueError:
                continue
        day = as_date(cell)
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))

    return parse


def as_choice(choices: Mapping[str, Text]) -> Callable[[str], str]:
    """One of the values, told by its name in either language or by itself."""
    known = {name.casefold(): value for value, text in choices.items() for name in (value, text.zh, text.en)}

    def parse(cell: str) -> str:
        value = known.get(cell.casefold())
        if value is None:
            zh = "、".join(text.zh for text in choices.values())
            en = ", ".join(text.en for text in choices.values())
            raise CellProblem(Text(f"只能填：{zh}", f"Must be one of: {en}."))
        return value

    return parse
