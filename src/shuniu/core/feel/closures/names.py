"""Names, paths and `?`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shuniu.core.feel.adopt import ATOMS, adopt
from shuniu.core.feel.closures.compiler import INPUT, Code, Compiler, Frame, Item, Local
from shuniu.core.feel.functions import BUILTINS
from shuniu.core.feel.functions.invoke import builtin_function
from shuniu.core.feel.properties import property_of
from shuniu.core.feel.tree import Input, Name, Node, Origin, Path
from shuniu.core.feel.types import ContextType
from shuniu.core.feel.values import Value


def name_code(compiler: Compiler, node: Name) -> Code:
    """The nearest binding; on the way out, items that may have the field are asked first."""
    open_slots: list[int] = []
    for binding in reversed(compiler.bindings):
        if isinstance(binding, Local):
            if binding.name == node.name and node.origin is not Origin.INPUT:
                return _through(open_slots, node.name, _local(binding))
        elif node.name in binding.fields and node.origin is Origin.FIELD:
            return _through(open_slots, node.name, _field(binding.slot, node.name))
        elif binding.is_open:
            open_slots.append(binding.slot)
    if node.origin is Origin.BUILTIN:
        constant = compiler.constant(builtin_function(BUILTINS[node.name]))
        return _through(open_slots, node.name, constant)
    return _through(open_slots, node.name, input_code(node.name, trusted=compiler.trusted))


def _local(binding: Local) -> Code:
    slot = binding.slot

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        return frame[slot]

    def partial(context: Mapping[str, Any], frame: Frame) -> Value:
        frame[0].spend(len(frame[slot]))
        return list(frame[slot])

    return partial if binding.is_partial else code


def _field(slot: int, name: str) -> Code:
    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        item = frame[slot]
        return item.get(name) if type(item) is dict else None

    return code


def _through(open_slots: list[int], name: str, found: Code) -> Code:
    """`found`, unless an item in one of the slots has the field."""
    if not open_slots:
        return found

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        for slot in open_slots:
            item = frame[slot]
            if type(item) is dict and name in item:
                return item[name]
        return found(context, frame)

    return code


def input_code(name: str, *, trusted: bool) -> Code:
    if trusted:

        def trusted_code(context: Mapping[str, Any], frame: Frame) -> Value:
            return context.get(name)

        return trusted_code

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        value = context.get(name)
        return value if value.__class__ in ATOMS else adopt(value)

    return code


def input_node_code(compiler: Compiler, node: Input) -> Code:
    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        return frame[INPUT]

    return code


def input_path(node: Node) -> tuple[str, ...] | None:
    """The keys that lead to a scalar in the caller's context, for a name or a path over declared contexts."""
    if isinstance(node, Name):
        return (node.name,) if node.origin is Origin.INPUT else None
    if isinstance(node, Path) and isinstance(node.base.type, ContextType):
        base = input_path(node.base)
        return None if base is None else (*base, node.name)
    return None


def _shadowed(compiler: Compiler) -> bool:
    return any(isinstance(binding, Item) and binding.is_open for binding in compiler.bindings)


def path_code(compiler: Compiler, node: Path) -> Code:
    keys = input_path(node)
    if keys is not None and not compiler.trusted and not _shadowed(compiler):
        return _input_path_code(keys)
    base, name = compiler.code(node.base), node.name

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        value = base(context, frame)
        if type(value) is dict:
            return value.get(name)
        return property_of(frame[0], value, name)

    return compiler.folded(code, base)


def _input_path_code(keys: tuple[str, ...]) -> Code:
    """Walks the caller's own mappings and adopts only what stands at the end."""
    first, *rest = keys

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        value = context.get(first)
        for key in rest:
            if not isinstance(value, Mapping):
                return property_of(frame[0], adopt(value), key) if key == rest[-1] else None
            value = value.get(key)
        return value if value.__class__ in ATOMS else adopt(value)

    return code
