"""What the function table says of each function, and how arguments are fitted to parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from shuniu.core.feel.temporal.values import Date, DateTime, DaysDuration, MonthsDuration, Time
from shuniu.core.feel.types import Type
from shuniu.core.feel.values import Function, Range

ResultType = Type | Callable[[list[Type]], Type]


class _Missing:
    """Stands for an argument that was left out, and for one that does not fit."""


MISSING: Any = _Missing()

_KINDS: dict[str, tuple[type, ...]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "date": (Date,),
    "time": (Time,),
    "date and time": (DateTime,),
    "days and time duration": (DaysDuration,),
    "duration": (DaysDuration, MonthsDuration),
    "day": (Date, DateTime),
    "digits": (str, Decimal),
    "temporal": (str, Date, DateTime),
    "clock": (str, Time, DateTime, Date),
    "context": (dict,),
    "range": (Range,),
    "function": (Function,),
    "list": (list,),
}


@dataclass(frozen=True)
class Parameter:
    """`kind` names the values it takes; `Any` takes null too, `value` anything but null."""

    name: str
    kind: str
    is_optional: bool = False
    is_variadic: bool = False

    @cached_property
    def classes(self) -> tuple[type, ...]:
        return _KINDS.get(self.kind, ())

    def fit(self, value: Any) -> Any:
        """The value as this parameter takes it (a list of one for its item and back), or MISSING."""
        kinds = self.classes
        if not kinds:
            return MISSING if value is None and self.kind != "Any" else value
        if type(value) in kinds:
            return value
        if kinds[0] is list:
            return MISSING if value is None else [value]
        if type(value) is list and len(value) == 1 and type(value[0]) in kinds:
            return value[0]
        return MISSING


def parameter(written: str) -> Parameter:
    """From `name: kind`; `name?` may be left out, `name...` takes all the rest."""
    name, _, kind = written.partition(": ")
    plain = name.rstrip("?.")
    return Parameter(plain, kind or "Any", is_optional=name.endswith("?"), is_variadic=name.endswith("..."))


Form = tuple[Parameter, ...]


@dataclass(frozen=True)
class Builtin:
    """One function. `forms` are the parameter lists it may be called with.

    `run` takes the fitted values in order, after the `Run` when `needs_run`; what was left out keeps its
    default. It returns None for arguments it has no answer for. `examples` are pairs of an expression and the
    FEEL text of its value.
    """

    name: str
    group: str
    forms: tuple[Form, ...]
    result: ResultType
    run: Callable[..., Any]
    zh: str
    en: str
    examples: tuple[tuple[str, str], ...] = ()
    needs_run: bool = False
    is_own: bool = False

    def result_type(self, args: list[Type]) -> Type:
        return self.result if isinstance(self.result, Type) else self.result(args)

    def param_names(self) -> set[str]:
        return {param.name for form in self.forms for param in form}

    def takes(self, count: int) -> bool:
        return any(least(form) <= count <= most(form) for form in self.forms)

    def signature(self) -> str:
        return " | ".join(f"{self.name}({', '.join(map(_shown, form))})" for form in self.forms)

    def is_pure(self) -> bool:
        """Whether the value depends on the arguments alone."""
        return self.name not in ("now", "today", "working days between", "age in months")


def _shown(param: Parameter) -> str:
    return param.name + ("?" if param.is_optional else "...," if param.is_variadic else "").rstrip(",")


def least(form: Form) -> int:
    return sum(not param.is_optional for param in form)


def most(form: Form) -> float:
    return float("inf") if form and form[-1].is_variadic else len(form)


def builtin(
    group: str,
    signature: str,
    result: ResultType,
    run: Callable[..., Any],
    zh: str,
    en: str,
    *examples: str,
    needs_run: bool = False,
    is_own: bool = False,
) -> Builtin:
    """A row of the table: `signature` is `name(a: kind, b?: kind)`, other forms after `|`; an example is
    `expression => value`.
    """
    name = signature.partition("(")[0]
    forms = []
    for form in signature.split(" | "):
        inside = form[form.index("(") + 1 : form.rindex(")")]
        forms.append(tuple(parameter(written) for written in inside.split(", ") if written))
    pairs = tuple((left, right) for left, _, right in (example.partition(" => ") for example in examples))
    return Builtin(name, group, tuple(forms), result, run, zh, en, pairs, needs_run, is_own)
