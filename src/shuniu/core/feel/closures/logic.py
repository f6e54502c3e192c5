"""`and`, `or` and `if`. Runs of plain comparisons of inputs with constants are fused into one loop."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from shuniu.core.feel.closures.compiler import Code, Compiler, Direct, Frame
from shuniu.core.feel.closures.names import input_path
from shuniu.core.feel.run import Run
from shuniu.core.feel.tree import And, Compare, If, Node, Or
from shuniu.core.feel.types import BOOLEAN, NUMBER, STRING
from shuniu.core.feel.values import Value

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_Plain = tuple[tuple[str, ...], Callable[[Any, Any], bool], Value]


def and_code(compiler: Compiler, node: And) -> Code:
    return _junction(compiler, node.items, decisive=False)


def or_code(compiler: Compiler, node: Or) -> Code:
    return _junction(compiler, node.items, decisive=True)


def _junction(compiler: Compiler, items: tuple[Node, ...], *, decisive: bool) -> Code:
    """Three-valued: `decisive` settles it, else null if any item is not a boolean, else its opposite."""
    codes = [compiler.code(item) for item in items]
    plain = [None if compiler.bindings else _plain(compiler, item) for item in items]
    fusable = [test for test in plain if test is not None]
    every = _settled(codes, decisive=decisive)
    if len(fusable) < 2:
        return compiler.folded(every, *codes)
    rest = [code for code, test in zip(codes, plain, strict=True) if test is None]
    if rest:
        return _fused(fusable, _settled(rest, decisive=decisive), every, decisive=decisive)
    direct = _direct(fusable, every, decisive=decisive)

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        return direct(context)

    compiler.direct[id(code)] = (code, direct)
    return code


def _settled(codes: list[Code], *, decisive: bool) -> Code:
    neutral = not decisive

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        answer: bool | None = neutral
        for item in codes:
            value = item(context, frame)
            if value is decisive:
                return decisive
            if value is not neutral:
                answer = None
        return answer

    def pair(context: Mapping[str, Any], frame: Frame) -> Value:
        left = first(context, frame)
        if left is decisive:
            return decisive
        right = second(context, frame)
        if right is decisive:
            return decisive
        return neutral if left is neutral and right is neutral else None

    if len(codes) != 2:
        return code
    first, second = codes
    return pair


def _plain(compiler: Compiler, node: Node) -> _Plain | None:
    """A comparison of a declared scalar of the context with a constant of its type."""
    if not isinstance(node, Compare) or node.left.type != node.right.type:
        return None
    if node.left.type not in (NUMBER, STRING, BOOLEAN) or (
        node.left.type == BOOLEAN and node.op not in ("=", "!=")
    ):
        return None
    for tested, other, op in ((node.left, node.right, node.op), (node.right, node.left, _TURNED[node.op])):
        keys, code = input_path(tested), compiler.code(other)
        if keys and len(keys) <= 2 and compiler.is_constant(code) and compiler.value_of(code) is not None:
            return keys, _OPERATORS[op], compiler.value_of(code)
    return None


def _direct(tests: list[_Plain], every: Code, *, decisive: bool) -> Direct:
    """All plain comparisons in one pass of C calls; what is unusual (null, missing) goes the general way."""
    getter, operators, constants = _columns(tests)
    settle: Callable[[Any], bool] = any if decisive else all
    call = operator.call

    def direct(context: Mapping[str, Any]) -> bool | None:
        try:
            return settle(map(call, operators, getter(context), constants))
        except (TypeError, KeyError, ArithmeticError):
            answer: bool | None = every(context, [Run(), None])
            return answer

    return direct


def _fused(tests: list[_Plain], rest: Code, every: Code, *, decisive: bool) -> Code:
    """The plain comparisons first, in one pass; then the rest."""
    getter, operators, constants = _columns(tests)
    settle: Callable[[Any], bool] = any if decisive else all
    call = operator.call

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        try:
            if settle(map(call, operators, getter(context), constants)) is decisive:
                return decisive
        except (TypeError, KeyError, ArithmeticError):
            return every(context, frame)
        return rest(context, frame)

    return code


def _columns(
    tests: list[_Plain],
) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[Any, ...], tuple[Any, ...]]:
    keys, operators, constants = zip(*tests, strict=True)
    return _getter(list(keys)), operators, constants


def _getter(paths: list[tuple[str, ...]]) -> Callable[[Any], tuple[Any, ...]]:
    """The values at all paths of a context, as a tuple; KeyError or TypeError where one is missing."""
    if all(len(path) == 1 for path in paths):
        return operator.itemgetter(*(path[0] for path in paths))
    bases = {path[0] for path in paths}
    if len(bases) == 1 and all(len(path) == 2 for path in paths):
        base, inner = bases.pop(), operator.itemgetter(*(path[1] for path in paths))
        return lambda context: inner(context[base])
    return lambda context: tuple(
        [context[path[0]] if len(path) == 1 else context[path[0]][path[1]] for path in paths]
    )


def if_code(compiler: Compiler, node: If) -> Code:
    condition, then, otherwise = (compiler.code(part) for part in (node.condition, node.then, node.otherwise))

    def code(context: Mapping[str, Any], frame: Frame) -> Value:
        return then(context, frame) if condition(context, frame) is True else otherwise(context, frame)

    return compiler.folded(code, condition, then, otherwise)
