"""The seam to the rule language: a prepared plan, and one input seen through its names.

Names are looked up when an expression asks for them: facts of the input, 金额 and 数量, the plan's parameters
and lookups, 累计 (the running base, inside curves) and 收益.<component>.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from shuniu.core import feel
from shuniu.core.money import parse_ratio
from shuniu.core.settlement.inputs import Input
from shuniu.core.settlement.plan import PlanDocument
from shuniu.core.settlement.problems import PlanError

AMOUNT, QUANTITY, RUNNING, EARNED = "金额", "数量", "累计", "收益."
CLOCK = re.compile(r"\b(now|today)\b")
RATIO = re.compile(r"\s*[+-]?[\d.]+\s*/\s*[\d.]+\s*")
SIMPLE = (str, int, Decimal, datetime, date, type(None))
MAX_ANSWERS = 10_000
NOT_YET: Any = object()

Resolver: TypeAlias = "Callable[[Context], Any]"


@dataclass(frozen=True, slots=True)
class PreparedPlan:
    """A plan document with its expressions compiled; make it once with `prepare` and keep it."""

    document: PlanDocument
    constants: Mapping[str, Decimal] = field(repr=False)
    programs: Mapping[str, feel.Program] = field(repr=False)
    # Declared names each expression speaks of, in the order of the text.
    names: Mapping[str, tuple[str, ...]] = field(repr=False)
    # How parameters, lookups and earnings of other components are found.
    resolvers: Mapping[str, Resolver] = field(repr=False)
    # Names that mean the same for every input: parameters without seasons, and what is made of them only.
    fixed: frozenset[str] = field(default=frozenset(), repr=False)
    # What an expression gave for the same facts. Populations ask the same few questions again and again.
    answers: dict[tuple[str, tuple[Any, ...]], Any] = field(default_factory=dict, repr=False, compare=False)
    # Components made ready to run, by key (`buckets.compiled`).
    ready: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def is_fixed(self, text: str) -> bool:
        """Whether an expression means the same for every input."""
        return text in self.constants or all(name in self.fixed for name in self.names[text])

    def facts_in(self, text: str | None) -> tuple[str, ...]:
        """Names of the declared facts an expression speaks of."""
        names = () if text is None else self.names.get(text, ())
        return tuple(name for name in names if name in self.document.facts)


class Context:
    """One input as a plan's expressions see it, at what was known `as_of` then; `running` is 累计."""

    __slots__ = ("_values", "as_of", "one", "plan", "running")

    def __init__(
        self, plan: PreparedPlan, one: Input, as_of: datetime | None = None, running: Decimal | None = None
    ) -> None:
        self.plan = plan
        self.one = one
        self.as_of = as_of
        self.running = running
        self._values: dict[str, Any] = {}

    def at_base(self, running: Decimal) -> Context:
        """The same input with another running base."""
        return Context(self.plan, self.one, self.as_of, running)

    def value(self, name: str) -> Any:
        """What a name means here; None when nothing is known. PlanError when it depends on itself."""
        if name == AMOUNT:
            return self.one.amount
        if name == QUANTITY:
            return self.one.quantity
        if name == RUNNING:
            return self.running
        resolver = self.plan.resolvers.get(name)
        if resolver is None:
            return self.one.facts.get(name)
        if name not in self._values:
            self._values[name] = NOT_YET
            self._values[name] = resolver(self)
        if self._values[name] is NOT_YET:
            raise PlanError("cycle", name, f"“{name}”最终用到了自己", f'"{name}" depends on itself')
        return self._values[name]

    def evaluate(self, text: str) -> Any:
        """The expression's value; remembered unless it asks for the time or looks at something that has parts."""
        if text in self.plan.constants:
            return self.plan.constants[text]
        names = self.plan.names[text]
        values = {name: self.value(name) for name in names}
        program = self.plan.programs[text]
        if CLOCK.search(text) or not all(isinstance(value, SIMPLE) for value in values.values()):
            return program.evaluate(values, now=self.one.at)
        key = (text, tuple((type(value), value) for value in values.values()))
        answers = self.plan.answers
        if key not in answers:
            if len(answers) >= MAX_ANSWERS:
                answers.clear()
            answers[key] = program.evaluate(values, now=self.one.at)
        return answers[key]

    def number(self, text: str, place: str) -> Decimal:
        """The expression's value; PlanError when it is not a number, for money is never guessed."""
        value = self.evaluate(text)
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            raise PlanError(
                "not_a_number", place, f"公式“{text}”没有得出数字", f'the formula "{text}" gives no number'
            )
        return Decimal(value)

    def ratio(self, text: str, place: str) -> Fraction:
        """The number, exactly: "1/3" stays a third."""
        return (
            parse_ratio(text.replace(" ", ""))
            if RATIO.fullmatch(text)
            else Fraction(self.number(text, place))
        )

    def holds(self, text: str | None) -> bool:
        """Whether a condition holds; one that is not known (null) does not."""
        return text is None or self.evaluate(text) is True

    def text(self, text: str) -> str:
        """The expression's value as a key to group by."""
        value = self.evaluate(text)
        return "" if value is None else str(value)

    def seen(self, *texts: str | None) -> tuple[tuple[str, Any], ...]:
        """The facts that expressions looked at, with their values."""
        names = dict.fromkeys(name for text in texts for name in self.plan.facts_in(text))
        return tuple((name, self.one.facts.get(name)) for name in names)
