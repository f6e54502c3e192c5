"""A decision table compiled: every cell once, then rule by rule until the hit policy is content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shuniu.core.calendar.working import WorkingCalendar
from shuniu.core.feel.compare import equal
from shuniu.core.feel.conform import fitted
from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.functions import BUILTINS
from shuniu.core.feel.program import Program, compile_expression, compile_tests
from shuniu.core.feel.run import Run
from shuniu.core.feel.tables.model import Aggregation, HitPolicy, Input, Output, Rule, Table
from shuniu.core.feel.tree import ListLiteral, Node, UnaryTests
from shuniu.core.feel.types import ANY, Declared, ListType, Type
from shuniu.core.feel.values import Value

_SINGLE = frozenset([HitPolicy.UNIQUE, HitPolicy.FIRST, HitPolicy.PRIORITY, HitPolicy.ANY])
MAX_RULES = 5_000


class _Cells:
    """Compiles the texts of one table in its scope; an error names the cell."""

    def __init__(
        self, names: Mapping[str, Declared], types: Mapping[str, Type] | None, *, strict: bool, trusted: bool
    ) -> None:
        self._names = names
        self._options: dict[str, Any] = {"types": types, "strict": strict, "trusted": trusted}
        # The cells of a large table repeat themselves; a program may be shared.
        self._known: dict[tuple[str, Type | None], Program] = {}

    def expression(self, text: str, zh: str, en: str) -> Program:
        return self._once(text, None, lambda: compile_expression(text, self._names, **self._options), zh, en)

    def tests(self, text: str, input_type: Type, zh: str, en: str) -> Program:
        return self._once(
            text, input_type, lambda: compile_tests(text, self._names, input_type, **self._options), zh, en
        )

    def _once(
        self, text: str, input_type: Type | None, make: Callable[[], Program], zh: str, en: str
    ) -> Program:
        found = self._known.get((text, input_type))
        if found is None:
            try:
                found = self._known[text, input_type] = make()
            except FeelError as error:
                raise _in_cell(error, zh, en) from error
        return found


def _in_cell(error: FeelError, zh: str, en: str) -> FeelError:
    return FeelError(f"{zh},{error.zh}", f"{en}, {error.en}", code=error.code)


class _Column:
    """An input: its expression and the test of its allowed values."""

    def __init__(self, cells: _Cells, column: Input, number: int) -> None:
        zh, en = f"第 {number} 个输入", f"input {number}"
        self.expression = cells.expression(column.expression, zh, en)
        self.type = self.expression.type if column.type == ANY else column.type
        self.checks_type = column.type != ANY
        self.allowed = cells.tests(column.allowed, self.type, zh, en) if column.allowed else None

    def value(self, run: Run, context: Mapping[str, Any]) -> tuple[Value, bool]:
        """The value to test and whether it is allowed."""
        value = self.expression.run(run, context)
        if self.checks_type:
            value = fitted(run, value, self.type)
        is_allowed = value is None or self.allowed is None or self.allowed.run(run, context, value) is True
        return value, is_allowed


class _Line:
    """A rule: the tests that are not `-`, and its outputs."""

    def __init__(self, cells: _Cells, rule: Rule, columns: Sequence[_Column], number: int) -> None:
        zh, en = f"第 {number} 行", f"rule {number}"
        self.tests: list[tuple[int, Program]] = []
        for index, (text, column) in enumerate(zip(rule.tests, columns, strict=True)):
            place_zh, place_en = f"{zh}第 {index + 1} 个条件", f"{en}, condition {index + 1}"
            program = cells.tests(text.strip() or "-", column.type, place_zh, place_en)
            if not isinstance(program.tree, UnaryTests) or program.tree.tests:
                self.tests.append((index, program))
        self.outputs = [cells.expression(text.strip() or "null", zh, en) for text in rule.outputs]

    def matches(self, run: Run, context: Mapping[str, Any], values: list[Value]) -> bool:
        run.spend(len(self.tests) + 1)
        return all(test.run(run, context, values[index]) is True for index, test in self.tests)


class TableProgram:
    """A compiled table; immutable, may be shared by threads."""

    def __init__(self, table: Table, columns: list[_Column], lines: list[_Line], cells: _Cells) -> None:
        self.table = table
        self._columns = columns
        self._lines = lines
        self._defaults = [
            cells.expression(output.default, "默认值", "the default") if output.default else None
            for output in table.outputs
        ]
        self._orders = [_order(cells, output) for output in table.outputs]

    @property
    def type(self) -> Type:
        return ANY if self.table.hit_policy in _SINGLE else ListType(ANY)

    def evaluate(
        self, context: Mapping[str, Any], now: Any = None, calendar: WorkingCalendar | None = None
    ) -> Value:
        """The table's result over a context; as `Program.evaluate`."""
        return self.run(Run(now, calendar), context)

    def run(self, run: Run, context: Mapping[str, Any]) -> Value:
        values = []
        for column in self._columns:
            value, is_allowed = column.value(run, context)
            if not is_allowed:
                return None
            values.append(value)
        policy = self.table.hit_policy
        hits = []
        for line in self._lines:
            if line.matches(run, context, values):
                hits.append([output.run(run, context) for output in line.outputs])
                if policy is HitPolicy.FIRST or (policy is HitPolicy.UNIQUE and len(hits) > 1):
                    break
        return self._result(run, context, self._typed(run, hits))

    def matching_rules(
        self, context: Mapping[str, Any], now: Any = None, calendar: WorkingCalendar | None = None
    ) -> list[int]:
        """The numbers, from 1, of all rules that match: to explain a result."""
        run = Run(now, calendar)
        values = [column.value(run, context)[0] for column in self._columns]
        return [number for number, line in enumerate(self._lines, 1) if line.matches(run, context, values)]

    def _typed(self, run: Run, hits: list[list[Value]]) -> list[list[Value]]:
        outputs = self.table.outputs
        return [[fitted(run, value, o.type) for value, o in zip(hit, outputs, strict=True)] for hit in hits]

    def _result(self, run: Run, context: Mapping[str, Any], hits: list[list[Value]]) -> Value:
        policy = self.table.hit_policy
        if not hits:
            return self._no_match(run, context)
        if policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER):
            hits = sorted(hits, key=lambda hit: self._rank(run, hit))
        if policy is HitPolicy.COLLECT and self.table.aggregation is not None:
            return self._aggregate(run, hits)
        if policy not in _SINGLE:
            return [self._shaped(hit) for hit in hits]
        if policy is HitPolicy.UNIQUE and len(hits) > 1:
            return None
        if policy is HitPolicy.ANY and not all(equal(run, hit, hits[0]) is True for hit in hits):
            return None
        return self._shaped(hits[0])

    def _no_match(self, run: Run, context: Mapping[str, Any]) -> Value:
        if any(default is not None for default in self._defaults):
            return self._shaped([d.run(run, context) if d else None for d in self._defaults])
        if self.table.hit_policy in _SINGLE or self.table.aggregation is not None:
            return None
        return []

    def _shaped(self, hit: list[Value]) -> Value:
        if len(hit) == 1:
            return hit[0]
        return {output.name or "": value for output, value in zip(self.table.outputs, hit, strict=True)}

    def _rank(self, run: Run, hit: list[Value]) -> list[int]:
        """Where each output stands among its allowed values; the first column decides first."""
        ranks = []
        for value, order in zip(hit, self._orders, strict=True):
            places = [at for at, test in enumerate(order) if test.run(run, {}, value) is True]
            ranks.append(places[0] if places else len(order))
        return ranks

    def _aggregate(self, run: Run, hits: list[list[Value]]) -> Value:
        wanted = self.table.aggregation
        columns = [list(column) for column in zip(*hits, strict=True)]
        if wanted is Aggregation.COUNT:
            return BUILTINS["count"].run([self._shaped(hit) for hit in hits])
        if wanted is Aggregation.SUM:
            return self._shaped([BUILTINS["sum"].run(column) for column in columns])
        function = BUILTINS["min" if wanted is Aggregation.MIN else "max"]
        return self._shaped([function.run(run, column) for column in columns])


def _order(cells: _Cells, output: Output) -> list[Program]:
    """One test for every allowed output value, in their order."""
    if not output.allowed:
        return []
    program = cells.tests(output.allowed, output.type, "允许的输出", "the allowed outputs")
    tests = program.tree.tests if isinstance(program.tree, UnaryTests) else ()
    return [Program("", UnaryTests((test,)), {}) for test in _each(tests)]


def _each(tests: tuple[Node, ...]) -> tuple[Node, ...]:
    """`["a", "b"]` as one test is the same as `"a", "b"`."""
    if len(tests) == 1 and isinstance(tests[0], ListLiteral):
        return tests[0].items
    return tests


def compile_table(
    table: Table,
    names: Mapping[str, Declared] | None = None,
    *,
    strict: bool = True,
    types: Mapping[str, Type] | None = None,
    trusted: bool = False,
) -> TableProgram:
    """Compiles every cell; FeelError names the rule and the column of what is wrong."""
    if len(table.rules) > MAX_RULES:
        raise FeelError(
            f"决策表最多 {MAX_RULES} 行", f"at most {MAX_RULES} rules in a table", code="too_long"
        )
    if not table.outputs:
        raise FeelError("决策表没有输出", "the table has no output", code="table")
    for number, rule in enumerate(table.rules, 1):
        if len(rule.tests) != len(table.inputs) or len(rule.outputs) != len(table.outputs):
            raise FeelError(
                f"第 {number} 行的格数不对", f"rule {number} has the wrong number of cells", code="table"
            )
    cells = _Cells(names or {}, types, strict=strict, trusted=trusted)
    columns = [_Column(cells, column, number) for number, column in enumerate(table.inputs, 1)]
    lines = [_Line(cells, rule, columns, number) for number, rule in enumerate(table.rules, 1)]
    return TableProgram(table, columns, lines, cells)
