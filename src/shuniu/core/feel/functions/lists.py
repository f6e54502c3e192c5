"""List functions. A single value given for a list is a list of one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shuniu.core.feel.compare import compare, equal
from shuniu.core.feel.functions.table import MISSING, builtin
from shuniu.core.feel.numbers import CONTEXT, is_whole
from shuniu.core.feel.run import Run
from shuniu.core.feel.types import ANY, BOOLEAN, LIST, NUMBER, ListType, Type, item_type
from shuniu.core.feel.values import Function, Value


def _numbers(values: list[Value]) -> list[Decimal] | None:
    return values if all(type(value) is Decimal for value in values) else None


def contains(run: Run, values: list[Value], element: Value) -> bool:
    run.spend(len(values))
    return any(equal(run, value, element) is True for value in values)


def count(values: list[Value]) -> Decimal:
    return Decimal(len(values))


def _extreme(op: str) -> Callable[[Run, list[Value]], Value]:
    def run_extreme(run: Run, values: list[Value]) -> Value:
        run.spend(len(values))
        best = values[0] if values else None
        for value in values[1:]:
            better = compare(op, value, best)
            if better is None:
                return None
            if better:
                best = value
        return best if compare("<=", best, best) else None

    return run_extreme


def total(values: list[Value]) -> Decimal | None:
    numbers = _numbers(values)
    if not numbers:
        return None
    try:
        result = numbers[0]
        for number in numbers[1:]:
            result = CONTEXT.add(result, number)
    except ArithmeticError:
        return None
    return result


def mean(values: list[Value]) -> Decimal | None:
    whole = total(values)
    return None if whole is None else CONTEXT.divide(whole, Decimal(len(values)))


def product(values: list[Value]) -> Decimal | None:
    numbers = _numbers(values)
    if not numbers:
        return None
    try:
        result = numbers[0]
        for number in numbers[1:]:
            result = CONTEXT.multiply(result, number)
    except ArithmeticError:
        return None
    return result


def median(values: list[Value]) -> Decimal | None:
    numbers = _numbers(values)
    if not numbers:
        return None
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    try:
        return CONTEXT.divide(CONTEXT.add(ordered[middle - 1], ordered[middle]), Decimal(2))
    except ArithmeticError:
        return None


def stddev(values: list[Value]) -> Decimal | None:
    """Of a sample: the root of the squares' sum over n - 1."""
    numbers = _numbers(values)
    if not numbers or len(numbers) < 2:
        return None
    try:
        average = CONTEXT.divide(sum_of(numbers), Decimal(len(numbers)))
        squares = [CONTEXT.power(CONTEXT.subtract(number, average), 2) for number in numbers]
        return CONTEXT.sqrt(CONTEXT.divide(sum_of(squares), Decimal(len(numbers) - 1)))
    except ArithmeticError:
        return None


def sum_of(numbers: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for number in numbers:
        result = CONTEXT.add(result, number)
    return result


def mode(values: list[Value]) -> list[Decimal] | None:
    numbers = _numbers(values)
    if numbers is None:
        return None
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(number for number, times in counts.items() if times == most)


def _settled(values: list[Value], *, decisive: bool) -> bool | None:
    """`decisive` if it is there, else null if null is, else its opposite; null where one is not a boolean."""
    if not all(value is None or type(value) is bool for value in values):
        return None
    if decisive in values:
        return decisive
    return None if None in values else not decisive


def every(values: list[Value]) -> bool | None:
    return _settled(values, decisive=False)


def some(values: list[Value]) -> bool | None:
    return _settled(values, decisive=True)


def _index(position: Decimal, size: int) -> int | None:
    """A 1-based position, negative from the end, as an index; None outside."""
    if not is_whole(position) or not position or abs(position) > size:
        return None
    return int(position) - 1 if position > 0 else size + int(position)


def sublist(run: Run, values: list[Value], start: Decimal, length: Decimal = MISSING) -> list[Value] | None:
    first = _index(start, len(values))
    if first is None:
        return None
    if length is MISSING:
        return values[first:]
    if not is_whole(length) or length < 1 or first + length > len(values):
        return None
    return values[first : first + int(length)]


def append(run: Run, values: list[Value], *items: Value) -> list[Value]:
    run.items(len(values) + len(items))
    return [*values, *items]


def concatenate(run: Run, *lists: list[Value]) -> list[Value]:
    run.items(sum(map(len, lists)))
    return [value for values in lists for value in values]


def insert_before(run: Run, values: list[Value], position: Decimal, item: Value) -> list[Value] | None:
    at = _index(position, len(values))
    run.items(len(values) + 1)
    return None if at is None else [*values[:at], item, *values[at:]]


def remove(run: Run, values: list[Value], position: Decimal) -> list[Value] | None:
    at = _index(position, len(values))
    run.items(len(values))
    return None if at is None else values[:at] + values[at + 1 :]


def replace_item(run: Run, values: list[Value], where: Value, item: Value) -> list[Value] | None:
    """At a position, or wherever a function of (item, new item) says true."""
    run.items(len(values))
    if isinstance(where, Function):
        if len(where.params) != 2:
            return None
        answers = [where.call(run, [value, item]) for value in values]
        if not all(isinstance(answer, bool) for answer in answers):
            return None
        return [item if answer else value for value, answer in zip(values, answers, strict=True)]
    at = _index(where, len(values)) if type(where) is Decimal else None
    return None if at is None else [*values[:at], item, *values[at + 1 :]]


def reverse(run: Run, values: list[Value]) -> list[Value]:
    run.items(len(values))
    return values[::-1]


def index_of(run: Run, values: list[Value], match: Value) -> list[Decimal]:
    run.items(len(values))
    return [Decimal(at) for at, value in enumerate(values, 1) if equal(run, value, match) is True]


def distinct(run: Run, values: list[Value]) -> list[Value]:
    """Without repetitions, in the order of first appearance."""
    run.items(len(values))
    simple: set[Any] = set()
    found: list[Value] = []
    others: list[Value] = []
    for value in values:
        if type(value) in (Decimal, str, bool):
            key = (type(value), value)
            if key not in simple:
                simple.add(key)
                found.append(value)
            continue
        run.spend(len(others))
        if not any(equal(run, value, other) is True for other in others):
            others.append(value)
            found.append(value)
    return found


def union(run: Run, *lists: list[Value]) -> list[Value]:
    return distinct(run, concatenate(run, *lists))


def flatten(run: Run, values: list[Value]) -> list[Value]:
    flat: list[Value] = []
    waiting = values[::-1]
    while waiting:
        value = waiting.pop()
        run.spend(1)
        if type(value) is list:
            run.spend(len(value))
            waiting.extend(reversed(value))
        else:
            flat.append(value)
    run.items(len(flat))
    return flat


def sort(run: Run, values: list[Value], precedes: Function = MISSING) -> list[Value] | None:
    """A stable merge sort by `precedes(a, b)`; by `<` where it is left out."""
    run.items(len(values))
    if precedes is not MISSING and len(precedes.params) != 2:
        return None

    def before(a: Value, b: Value) -> bool | None:
        run.spend(1)
        answer = compare("<", a, b) if precedes is MISSING else precedes.call(run, [a, b])
        return answer if isinstance(answer, bool) else None

    return _merge_sorted(values, before)


def _merge_sorted(values: list[Value], before: Callable[[Value, Value], bool | None]) -> list[Value] | None:
    runs = [[value] for value in values]
    while len(runs) > 1:
        merged = []
        for at in range(0, len(runs), 2):
            pair = _merged(runs[at], runs[at + 1] if at + 1 < len(runs) else [], before)
            if pair is None:
                return None
            merged.append(pair)
        runs = merged
    return runs[0] if runs else []


def _merged(
    left: list[Value], right: list[Value], before: Callable[[Value, Value], bool | None]
) -> list[Value] | None:
    out: list[Value] = []
    i = j = 0
    while i < len(left) and j < len(right):
        right_first = before(right[j], left[i])
        if right_first is None:
            return None
        if right_first:
            out.append(right[j])
            j += 1
        else:
            out.append(left[i])
            i += 1
    return [*out, *left[i:], *right[j:]]


def _item(args: list[Type]) -> Type:
    if len(args) == 1:
        return item_type(args[0])
    return args[0] if args and all(arg == args[0] for arg in args) else ANY


def _same_list(args: list[Type]) -> Type:
    return args[0] if args and isinstance(args[0], ListType) else LIST


_G = "list"
_ROWS = [
    ("list contains(list: list, element: Any)", BOOLEAN, contains, "列表里是否有这一项。",
     "Whether the list has the element.", "list contains([1, 2, 3], 2) => true"),
    ("count(list: list)", NUMBER, count, "项数。", "The number of items.", "count([1, null, 3]) => 3"),
    ("min(list: list) | min(c...: Any)", _item, _extreme("<"), "最小的一项。", "The smallest item.",
     "min([1, 2, 3]) => 1", "min(3, 2) => 2"),
    ("max(list: list) | max(c...: Any)", _item, _extreme(">"), "最大的一项。", "The largest item.",
     "max([1, 2, 3]) => 3", "max(1, 2) => 2"),
    ("sum(list: list) | sum(n...: Any)", NUMBER, total, "合计;空列表是 null。",
     "The sum; null for an empty list.", "sum([1, 2, 3]) => 6", "sum(0.1, 0.2) => 0.3"),
    ("mean(list: list) | mean(n...: Any)", NUMBER, mean, "平均。", "The mean.", "mean([1, 2, 3]) => 2"),
    ("product(list: list) | product(n...: Any)", NUMBER, product, "连乘。", "The product.",
     "product([2, 3, 4]) => 24"),
    ("median(list: list) | median(n...: Any)", NUMBER, median, "中位数。", "The median.",
     "median(8, 2, 5, 3, 4) => 4"),
    ("stddev(list: list) | stddev(n...: Any)", NUMBER, stddev, "样本标准差。",
     "The standard deviation of a sample.", "stddev(2, 4, 7, 5) => 2.081665999466132735282297706979931"),
    ("mode(list: list) | mode(n...: Any)", ListType(NUMBER), mode, "出现最多的数,从小到大。",
     "The most frequent numbers, ascending.", "mode(6, 3, 9, 6, 6) => [6]"),
    ("all(list: list) | all(b...: Any)", BOOLEAN, every, "是否全为 true。", "Whether all are true.",
     "all([false, null, true]) => false", "all([]) => true"),
    ("any(list: list) | any(b...: Any)", BOOLEAN, some, "是否有 true。", "Whether any is true.",
     "any([false, null, true]) => true", "any([]) => false"),
    ("sublist(list: list, start position: number, length?: number)", _same_list, sublist, "一段。",
     "A part of the list.", "sublist([4, 5, 6], 1, 2) => [4, 5]"),
    ("append(list: list, item...: Any)", LIST, append, "末尾加上若干项。", "With items added at the end.",
     "append([1], 2, 3) => [1, 2, 3]"),
    ("concatenate(list...: list)", LIST, concatenate, "首尾相接。", "The lists one after the other.",
     "concatenate([1, 2], [3]) => [1, 2, 3]"),
    ("insert before(list: list, position: number, newItem: Any)", LIST, insert_before, "在某位置之前插入。",
     "With an item inserted.", "insert before([1, 3], 1, 2) => [2, 1, 3]"),
    ("remove(list: list, position: number)", _same_list, remove, "去掉某位置的一项。",
     "Without the item at a position.", "remove([1, 2, 3], 2) => [1, 3]"),
    ("list replace(list: list, position: value, newItem: Any) | list replace(list: list, match: value, newItem: Any)",
     LIST, replace_item, "换掉某位置,或函数选中的各项。",
     "With the item at a position, or those a function picks, replaced.",
     "list replace([2, 4, 7], 3, 6) => [2, 4, 6]",
     "list replace([2, 4, 7], function(item, newItem) item < newItem, 5) => [5, 5, 7]"),
    ("reverse(list: list)", _same_list, reverse, "倒序。", "In reverse order.", "reverse([1, 2, 3]) => [3, 2, 1]"),
    ("index of(list: list, match: Any)", ListType(NUMBER), index_of, "各处位置。", "Where the item stands.",
     "index of([1, 2, 3, 2], 2) => [2, 4]"),
    ("union(list...: list)", LIST, union, "并集,不重复。", "The lists together without repetitions.",
     "union([1, 2], [2, 3]) => [1, 2, 3]"),
    ("distinct values(list: list)", _same_list, distinct, "去重。", "Without repetitions.",
     "distinct values([1, 2, 3, 2, 1]) => [1, 2, 3]"),
    ("flatten(list: list)", LIST, flatten, "摊平嵌套的列表。", "Nested lists as one.",
     "flatten([[1, 2], [[3]], 4]) => [1, 2, 3, 4]"),
    ("sort(list: list, precedes?: function)", _same_list, sort, "排序;precedes(甲, 乙) 为真则甲在前。",
     "Sorted; an item comes first when `precedes` says true.",
     "sort([3, 1, 4], function(x, y) x < y) => [1, 3, 4]"),
]  # fmt: skip
_PLAIN = frozenset([count, total, mean, product, median, stddev, mode, every, some])
FUNCTIONS = tuple(
    builtin(_G, row[0], row[1], row[2], row[3], row[4], *row[5:], needs_run=row[2] not in _PLAIN)  # type: ignore[arg-type]
    for row in _ROWS
)
