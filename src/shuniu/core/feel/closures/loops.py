"""`for`, `some`, `every` and filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Iterable as Items
from decimal import Decimal
from typing import Any

from shuniu.core.feel.closures.compiler import Code, Compiler, Frame, Item
from shuniu.core.feel.numbers import is_whole
from shuniu.core.feel.run import MAX_ITEMS, Run, over_budget
from shuniu.core.feel.temporal.values import Date, date_of_day, day_number
from shuniu.core.feel.tree import Filter, For, Iterator, Quantified
from shuniu.core.feel.types import ANY, BOOLEAN, NUMBER, ContextType, item_type
from shuniu.core.feel.values import Range, Value

Source = Callable[[Mapping[str, Any], Frame], Items[Value] | None]


def _steps(run: Run, start: Value, end: Value) -> list[Value] | None:
    """start, start ± 1, … end: whole numbers or days; None for other ends."""
    if type(start) is Decimal and type(end) is Decimal and is_whole(start) and is_whole(end):
        first, last = start, end
        count = abs(end - start) + 1
    elif type(start) is Date and type(end) is Date:
        count = Decimal(abs(day_number(end) - day_number(start)) + 1)
    else:
        return None
    if count > MAX_ITEMS:
        raise over_budget(f"区间最多 {MAX_ITEMS} 项", f"at most {MAX_ITEMS} items in a range")
    run.spend(int(count))
    if type(start) is Date:
        low, high = day_number(start), day_number(end)
        return [date_of_day(day) for day in _counted(low, high)]
    return [Decimal(number) for number in _counted(int(first), int(last))]


def _counted(first: int, last: int) -> range:
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)


def iterated(run: Run, value: Value) -> list[Value] | None:
    """What a loop runs over: a list's items, a range's steps, one value by itself; None for null."""
    if type(value) is list:
        return value
    if type(value) is not Range:
        return None if value is None else [value]
    steps = _steps(run, value.low, value.high)
    if steps is None or type(value.low) is not type(value.high) or value.low > value.high:
        return None
    return steps[0 if value.low_closed else 1 : len(steps) if value.high_closed else -1]


def _source(compiler: Compiler, node: Iterator) -> Source:
    start = compiler.code(node.source)
    if node.end is None:
        return lambda context, frame: iterated(frame[0], start(context, frame))
    end = compiler.code(node.end)
    return lambda context, frame: _steps(frame[0], start(context, frame), end(context, frame))


def _sources(compiler: Compiler, iterators: tuple[Iterator, ...]) -> list[tuple[Source, int]]:
    """The source and the slot of every iterator; each sees those before it."""
    found = []
    for iterator in iterators:
        source = _source(compiler, iterator)
        found.append((source, compiler.bind(iterator.name)))
    return found


def _turns(sources: list[tuple[Source, int]], context: Mapping[str, Any], frame: Frame) -> Any:
    """Sets the slots to every combination in turn; yields False once where a source is null."""
    (source, slot), rest = sources[0], sources[1:]
    items = source(context, frame)
    if items is None:
        yield False
        return
    run: Run = frame[0]
    for item in items:
        run.spend(1)
        frame[slot] = item
        if rest:
            yield from _turns(rest, context, frame)
        else:
            yield True


def for_code(compiler: Compiler, node: For) -> Code:
    sources = _sources(compiler, node.iterators)
    partial = compiler.bind("partial", is_partial=True)
    body = compiler.code(node.body)
    compiler.unbind(len(sources) + 1)

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        made: list[Value] = []
        outer = frame[partial]
        for turn in _turns(sources, context, frame):
            if not turn:
                return None
            frame[partial] = made
            made.append(body(context, frame))
            if len(made) > MAX_ITEMS:
                raise over_budget(f"循环最多 {MAX_ITEMS} 次", f"at most {MAX_ITEMS} turns of a loop")
        frame[partial] = outer
        return made

    return code


def quantified_code(compiler: Compiler, node: Quantified) -> Code:
    sources = _sources(compiler, node.iterators)
    condition = compiler.code(node.condition)
    compiler.unbind(len(sources))
    decisive = not node.every

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        answer: bool | None = not decisive
        for turn in _turns(sources, context, frame):
            value = condition(context, frame) if turn else None
            if value is decisive:
                return decisive
            if value is not (not decisive):
                answer = None
        return answer

    return code


def filter_code(compiler: Compiler, node: Filter) -> Code:
    base = compiler.code(node.base)
    of = item_type(node.base.type)
    fields = frozenset(name for name, _ in of.fields) if isinstance(of, ContextType) else frozenset()
    slot = compiler.bind("item")
    is_open = of == ANY or (isinstance(of, ContextType) and of.is_open)
    compiler.bindings.append(Item(slot, fields, is_open))
    condition = compiler.code(node.condition)
    compiler.unbind(2)

    def matching(context: Mapping[str, Any], frame: Frame) -> Value:
        items = _listed(base(context, frame))
        frame[0].items(len(items))
        found = []
        for item in items:
            frame[slot] = item
            if condition(context, frame) is True:
                found.append(item)
        return found

    def position(context: Mapping[str, Any], frame: Frame) -> Value:
        items = _listed(base(context, frame))
        frame[slot] = None
        return at(items, condition(context, frame))

    def either(context: Mapping[str, Any], frame: Frame) -> Value:
        items = _listed(base(context, frame))
        frame[0].items(len(items))
        found = []
        for item in items or [None]:
            frame[slot] = item
            value = condition(context, frame)
            if value is not None and type(value) is not bool:
                return at(items, value)
            if value is True and items:
                found.append(item)
        return found

    if node.condition.type == NUMBER:
        return position
    return matching if node.condition.type == BOOLEAN else either


def _listed(value: Value) -> list[Value]:
    if type(value) is list:
        return value
    return [] if value is None else [value]


def at(items: list[Value], position: Value) -> Value:
    """The item at a 1-based position, negative from the end; null outside."""
    if type(position) is not Decimal or not is_whole(position) or not position or abs(position) > len(items):
        return None
    return items[int(position) - 1 if position > 0 else int(position)]
