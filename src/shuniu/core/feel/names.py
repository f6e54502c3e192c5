"""Which names an expression may use at a place, and how the longest of them is found in the tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from shuniu.core.feel.lexer import Parts, Token, name_parts
from shuniu.core.feel.tree import Origin
from shuniu.core.feel.types import ANY, ContextType, FunctionType, ListType, RangeType, Type

PROPERTIES = (
    "year", "month", "day", "weekday", "hour", "minute", "second", "time offset", "timezone", "years", "months",
    "days", "hours", "minutes", "seconds", "start", "end", "start included", "end included",
)  # fmt: skip


class NameIndex:
    """Names by their first token, longest first."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[Parts, str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        parts = name_parts(name)
        if not parts:
            return
        same_start = self._by_first.setdefault(parts[0][0], [])
        if (parts, name) not in same_start:
            same_start.append((parts, name))
            same_start.sort(key=lambda entry: -len(entry[0]))

    def match(self, tokens: list[Token], at: int) -> tuple[int, str] | None:
        """The longest name that starts at token `at`: (how many tokens, the name). White space is no part of a
        name: `a - b` is the name `a-b` where that is in scope.
        """
        for parts, name in self._by_first.get(tokens[at].text, ()):
            if len(parts) <= len(tokens) - at and all(
                tokens[at + i].text == word for i, (word, _) in enumerate(parts)
            ):
                return len(parts), name
        return None


PROPERTY_INDEX = NameIndex(PROPERTIES)


class Scope:
    """The names bound at one place; looks outward for what it does not have.

    `is_open`: the scope of a filter over items whose fields are not declared, where any name may be a field.
    """

    def __init__(
        self,
        names: Mapping[str, Type],
        origin: Origin,
        parent: Scope | None = None,
        *,
        is_open: bool = False,
    ) -> None:
        self.names = dict(names)
        self.origin = origin
        self.parent = parent
        self.is_open = is_open
        self.index = NameIndex(self.names)

    def bind(self, name: str, type_: Type) -> None:
        self.names[name] = type_
        self.index.add(name)

    def chain(self) -> Iterator[Scope]:
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def match(self, tokens: list[Token], at: int) -> tuple[int, str, Type, Origin] | None:
        """The longest name here or further out; the inner one where two are as long."""
        best: tuple[int, str, Type, Origin] | None = None
        for scope in self.chain():
            found = scope.index.match(tokens, at)
            if found and (best is None or found[0] > best[0]):
                best = (*found, scope.names[found[1]], scope.origin)
        return best

    def meanings(self) -> dict[str, str]:
        """What may be meant by an unknown name, and how it is written: names, and fields by their paths."""
        found: dict[str, str] = {}
        for scope in self.chain():
            for name, of in scope.names.items():
                if isinstance(of, ContextType):
                    found.update({field: f"{name}.{field}" for field, _ in of.fields if field not in found})
        for scope in self.chain():
            found.update({name: name for name in scope.names})
        return found

    def anything_goes(self) -> bool:
        return any(scope.is_open for scope in self.chain())


def field_names(types: Iterable[Type]) -> set[str]:
    """Every field name inside these types, at any depth."""
    found: set[str] = set()
    waiting, seen = list(types), set()
    while waiting:
        here = waiting.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        if isinstance(here, ContextType):
            for name, below in here.fields:
                found.add(name)
                waiting.append(below)
        elif isinstance(here, ListType | RangeType):
            waiting.append(here.of)
        elif isinstance(here, FunctionType):
            waiting.append(here.result)
    return found


def item_scope(of: Type, parent: Scope) -> Scope:
    """The scope inside `list[…]`: the fields of an item, then `item`."""
    fields: dict[str, Type] = {}
    is_open = of == ANY
    if isinstance(of, ContextType):
        fields = dict(of.fields)
        is_open = of.is_open
    outer = Scope({"item": of}, Origin.LOCAL, parent)
    return Scope(fields, Origin.FIELD, outer, is_open=is_open)
