"""List and context literals, functions and calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shuniu.core.feel.closures.compiler import Code, Compiler, Frame
from shuniu.core.feel.conform import fitted
from shuniu.core.feel.functions import BUILTINS
from shuniu.core.feel.functions.invoke import Caller, by_name, positional
from shuniu.core.feel.run import MAX_CALLS, Run, over_budget
from shuniu.core.feel.tree import Call, ContextLiteral, FunctionLiteral, ListLiteral, Name, Origin
from shuniu.core.feel.types import ANY, FunctionType
from shuniu.core.feel.values import Function, Value


def list_code(compiler: Compiler, node: ListLiteral) -> Code:
    codes = [compiler.code(item) for item in node.items]

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        frame[0].items(len(codes))
        return [item(context, frame) for item in codes]

    return code


def context_code(compiler: Compiler, node: ContextLiteral) -> Code:
    """Entries in order, each seen by those after it; null when a key is there twice."""
    if len({entry.name for entry in node.entries}) < len(node.entries):
        return compiler.constant(None)
    entries = []
    for entry in node.entries:
        value = compiler.code(entry.value)
        entries.append((entry.name, value, compiler.bind(entry.name)))
    compiler.unbind(len(entries))

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        frame[0].items(len(entries))
        made = {}
        for name, value, slot in entries:
            frame[slot] = made[name] = value(context, frame)
        return made

    return code


def function_code(compiler: Compiler, node: FunctionLiteral) -> Code:
    if node.external:
        return compiler.constant(None)
    slots = [compiler.bind(param.name) for param in node.params]
    body = compiler.code(node.body)
    compiler.unbind(len(slots))
    names = tuple(param.name for param in node.params)
    types = [param.declared or ANY for param in node.params]
    of = node.type if isinstance(node.type, FunctionType) else FunctionType(None, ANY, names)

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        defined = frame[:]

        def call(run: Run, args: list[Value]) -> Value:
            local = defined[:]
            local[0] = run
            for slot, arg, wanted in zip(slots, args, types, strict=True):
                local[slot] = arg if wanted is ANY else fitted(run, arg, wanted)
                if local[slot] is None and arg is not None:
                    return None
            return body(context, local)

        return Function(names, call, of)

    return code


def invoke(run: Run, function: Value, args: list[Value], names: tuple[str, ...] | None) -> Value:
    """Calls a value; null when it is no function or the arguments are not its own. A parameter that is not
    named is null.
    """
    if type(function) is not Function:
        return None
    if names is not None:
        given = dict(zip(names, args, strict=True))
        if len(given) != len(args) or not given.keys() <= set(function.params):
            return None
        args = [given.get(name) for name in function.params]
    elif len(args) != len(function.params) and not function.is_variadic:
        return None
    run.spend(10)
    run.calls += 1
    if run.calls > MAX_CALLS:
        raise over_budget(f"函数最多互相调用 {MAX_CALLS} 层", f"at most {MAX_CALLS} nested function calls")
    value = function.call(run, args)
    run.calls -= 1
    return value


def call_code(compiler: Compiler, node: Call) -> Code:
    args = [compiler.code(arg) for arg in node.args]
    names = node.names
    if isinstance(node.function, Name) and node.function.origin is Origin.BUILTIN:
        builtin = BUILTINS[node.function.name]
        caller = positional(builtin, len(args)) if names is None else by_name(builtin, names)
        if caller is None:
            return compiler.constant(None)
        called = _builtin_call(caller, args)
        return compiler.folded(called, *args) if builtin.is_pure() else called
    function = compiler.code(node.function)

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        return invoke(frame[0], function(context, frame), [arg(context, frame) for arg in args], names)

    return code


def _builtin_call(caller: Caller, args: list[Code]) -> Code:
    if len(args) == 1:
        (only,) = args
        return lambda context, frame: caller(frame[0], [only(context, frame)])
    if len(args) == 2:
        first, second = args
        return lambda context, frame: caller(frame[0], [first(context, frame), second(context, frame)])
    return lambda context, frame: caller(frame[0], [arg(context, frame) for arg in args])
