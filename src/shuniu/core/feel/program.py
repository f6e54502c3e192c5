"""A compiled expression: its tree and, made from it, the closure that evaluates it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shuniu.core.calendar.working import WorkingCalendar
from shuniu.core.feel.adopt import adopt
from shuniu.core.feel.closures.table import compiled
from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.names import Scope
from shuniu.core.feel.parse_types import as_type
from shuniu.core.feel.parser import parse_expression, parse_tests
from shuniu.core.feel.run import Run
from shuniu.core.feel.sql import Columns, Sql, to_sql, to_where
from shuniu.core.feel.tojson import tree_json
from shuniu.core.feel.tree import Node, Origin
from shuniu.core.feel.types import Declared, Type
from shuniu.core.feel.values import Value


class Program:
    """What `feel.compile` and `feel.compile_tests` give; immutable, may be shared by threads.

    `tree` is the typed tree, `type` what the value is known to be, `names` what was declared.
    """

    __slots__ = ("_code", "_direct", "_slots", "names", "text", "tree")

    def __init__(self, text: str, tree: Node, names: Mapping[str, Type], *, trusted: bool = False) -> None:
        self.text = text
        self.tree = tree
        self.names = names
        closure = compiled(tree, trusted=trusted)
        self._code, self._slots, self._direct = closure.code, closure.slots, closure.direct

    @property
    def type(self) -> Type:
        return self.tree.type

    def evaluate(
        self, context: Mapping[str, Any], now: Any = None, calendar: WorkingCalendar | None = None
    ) -> Value:
        """The value over a context; null (None) where FEEL says so.

        `context` holds the declared names as FEEL or Python values (`adopt`); a name that is missing is null.
        The values of declared scalars must be of the declared type. `now` is what `now()` answers, `calendar`
        what `working days between` counts by. The value tested by unary tests stands
        under "?". FeelError only when the step budget is used up.
        """
        if self._direct is not None:
            return self._direct(context)
        return self.run(Run(now, calendar), context, context.get("?"))

    def test(
        self, value: Any, context: Mapping[str, Any], now: Any = None, calendar: WorkingCalendar | None = None
    ) -> Value:
        """Whether `value` passes the unary tests: true, false or null."""
        return self.run(Run(now, calendar), context, value)

    def run(self, run: Run, context: Mapping[str, Any], tested: Any = None) -> Value:
        """Evaluates within a run that others share: one budget for a whole decision."""
        frame: list[Any] = [run, None if tested is None else adopt(tested), *(None,) * (self._slots - 2)]
        try:
            return self._code(context, frame)
        except RecursionError:
            raise _too_deep() from None

    def to_sql(self, dialect: str, columns: Columns, *, zone: str = "UTC") -> Sql:
        """The same value as a parameterised SQL expression; FeelError `not_in_sql` names what SQL cannot say."""
        return to_sql(self.tree, columns, dialect=dialect, zone=zone)

    def to_where(self, dialect: str, columns: Columns, *, zone: str = "UTC") -> Sql:
        """A condition for WHERE, true for the same rows; `column = constant` stays plain for the indexes."""
        return to_where(self.tree, columns, dialect=dialect, zone=zone)

    def to_json(self) -> dict[str, Any]:
        """The typed tree as JSON, for the interpreter in the browser."""
        return tree_json(self.tree)


def _too_deep() -> FeelError:
    return FeelError("计算嵌套太深", "the evaluation is nested too deeply", code="too_deep")


def compile_expression(
    text: str,
    names: Mapping[str, Declared] | None = None,
    *,
    strict: bool = True,
    types: Mapping[str, Type] | None = None,
    trusted: bool = False,
) -> Program:
    """Parses an expression over declared names; FeelError names the place of what is wrong.

    `names` gives each name its type: a `Type`, its FEEL text (`"list<number>"`) or a mapping of fields.
    `types` are further types that `instance of` and typed parameters may name. With `strict` off, unknown
    names, fields and functions are null when evaluated, as the standard has it, instead of errors here.
    `trusted`: contexts will hold FEEL values only, which saves looking at them.
    """
    known = _declared(names, types)
    return _program(
        text, known, lambda scope: parse_expression(text, scope, strict=strict, types=types), trusted=trusted
    )


def compile_tests(
    text: str,
    names: Mapping[str, Declared] | None = None,
    input_type: Declared = "Any",
    *,
    strict: bool = True,
    types: Mapping[str, Type] | None = None,
    trusted: bool = False,
) -> Program:
    """Parses the unary tests of one cell; `?` and the value tested are of `input_type`."""
    known = _declared(names, types)
    asked = as_type(input_type, types)
    return _program(
        text,
        known,
        lambda scope: parse_tests(text, scope, input_type=asked, strict=strict, types=types),
        trusted=trusted,
    )


def _declared(names: Mapping[str, Declared] | None, types: Mapping[str, Type] | None) -> dict[str, Type]:
    return {name: as_type(declared, types) for name, declared in (names or {}).items()}


def _program(text: str, known: dict[str, Type], parse: Callable[[Scope], Node], *, trusted: bool) -> Program:
    try:
        return Program(text, parse(Scope(known, Origin.INPUT)), known, trusted=trusted)
    except RecursionError:
        raise _too_deep() from None
