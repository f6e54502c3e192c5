"""The standard functions and our own, one table: name, parameters, result, documentation, examples, code."""

from __future__ import annotations

from functools import cache

from shuniu.core.feel.functions.registry import BUILTINS
from shuniu.core.feel.names import NameIndex

__all__ = ["BUILTINS", "builtin_index"]


@cache
def builtin_index() -> NameIndex:
    """The names of all functions, as the parser looks for them."""
    return NameIndex(BUILTINS)
