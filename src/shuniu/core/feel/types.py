"""Static types: what a declared name or an expression is known to be. Every type includes null."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Type:
    """Base of all types."""

    def __str__(self) -> str:
        return "Any"


@dataclass(frozen=True, slots=True)
class AnyType(Type):
    """Nothing is known."""


@dataclass(frozen=True, slots=True)
class Scalar(Type):
    """A type without parts, by its FEEL name: number, string, boolean, date, …"""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListType(Type):
    of: Type

    def __str__(self) -> str:
        return f"list<{self.of}>"


@dataclass(frozen=True, slots=True)
class RangeType(Type):
    of: Type

    def __str__(self) -> str:
        return f"range<{self.of}>"


@dataclass(frozen=True, slots=True)
class ContextType(Type):
    """A context with at least these fields; `is_open` when it may have others that are not declared."""

    fields: tuple[tuple[str, Type], ...]
    is_open: bool = False

    def field(self, name: str) -> Type | None:
        for key, value in self.fields:
            if key == name:
                return value
        return None

    def __str__(self) -> str:
        return "context<" + ", ".join(f"{key}: {value}" for key, value in self.fields) + ">"


@dataclass(frozen=True, slots=True)
class FunctionType(Type):
    """A function; `params` is None where the parameters are not known."""

    params: tuple[Type, ...] | None
    result: Type
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "function<" + ", ".join(str(p) for p in self.params or ()) + f"> -> {self.result}"


ANY = AnyType()
NULL = Scalar("Null")
NUMBER = Scalar("number")
STRING = Scalar("string")
BOOLEAN = Scalar("boolean")
DATE = Scalar("date")
TIME = Scalar("time")
DATE_TIME = Scalar("date and time")
DAYS_DURATION = Scalar("days and time duration")
MONTHS_DURATION = Scalar("years and months duration")
OPEN_CONTEXT = ContextType((), is_open=True)
LIST = ListType(ANY)
RANGE = RangeType(ANY)
FUNCTION = FunctionType(None, ANY)

BY_NAME: dict[str, Type] = {
    "Any": ANY,
    "any": ANY,
    "Null": NULL,
    "null": NULL,
    "number": NUMBER,
    "string": STRING,
    "boolean": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "date and time": DATE_TIME,
    "dateTime": DATE_TIME,
    "days and time duration": DAYS_DURATION,
    "day and time duration": DAYS_DURATION,
    "dayTimeDuration": DAYS_DURATION,
    "years and months duration": MONTHS_DURATION,
    "year and month duration": MONTHS_DURATION,
    "yearMonthDuration": MONTHS_DURATION,
    "list": LIST,
    "context": OPEN_CONTEXT,
    "range": RANGE,
    "function": FUNCTION,
}

Declared = Type | str | Mapping[str, "Declared"]
"""How a name's type may be given: a type, its FEEL text, or a mapping of fields for a context."""


def join(left: Type, right: Type) -> Type:
    """The narrowest type here that holds the values of both."""
    if right in (left, NULL):
        return left
    if left == NULL:
        return right
    if isinstance(left, ListType) and isinstance(right, ListType):
        return ListType(join(left.of, right.of))
    return ANY


def item_type(of: Type) -> Type:
    """The type of one item when a value of type `of` is read as a list (a single value is a list of one)."""
    if isinstance(of, ListType):
        return of.of
    return ANY if of == NULL else of
