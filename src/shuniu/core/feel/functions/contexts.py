"""Context functions and `not`."""

from __future__ import annotations

from typing import Any

from shuniu.core.feel.functions.table import builtin
from shuniu.core.feel.run import Run
from shuniu.core.feel.types import ANY, BOOLEAN, OPEN_CONTEXT, ContextType, ListType
from shuniu.core.feel.types import STRING as TEXT
from shuniu.core.feel.values import Value

_ENTRIES = ListType(ContextType((("key", TEXT), ("value", ANY))))


def negation(value: Any) -> bool | None:
    return not value if isinstance(value, bool) else None


def get_value(context: dict[str, Value], key: Value) -> Value:
    return context.get(key) if type(key) is str else None


def get_entries(run: Run, context: dict[str, Value]) -> list[Value]:
    run.items(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


def context_of(run: Run, entries: list[Value]) -> dict[str, Value] | None:
    """A context from entries with `key` and `value`; null when a key is missing, no string, or twice there."""
    run.items(len(entries))
    made: dict[str, Value] = {}
    for entry in entries:
        if type(entry) is not dict or "value" not in entry:
            return None
        key = entry.get("key")
        if type(key) is not str or key in made:
            return None
        made[key] = entry["value"]
    return made


def context_put(run: Run, context: dict[str, Value], key: Value, value: Value) -> dict[str, Value] | None:
    """With one entry set; a list of keys leads into nested contexts."""
    run.items(len(context) + 1)
    if type(key) is str:
        return {**context, key: value}
    if type(key) is not list or not key or type(key[0]) is not str:
        return None
    if len(key) == 1:
        return {**context, key[0]: value}
    below = context.get(key[0])
    if below is None:
        below = {}
    run.spend(len(key))
    inner = context_put(run, below, key[1:], value) if type(below) is dict and len(key) <= 50 else None
    return None if inner is None else {**context, key[0]: inner}


def context_merge(run: Run, contexts: list[Value]) -> dict[str, Value] | None:
    merged: dict[str, Value] = {}
    for context in contexts:
        if type(context) is not dict:
            return None
        run.items(len(context))
        merged.update(context)
    return merged


FUNCTIONS = (
    builtin("boolean", "not(negand: Any)", BOOLEAN, negation, "取反;不是布尔值时为 null。",
            "The opposite; null for what is not a boolean.", "not(true) => false", "not(null) => null"),
    builtin("context", "get value(m: context, key: Any)", ANY, get_value, "按键取值。", "The value at a key.",
            'get value({等级: "金"}, "等级") => "金"'),
    builtin("context", "get entries(m: context)", _ENTRIES, get_entries, "所有键值对。", "All keys and values.",
            'get entries({a: 1}) => [{key: "a", value: 1}]', needs_run=True),
    builtin("context", "context(entries: list)", OPEN_CONTEXT, context_of, "由键值对得到上下文。",
            "A context from keys and values.", 'context([{key: "a", value: 1}]) => {a: 1}', needs_run=True),
    builtin("context",
            "context put(context: context, key: string, value: Any)"
            " | context put(context: context, keys: list, value: Any)",
            OPEN_CONTEXT, context_put, "放入一个值;键可以是一串。", "With a value put at a key or a path of keys.",
            'context put({a: 1}, "b", 2) => {a: 1, b: 2}', 'context put({}, ["a", "b"], 2) => {a: {b: 2}}',
            needs_run=True),
    builtin("context", "context merge(contexts: list)", OPEN_CONTEXT, context_merge, "合并,后面的覆盖前面的。",
            "Merged; later entries win.", "context merge([{a: 1}, {a: 2, b: 3}]) => {a: 2, b: 3}", needs_run=True),
)  # fmt: skip
