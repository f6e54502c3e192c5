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
    In,
    Node,
    Or,
    RangeLiteral,
    UnaryCompare,
    UnaryTests,
    children,
)
from shuniu.core.feel.types import BOOLEAN, Type

_COMPARISONS = frozenset(["=", "!=", "<", "<=", ">", ">="])
_TIGHTER = frozenset(["+", "-", "*", "/", "**", ".", "[", "(", "instance"])
_ADD, _MULTIPLY, _POWER = 1, 2, 3
_POWERS = {"+": _ADD, "-": _ADD, "*": _MULTIPLY, "/": _MULTIPLY, "**": _POWER}


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
            waiting.extend((below, depth + 1) for below in children(here))

    def expression(self) -> Node:
        return self.cursor.nested(self._disjunction)

    def _disjunction(self) -> Node:
        items = [self._conjunction()]
        while self.cursor.take_word("or"):
            items.append(self._conjunction())
        return items[0] if len(items) == 1 else Or(tuple(items), pos=items[0].pos, type=BOOLEAN)

    def _conjunction(self) -> Node:
        items = [self._comparison()]
        while self.cursor.take_word("and"):
            items.append(self._comparison())
        return items[0] if len(items) == 1 else And(tuple(items), pos=items[0].pos, type=BOOLEAN)

    def _comparison(self) -> Node:
        cursor = self.cursor
        node = self.operand()
        while True:
            token = cursor.token
            if token.kind == "op" and token.text in _COMPARISONS:
                cursor.at += 1
                node = Compare(token.text, node, self.operand(), pos=node.pos, type=BOOLEAN)
            elif cursor.take_word("between"):
                low = self.operand()
                cursor.expect_word("and")
                node = Between(node, low, self.operand(), pos=node.pos, type=BOOLEAN)
            elif cursor.take_word("in"):
                node = In(node, self._in_tests(), pos=node.pos, type=BOOLEAN)
            else:
                return node

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
        is_plain = len(tests) == 1 and not isinstance(tests[0], UnaryCompare | RangeLiteral)
        if is_plain and cursor.token.text in _TIGHTER:
            cursor.at = start
            return (self.operand(),)
        return tests

    def operand(self) -> Node:
        return self._arithmetic(0)

    def _arithmetic(self, least: int) -> Node:
        cursor = self.cursor
        left = self.unary()
        while cursor.token.kind == "op" and _POWERS.get(cursor.token.text, 0) > least:
            op = cursor.token.text
            cursor.at += 1
            right = self._arithmetic(_POWERS[op])
            of = infer.arithmetic_type(op, left.type, right.type)
            left = Arithmetic(op, left, right, pos=left.pos, type=of)
        return left


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
