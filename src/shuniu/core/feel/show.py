"""Values as text: what `string()` gives."""

from __future__ import annotations

from decimal import Decimal

from shuniu.core.feel.lexer import name_parts, quote
from shuniu.core.feel.numbers import number_text
from shuniu.core.feel.run import Run
from shuniu.core.feel.temporal.text import temporal_text
from shuniu.core.feel.temporal.values import Temporal
from shuniu.core.feel.values import Function, Range, Value


def plain_name(name: str) -> bool:
    """Whether a context key can be written bare: words of letters and digits."""
    parts = name_parts(name)
    plain = bool(parts) and all(word.isalnum() for word, _ in parts) and not parts[0][0][0].isdigit()
    return plain and name == "".join((" " if spaced else "") + word for word, spaced in parts)


def text_of(run: Run, value: Value) -> str:
    """The text of a value; strings inside lists and contexts are quoted."""
    return value if isinstance(value, str) else _inner(run, value)


def _inner(run: Run, value: Value) -> str:
    run.spend(20)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Temporal):
        return temporal_text(value)
    if isinstance(value, list):
        return _counted(run, "[" + ", ".join(_inner(run, item) for item in value) + "]")
    if isinstance(value, dict):
        pairs = (f"{k if plain_name(k) else quote(k)}: {_inner(run, v)}" for k, v in value.items())
        return _counted(run, "{" + ", ".join(pairs) + "}")
    if isinstance(value, Range):
        return range_text(run, value)
    return f"function({', '.join(value.params)})" if isinstance(value, Function) else ""


def _counted(run: Run, text: str) -> str:
    run.string(len(text))
    return text


def range_text(run: Run, value: Range) -> str:
    """The text that `range()` reads; an end without a limit is empty."""
    low = "" if value.is_half and value.low is None else _end(run, value.low)
    high = "" if value.is_half and value.high is None else _end(run, value.high)
    opened, closed = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
    return f"{opened}{low}..{high}{closed}"


def _end(run: Run, value: Value) -> str:
    """An end as `range()` reads it."""
    return f'@"{temporal_text(value)}"' if isinstance(value, Temporal) else _inner(run, value)
