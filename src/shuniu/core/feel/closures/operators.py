"""Arithmetic, comparison, `between`, `in`, `instance of`, and the tests of decision tables."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from shuniu.core.feel.arithmetic import DECIMAL_OPERATIONS, OPERATIONS, negate
from shuniu.core.feel.closures.compiler import INPUT, Code, Compiler, Frame
from shuniu.core.feel.compare import both, compare, equal, holds, in_range
from shuniu.core.feel.conform import is_instance
from shuniu.core.feel.tree import (
    Arithmetic,
    Between,
    Compare,
    In,
    Input,
    InstanceOf,
    Literal,
    Negate,
    Node,
    RangeLiteral,
    UnaryCompare,
    UnaryTests,
    walk,
)
from shuniu.core.feel.types import BOOLEAN, DATE, NUMBER, STRING
from shuniu.core.feel.values import Range, Value

_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_Test = Callable[[Any, Value], bool | None]


def literal_code(compiler: Compiler, node: Literal) -> Code:
    return compiler.constant(node.value)


def negate_code(compiler: Compiler, node: Negate) -> Code:
    operand = compiler.code(node.operand)
    return compiler.folded(lambda context, frame: negate(operand(context, frame)), operand)


def arithmetic_code(compiler: Compiler, node: Arithmetic) -> Code:
    left, right = compiler.code(node.left), compiler.code(node.right)
    general = OPERATIONS[node.op]
    fast = DECIMAL_OPERATIONS[node.op]

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        return general(frame[0], left(context, frame), right(context, frame))

    def numbers(context: Mapping[str, Any], frame: Frame) -> Value:
        a, b = left(context, frame), right(context, frame)
        try:
            return fast(a, b)
        except (TypeError, ArithmeticError):
            return general(frame[0], a, b)

    is_fast = node.left.type == node.right.type == NUMBER and node.op != "**"
    return compiler.folded(numbers if is_fast else code, left, right)


def compare_code(compiler: Compiler, node: Compare) -> Code:
    left, right = compiler.code(node.left), compiler.code(node.right)
    kind = node.left.type if node.left.type == node.right.type else None
    if node.op in ("=", "!="):
        code = _equality(left, right, is_plain=kind in (NUMBER, STRING, BOOLEAN), negated=node.op == "!=")
    elif kind in (NUMBER, STRING, DATE):
        code = _plain_order(node.op, left, right)
    else:
        op = node.op

        def code(context: Mapping[str, Any], frame: Frame) -> Value:
            return compare(op, left(context, frame), right(context, frame))

    return compiler.folded(code, left, right)


def _plain_order(op: str, left: Code, right: Code) -> Code:
    compute = _ORDER[op]

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        a, b = left(context, frame), right(context, frame)
        try:
            return compute(a, b)
        except TypeError:
            return compare(op, a, b)

    return code


def _equality(left: Code, right: Code, *, is_plain: bool, negated: bool) -> Code:
    def general(context: Mapping[str, Any], frame: Frame) -> Value:
        return equal(frame[0], left(context, frame), right(context, frame))

    def general_not(context: Mapping[str, Any], frame: Frame) -> Value:
        same = equal(frame[0], left(context, frame), right(context, frame))
        return None if same is None else not same

    def plain(context: Mapping[str, Any], frame: Frame) -> Value:
        return left(context, frame) == right(context, frame)

    def plain_not(context: Mapping[str, Any], frame: Frame) -> Value:
        return left(context, frame) != right(context, frame)

    if is_plain:
        return plain_not if negated else plain
    return general_not if negated else general


def between_code(compiler: Compiler, node: Between) -> Code:
    value, low, high = compiler.code(node.value), compiler.code(node.low), compiler.code(node.high)

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        tested = value(context, frame)
        return both(
            compare(">=", tested, low(context, frame)),
            compare("<=", tested, high(context, frame)),
        )

    return compiler.folded(code, value, low, high)


def range_code(compiler: Compiler, node: RangeLiteral) -> Code:
    low, high = compiler.code(node.low), compiler.code(node.high)
    low_closed, high_closed = node.low_closed, node.high_closed

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        start, end = low(context, frame), high(context, frame)
        if start is not None and end is not None and compare("<=", start, end) is None:
            return None  # its ends have no order
        return Range(start, end, low_closed, high_closed)

    return compiler.folded(code, low, high)


def unary_compare_code(compiler: Compiler, node: UnaryCompare) -> Code:
    """By itself: the range of the values that pass; `!=` has none and is null."""
    operand, op = compiler.code(node.operand), node.op

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        value = operand(context, frame)
        if value is None or op == "!=":
            return None
        if op == "=":
            return Range(value, value, low_closed=True, high_closed=True)
        if op in ("<", "<="):
            return Range(None, value, low_closed=False, high_closed=op == "<=", is_half=True)
        return Range(value, None, low_closed=op == ">=", high_closed=False, is_half=True)

    return compiler.folded(code, operand)


def test_code(compiler: Compiler, node: Node) -> Callable[[Mapping[str, Any], Frame, Value], bool | None]:
    """One test as a function of (context, frame, the value tested)."""
    if isinstance(node, UnaryCompare):
        return _comparing_test(node.op, compiler.code(node.operand))
    code = compiler.code(node)
    if any(isinstance(below, Input) for below in walk(node)):
        return lambda context, frame, value: _answer(frame, value, code(context, frame))
    if compiler.is_constant(code) and isinstance(node, RangeLiteral):
        span = compiler.value_of(code)
        if isinstance(span, Range):
            return _within(span)
    if isinstance(node, Literal):
        return lambda context, frame, value: holds(frame[0], value, code(context, frame))
    return lambda context, frame, value: _outcome(frame, value, code(context, frame))


def _within(span: Range) -> Callable[[Mapping[str, Any], Frame, Value], bool | None]:
    def code(context: Mapping[str, Any], frame: Frame, value: Value) -> bool | None:
        return in_range(value, span)

    return code


def _comparing_test(op: str, operand: Code) -> Callable[[Mapping[str, Any], Frame, Value], bool | None]:
    if op in _ORDER:
        return lambda context, frame, value: compare(op, value, operand(context, frame))
    if op == "=":
        return lambda context, frame, value: equal(frame[0], value, operand(context, frame))

    def differs(context: Mapping[str, Any], frame: Frame, value: Value) -> bool | None:
        same = equal(frame[0], value, operand(context, frame))
        return None if same is None else not same

    return differs


def _answer(frame: Frame, value: Value, outcome: Value) -> bool | None:
    """Of a test that mentions `?`: its boolean, or as any other value."""
    return outcome if isinstance(outcome, bool) else _outcome(frame, value, outcome)


def _outcome(frame: Frame, value: Value, outcome: Value) -> bool | None:
    if isinstance(outcome, bool) and not isinstance(value, bool | list):
        return outcome if value is not None or outcome else False
    return holds(frame[0], value, outcome)


def in_code(compiler: Compiler, node: In) -> Code:
    value = compiler.code(node.value)
    tests = [test_code(compiler, test) for test in node.tests]

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        tested = value(context, frame)
        answer: bool | None = False
        for test in tests:
            passed = test(context, frame, tested)
            if passed is True:
                return True
            if passed is None:
                answer = None
        return answer

    return code


def tests_code(compiler: Compiler, node: UnaryTests) -> Code:
    """Whether `?` passes any of the tests; no tests at all always pass."""
    if not node.tests:
        return compiler.constant(value=True)
    tests = [test_code(compiler, test) for test in node.tests]
    negated = node.negated

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        tested = frame[INPUT]
        answer: bool | None = False
        for test in tests:
            passed = test(context, frame, tested)
            if passed is True:
                return not negated
            if passed is None:
                answer = None
        return answer if answer is None else negated

    return code


def instance_code(compiler: Compiler, node: InstanceOf) -> Code:
    value, asked = compiler.code(node.value), node.asked
    if asked is None:
        return compiler.constant(None)
    return compiler.folded(lambda context, frame: is_instance(frame[0], value(context, frame), asked), value)
