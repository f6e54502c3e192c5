"""Boxed expressions compiled: each is a function of the run and the values in scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from shuniu.core.feel.closures.calls import invoke
from shuniu.core.feel.closures.loops import at, iterated
from shuniu.core.feel.dmn.items import Items
from shuniu.core.feel.dmn.model import (
    Box,
    ConditionalBox,
    ContextBox,
    FilterBox,
    FunctionBox,
    InvocationBox,
    IteratorBox,
    ListBox,
    RelationBox,
    TableBox,
    TextBox,
)
from shuniu.core.feel.dmn.shapes import names_only, of_relation, of_table
from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.program import compile_expression
from shuniu.core.feel.run import Run
from shuniu.core.feel.tables.run import compile_table
from shuniu.core.feel.types import ANY, ContextType, FunctionType, ListType, Type, item_type, join
from shuniu.core.feel.values import Function, Value

Scope = Mapping[str, Value]
BoxCode = Callable[[Run, Scope], Value]
Names = Mapping[str, Type]


class BoxCompiler:
    """Compiles the boxes of one model. What cannot be compiled is null, and told in `problems`."""

    def __init__(self, items: Items, problems: list[str]) -> None:
        self._items = items
        self._problems = problems
        self._shapes: dict[int, Type] = {}

    def code(self, box: Box | None, names: Names, place: str) -> BoxCode:
        if box is None:
            return _null
        try:
            code = _COMPILERS[type(box)](self, box, names, place)
        except FeelError as error:
            self._problems.append(f"{place}: {error}")
            return _null
        return self._typed(code, box.type_ref)

    def _typed(self, code: BoxCode, type_ref: str | None) -> BoxCode:
        if not type_ref or self._items.type_of(type_ref) == ANY:
            return code
        fit = self._items.fit
        return lambda run, scope: fit(run, code(run, scope), type_ref)

    def type_of(self, box: Box | None, type_ref: str | None = None) -> Type:
        """The type that a box names, or else what is known of its value since it was compiled."""
        named = self._items.type_of(type_ref or (box.type_ref if box else None))
        return self._shapes.get(id(box), ANY) if named == ANY else named

    def names_of(self, box: Box | None, type_ref: str | None = None) -> Type:
        """The type that a box names, or else the names inside its value."""
        named = self._items.type_of(type_ref or (box.type_ref if box else None))
        return names_only(self.type_of(box)) if named == ANY else named

    def text(self, box: TextBox, names: Names, place: str) -> BoxCode:
        program = compile_expression(box.text, names, strict=False, types=self._items.types, trusted=True)
        self._shapes[id(box)] = program.type
        return program.run

    def table(self, box: TableBox, names: Names, place: str) -> BoxCode:
        items = self._items
        inputs = tuple(
            replace(column, type=items.type_of(ref), allowed=column.allowed or items.allowed_text(ref))
            for column, ref in zip(box.table.inputs, box.input_types, strict=True)
        )
        single = box.type_ref if len(box.output_types) == 1 else None
        outputs = tuple(
            replace(
                column, type=items.type_of(ref), allowed=column.allowed or items.allowed_text(ref or single)
            )
            for column, ref in zip(box.table.outputs, box.output_types, strict=True)
        )
        table = replace(box.table, inputs=inputs, outputs=outputs)
        self._shapes[id(box)] = of_table(table)
        return compile_table(table, names, strict=False, types=items.types, trusted=True).run

    def invocation(self, box: InvocationBox, names: Names, place: str) -> BoxCode:
        function = self.code(box.function, names, place)
        bindings = [(name, self.code(value, names, f"{place}.{name}")) for name, value in box.bindings]
        called_type = self.type_of(box.function)
        if isinstance(called_type, FunctionType):
            self._shapes[id(box)] = names_only(called_type.result)

        def code(run: Run, scope: Scope) -> Value:
            called = function(run, scope)
            args = [value(run, scope) for _, value in bindings]
            return invoke(run, called, args, tuple(name for name, _ in bindings))

        return code

    def context(self, box: ContextBox, names: Names, place: str) -> BoxCode:
        known = dict(names)
        entries: list[tuple[str | None, BoxCode]] = []
        for name, type_ref, value in box.entries:
            code = self.code(value, known, f"{place}.{name or ''}")
            entries.append((name, self._typed(code, type_ref)))
            if name:
                known[name] = self._entry_type(value, type_ref)
        self._shapes[id(box)] = self._context_type(box, known)

        def code_of(run: Run, scope: Scope) -> Value:
            inner = dict(scope)
            made: dict[str, Value] = {}
            for name, entry in entries:
                value = entry(run, inner)
                if name is None:
                    return value
                inner[name] = made[name] = value
            return made

        return code_of

    def _entry_type(self, value: Box | None, type_ref: str | None) -> Type:
        if isinstance(value, FunctionBox):
            return self.function_type(value)
        return self.names_of(value, type_ref)

    def _context_type(self, box: ContextBox, known: Names) -> Type:
        result = next(((value, ref) for name, ref, value in box.entries if name is None), None)
        if result is not None:
            return self.names_of(*result)
        return ContextType(tuple((name, known[name]) for name, _, _ in box.entries if name))

    def function_type(self, box: FunctionBox) -> FunctionType:
        params = tuple(self._items.type_of(ref) for _, ref in box.params)
        return FunctionType(params, self.type_of(box.body), tuple(name for name, _ in box.params))

    def items_of(self, box: ListBox, names: Names, place: str) -> BoxCode:
        codes = [self.code(item, names, f"{place}[{at}]") for at, item in enumerate(box.items, 1)]
        if box.items:
            self._shapes[id(box)] = ListType(self.names_of(box.items[0]))
        return lambda run, scope: [code(run, scope) for code in codes]

    def relation(self, box: RelationBox, names: Names, place: str) -> BoxCode:
        columns = box.columns
        self._shapes[id(box)] = of_relation(box)
        rows = [
            [
                (name, self._typed(self.code(cell, names, place), ref))
                for (name, ref), cell in zip(columns, row, strict=False)
            ]
            for row in box.rows
        ]
        return lambda run, scope: [{name: cell(run, scope) for name, cell in row} for row in rows]

    def function(self, box: FunctionBox, names: Names, place: str) -> BoxCode:
        if not box.is_feel:
            raise FeelError("外部函数在这里没有值", "external functions have no value here", code="external")
        known = {**names, **{name: self._items.type_of(ref) for name, ref in box.params}}
        body = self.code(box.body, known, place)
        of, fit, params = self.function_type(box), self._items.fit, box.params
        self._shapes[id(box)] = of

        def code(run: Run, scope: Scope) -> Value:
            def call(inner: Run, args: list[Value]) -> Value:
                given = {name: fit(inner, arg, ref) for (name, ref), arg in zip(params, args, strict=True)}
                return None if misfits(given, args) else body(inner, {**scope, **given})

            return Function(of.names, call, of)

        return code

    def conditional(self, box: ConditionalBox, names: Names, place: str) -> BoxCode:
        condition, then, otherwise = (
            self.code(part, names, place) for part in (box.condition, box.then, box.otherwise)
        )
        self._shapes[id(box)] = join(self.names_of(box.then), self.names_of(box.otherwise))
        return lambda run, scope: then(run, scope) if condition(run, scope) is True else otherwise(run, scope)

    def filter(self, box: FilterBox, names: Names, place: str) -> BoxCode:
        source = self.code(box.source, names, place)
        of = item_type(self.names_of(box.source))
        self._shapes[id(box)] = ListType(of)
        fields = dict(of.fields) if isinstance(of, ContextType) else {}
        match = self.code(box.match, {**names, **fields, "item": of}, place)

        def code(run: Run, scope: Scope) -> Value:
            items = iterated(run, source(run, scope)) or []
            run.items(len(items))
            found = []
            for item in items:
                inner = {**scope, **(item if type(item) is dict else {}), "item": item}
                answer = match(run, inner)
                if answer is not None and type(answer) is not bool:
                    return at(items, answer)
                if answer is True:
                    found.append(item)
            return found

        return code

    def iterator(self, box: IteratorBox, names: Names, place: str) -> BoxCode:
        source = self.code(box.source, names, place)
        of = item_type(self.names_of(box.source))
        body = self.code(box.body, {**names, box.variable: of, "partial": ListType(ANY)}, place)
        variable, kind = box.variable, box.kind
        self._shapes[id(box)] = ListType(self.names_of(box.body)) if kind == "for" else ANY

        def code(run: Run, scope: Scope) -> Value:
            items = iterated(run, source(run, scope))
            if items is None:
                return None
            made: list[Value] = []
            for item in items:
                run.items(len(made) + 1)
                made.append(body(run, {**scope, variable: item, "partial": list(made)}))
            return made if kind == "for" else _quantified(made, every=kind == "every")

        return code


def misfits(given: Mapping[str, Value], args: list[Value]) -> bool:
    """Whether an argument became null, since it does not conform to its parameter."""
    return any(value is None and arg is not None for value, arg in zip(given.values(), args, strict=True))


def _quantified(answers: list[Value], *, every: bool) -> bool | None:
    decisive = not every
    if any(answer is decisive for answer in answers):
        return decisive
    return every if all(answer is every for answer in answers) else None


def _null(run: Run, scope: Scope) -> Value:
    return None


_COMPILERS: dict[type[Box], Callable[[BoxCompiler, Any, Names, str], BoxCode]] = {
    TextBox: BoxCompiler.text,
    TableBox: BoxCompiler.table,
    InvocationBox: BoxCompiler.invocation,
    ContextBox: BoxCompiler.context,
    ListBox: BoxCompiler.items_of,
    RelationBox: BoxCompiler.relation,
    FunctionBox: BoxCompiler.function,
    ConditionalBox: BoxCompiler.conditional,
    FilterBox: BoxCompiler.filter,
    IteratorBox: BoxCompiler.iterator,
}
