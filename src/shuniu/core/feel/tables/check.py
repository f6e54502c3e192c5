"""Gaps and overlaps of a table, found before it is published.

Every column is cut at the values its tests mention into segments on which all tests are constant; one value
of each segment is tried against the rules. Tests that look at other names, or compute, cannot be judged: such
a cell is taken to match when gaps are looked for, and not to match when overlaps are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shuniu.core.feel.program import Program, compile_tests
from shuniu.core.feel.run import Run
from shuniu.core.feel.tables.model import HitPolicy, Input, Table
from shuniu.core.feel.tables.segments import Segment, constants, is_judgeable, segments
from shuniu.core.feel.types import Declared, Type
from shuniu.core.feel.values import Value

MAX_FINDINGS = 50
_MAX_WORK = 200_000


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind` is gap, overlap, or unfinished (the table is too large to be checked to the end).

    `rules` are the numbers, from 1, of the rules that overlap; `where` describes one region, one text per
    input, `-` for any value.
    """

    kind: str
    rules: tuple[int, ...]
    where: tuple[str, ...]
    zh: str
    en: str


class _Cell:
    def __init__(self, program: Program) -> None:
        self.is_judged = is_judgeable(program.tree)
        self._program = program

    def holds(self, value: Value) -> bool | None:
        """Whether the cell matches; None where that cannot be judged."""
        if not self.is_judged:
            return None
        return self._program.run(Run(), {}, value) is True


_Region = tuple[tuple[int, ...], tuple[str, ...]]
"""The rules that overlap (none: a gap), and the texts of the columns from some depth on."""


class _Checker:
    def __init__(self, columns: list[list[Segment]], cells: list[list[_Cell]]) -> None:
        self._columns = columns
        self._cells = cells
        self._work = 0
        self._known: dict[tuple[int, tuple[int, ...], tuple[int, ...]], tuple[_Region, ...]] = {}
        self.is_unfinished = False

    def regions(self, depth: int, maybe: tuple[int, ...], surely: tuple[int, ...]) -> tuple[_Region, ...]:
        """The gaps and overlaps from a column on, where `maybe` and `surely` are the rules still matching."""
        if not maybe:
            return (((), ("-",) * (len(self._columns) - depth)),)
        if depth == len(self._columns):
            return ((tuple(rule + 1 for rule in surely), ()),) if len(surely) > 1 else ()
        key = (depth, maybe, surely)
        if key not in self._known:
            self._known[key] = self._split(depth, maybe, surely)
        return self._known[key]

    def _split(self, depth: int, maybe: tuple[int, ...], surely: tuple[int, ...]) -> tuple[_Region, ...]:
        """The same for every segment of a column; neighbours with the same regions are joined."""
        groups: list[tuple[list[Segment], tuple[_Region, ...]]] = []
        for segment in self._columns[depth]:
            self._work += len(maybe)
            if self._work > _MAX_WORK:
                self.is_unfinished = True
                break
            answers = {rule: self._cells[rule][depth].holds(segment.sample) for rule in maybe}
            still = tuple(rule for rule in maybe if answers[rule] is not False)
            sure = tuple(rule for rule in surely if answers[rule] is True)
            below = self.regions(depth + 1, still, sure)
            if groups and groups[-1][1] == below and segment.joins(groups[-1][0][-1]):
                groups[-1][0].append(segment)
            else:
                groups.append(([segment], below))
        whole = len(self._columns[depth])
        return tuple(
            (rules, ("-" if len(parts) == whole else Segment.text(parts), *tail))
            for parts, below in groups
            for rules, tail in below
        )


def check(
    table: Table, names: Mapping[str, Declared] | None = None, *, types: Mapping[str, Type] | None = None
) -> list[Finding]:
    """What is missing or contradictory; overlaps count only where the hit policy wants one rule (UNIQUE), or
    rules that agree (ANY).
    """
    cells = [
        [_Cell(_compiled(text, column, names, types)) for text, column in zip(rule.tests, table.inputs, strict=True)]
        for rule in table.rules
    ]
    columns = [_segments(table, index, names, types) for index in range(len(table.inputs))]
    checker = _Checker(columns, cells)
    everything = tuple(range(len(table.rules)))
    found = [
        finding
        for rules, where in checker.regions(0, everything, everything)
        if (finding := _overlap(table, rules, where) if rules else _gap(table, where))
    ]
    if checker.is_unfinished or len(found) > MAX_FINDINGS:
        zh = f"表太大,只检查了一部分(最多报 {MAX_FINDINGS} 处)"
        en = f"the table is too large to be checked to the end (at most {MAX_FINDINGS} findings)"
        found = [*found[:MAX_FINDINGS], Finding("unfinished", (), (), zh, en)]
    return found


def _compiled(
    text: str, column: Input, names: Mapping[str, Declared] | None, types: Mapping[str, Type] | None
) -> Program:
    return compile_tests(text.strip() or "-", names, column.type, strict=False, types=types)


def _segments(
    table: Table, index: int, names: Mapping[str, Declared] | None, types: Mapping[str, Type] | None
) -> list[Segment]:
    """The segments of one column, only those its allowed values admit."""
    column = table.inputs[index]
    programs = [_compiled(rule.tests[index], column, names, types) for rule in table.rules]
    allowed = _compiled(column.allowed, column, names, types) if column.allowed else None
    if allowed is not None and is_judgeable(allowed.tree):
        programs.append(allowed)
        cut = segments([value for program in programs for value in constants(program.tree)])
        return [s for s in cut if allowed.run(Run(), {}, s.sample) is True] or cut
    return segments([value for program in programs for value in constants(program.tree)])


def _region(table: Table, where: tuple[str, ...]) -> str:
    parts = [
        f"{column.label or column.expression} {text}"
        for column, text in zip(table.inputs, where, strict=True)
        if text != "-"
    ]
    return ", ".join(parts)


def _gap(table: Table, where: tuple[str, ...]) -> Finding | None:
    if any(output.default is not None for output in table.outputs):
        return None
    region = _region(table, where)
    zh = f"没有规则覆盖:{region}" if region else "没有规则"
    en = f"no rule covers: {region}" if region else "there is no rule"
    return Finding("gap", (), where, zh, en)


def _overlap(table: Table, rules: tuple[int, ...], where: tuple[str, ...]) -> Finding | None:
    if table.hit_policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
        return None
    outputs = {tuple(text.strip() for text in table.rules[rule - 1].outputs) for rule in rules}
    if table.hit_policy is HitPolicy.ANY and len(outputs) == 1:
        return None
    region = _region(table, where)
    zh = f"第 {'、'.join(map(str, rules))} 行重叠:{region or '任何输入'}"
    en = f"rules {', '.join(map(str, rules))} overlap: {region or 'any input'}"
    return Finding("overlap", rules, where, zh, en)
