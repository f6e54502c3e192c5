"""Frozen facts read back from their row as the values the rule language works with."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

READERS: Mapping[str, Callable[[str], Any]] = {
    "number": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
}


def thaw(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a frozen input: numbers as Decimal, times as times."""
    return {name: value_of(stored) for name, stored in facts.items()}


def value_of(stored: Any) -> Any:
    if isinstance(stored, bool) or stored is None or isinstance(stored, str):
        return stored
    if isinstance(stored, int):
        return Decimal(stored)
    if isinstance(stored, list):
        return [value_of(each) for each in stored]
    if isinstance(stored, dict):
        ((kind, text),) = stored.items()
        return READERS[kind](text)
    return stored
