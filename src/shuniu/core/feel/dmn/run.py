"""Evaluating a model: a decision asks for what it requires, each part once per evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shuniu.core.calendar.working import WorkingCalendar
from shuniu.core.feel.adopt import adopt
from shuniu.core.feel.dmn.compile import BoxCode, BoxCompiler, misfits
from shuniu.core.feel.dmn.items import Items
from shuniu.core.feel.dmn.model import (
    Decision,
    Definitions,
    Import,
    InputData,
    Knowledge,
    Part,
    Service,
)
from shuniu.core.feel.dmn.read import read_model
from shuniu.core.feel.errors import FeelError, nearest
from shuniu.core.feel.run import Run
from shuniu.core.feel.types import ANY, ContextType, FunctionType, Type
from shuniu.core.feel.values import Function, Value

_MAX_IMPORTS = 20
Finder = Callable[[Import], bytes | None]


class Model:
    """A model ready to decide. `problems` tells what could not be compiled; such parts are null."""

    def __init__(self, definitions: Definitions, imported: Mapping[str, tuple[str, Model]]) -> None:
        self.definitions = definitions
        self.problems: list[str] = []
        self.items = Items()
        self._imported = imported
        for prefix, model in imported.values():
            self.items.adopt(model.items, f"{prefix}." if prefix else "")
        self.items.add(definitions)
        self._boxes = BoxCompiler(self.items, self.problems)
        self._parts = {part.id: part for part in definitions.parts}
        self._codes: dict[str, BoxCode] = {}
        self._compiling: set[str] = set()

    @classmethod
    def from_xml(cls, data: bytes, find: Finder | None = None, depth: int = 0) -> Model:
        """The model of a DMN file; `find` gives the files it imports."""
        definitions = read_model(data)
        if depth > _MAX_IMPORTS:
            raise FeelError("模型互相引用太深", "models import each other too deeply", code="dmn")
        imported = {}
        for wanted in definitions.imports:
            found = find(wanted) if find else None
            if found is not None:
                imported[wanted.namespace] = (wanted.name, cls.from_xml(found, find, depth + 1))
        return cls(definitions, imported)

    def names(self) -> list[str]:
        """What can be decided: decisions, decision services and business knowledge models."""
        return [part.name for part in self.definitions.parts if not isinstance(part, InputData)]

    def decide(
        self, name: str, context: Mapping[str, Any], now: Any = None, calendar: WorkingCalendar | None = None
    ) -> Value:
        """The value of a decision over the model's inputs.

        A decision service or business knowledge model is called with what the context has for its parameters.
        """
        session = Session(self, Run(now, calendar), {key: adopt(value) for key, value in context.items()})
        for part in self.definitions.parts:
            if part.name == name and not isinstance(part, InputData):
                return session.result(part)
        for prefix, model in self._imported.values():
            if not prefix and name in model.names():
                return model.decide(name, context, now, calendar)
        guess = nearest(name, self.names())
        zh, en = f"模型里没有决策‘{name}’", f"the model has no decision '{name}'"
        if guess:
            zh, en = f"{zh},是否想写‘{guess}’?", f"{en}; did you mean '{guess}'?"
        raise FeelError(zh, en, code="unknown_decision")

    def find(self, reference: str) -> tuple[Model, str, Part] | None:
        """The model, its prefix here, and the part that a reference points at."""
        namespace, _, identity = reference.rpartition("#")
        if namespace and namespace != self.definitions.namespace:
            return self._find_imported(namespace, identity)
        part = self._parts.get(identity)
        return None if part is None else (self, "", part)

    def _find_imported(self, namespace: str, identity: str) -> tuple[Model, str, Part] | None:
        """Among what is imported; models imported without a name pass on what they import so themselves."""
        if namespace in self._imported:
            prefix, model = self._imported[namespace]
            found = model.find(f"#{identity}")
            return None if found is None else (model, prefix, found[2])
        nameless = (model for prefix, model in self._imported.values() if not prefix)
        return next((found for model in nameless if (found := model.find(f"{namespace}#{identity}"))), None)

    def required_names(self, references: tuple[str, ...]) -> dict[str, Type]:
        """The names a part may use, from what it requires."""
        known: dict[str, Type] = {}
        grouped: dict[str, list[tuple[str, Type]]] = {}
        for reference in references:
            found = self.find(reference)
            if found is None:
                continue
            model, prefix, part = found
            if prefix:
                grouped.setdefault(prefix, []).append((_variable(part), model.part_type(part)))
            else:
                known[_variable(part)] = model.part_type(part)
        for prefix, fields in grouped.items():
            known[prefix] = ContextType(tuple(fields), is_open=True)
        return known

    def part_type(self, part: Part) -> Type:
        if isinstance(part, Knowledge):
            return self._knowledge_type(part)
        if isinstance(part, Service):
            return FunctionType(None, self._service_result(part))
        named = self.items.type_of(part.type_ref)
        if named != ANY or isinstance(part, InputData) or part.id in self._compiling:
            return named
        self.code(part)
        return self._boxes.names_of(part.expression)

    def _knowledge_type(self, part: Knowledge) -> FunctionType:
        if part.function is None:
            return FunctionType(None, ANY)
        if part.id not in self._compiling:
            self.code(part)
        of = self._boxes.function_type(part.function)
        result = self.items.result_of(part.type_ref) if part.type_ref else of.result
        return FunctionType(of.params, result, of.names)

    def given(self, service: Service) -> list[Given]:
        """What a service is given, in the order of its parameters."""
        found = [self.find(reference) for reference in (*service.inputs, *service.input_decisions)]
        return [
            Given(one[0], one[1], one[2]) for one in found if one and isinstance(one[2], InputData | Decision)
        ]

    def _service_result(self, service: Service) -> Type:
        named = self.items.result_of(service.type_ref)
        if named != ANY:
            return named
        outputs = [found for reference in service.outputs if (found := self.find(reference))]
        fields = tuple((_variable(part), model.part_type(part)) for model, _, part in outputs)
        return fields[0][1] if len(fields) == 1 else ContextType(fields, is_open=True)

    def code(self, part: Decision | Knowledge) -> BoxCode:
        """The compiled expression of a part, made at its first use."""
        code = self._codes.get(part.id)
        if code is None:
            self._compiling.add(part.id)
            names = self.required_names(part.requires)
            if isinstance(part, Knowledge):
                names[part.name] = self.part_type(part)
            box = part.expression if isinstance(part, Decision) else part.function
            code = self._codes[part.id] = self._boxes.code(box, names, part.name)
            self._compiling.discard(part.id)
        return code


def _variable(part: Part) -> str:
    return part.variable if isinstance(part, Decision) else part.name


def _named(values: Mapping[str, Value], prefix: str, part: Part) -> Value:
    """The value of a part; parts of an imported model stand under its name."""
    own = values.get(prefix) if prefix else values
    return own.get(_variable(part)) if isinstance(own, Mapping) else None


@dataclass(frozen=True, slots=True)
class Given:
    """What a decision service is given: an input or a decision, perhaps of an imported model."""

    model: Model
    prefix: str
    part: InputData | Decision

    @property
    def name(self) -> str:
        return f"{self.prefix}.{_variable(self.part)}" if self.prefix else _variable(self.part)

    def within(self, inputs: Mapping[str, Value]) -> Value:
        """Its value among the inputs of the model that has the service."""
        return _named(inputs, self.prefix, self.part)


class Session:
    """One evaluation of one model: its inputs, and what has been decided so far."""

    def __init__(self, model: Model, run: Run, inputs: Mapping[str, Value]) -> None:
        self._model = model
        self._run = run
        self._inputs = dict(inputs)
        self._values: dict[str, Value] = {}
        self._open: set[str] = set()
        self._below: dict[tuple[str, str], Session] = {}

    def give(self, given: Given, value: Value) -> None:
        if given.prefix or given.model is not self._model:
            below = self._session(given.prefix, given.model)
            below.give(Given(given.model, "", given.part), value)
        elif isinstance(given.part, InputData):
            self._inputs[given.part.name] = value
        else:
            self._values[given.part.id] = value

    def value(self, part: Part) -> Value:
        if isinstance(part, InputData):
            return self._model.items.fit(self._run, self._inputs.get(part.name), part.type_ref)
        if part.id not in self._values:
            if part.id in self._open:
                raise FeelError(f"‘{part.name}’依赖它自己", f"'{part.name}' requires itself", code="dmn")
            self._open.add(part.id)
            self._values[part.id] = self._computed(part)
            self._open.discard(part.id)
        return self._values[part.id]

    def _computed(self, part: Decision | Knowledge | Service) -> Value:
        if isinstance(part, Service):
            return self._service_function(part)
        code = self._model.code(part)
        scope = self._scope(part.requires)
        if isinstance(part, Knowledge):
            return self._knowledge(part, code, scope)
        return self._model.items.fit(self._run, code(self._run, scope), part.type_ref)

    def _knowledge(self, part: Knowledge, code: BoxCode, scope: dict[str, Value]) -> Value:
        """The function, which finds itself under its own name."""
        made = code(self._run, scope)
        if not isinstance(made, Function):
            return None
        fit, type_ref = self._model.items.fit_result, part.type_ref

        def call(run: Run, args: list[Value]) -> Value:
            return fit(run, made.call(run, args), type_ref)

        of = self._model.part_type(part)
        known = of if isinstance(of, FunctionType) else made.type
        scope[part.name] = Function(made.params, call, known)
        return scope[part.name]

    def _scope(self, references: tuple[str, ...]) -> dict[str, Value]:
        scope: dict[str, Value] = {}
        for reference in references:
            found = self._model.find(reference)
            if found is None:
                continue
            _, prefix, part = found
            if prefix or found[0] is not self._model:
                value = self._session(prefix, found[0]).value(part)
                if prefix:
                    scope.setdefault(prefix, {})[_variable(part)] = value
                    continue
            else:
                value = self.value(part)
            scope[_variable(part)] = value
        return scope

    def _session(self, prefix: str, model: Model) -> Session:
        """The evaluation of an imported model: its inputs stand under its name."""
        key = (prefix, model.definitions.namespace)
        if key not in self._below:
            inputs = self._inputs.get(prefix) if prefix else self._inputs
            self._below[key] = Session(model, self._run, inputs if isinstance(inputs, Mapping) else {})
        return self._below[key]

    def result(self, part: Decision | Knowledge | Service) -> Value:
        if isinstance(part, Service):
            return self.serve(part)
        value = self.value(part)
        if isinstance(part, Knowledge) and isinstance(value, Function):
            return value.call(self._run, [self._inputs.get(name) for name in value.params])
        return value

    def serve(self, service: Service) -> Value:
        """The outputs of a service over this session's inputs."""
        session = Session(self._model, self._run, self._inputs)
        for given in self._model.given(service):
            if isinstance(given.part, Decision):
                session.give(given, given.within(self._inputs))
        return session.outputs(service)

    def outputs(self, service: Service) -> Value:
        values = self._scope(service.outputs)
        found = self._model.find(service.outputs[0]) if len(service.outputs) == 1 else None
        result: Value = values
        if found is not None:
            result = _named(values, found[1], found[2])
        return self._model.items.fit_result(self._run, result, service.type_ref)

    def _service_function(self, service: Service) -> Function:
        model, params = self._model, self._model.given(service)
        types = tuple(param.model.items.type_of(param.part.type_ref) for param in params)

        def call(run: Run, args: list[Value]) -> Value:
            given = {
                param.name: param.model.items.fit(run, arg, param.part.type_ref)
                for param, arg in zip(params, args, strict=True)
            }
            if misfits(given, args):
                return None
            session = Session(model, run, {})
            for param in params:
                session.give(param, given[param.name])
            return session.outputs(service)

        names = tuple(param.name for param in params)
        return Function(names, call, FunctionType(types, model.items.result_of(service.type_ref), names))
