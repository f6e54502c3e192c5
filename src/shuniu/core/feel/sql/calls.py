"""The standard functions that SQL can answer exactly."""

from __future__ import annotations

from collections.abc import Callable

from shuniu.core.feel.sql.fragment import Fragment, refuse
from shuniu.core.feel.types import BOOLEAN, DATE, DATE_TIME, NUMBER, STRING, Type


def call(name: str, args: list[Fragment]) -> Fragment:
    """The fragment of a standard function; refuses the others by name."""
    known = FUNCTIONS.get(name)
    if known is None:
        raise refuse(f"函数 {name}", f"the function {name}")
    kinds, emit = known
    if len(args) != len(kinds):
        raise refuse(f"函数 {name} 的这种写法", f"this form of the function {name}")
    for arg, kind in zip(args, kinds, strict=True):
        if arg.type != kind:
            raise refuse(f"函数 {name} 的参数 {arg.type}", f"{name} of {arg.type}")
    return emit(*args)


def _test(template: str) -> Callable[[Fragment, Fragment], Fragment]:
    def emit(text: Fragment, part: Fragment) -> Fragment:
        return Fragment(
            template.format(text=text.text, part=part.text), BOOLEAN, nullable=text.nullable or part.nullable
        )

    return emit


def _negation(operand: Fragment) -> Fragment:
    return Fragment(f"(NOT {operand.text})", BOOLEAN, nullable=operand.nullable)


def _length(text: Fragment) -> Fragment:
    return Fragment(f"char_length({text.text})::numeric", NUMBER, nullable=text.nullable, digits=(10, 0))


def _numeric(template: str, *, keeps_fraction: bool) -> Callable[[Fragment], Fragment]:
    def emit(operand: Fragment) -> Fragment:
        whole, fraction = operand.digits
        digits = (whole, fraction) if keeps_fraction else (whole + 1, 0)
        return Fragment(template.format(operand.text), NUMBER, nullable=operand.nullable, digits=digits)

    return emit


FUNCTIONS: dict[str, tuple[tuple[Type, ...], Callable[..., Fragment]]] = {
    "not": ((BOOLEAN,), _negation),
    "contains": ((STRING, STRING), _test("(strpos({text}, {part}) > 0)")),
    "starts with": ((STRING, STRING), _test("starts_with({text}, {part})")),
    "ends with": ((STRING, STRING), _test("(right({text}, char_length({part})) = {part})")),
    "string length": ((STRING,), _length),
    "abs": ((NUMBER,), _numeric("abs({})", keeps_fraction=True)),
    "floor": ((NUMBER,), _numeric("floor({})", keeps_fraction=False)),
    "ceiling": ((NUMBER,), _numeric("ceil({})", keeps_fraction=False)),
}
NOW = Fragment("%(now)s::timestamptz", DATE_TIME, nullable=False)


def clock(name: str, zone: str) -> Fragment:
    """`now()` and `today()`; the day is that of the given zone."""
    if name == "now":
        return NOW
    return Fragment(f"((%(now)s::timestamptz AT TIME ZONE '{zone}')::date)", DATE, nullable=False)


DATE_PARTS = {"year": "year", "month": "month", "day": "day", "weekday": "isodow"}


def date_part(base: Fragment, name: str) -> Fragment:
    """`date.year` and its like."""
    if base.type != DATE or name not in DATE_PARTS:
        raise refuse(f"{base.type}.{name}", f"{base.type}.{name}")
    return Fragment(
        f"extract({DATE_PARTS[name]} FROM {base.text})::numeric",
        NUMBER,
        nullable=base.nullable,
        digits=(10, 0),
    )
