"""Calling standard functions: the form that fits the arguments is chosen, everything else is null."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shuniu.core.feel.functions.table import MISSING, Builtin, Form, least, most
from shuniu.core.feel.run import Run
from shuniu.core.feel.types import ANY, FunctionType
from shuniu.core.feel.values import Function, Value

Caller = Callable[[Run, list[Value]], Value]


def _fitted(form: Form, args: list[Value]) -> list[Value] | None:
    """The arguments as the form takes them; None when one does not fit."""
    out: list[Value] = []
    for index, arg in enumerate(args):
        param = form[index] if index < len(form) else form[-1]
        value = param.fit(arg)
        if value is MISSING:
            return None
        out.append(value)
    return out


def _gathers(builtin: Builtin, form: Form) -> bool:
    """Whether a variadic form stands for a list: `sum(1, 2)` is `sum([1, 2])`."""
    return len(form) == 1 and form[0].is_variadic and len(builtin.forms) > 1


def positional(builtin: Builtin, count: int) -> Caller | None:
    """How to call with `count` arguments by position; None when no form takes so many."""
    forms = [form for form in builtin.forms if least(form) <= count <= most(form)]
    if not forms:
        return None
    if count == 1 and not forms[0][0].is_variadic:
        forms = [form for form in forms if not form[0].is_variadic]
    elif len(forms) > 1 and _gathers(builtin, forms[0]):
        forms = forms[1:]
    gathers = [_gathers(builtin, form) for form in forms]

    def call(run: Run, args: list[Value]) -> Value:
        for form, gather in zip(forms, gathers, strict=True):
            values = _fitted(form, args)
            if values is None:
                continue
            given = [values] if gather else values
            return builtin.run(run, *given) if builtin.needs_run else builtin.run(*given)
        return None

    return call


def by_name(builtin: Builtin, names: tuple[str, ...]) -> Caller | None:
    """How to call with arguments by name, in the order of `names`; None when no form has these names. Of forms
    that differ in their order alone, `before(point, range)` and `before(range, point)`, the one written counts.
    """
    forms = sorted(builtin.forms, key=lambda form: tuple(param.name for param in form) != names)
    callers = [caller for form in forms if (caller := _named_form(builtin, form, names))]
    if not callers:
        return None

    def call(run: Run, args: list[Value]) -> Value:
        for caller in callers:
            value = caller(run, args)
            if value is not MISSING:
                return value
        return None

    return call


def _named_form(builtin: Builtin, form: Form, names: tuple[str, ...]) -> Caller | None:
    """A parameter that is not named is null, an optional one is left out."""
    known = {param.name: index for index, param in enumerate(form)}
    if len(set(names)) != len(names) or not set(names) <= known.keys():
        return None
    unnamed = [place for place, param in enumerate(form) if not (param.is_optional or param.name in names)]
    if any(form[place].is_variadic for place in unnamed):
        return None
    places = [*(known[name] for name in names), *unnamed]
    nulls = [None] * len(unnamed)

    def call(run: Run, args: list[Value]) -> Value:
        given: list[Value] = [MISSING] * (max(places, default=-1) + 1)
        for place, arg in zip(places, [*args, *nulls], strict=True):
            param = form[place]
            if param.is_variadic and type(arg) is list and param.kind != "list":
                given[place] = arg
                continue
            given[place] = param.fit(arg)
            if given[place] is MISSING:
                return MISSING
        if any(value is MISSING for value in given):
            return _with_gaps(builtin, run, given)
        return builtin.run(run, *given) if builtin.needs_run else builtin.run(*given)

    return call


def _with_gaps(builtin: Builtin, run: Run, given: list[Value]) -> Value:
    """An optional parameter in the middle was left out: its default is null."""
    filled = [None if value is MISSING else value for value in given]
    return builtin.run(run, *filled) if builtin.needs_run else builtin.run(*filled)


def builtin_function(builtin: Builtin) -> Function:
    """A standard function as a value, to be passed to another."""
    form = builtin.forms[0]

    def call(run: Run, args: list[Any]) -> Value:
        caller = positional(builtin, len(args))
        return None if caller is None else caller(run, args)

    names = tuple(param.name for param in form)
    params = tuple(ANY for _ in names)
    return Function(names, call, FunctionType(params, ANY, names), is_variadic=True)
