"""What the function table says of each function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shuniu.core.feel.types import Type

ResultType = Type | Callable[[list[Type]], Type]


@dataclass(frozen=True, slots=True)
class Builtin:
    """One function. A parameter ending in `?` may be left out, one ending in `...` takes the rest.

    `forms` are the parameter lists it may be called with. `run` takes the values in order (None for what was
    left out), after the `Run` when `needs_run`; it returns None for wrong arguments. `examples` are pairs of
    an expression and the text of its value.
    """

    name: str
    group: str
    forms: tuple[tuple[str, ...], ...]
    result: ResultType
    run: Callable[..., Any]
    zh: str
    en: str
    examples: tuple[tuple[str, str], ...] = ()
    needs_run: bool = False
    is_own: bool = False

    def result_type(self, args: list[Type]) -> Type:
        return self.result if isinstance(self.result, Type) else self.result(args)

    def param_names(self) -> set[str]:
        return {param.rstrip("?.") for form in self.forms for param in form}

    def takes(self, count: int) -> bool:
        return any(_least(form) <= count <= _most(form) for form in self.forms)

    def signature(self) -> str:
        return " | ".join(f"{self.name}({', '.join(form)})" for form in self.forms)


def _least(form: tuple[str, ...]) -> int:
    return sum(not param.endswith("?") for param in form)


def _most(form: tuple[str, ...]) -> float:
    return float("inf") if form and form[-1].endswith("...") else len(form)
