"""From node to closure: the dispatcher, and what all constructs share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.run import Run
from shuniu.core.feel.tree import Node
from shuniu.core.feel.values import Value

Frame = list[Any]
Code = Callable[[Mapping[str, Any], Frame], Value]
Direct = Callable[[Mapping[str, Any]], Value]
"""The closure of a condition that needs no frame."""
RUN, INPUT, FIRST_LOCAL = 0, 1, 2
_FOLD_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class Local:
    """A local name and where the frame holds it."""

    name: str
    slot: int
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """The item a filter looks at. `is_open`: it may have fields nobody declared."""

    slot: int
    fields: frozenset[str]
    is_open: bool


Binding = Local | Item
Handler = Callable[["Compiler", Any], Code]


class Compiler:
    """Compiles one tree. `bindings` are the locals in scope, innermost last; `trusted` contexts hold FEEL
    values only.
    """

    def __init__(self, handlers: Mapping[type[Node], Handler], *, trusted: bool) -> None:
        self._handlers = handlers
        self.trusted = trusted
        self.bindings: list[Binding] = []
        self.slots = FIRST_LOCAL
        self.direct: dict[int, tuple[Code, Direct]] = {}
        self._constants: dict[int, tuple[Code, Value]] = {}

    def code(self, node: Node) -> Code:
        return self._handlers[type(node)](self, node)

    def new_slot(self) -> int:
        self.slots += 1
        return self.slots - 1

    def bind(self, name: str, *, is_partial: bool = False) -> int:
        slot = self.new_slot()
        self.bindings.append(Local(name, slot, is_partial))
        return slot

    def unbind(self, count: int) -> None:
        del self.bindings[len(self.bindings) - count :]

    def constant(self, value: Value) -> Code:
        """The closure of a value known now."""

        def code(context: Mapping[str, Any], frame: Frame) -> Value:
            return value

        self._constants[id(code)] = (code, value)
        return code

    def is_constant(self, *codes: Code) -> bool:
        return all(id(code) in self._constants for code in codes)

    def value_of(self, code: Code) -> Value:
        return self._constants[id(code)][1]

    def folded(self, code: Code, *parts: Code) -> Code:
        """`code`, or its value where all its parts are constants and it stays small."""
        if not self.is_constant(*parts):
            return code
        try:
            value = code({}, [Run(steps=_FOLD_STEPS), None])
        except (FeelError, IndexError):
            return code
        return code if isinstance(value, list | dict) else self.constant(value)
