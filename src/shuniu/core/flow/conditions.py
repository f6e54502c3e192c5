"""FEEL over the facts of a run: branch conditions, rules, computed parameters."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from shuniu.core import feel
from shuniu.core.flow.words import Words

Names = tuple[tuple[str, str], ...]
"""Fact names with their FEEL types."""


@lru_cache(maxsize=4096)
def program(text: str, names: Names) -> feel.Program:
    """The compiled text; FeelError when it cannot be read."""
    return feel.compile(text, dict(names))


def holds(condition: str, names: Names, facts: Mapping[str, Any], now: datetime) -> bool:
    """Whether the condition is true; null and anything else than true are not."""
    return value(condition, names, facts, now) is True


def value(text: str, names: Names, facts: Mapping[str, Any], now: datetime) -> Any:
    """What a text gives, as a FEEL value. Numbers and dates that facts hold as text are read as what they are."""
    context = {name: adopted(facts.get(name), of) for name, of in names}
    return program(text, names).evaluate(context, now=now)


def plain(result: Any) -> Any:
    """A FEEL value as JSON has it: facts, parameters of effects, correlations."""
    found = feel.python_value(result)
    if isinstance(found, Decimal):
        return int(found) if found == found.to_integral_value() else float(found)
    if isinstance(found, datetime | date | time):
        return found.isoformat()
    if isinstance(found, Mapping):
        return {str(key): plain(one) for key, one in found.items()}
    if isinstance(found, list | tuple):
        return [plain(one) for one in found]
    return found if found is None or isinstance(found, str | bool | int | float) else str(found)


def condition_problem(condition: str, names: Names, *, wanted: str | None = "boolean") -> Words | None:
    """What is wrong with a text, naming the place; None when it can be used. `wanted` is the type it should give."""
    try:
        found = str(program(condition, names).type)
    except feel.FeelError as error:
        return Words(zh=error.zh, en=error.en)
    if wanted is None or found in (wanted, "Any", "Null"):
        return None
    return Words(
        zh=f"应得到{TYPE_NAMES.get(wanted, wanted)}，却是 {found}",
        en=f"gives {found} where {wanted} is needed",
    )


TYPE_NAMES = {"boolean": "是或否", "number": "数字", "date": "日期", "string": "文字"}


def adopted(fact: Any, of: str) -> Any:
    """A fact as its type wants it; null where it cannot be read so."""
    if isinstance(fact, float):
        return Decimal(str(fact))
    if not isinstance(fact, str) or of in ("string", "Any"):
        return fact
    try:
        if of == "number":
            return Decimal(fact)
        if of == "date":
            return date.fromisoformat(fact[:10])
        if of == "date and time":
            return datetime.fromisoformat(fact)
        if of == "time":
            return time.fromisoformat(fact)
    except (InvalidOperation, ValueError):
        return None
    return fact
