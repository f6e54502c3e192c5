"""The named types of a model: what FEEL knows of them statically, and what a value must pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shuniu.core.feel.conform import fitted
from shuniu.core.feel.dmn.model import Definitions, ItemDefinition
from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.parse_types import as_type
from shuniu.core.feel.program import Program, compile_tests
from shuniu.core.feel.run import Run
from shuniu.core.feel.types import ANY, BY_NAME, ContextType, FunctionType, ListType, Type
from shuniu.core.feel.values import Value

_MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a value must pass beyond its type: its own tests, and those of its fields and items."""

    tests: tuple[Program, ...]
    fields: tuple[tuple[str, _Rule], ...]
    is_collection: bool
    base: _Rule | None
    list_tests: tuple[Program, ...] = ()


class Items:
    """All named types of a model and those it imports, as `prefix.name`."""

    def __init__(self) -> None:
        self._definitions: dict[str, ItemDefinition] = {}
        self.types: dict[str, Type] = {}
        self._rules: dict[str, _Rule | None] = {}

    def add(self, definitions: Definitions, prefix: str = "") -> None:
        for item in definitions.items:
            self._definitions[prefix + item.name] = item
        for item in definitions.items:
            self.types[prefix + item.name] = self._type(item, prefix, 0)

    def adopt(self, other: Items, prefix: str) -> None:
        """The types of an imported model, under its name."""
        for name, of in other.types.items():
            self.types[prefix + name] = of
            self._rules[prefix + name] = other._rule_of(name)

    def type_of(self, type_ref: str | None) -> Type:
        """The type a reference names; ANY where it names none."""
        if not type_ref:
            return ANY
        name = _local(type_ref)
        found = self.types.get(type_ref) or self.types.get(name) or BY_NAME.get(name)
        if found is not None:
            return found
        try:
            return as_type(type_ref, self.types)
        except FeelError:
            return ANY

    def allowed_text(self, type_ref: str | None) -> str | None:
        """The allowed values of a simple named type, as they are written."""
        definition = self._definitions.get(_local(type_ref)) if type_ref else None
        if definition is None or definition.components or definition.is_collection:
            return None
        return definition.allowed or self.allowed_text(definition.type_ref)

    def _type(self, item: ItemDefinition, prefix: str, depth: int) -> Type:
        if depth > _MAX_DEPTH:
            return ANY
        if item.params is not None:
            params = tuple(self._reference(ref, prefix, depth) for ref in item.params)
            of: Type = FunctionType(params, self._reference(item.type_ref, prefix, depth))
        elif item.components:
            of = ContextType(tuple((c.name, self._type(c, prefix, depth + 1)) for c in item.components))
        else:
            of = self._reference(item.type_ref, prefix, depth)
        return ListType(of) if item.is_collection else of

    def _reference(self, ref: str | None, prefix: str, depth: int) -> Type:
        definition = self._definitions.get(prefix + _local(ref or ""))
        if definition is not None:
            return self._type(definition, prefix, depth + 1)
        return self.type_of(ref)

    def fit(self, run: Run, value: Value, type_ref: str | None) -> Value:
        """The value as the type wants it, null where it does not fit or is not allowed."""
        if not type_ref:
            return value
        made = fitted(run, value, self.type_of(type_ref))
        rule = self._rule_of(type_ref if type_ref in self.types else _local(type_ref))
        return made if rule is None or _passes(run, made, rule) else None

    def result_of(self, type_ref: str | None) -> Type:
        """The type of a function's result, where its variable names the function's type or the result's."""
        of = self.type_of(type_ref)
        return of.result if isinstance(of, FunctionType) else of

    def fit_result(self, run: Run, value: Value, type_ref: str | None) -> Value:
        of = self.type_of(type_ref)
        return (
            fitted(run, value, of.result) if isinstance(of, FunctionType) else self.fit(run, value, type_ref)
        )

    def _rule_of(self, name: str) -> _Rule | None:
        if name not in self._rules:
            definition = self._definitions.get(name)
            self._rules[name] = None
            if definition is not None:
                self._rules[name] = self._rule(definition, 0)
        return self._rules[name]

    def _rule(self, item: ItemDefinition, depth: int) -> _Rule | None:
        if depth > _MAX_DEPTH:
            return None
        fields = tuple(
            (component.name, rule)
            for component in item.components
            if (rule := self._rule(component, depth + 1)) is not None
        )
        tests = self._tests(item.allowed)
        constraint = self._tests(item.constraint)
        base = self._rule_of(_local(item.type_ref)) if item.type_ref else None
        if not (fields or tests or constraint or base):
            return None
        return _Rule(tests, fields, item.is_collection, base, constraint)

    def _tests(self, text: str | None) -> tuple[Program, ...]:
        if not text:
            return ()
        try:
            return (compile_tests(text, {}, ANY, strict=False, types=self.types),)
        except FeelError:
            return ()


def _local(type_ref: str) -> str:
    """A reference without the prefix of DMN 1.1 (`feel:number`)."""
    return type_ref.rpartition(":")[2].strip()


def _passes(run: Run, value: Value, rule: _Rule) -> bool:
    if value is None:
        return True
    if rule.is_collection and type(value) is list:
        whole = all(test.run(run, {}, value) is True for test in rule.list_tests)
        return whole and all(_item_passes(run, item, rule) for item in value)
    lists = all(test.run(run, {}, value) is True for test in rule.list_tests)
    return lists and _item_passes(run, value, rule)


def _item_passes(run: Run, value: Value, rule: _Rule) -> bool:
    if value is None:
        return True
    none: Mapping[str, Any] = {}
    if not all(test.run(run, none, value) is True for test in rule.tests):
        return False
    if rule.base is not None and not _passes(run, value, rule.base):
        return False
    if type(value) is not dict:
        return True
    return all(_passes(run, value.get(name), below) for name, below in rule.fields)
