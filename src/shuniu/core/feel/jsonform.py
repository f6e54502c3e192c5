"""Values as JSON: numbers with all their digits, temporal values and ranges as `{"@": "…"}`."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.functions.conversion import to_range
from shuniu.core.feel.numbers import number_text, read_number
from shuniu.core.feel.run import Run
from shuniu.core.feel.show import range_text
from shuniu.core.feel.temporal.text import read_temporal, temporal_text
from shuniu.core.feel.temporal.values import Temporal
from shuniu.core.feel.types import ANY, NULL, ContextType, ListType, Type, join
from shuniu.core.feel.values import Function, Range, Value, type_of

MARK = "@"
_PLAIN_EXPONENTS = 50


def read_json(text: str) -> Value:
    """The FEEL value of a JSON text; FeelError where it is not JSON."""
    try:
        return json.loads(
            text, parse_float=_number, parse_int=_number, parse_constant=_constant, object_hook=_marked
        )
    except (ValueError, RecursionError) as error:
        raise FeelError(f"不是有效的 JSON:{error}", f"not valid JSON: {error}", code="json") from error


def _number(text: str) -> Decimal:
    value = read_number(text)
    if value is None:
        raise ValueError(f"the number {text[:40]} is out of range")
    return value


def _constant(text: str) -> None:
    raise ValueError(f"{text} is not a number")


def _marked(read: dict[str, Any]) -> Value:
    if len(read) != 1 or not isinstance(read.get(MARK), str):
        return read
    text = read[MARK]
    value = read_temporal(text) or to_range(text)
    if value is None:
        raise ValueError(f"'{text}' is not a date, time, duration or range")
    return value


def json_text(value: Value) -> str:
    """A value as one line of JSON. A function shows as `{"@": "function(a, b)"}`."""
    if isinstance(value, Decimal):
        return _number_text(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(json_text, value)) + "]"
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)}: {json_text(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Temporal):
        return json.dumps({MARK: temporal_text(value)})
    if isinstance(value, Range):
        return json.dumps({MARK: range_text(Run(), value)}, ensure_ascii=False)
    if isinstance(value, Function):
        return json.dumps({MARK: f"function({', '.join(value.params)})"}, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def _number_text(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    is_plain = isinstance(exponent, int) and abs(exponent) <= _PLAIN_EXPONENTS
    return number_text(value) if is_plain or not value else str(value)


def type_of_data(value: Value) -> Type:
    """The static type of a value that is there, fields and items included; null tells nothing."""
    if isinstance(value, dict):
        return ContextType(tuple((key, type_of_data(item)) for key, item in value.items()), is_open=True)
    if isinstance(value, list):
        of: Type = NULL
        for item in value:
            of = _merged(of, type_of_data(item))
        return ListType(ANY if of == NULL else of)
    return ANY if value is None else type_of(value)


def _merged(left: Type, right: Type) -> Type:
    """Of two items: contexts keep the fields of both."""
    if not isinstance(left, ContextType) or not isinstance(right, ContextType):
        return join(left, right)
    fields = dict(left.fields)
    for name, of in right.fields:
        fields[name] = of if fields.get(name, of) == of else ANY
    return ContextType(tuple(fields.items()), is_open=True)
