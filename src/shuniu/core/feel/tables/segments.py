"""A column cut at the values its tests mention: segments on which every test is constant."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuniu.core.feel.closures.table import constant_value
from shuniu.core.feel.numbers import CONTEXT
from shuniu.core.feel.printer import literal_text
from shuniu.core.feel.temporal.values import (
    Date,
    DateTime,
    Time,
    date_of_day,
    date_time_at,
    day_number,
    instant,
    local_nanos,
)
from shuniu.core.feel.tree import Literal, Node, RangeLiteral, UnaryCompare, UnaryTests
from shuniu.core.feel.values import Value


@dataclass(frozen=True, slots=True)
class Segment:
    """A point (`low` is `high`), an open interval between two neighbours (None: no end), or one string or
    boolean; `is_other` stands for every value not mentioned. `sample` is a value inside.
    """

    low: Value
    high: Value
    sample: Value
    is_other: bool = False
    is_ordered: bool = True

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    def joins(self, before: Segment) -> bool:
        """Whether it goes on where `before` ends."""
        return self.is_ordered and before.is_ordered

    @staticmethod
    def text(parts: list[Segment]) -> str:
        """Neighbouring segments as one unary test."""
        first, last = parts[0], parts[-1]
        if first.is_other:
            return "其他 / other"
        if len(parts) == 1 and first.is_point:
            return literal_text(first.low)
        opened, closed = "[" if first.is_point else "(", "]" if last.is_point else ")"
        if first.low is None:
            return f"{'<=' if last.is_point else '<'} {literal_text(last.high)}"
        if last.high is None:
            return f"{'>=' if first.is_point else '>'} {literal_text(first.low)}"
        return f"{opened}{literal_text(first.low)}..{literal_text(last.high)}{closed}"


def _parts(tree: Node) -> tuple[Node, ...]:
    return tree.tests if isinstance(tree, UnaryTests) else (tree,)


def _ends(test: Node) -> list[Node] | None:
    """The nodes whose values bound a test; None for a test of another form."""
    if isinstance(test, UnaryCompare):
        return [test.operand]
    if isinstance(test, RangeLiteral):
        return [test.low, test.high]
    return [test]


def is_judgeable(tree: Node) -> bool:
    """Whether every test compares with constants only."""
    return all(
        value is not None and not isinstance(value, list | dict)
        for test in _parts(tree)
        for end in _ends(test) or []
        for value in [constant_value(end)]
    )


def constants(tree: Node) -> list[Value]:
    """The constants that the tests of a cell mention."""
    found = []
    for test in _parts(tree):
        for end in _ends(test) or []:
            value = end.value if isinstance(end, Literal) else constant_value(end)
            if value is not None and not isinstance(value, list | dict):
                found.append(value)
    return found


def segments(values: list[Value]) -> list[Segment]:
    """The segments that these values cut a column into."""
    for kind in (Decimal, Date, DateTime):
        ordered = [value for value in values if type(value) is kind]
        if ordered and len(ordered) == len(values):
            points = _Points(kind, ordered)
            if points.is_comparable:
                return points.segments()
    plain = list(dict.fromkeys(value for value in values if isinstance(value, str | bool)))
    if plain and all(isinstance(value, bool) for value in plain):
        plain = [True, False]
    found = [Segment(value, value, value, is_ordered=False) for value in plain]
    if not (plain and isinstance(plain[0], bool)):
        found.append(Segment(None, None, _unlike(plain), is_other=True, is_ordered=False))
    return found


def _unlike(values: list[Value]) -> str:
    """A string that is none of these."""
    text = "\u0000"
    while text in values:
        text += "\u0000"
    return text


class _Points:
    """Values of one ordered kind, placed on a line of numbers."""

    def __init__(self, kind: type, values: list[Value]) -> None:
        self._kind = kind
        self._like = values[0].time if kind is DateTime else None
        zoned = {instant(value) is None for value in values} if kind is DateTime else {True}
        self.is_comparable = len(zoned) == 1
        self._offset = 0
        if kind is DateTime and not zoned.pop():
            self._offset = local_nanos(values[0]) - (instant(values[0]) or 0)
        self._values = {self._place(value): value for value in values}

    def _place(self, value: Value) -> Any:
        if self._kind is Decimal:
            return value
        if self._kind is Date:
            return day_number(value)
        at = instant(value)
        return local_nanos(value) if at is None else at + self._offset

    def _value(self, place: Any) -> Value:
        if self._kind is Decimal:
            return place
        return date_of_day(place) if self._kind is Date else date_time_at(place, self._like or Time(0))

    def _between(self, low: Any, high: Any) -> Value:
        """A value strictly between two places; None where there is none (two days in a row)."""
        if self._kind is Decimal:
            return CONTEXT.divide(CONTEXT.add(low, high), Decimal(2))
        middle = (low + high) // 2
        return self._value(middle) if low < middle < high else None

    def segments(self) -> list[Segment]:
        places = sorted(self._values)
        first, last = places[0], places[-1]
        found = [Segment(None, self._values[first], self._value(first - 1))]
        for at, place in enumerate(places):
            value = self._values[place]
            found.append(Segment(value, value, value))
            if at + 1 < len(places):
                inside = self._between(place, places[at + 1])
                if inside is not None and inside not in (value, self._values[places[at + 1]]):
                    found.append(Segment(value, self._values[places[at + 1]], inside))
        found.append(Segment(self._values[last], None, self._value(last + 1)))
        return [segment for segment in found if segment.sample is not None]
