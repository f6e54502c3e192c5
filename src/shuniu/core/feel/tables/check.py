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
    """Looks for gaps, or for overlaps."""

    def __init__(self, columns: list[list[Segment]], cells: list[list[_Cell]], *, for_gaps: bool) -> None:
        self._for_gaps = for_gaps
        self._columns = columns
        self._cells = cells
        self._work = 0
        self._known: dict[tuple[int, tuple[int, ...]], tuple[_Region, ...]] = {}
        self.is_unfinished = False

    def regions(self, depth: int, rules: tuple[int, ...]) -> tuple[_Region, ...]:
        """What is found from a column on, where `rules` are those still matching."""
        if self._for_gaps:
            if not rules:
                return (((), ("-",) * (len(self._columns) - depth)),)
        elif len(rules) < 2:
            return ()
        if depth == len(self._columns):
            return () if self._for_gaps else ((tuple(rule + 1 for rule in rules), ()),)
        key = (depth, rules)
        if key not in self._known:
            self._known[key] = self._split(depth, rules)
        return self._known[key]

    def _split(self, depth: int, rules: tuple[int, ...]) -> tuple[_Region, ...]:
        """The same for every segment of a column; neighbours with the same regions are joined."""
        groups: list[tuple[list[Segment], tuple[_Region, ...]]] = []
        for segment in self._columns[depth]:
            self._work += len(rules)
            if self._work > _MAX_WORK:
                self.is_unfinished = True
                break
            below = self.regions(depth + 1, self._matching(depth, rules, segment))
            if groups and groups[-1][1] == below and segment.joins(groups[-1][0][-1]):
                groups[-1][0].append(segment)
            else:
                groups.append(([segment], below))
        whole = len(self._columns[depth])
        return tuple(
            (found, ("-" if len(parts) == whole else Segment.text(parts), *tail))
            for parts, below in groups
            for found, tail in below
        )

    def _matching(self, depth: int, rules: tuple[int, ...], segment: Segment) -> tuple[int, ...]:
        """The rules that match there; one that cannot be judged closes a gap and overlaps with nothing."""
        answers = [(rule, self._cells[rule][depth].holds(segment.sample)) for rule in rules]
        return tuple(rule for rule, answer in answers if answer or (answer is None and self._for_gaps))


def check(
    table: Table, names: Mapping[str, Declared] | None = None, *, types: Mapping[str, Type] | None = None
) -> list[Finding]:
    """What is missing or contradictory; overlaps count only where the hit policy wants one rule (UNIQUE), or
    rules that agree (ANY).
    """
    # The cells of a large table repeat themselves: each text of a column is compiled and judged once.
    known = [
        {text: _compiled(text, column, names, types) for text in {rule.tests[index] for rule in table.rules}}
        for index, column in enumerate(table.inputs)
    ]
    judged = [{text: _Cell(program) for text, program in column.items()} for column in known]
    cells = [[column[text] for text, column in zip(rule.tests, judged, strict=True)] for rule in table.rules]
    columns = [
        _segments(table.inputs[index], list(known[index].values()), names, types)
        for index in range(len(table.inputs))
    ]
    everything = tuple(range(len(table.rules)))
    gaps, overlaps = (_Checker(columns, cells, for_gaps=for_gaps) for for_gaps in (True, False))
    found = [
        *(_gap(table, where) for _, where in gaps.regions(0, everything)),
        *(_overlap(table, rules, where) for rules, where in overlaps.regions(0, everything)),
    ]
    findings = [finding for finding in found if finding is not None]
    if gaps.is_unfinished or overlaps.is_unfinished or len(findings) > MAX_FINDINGS:
        zh = f"表太大,只检查了一部分(最多报 {MAX_FINDINGS} 处)"
        en = f"the table is too large to be checked to the end (at most {MAX_FINDINGS} findings)"
        findings = [*findings[:MAX_FINDINGS], Finding("unfinished", (), (), zh, en)]
    return findings


def _compiled(
    text: str, column: Input, names: Mapping[str, Declared] | None, types: Mapping[str, Type] | None
) -> Program:
    return compile_tests(text.strip() or "-", names, column.type, strict=False, types=types)


def _segments(
    column: Input,
    programs: list[Program],
    names: Mapping[str, Declared] | None,
    types: Mapping[str, Type] | None,
) -> list[Segment]:
    """The segments of one column, only those its allowed values admit."""
    allowed = _compiled(column.allowed, column, names, types) if column.allowed else None
    if allowed is not None and is_judgeable(allowed.tree):
        cut = segments([value for program in (*programs, allowed) for value in constants(program.tree)])
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
