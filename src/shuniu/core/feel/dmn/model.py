"""A DMN model as values: what stands in the file, nothing compiled."""

from __future__ import annotations

from dataclasses import dataclass, field

from shuniu.core.feel.tables.model import Table


@dataclass(frozen=True, slots=True)
class Box:
    """An expression of a model. `type_ref` names the type of its value."""

    type_ref: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class TextBox(Box):
    text: str


@dataclass(frozen=True, slots=True)
class TableBox(Box):
    """`input_types` and `output_types` are type names, beside the untyped columns of `table`."""

    table: Table
    input_types: tuple[str | None, ...]
    output_types: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class InvocationBox(Box):
    function: Box
    bindings: tuple[tuple[str, Box | None], ...]


@dataclass(frozen=True, slots=True)
class ContextBox(Box):
    """Entries in order; one without a name is the result."""

    entries: tuple[tuple[str | None, str | None, Box | None], ...]


@dataclass(frozen=True, slots=True)
class ListBox(Box):
    items: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class RelationBox(Box):
    columns: tuple[tuple[str, str | None], ...]
    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class FunctionBox(Box):
    params: tuple[tuple[str, str | None], ...]
    body: Box | None
    is_feel: bool = True


@dataclass(frozen=True, slots=True)
class ConditionalBox(Box):
    condition: Box | None
    then: Box | None
    otherwise: Box | None


@dataclass(frozen=True, slots=True)
class FilterBox(Box):
    source: Box | None
    match: Box | None


@dataclass(frozen=True, slots=True)
class IteratorBox(Box):
    """`kind` is for, some or every."""

    kind: str
    variable: str
    source: Box | None
    body: Box | None


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A named type: of another, with fields, a function, a collection; `allowed` are unary tests."""

    name: str
    type_ref: str | None
    components: tuple[ItemDefinition, ...] = ()
    is_collection: bool = False
    allowed: str | None = None
    constraint: str | None = None
    params: tuple[str | None, ...] | None = None


@dataclass(frozen=True, slots=True)
class InputData:
    id: str
    name: str
    type_ref: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    name: str
    variable: str
    type_ref: str | None
    expression: Box | None
    requires: tuple[str, ...]
    """References of inputs, decisions and knowledge."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a named function."""

    id: str
    name: str
    type_ref: str | None
    function: FunctionBox | None
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A decision service: a function from its inputs to its output decisions."""

    id: str
    name: str
    type_ref: str | None
    outputs: tuple[str, ...]
    encapsulated: tuple[str, ...]
    input_decisions: tuple[str, ...]
    inputs: tuple[str, ...]


Part = InputData | Decision | Knowledge | Service


@dataclass(frozen=True, slots=True)
class Import:
    name: str
    namespace: str
    location: str | None


@dataclass(frozen=True, slots=True)
class Definitions:
    name: str
    namespace: str
    items: tuple[ItemDefinition, ...]
    parts: tuple[Part, ...]
    imports: tuple[Import, ...]
