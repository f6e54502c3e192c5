"""The part of the parser that knows names: variables, paths, filters, calls."""

from __future__ import annotations

from collections.abc import Iterator as Iterable
from collections.abc import Mapping
from contextlib import contextmanager
from functools import lru_cache

from shuniu.core.feel import infer
from shuniu.core.feel.cursor import KEYWORDS, Cursor
from shuniu.core.feel.errors import FeelError, unknown_field, unknown_name
from shuniu.core.feel.functions import BUILTINS, builtin_index
from shuniu.core.feel.lexer import Token
from shuniu.core.feel.names import PROPERTY_INDEX, NameIndex, Scope, field_names, item_scope
from shuniu.core.feel.parse_types import TypeReader
from shuniu.core.feel.tree import Call, Filter, InstanceOf, Literal, Name, Negate, Node, Origin, Path
from shuniu.core.feel.types import ANY, BOOLEAN, FUNCTION, NUMBER, FunctionType, Type, item_type

_AFTER_RANGE = frozenset([
    "", ",", ")", "]", "}", ".", "=", "!=", "<", "<=", ">", ">=", "and", "or", "then", "else", "return", "satisfies",
    "in", "between", "instance",
])  # fmt: skip
"""What may follow a range that a `[` closes, and cannot begin a filter."""

_BARE = frozenset(["list", "range", "context", "function"])


@lru_cache(maxsize=512)
def _field_index(of: Type) -> NameIndex:
    return NameIndex(infer.known_fields(of))


class NameParser:
    """Base of the parser; `expression` and `primary` are supplied above it."""

    def __init__(self, cursor: Cursor, scope: Scope, *, strict: bool, types: Mapping[str, Type]) -> None:
        self.cursor = cursor
        self.scope = scope
        self.strict = strict
        self.types = types
        self._fields = NameIndex(field_names([*scope.names.values(), *types.values()]))
        self._closes_range = False

    def expression(self) -> Node:
        raise NotImplementedError

    def primary(self) -> Node:
        raise NotImplementedError

    @contextmanager
    def inside(self, scope: Scope) -> Iterable[None]:
        """Reads the body with `scope` as the innermost."""
        outer, self.scope = self.scope, scope
        yield
        self.scope = outer

    def read_type(self) -> tuple[Type | None, str]:
        """A type and the text it was written as."""
        cursor = self.cursor
        start = cursor.token.pos
        reader = TypeReader(cursor.text, cursor.tokens, cursor.at, self.types)
        found = reader.read()
        cursor.at = reader.at
        return found, cursor.text[start : cursor.tokens[cursor.at - 1].end]

    def name(self) -> Node:
        """A variable, a standard function, or a name nobody knows."""
        cursor = self.cursor
        token = cursor.token
        found = self.scope.match(cursor.tokens, cursor.at)
        builtin = builtin_index().match(cursor.tokens, cursor.at)
        if builtin and (found is None or self._means_builtin(found, builtin[0])):
            cursor.at += builtin[0]
            return Name(builtin[1], Origin.BUILTIN, pos=token.pos, type=FUNCTION)
        if found and not (found[0] == 1 and token.text in KEYWORDS):
            cursor.at += found[0]
            return Name(found[1], found[3], pos=token.pos, type=found[2])
        if token.kind != "word" or token.text in KEYWORDS:
            raise cursor.expected("一个值", "a value")
        if self.strict and not self.scope.anything_goes():
            raise self._unknown(token)
        length, name = self._fields.match(cursor.tokens, cursor.at) or (1, token.text)
        cursor.at += length
        return Name(name, Origin.UNKNOWN, pos=token.pos)

    def _means_builtin(self, found: tuple[int, str, Type, Origin], length: int) -> bool:
        if length != found[0]:
            return length > found[0]
        called = self.cursor.ahead(length).text == "("
        return called and not (isinstance(found[2], FunctionType) or found[2] == ANY)

    def _unknown(self, token: Token) -> FeelError:
        written = self.cursor.word_run()
        called = self.cursor.ahead(written.count(" ") + 1).text == "("
        known = {name: name for name in BUILTINS} if called else self.scope.meanings()
        return unknown_name(written, known, text=self.cursor.text, offset=token.pos)

    def unary(self) -> Node:
        """Negation, and `instance of` behind a value with its paths, filters and calls."""
        cursor = self.cursor
        start = cursor.token.pos
        if cursor.take_op("-"):
            cursor.enter()
            operand = self.unary()
            cursor.leave()
            return Negate(operand, pos=start, type=infer.negated_type(operand.type))
        node = self._postfix(self.primary())
        while cursor.is_word("instance") and cursor.ahead().text == "of":
            cursor.at += 2
            asked, written = self.read_type()
            if written in _BARE:
                asked = None  # such a type is one only with what it is made of
            if asked is None and self.strict:
                zh, en = f"没有‘{written}’这个类型", f"there is no type '{written}'"
                raise cursor.error(zh, en, cursor.tokens[cursor.at - 1].pos)
            node = InstanceOf(node, asked, written, pos=start, type=BOOLEAN)
        return node

    def _postfix(self, node: Node) -> Node:
        cursor = self.cursor
        while True:
            if cursor.is_op("."):
                cursor.at += 1
                node = self._path(node)
            elif cursor.is_op("[") and not (self._closes_range and cursor.ahead().text in _AFTER_RANGE):
                cursor.at += 1
                node = self._filter(node)
            elif cursor.is_op("("):
                cursor.at += 1
                node = self._call(node)
            else:
                return node

    @contextmanager
    def range_end(self) -> Iterable[None]:
        """Reads the end of a range: a `[` there may close it."""
        before, self._closes_range = self._closes_range, True
        yield
        self._closes_range = before

    @contextmanager
    def bracketed(self) -> Iterable[None]:
        """Reads inside brackets: a `[` there opens a filter again."""
        before, self._closes_range = self._closes_range, False
        yield
        self._closes_range = before

    def any_field(self) -> tuple[int, str] | None:
        """The longest property or field of any declared type that stands here, for a base of unknown type."""
        cursor = self.cursor
        field = self._fields.match(cursor.tokens, cursor.at)
        known = PROPERTY_INDEX.match(cursor.tokens, cursor.at)
        return known if field is None or (known and known[0] > field[0]) else field

    def _path(self, base: Node) -> Node:
        cursor = self.cursor
        token = cursor.token
        own = _field_index(base.type).match(cursor.tokens, cursor.at)
        found = own or self.any_field()
        if found is None and token.kind != "word":
            raise cursor.expected("一个字段", "a field")
        length, name = found or (1, token.text)
        of = infer.path_type(base.type, name)
        if of is None and self.strict:
            written_base = cursor.text[base.pos : cursor.tokens[cursor.at - 2].end]
            known = infer.known_fields(base.type)
            path = f"{written_base}.{name if found else cursor.word_run()}"
            raise unknown_field(path, written_base, known, text=cursor.text, offset=token.pos)
        cursor.at += length
        return Path(base, name, pos=base.pos, type=of or ANY)

    def _filter(self, base: Node) -> Node:
        with self.inside(item_scope(item_type(base.type), self.scope)), self.bracketed():
            condition = self.expression()
        self.cursor.expect_op("]")
        inner = condition.operand if isinstance(condition, Negate) else condition
        is_position = condition.type == NUMBER and isinstance(inner, Literal)
        of = infer.filter_type(base.type, condition.type, is_position=is_position or condition.type == NUMBER)
        return Filter(base, condition, pos=base.pos, type=of)

    def _call(self, function: Node) -> Node:
        cursor = self.cursor
        args: list[Node] = []
        names: list[str] = []
        by_name = cursor.named_argument_ahead()
        with self.bracketed():
            while not cursor.is_op(")"):
                if by_name:
                    names.append(cursor.take_new_name(":"))
                    cursor.expect_op(":")
                args.append(self.expression())
                if not cursor.take_op(","):
                    break
        cursor.expect_op(")")
        self._check_call(function, args, names)
        of = self._result_type(function, args)
        return Call(function, tuple(args), tuple(names) if by_name else None, pos=function.pos, type=of)

    def _check_call(self, function: Node, args: list[Node], names: list[str]) -> None:
        if not (self.strict and isinstance(function, Name) and function.origin is Origin.BUILTIN):
            return
        known = BUILTINS[function.name]
        if names:
            for name in names:
                if name not in known.param_names():
                    zh, en = f"{known.name} 没有‘{name}’这个参数", f"{known.name} has no parameter '{name}'"
                    raise self.cursor.error(zh, en, function.pos)
        elif not known.takes(len(args)):
            zh = f"{known.name} 不接受 {len(args)} 个参数:{known.signature()}"
            en = f"{known.name} does not take {len(args)} arguments: {known.signature()}"
            raise self.cursor.error(zh, en, function.pos)

    def _result_type(self, function: Node, args: list[Node]) -> Type:
        if isinstance(function, Name) and function.origin is Origin.BUILTIN:
            return BUILTINS[function.name].result_type([arg.type for arg in args])
        return function.type.result if isinstance(function.type, FunctionType) else ANY
