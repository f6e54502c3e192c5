"""Types as they are written: `list<number>`, `context<等级: string>`, `function<date> -> number`."""

from __future__ import annotations

from collections.abc import Mapping

from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.lexer import Token, joined, tokenize
from shuniu.core.feel.types import (
    ANY,
    BY_NAME,
    ContextType,
    Declared,
    FunctionType,
    ListType,
    RangeType,
    Type,
)

_MAX_DEPTH = 100
_PART_SIGNS = frozenset(".-/'+*")


class TypeReader:
    """Reads one type from tokens; `at` is where it stands afterwards."""

    def __init__(self, text: str, tokens: list[Token], at: int, known: Mapping[str, Type]) -> None:
        self._text = text
        self._tokens = tokens
        self._known = known
        self.at = at
        self._depth = 0

    def read(self) -> Type | None:
        """The type, or None for a name that is not a known type."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise self._error("类型嵌套太深", "the type is nested too deeply")
        start = self._tokens[self.at]
        name = self._name()
        opened = self._is("<")
        if name in ("list", "range", "context", "function") and opened:
            self.at += 1
            found = self._generic(name)
        elif name in ("list", "range", "context", "function"):
            found = BY_NAME[name]
        else:
            found = self._known.get(name) or BY_NAME.get(name)
        if not name:
            raise FeelError("这里要写一个类型", "a type is expected here", text=self._text, offset=start.pos)
        self._depth -= 1
        return found

    def _name(self) -> str:
        for length in range(6, 0, -1):
            run = self._tokens[self.at : self.at + length]
            name = joined(run)
            if run[-1].kind != "end" and len(run) == length and (name in self._known or name in BY_NAME):
                self.at += length
                return name
        run = []
        while self._tokens[self.at].kind == "word" or (run and self._is_part()):
            run.append(self._tokens[self.at])
            self.at += 1
        return joined(run)

    def _is_part(self) -> bool:
        token = self._tokens[self.at]
        return token.kind == "op" and token.text in _PART_SIGNS and not token.spaced

    def _generic(self, name: str) -> Type | None:
        if name == "context":
            return self._context()
        if name == "function":
            return self._function()
        inner = self.read()
        self._expect(">")
        if inner is None:
            return None
        return ListType(inner) if name == "list" else RangeType(inner)

    def _context(self) -> Type | None:
        fields: list[tuple[str, Type]] = []
        complete = True
        while not self._is(">"):
            run = []
            while not self._is(":"):
                if self._tokens[self.at].kind == "end":
                    raise self._error("缺少‘:’", "':' is missing")
                run.append(self._tokens[self.at])
                self.at += 1
            self.at += 1
            of = self.read()
            complete = complete and of is not None
            fields.append((joined(run), of or ANY))
            if not self._is(","):
                break
            self.at += 1
        self._expect(">")
        return ContextType(tuple(fields)) if complete else None

    def _function(self) -> Type | None:
        params: list[Type] = []
        complete = True
        while not self._is(">"):
            param = self.read()
            complete = complete and param is not None
            params.append(param or ANY)
            if not self._is(","):
                break
            self.at += 1
        self._expect(">")
        self._expect("->")
        result = self.read()
        return FunctionType(tuple(params), result) if complete and result is not None else None

    def _is(self, text: str) -> bool:
        return self._tokens[self.at].text == text and self._tokens[self.at].kind == "op"

    def _expect(self, text: str) -> None:
        if not self._is(text):
            raise self._error(f"缺少‘{text}’", f"'{text}' is missing")
        self.at += 1

    def _error(self, zh: str, en: str) -> FeelError:
        return FeelError(zh, en, text=self._text, offset=self._tokens[self.at].pos)


def as_type(declared: Declared, known: Mapping[str, Type] | None = None) -> Type:
    """A declared type in any of its forms as a `Type`; FeelError for a text that is not one."""
    if isinstance(declared, Type):
        return declared
    if isinstance(declared, Mapping):
        return ContextType(tuple((name, as_type(below, known)) for name, below in declared.items()))
    if declared in BY_NAME and not (known and declared in known):
        return BY_NAME[declared]
    tokens = tokenize(declared)
    reader = TypeReader(declared, tokens, 0, known or {})
    found = reader.read()
    if found is None or tokens[reader.at].kind != "end":
        raise FeelError(f"没有‘{declared}’这个类型", f"there is no type '{declared}'", code="unknown_type")
    return found
