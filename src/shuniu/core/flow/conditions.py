"""Branch conditions: FEEL over the facts of a run."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from shuniu.core import feel
from shuniu.core.flow.words import Words

Names = tuple[tuple[str, str], ...]
"""Fact names with their FEEL types."""


@lru_cache(maxsize=4096)
def _program(condition: str, names: Names) -> feel.Program:
    return feel.compile(condition, dict(names))


def holds(condition: str, names: Names, facts: Mapping[str, Any], now: datetime) -> bool:
    """Whether the condition is true; null and anything else than true are not."""
    context = {name: _value(facts.get(name)) for name, _ in names}
    return _program(condition, names).evaluate(context, now=now) is True


def condition_problem(condition: str, names: Names) -> Words | None:
    """What is wrong with the text of a condition, naming the place; None when it can be used."""
    try:
        _program(condition, names)
    except feel.FeelError as error:
        return Words(zh=error.zh, en=error.en)
    return None


def _value(fact: Any) -> Any:
    return Decimal(str(fact)) if isinstance(fact, float) else fact
