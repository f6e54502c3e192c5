"""From the typed tree to SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shuniu.core.feel import tree as t
from shuniu.core.feel.errors import nearest
from shuniu.core.feel.sql import calls
from shuniu.core.feel.sql.calculating import arithmetic, negate
from shuniu.core.feel.sql.comparing import equal, order
from shuniu.core.feel.sql.contracts import Child, Column, Sql
from shuniu.core.feel.sql.fragment import Fragment, refuse
from shuniu.core.feel.sql.literals import Parameters, literal
from shuniu.core.feel.types import ANY, BOOLEAN, DAYS_DURATION, MONTHS_DURATION, NULL, NUMBER

Columns = Mapping[str, Column | Child]
DIALECT = "postgresql"


def to_sql(tree: t.Node, columns: Columns, *, dialect: str = DIALECT, zone: str = "UTC") -> Sql:
    """The exact value of an expression, null included. `zone` is that of `today()`. Raises FeelError `not_in_sql`."""
    emitter = _Emitter(columns, dialect, zone)
    return emitter.finish(emitter.value(tree))


def to_where(tree: t.Node, columns: Columns, *, dialect: str = DIALECT, zone: str = "UTC") -> Sql:
    """A condition for WHERE: true for exactly the rows where the expression is true."""
    emitter = _Emitter(columns, dialect, zone)
    return emitter.finish(emitter.condition(tree))


class _Emitter:
    def __init__(self, columns: Columns, dialect: str, zone: str) -> None:
        if dialect != DIALECT:
            raise refuse(f"数据库方言 {dialect}", f"the dialect {dialect}")
        if not all(ch.isalnum() or ch in "/_+-" for ch in zone):
            raise refuse(f"时区 {zone}", f"the zone {zone}")
        self.columns = dict(columns)
        self.zone = zone
        self.params = Parameters()
        self.needs_now = False

    def finish(self, fragment: Fragment) -> Sql:
        if fragment.type == MONTHS_DURATION:
            raise refuse("以月计的时长作为结果", "a years and months duration as the result")
        return Sql(fragment.text, self.params.values, self.needs_now)

    def condition(self, node: t.Node) -> Fragment:
        """Where false and null are the same: plain comparisons, which indexes serve."""
        if isinstance(node, t.And | t.Or):
            joint = " AND " if isinstance(node, t.And) else " OR "
            return Fragment(f"({joint.join(self.condition(item).text for item in node.items)})", BOOLEAN)
        if isinstance(node, t.Compare) and node.op == "=":
            return equal(self.value(node.left), self.value(node.right), self.params, filtering=True)
        if isinstance(node, t.In):
            return self._in(node, filtering=True)
        return self.boolean(self.value(node))

    def value(self, node: t.Node) -> Fragment:
        """The exact value."""
        emit = _EMIT.get(type(node))
        if emit is None:
            zh, en = _NAMES.get(type(node), (type(node).__name__, type(node).__name__))
            raise refuse(zh, en)
        return emit(self, node)

    # names

    def emit_name(self, node: t.Name) -> Fragment:
        return self._column(node.name, node)

    def emit_path(self, node: t.Path) -> Fragment:
        dotted = _dotted(node)
        if dotted is not None and dotted in self.columns:
            return self._column(dotted, node)
        return calls.date_part(self.value(node.base), node.name)

    def _column(self, name: str, node: t.Node) -> Fragment:
        column = self.columns.get(name)
        if not isinstance(column, Column):
            guess = nearest(name, self.columns)
            more = (f",是否想写‘{guess}’?", f"; did you mean '{guess}'?") if guess else ("", "")
            raise refuse(f"‘{name}’没有对应的列{more[0]}", f"'{name}' has no column{more[1]}")
        if node.type == ANY:
            raise refuse(f"类型未知的‘{name}’", f"'{name}', whose type is not declared")
        digits = column.digits if node.type == NUMBER else (0, 0)
        return Fragment(column.sql, node.type, nullable=column.nullable, digits=digits)

    # logic

    def boolean(self, fragment: Fragment) -> Fragment:
        if fragment.is_null:
            return Fragment("NULL::boolean", BOOLEAN)
        if fragment.type != BOOLEAN:
            raise refuse(f"把 {fragment.type} 当作条件", f"{fragment.type} as a condition")
        return fragment

    def emit_and(self, node: t.And) -> Fragment:
        return self._joined(node.items, " AND ")

    def emit_or(self, node: t.Or) -> Fragment:
        return self._joined(node.items, " OR ")

    def _joined(self, items: tuple[t.Node, ...], joint: str) -> Fragment:
        parts = [self.boolean(self.value(item)) for item in items]
        return Fragment(
            f"({joint.join(p.text for p in parts)})", BOOLEAN, nullable=any(p.nullable for p in parts)
        )

    def emit_compare(self, node: t.Compare) -> Fragment:
        left, right = self.value(node.left), self.value(node.right)
        return self._compared(node.op, left, right, filtering=False)

    def _compared(self, op: str, left: Fragment, right: Fragment, *, filtering: bool) -> Fragment:
        if op == "=":
            return equal(left, right, self.params, filtering=filtering)
        if op == "!=":
            same = equal(left, right, self.params, filtering=False)
            return Fragment(f"(NOT {same.text})", BOOLEAN, nullable=False)
        return order(op, left, right, self.params)

    def emit_between(self, node: t.Between) -> Fragment:
        value = self.value(node.value)
        low = order(">=", value, self.value(node.low), self.params)
        high = order("<=", value, self.value(node.high), self.params)
        return Fragment(f"({low.text} AND {high.text})", BOOLEAN, nullable=low.nullable or high.nullable)

    def emit_in_exactly(self, node: t.In) -> Fragment:
        return self._in(node, filtering=False)

    def _in(self, node: t.In, *, filtering: bool) -> Fragment:
        value = self.value(node.value)
        parts = [self._passes(value, test, filtering=filtering) for test in node.tests]
        return Fragment(
            f"({' OR '.join(p.text for p in parts)})", BOOLEAN, nullable=any(p.nullable for p in parts)
        )

    def _passes(self, value: Fragment, test: t.Node, *, filtering: bool) -> Fragment:
        if isinstance(test, t.UnaryCompare):
            return self._compared(test.op, value, self.value(test.operand), filtering=filtering)
        if isinstance(test, t.RangeLiteral):
            low = order(">=" if test.low_closed else ">", value, self.value(test.low), self.params)
            high = order("<=" if test.high_closed else "<", value, self.value(test.high), self.params)
            return Fragment(f"({low.text} AND {high.text})", BOOLEAN, nullable=low.nullable or high.nullable)
        if isinstance(test, t.ListLiteral):
            inner = [self._passes(value, item, filtering=filtering) for item in test.items]
            text = " OR ".join(f"({part.text} IS TRUE)" for part in inner) or "FALSE"
            return Fragment(f"({text})", BOOLEAN, nullable=False)
        return equal(value, self.value(test), self.params, filtering=filtering)

    # the rest

    def emit_literal(self, node: t.Literal) -> Fragment:
        return literal(node.value, self.params)

    def emit_negate(self, node: t.Negate) -> Fragment:
        return negate(self.value(node.operand))

    def emit_arithmetic(self, node: t.Arithmetic) -> Fragment:
        return arithmetic(node.op, self.value(node.left), self.value(node.right))

    def emit_if(self, node: t.If) -> Fragment:
        condition = self.boolean(self.value(node.condition))
        then, otherwise = self.value(node.then), self.value(node.otherwise)
        kind = otherwise.type if then.type == NULL else then.type
        if NULL not in (then.type, otherwise.type) and then.type != otherwise.type:
            raise refuse("两个结果类型不同的 if", "an if whose results differ in type")
        if kind == MONTHS_DURATION:
            raise refuse("结果为时长的 if", "an if over durations of months")
        digits = (max(then.digits[0], otherwise.digits[0]), max(then.digits[1], otherwise.digits[1]))
        text = f"(CASE WHEN {condition.text} THEN {then.text} ELSE {otherwise.text} END)"
        return Fragment(text, kind, nullable=then.nullable or otherwise.nullable, digits=digits)

    def emit_call(self, node: t.Call) -> Fragment:
        if (
            not isinstance(node.function, t.Name)
            or node.function.origin is not t.Origin.BUILTIN
            or node.names
        ):
            raise refuse("自定义函数或具名参数", "user functions and named arguments")
        name = node.function.name
        if name in ("now", "today") and not node.args:
            self.needs_now = True
            return calls.clock(name, self.zone)
        args = [self.value(arg) for arg in node.args]
        if any(arg.is_null for arg in args) or any(arg.type == DAYS_DURATION for arg in args):
            raise refuse(f"函数 {name} 的这种参数", f"{name} of such an argument")
        return calls.call(name, args)

    def emit_quantified(self, node: t.Quantified) -> Fragment:
        if len(node.iterators) != 1 or node.iterators[0].end is not None:
            raise refuse("多个迭代变量", "several iterators")
        iterator = node.iterators[0]
        source = _dotted(iterator.source)
        child = self.columns.get(source) if source else None
        if not isinstance(child, Child):
            raise refuse("不是子表的列表", "a list that is not a declared child table")
        inner = _Emitter({}, DIALECT, self.zone)
        inner.params, inner.columns = self.params, dict(self.columns)
        inner.columns.update({f"{iterator.name}.{key}": column for key, column in child.columns.items()})
        condition = inner.boolean(inner.value(node.condition))
        self.needs_now = self.needs_now or inner.needs_now
        rows = f"SELECT 1 FROM {child.table} WHERE {child.link} AND"  # noqa: S608 - declared by code
        decisive, answer, rest = ("FALSE", "FALSE", "TRUE") if node.every else ("TRUE", "TRUE", "FALSE")
        text = f"(CASE WHEN EXISTS ({rows} ({condition.text}) IS {decisive}) THEN {answer}"
        if condition.nullable:
            text += f" WHEN EXISTS ({rows} ({condition.text}) IS NULL) THEN NULL"
        return Fragment(f"{text} ELSE {rest} END)", BOOLEAN, nullable=condition.nullable)


def _dotted(node: t.Node) -> str | None:
    """`客户.等级` of a path over a name; None of anything else."""
    parts: list[str] = []
    while isinstance(node, t.Path):
        parts.append(node.name)
        node = node.base
    if not isinstance(node, t.Name):
        return None
    return ".".join([node.name, *reversed(parts)])


_EMIT: dict[type[t.Node], Callable[[_Emitter, Any], Fragment]] = {
    t.Name: _Emitter.emit_name,
    t.Path: _Emitter.emit_path,
    t.Literal: _Emitter.emit_literal,
    t.Negate: _Emitter.emit_negate,
    t.Arithmetic: _Emitter.emit_arithmetic,
    t.Compare: _Emitter.emit_compare,
    t.Between: _Emitter.emit_between,
    t.In: _Emitter.emit_in_exactly,
    t.And: _Emitter.emit_and,
    t.Or: _Emitter.emit_or,
    t.If: _Emitter.emit_if,
    t.Call: _Emitter.emit_call,
    t.Quantified: _Emitter.emit_quantified,
}
_NAMES: dict[type[t.Node], tuple[str, str]] = {
    t.For: ("for 循环", "for loops"),
    t.Filter: ("列表筛选", "list filters"),
    t.ListLiteral: ("列表", "lists"),
    t.ContextLiteral: ("上下文", "contexts"),
    t.RangeLiteral: ("范围作为值", "ranges as values"),
    t.FunctionLiteral: ("自定义函数", "user functions"),
    t.InstanceOf: ("instance of", "instance of"),
    t.Input: ("?", "?"),
    t.UnaryCompare: ("单目比较作为值", "unary comparisons as values"),
}
