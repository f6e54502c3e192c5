"""The part of the parser that reads what stands by itself: literals, brackets, `if`, `for`, functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from shuniu.core.feel.lexer import unquote
from shuniu.core.feel.names import Scope
from shuniu.core.feel.numbers import read_number
from shuniu.core.feel.parse_names import NameParser
from shuniu.core.feel.temporal.text import read_temporal
from shuniu.core.feel.tree import (
    ContextLiteral,
    Entry,
    For,
    FunctionLiteral,
    If,
    Input,
    Iterator,
    ListLiteral,
    Literal,
    Node,
    Origin,
    Param,
    Quantified,
    RangeLiteral,
    UnaryCompare,
)
from shuniu.core.feel.types import (
    ANY,
    BOOLEAN,
    NULL,
    NUMBER,
    STRING,
    ContextType,
    FunctionType,
    ListType,
    RangeType,
    Type,
    item_type,
    join,
)
from shuniu.core.feel.values import type_of

_TESTS = frozenset(["<", "<=", ">", ">=", "=", "!="])
_CONSTANTS = {"true": True, "false": False, "null": None}


class BoxedParser(NameParser):
    input_type: Type | None = None

    def operand(self) -> Node:
        """An arithmetic expression: what may stand beside a comparison. Supplied above."""
        raise NotImplementedError

    def primary(self) -> Node:
        token = self.cursor.token
        if token.kind == "word":
            return self._word()
        if token.kind == "op":
            bracket = self._brackets.get(token.text)
            if bracket is None:
                return self._sign()
            self.cursor.at += 1
            with self.bracketed():
                return bracket(self, token.pos)
        self.cursor.at += 1
        if token.kind == "number":
            return Literal(read_number(token.text), pos=token.pos, type=NUMBER)
        if token.kind == "string":
            return Literal(unquote(token.text), pos=token.pos, type=STRING)
        if token.kind == "at":
            return self._temporal(token.text, token.pos)
        self.cursor.at -= 1
        raise self.cursor.expected("一个值", "a value")

    def _temporal(self, written: str, pos: int) -> Node:
        text = unquote(written[written.index('"') :])
        value = read_temporal(text)
        if value is None and self.strict:
            zh, en = f"‘{text}’不是日期、时间或时长", f"'{text}' is not a date, time or duration"
            raise self.cursor.error(zh, en, pos)
        return Literal(value, pos=pos, type=type_of(value))

    def _word(self) -> Node:
        cursor = self.cursor
        token = cursor.token
        longer = self.scope.match(cursor.tokens, cursor.at)
        if longer and longer[0] > 1:
            return self.name()
        if token.text in _CONSTANTS:
            cursor.at += 1
            value = _CONSTANTS[token.text]
            return Literal(value, pos=token.pos, type=NULL if value is None else BOOLEAN)
        if token.text == "if":
            return self._if()
        if token.text == "for":
            return self._for()
        if token.text in ("some", "every"):
            return self._quantified()
        if token.text == "function" and cursor.ahead().text == "(":
            return self._function()
        return self.name()

    def _sign(self) -> Node:
        cursor = self.cursor
        token = cursor.token
        cursor.at += 1
        if token.text == "?":
            if self.input_type is None and self.strict:
                raise cursor.error("‘?’只能用在单元测试里", "'?' belongs in unary tests", token.pos)
            return Input(pos=token.pos, type=self.input_type or ANY)
        if token.text in _TESTS:
            operand = self.operand()
            of = BOOLEAN if token.text == "!=" else RangeType(operand.type)
            return UnaryCompare(token.text, operand, pos=token.pos, type=of)
        cursor.at -= 1
        raise cursor.expected("一个值", "a value")

    def _parenthesis(self, pos: int) -> Node:
        inner = self.expression()
        if self.cursor.is_op(".."):
            return self._range(inner, pos=pos, closed=False)
        self.cursor.expect_op(")")
        return inner

    def _open_range(self, pos: int) -> Node:
        return self._range(self.expression(), pos=pos, closed=False)

    def _list(self, pos: int) -> Node:
        cursor = self.cursor
        items: list[Node] = []
        while not cursor.is_op("]"):
            items.append(self.expression())
            if len(items) == 1 and cursor.is_op(".."):
                return self._range(items[0], pos=pos, closed=True)
            if not cursor.take_op(","):
                break
        cursor.expect_op("]")
        of: Type = items[0].type if items else ANY
        for item in items[1:]:
            of = join(of, item.type)
        return ListLiteral(tuple(items), pos=pos, type=ListType(ANY if of == NULL else of))

    def _range(self, low: Node, *, pos: int, closed: bool) -> Node:
        cursor = self.cursor
        cursor.expect_op("..")
        with self.range_end():
            high = self.expression()
        if not (cursor.is_op("]") or cursor.is_op(")") or cursor.is_op("[")):
            raise cursor.expected("‘]’或‘)’", "']' or ')'")
        high_closed = cursor.token.text == "]"
        cursor.at += 1
        of = RangeType(join(low.type, high.type))
        return RangeLiteral(low, high, closed, high_closed, pos=pos, type=of)

    def _context(self, pos: int) -> Node:
        cursor = self.cursor
        entries: list[Entry] = []
        scope = Scope({}, Origin.LOCAL, self.scope)
        with self.inside(scope):
            while not cursor.is_op("}"):
                key_pos = cursor.token.pos
                if cursor.token.kind == "string":
                    key = unquote(cursor.token.text)
                    cursor.at += 1
                else:
                    key = cursor.take_new_name(":")
                cursor.expect_op(":")
                value = self.expression()
                if self.strict and key in scope.names:
                    raise cursor.error(f"‘{key}’写了两次", f"'{key}' is written twice", key_pos)
                entries.append(Entry(key, value, pos=key_pos, type=value.type))
                scope.bind(key, value.type)
                self._fields.add(key)
                if not cursor.take_op(","):
                    break
        cursor.expect_op("}")
        of = ContextType(tuple((entry.name, entry.type) for entry in entries))
        return ContextLiteral(tuple(entries), pos=pos, type=of)

    def _if(self) -> Node:
        cursor = self.cursor
        pos = cursor.token.pos
        cursor.at += 1
        condition = self.expression()
        cursor.expect_word("then")
        then = self.expression()
        cursor.expect_word("else")
        otherwise = self.expression()
        return If(condition, then, otherwise, pos=pos, type=join(then.type, otherwise.type))

    def _iterators(self, scope: Scope) -> tuple[Iterator, ...]:
        """The iterators of a loop, bound in `scope` one after the other."""
        cursor = self.cursor
        found: list[Iterator] = []
        while True:
            pos = cursor.token.pos
            name = cursor.take_new_name("in")
            cursor.expect_word("in")
            source = self.expression()
            end = self.expression() if cursor.take_op("..") else None
            of = self._iterated(source.type) if end is None else source.type
            scope.bind(name, of)
            found.append(Iterator(name, source, end, pos=pos, type=of))
            if not cursor.take_op(","):
                return tuple(found)

    @staticmethod
    def _iterated(source: Type) -> Type:
        return source.of if isinstance(source, RangeType) else item_type(source)

    def _for(self) -> Node:
        cursor = self.cursor
        pos = cursor.token.pos
        cursor.at += 1
        scope = Scope({}, Origin.LOCAL, self.scope)
        with self.inside(scope):
            iterators = self._iterators(scope)
            cursor.expect_word("return")
            scope.bind("partial", ListType(ANY))
            body = self.expression()
        return For(iterators, body, pos=pos, type=ListType(ANY if body.type == NULL else body.type))

    def _quantified(self) -> Node:
        cursor = self.cursor
        pos = cursor.token.pos
        every = cursor.token.text == "every"
        cursor.at += 1
        scope = Scope({}, Origin.LOCAL, self.scope)
        with self.inside(scope):
            iterators = self._iterators(scope)
            cursor.expect_word("satisfies")
            condition = self.expression()
        return Quantified(every, iterators, condition, pos=pos, type=BOOLEAN)

    def _function(self) -> Node:
        cursor = self.cursor
        pos = cursor.token.pos
        cursor.at += 2
        params: list[Param] = []
        while not cursor.is_op(")"):
            param_pos = cursor.token.pos
            name = cursor.take_new_name(":", ",", ")")
            declared = self.read_type()[0] if cursor.take_op(":") else None
            params.append(Param(name, declared, pos=param_pos, type=declared or ANY))
            if not cursor.take_op(","):
                break
        cursor.expect_op(")")
        external = cursor.take_word("external")
        with self.inside(Scope({p.name: p.type for p in params}, Origin.LOCAL, self.scope)):
            body = self.expression()
        names = tuple(p.name for p in params)
        of = FunctionType(tuple(p.type for p in params), ANY if external else body.type, names)
        return FunctionLiteral(tuple(params), body, external, pos=pos, type=of)

    _brackets: ClassVar[dict[str, Callable[[BoxedParser, int], Node]]] = {
        "(": _parenthesis,
        "[": _list,
        "]": _open_range,
        "{": _context,
    }
