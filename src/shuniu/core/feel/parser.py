"""Tokens to the typed tree. The top of the parser: operators by binding power, and unary tests."""

from __future__ import annotations

from collections.abc import Mapping

from shuniu.core.feel import infer
from shuniu.core.feel.cursor import MAX_DEPTH, Cursor
from shuniu.core.feel.names import Scope
from shuniu.core.feel.parse_boxed import BoxedParser
from shuniu.core.feel.tree import (
    And,
    Arithmetic,
    Between,
    Compare,
    Entry,
    In,
    Iterator,
    Node,
    Or,
    UnaryTests,
    children,
)
from shuniu.core.feel.types import BOOLEAN, Type

_TIGHTER = frozenset(["+", "-", "*", "/", "**", ".", "[", "(", "instance"])
_OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER = 1, 2, 3, 4, 5, 6
_POWERS = {
    "or": _OR, "and": _AND,
    "=": _COMPARE, "!=": _COMPARE, "<": _COMPARE, "<=": _COMPARE, ">": _COMPARE, ">=": _COMPARE,
    "between": _COMPARE, "in": _COMPARE,
    "+": _ADD, "-": _ADD, "*": _MULTIPLY, "/": _MULTIPLY, "**": _POWER,
}  # fmt: skip


class Parser(BoxedParser):
    """Reads one text. `strict` refuses names and fields that are not declared; otherwise they are null."""

    def __init__(
        self,
        text: str,
        scope: Scope,
        *,
        strict: bool,
        types: Mapping[str, Type],
        input_type: Type | None = None,
    ) -> None:
        super().__init__(Cursor(text), scope, strict=strict, types=types)
        self.input_type = input_type

    def whole_expression(self) -> Node:
        node = self.expression()
        self._finish(node)
        return node

    def whole_tests(self) -> UnaryTests:
        """`-`, a list of tests, or `not(` a list of tests `)`."""
        cursor = self.cursor
        if cursor.is_op("-") and cursor.ahead().kind == "end":
            return UnaryTests((), type=BOOLEAN)
        if cursor.is_word("not") and cursor.ahead().text == "(":
            cursor.at += 2
            tests = UnaryTests(self._tests(), negated=True, type=BOOLEAN)
            if cursor.take_op(")") and cursor.token.kind == "end":
                self._finish(tests)
                return tests
            cursor.at = 0
        tests = UnaryTests(self._tests(), type=BOOLEAN)
        self._finish(tests)
        return tests

    def _tests(self) -> tuple[Node, ...]:
        tests = [self.expression()]
        while self.cursor.take_op(","):
            tests.append(self.expression())
        return tuple(tests)

    def _finish(self, node: Node) -> None:
        """Refuses text after the end, and trees deeper than evaluation may recurse."""
        if self.cursor.token.kind != "end":
            raise self.cursor.expected("一个运算符或结尾", "an operator or the end")
        waiting = [(node, 1)]
        while waiting:
            here, depth = waiting.pop()
            if depth > MAX_DEPTH:
                raise self.cursor.too_deep(here.pos)
            waiting.extend(
                (below, depth + (not isinstance(below, Entry | Iterator))) for below in children(here)
            )

    def expression(self) -> Node:
        self.cursor.enter()
        node = self._operators(0)
        self.cursor.leave()
        return node

    def operand(self) -> Node:
        return self._operators(_COMPARE)

    def _operators(self, least: int) -> Node:
        """An operand and all operators after it that bind more tightly than `least`, in one loop: every
        function between two levels of brackets costs stack.
        """
        cursor = self.cursor
        node = self.unary()
        while True:
            token = cursor.token
            op = token.text
            power = _POWERS.get(op, 0) if token.kind in ("op", "word") else 0
            if power <= least:
                return node
            cursor.at += 1
            if power >= _ADD:
                right = self._operators(power)
                of = infer.arithmetic_type(op, node.type, right.type)
                node = Arithmetic(op, node, right, pos=node.pos, type=of)
            elif power == _COMPARE:
                node = self._comparison(op, node)
            else:
                node = self._junction(op, power, node)

    def _junction(self, op: str, power: int, first: Node) -> Node:
        """`and` or `or`: a chain of them is one node."""
        items = [first, self._operators(power)]
        while self.cursor.take_word(op):
            items.append(self._operators(power))
        kind = And if op == "and" else Or
        return kind(tuple(items), pos=first.pos, type=BOOLEAN)

    def _comparison(self, op: str, left: Node) -> Node:
        if op == "in":
            return In(left, self._in_tests(), pos=left.pos, type=BOOLEAN)
        right = self._operators(_COMPARE)
        if op != "between":
            return Compare(op, left, right, pos=left.pos, type=BOOLEAN)
        self.cursor.expect_word("and")
        return Between(left, right, self._operators(_COMPARE), pos=left.pos, type=BOOLEAN)

    def _in_tests(self) -> tuple[Node, ...]:
        """One test, or several in parentheses; `in (a) + b` is one."""
        cursor = self.cursor
        start = cursor.at
        if not cursor.take_op("("):
            return (self.operand(),)
        with self.bracketed():
            tests = self._tests()
            is_range = cursor.is_op("..")
        if is_range or not cursor.take_op(")"):
            cursor.at = start
            return (self.operand(),)
        if len(tests) == 1 and cursor.token.text in _TIGHTER:
            cursor.at = start
            return (self.operand(),)
        return tests


def parse_expression(
    text: str,
    scope: Scope,
    *,
    strict: bool = True,
    types: Mapping[str, Type] | None = None,
    input_type: Type | None = None,
) -> Node:
    return Parser(text, scope, strict=strict, types=types or {}, input_type=input_type).whole_expression()


def parse_tests(
    text: str, scope: Scope, *, input_type: Type, strict: bool = True, types: Mapping[str, Type] | None = None
) -> UnaryTests:
    return Parser(text, scope, strict=strict, types=types or {}, input_type=input_type).whole_tests()
