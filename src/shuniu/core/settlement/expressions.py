"""The seam to the rule language: a plan's expressions compiled once, evaluated over the facts of an input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shuniu.core import feel
from shuniu.core.money import MoneyError, parse_amount
from shuniu.core.settlement.plan import PlanDocument
from shuniu.core.settlement.problems import PlanError, Problem
from shuniu.core.settlement.words import Label

CLOCK = re.compile(r"\b(now|today)\b")
SIMPLE = (str, int, Decimal, datetime, date, type(None))
MAX_ANSWERS = 10_000


@dataclass(frozen=True, slots=True)
class PreparedPlan:
    """A plan document with its expressions compiled; make it once with `prepare` and keep it."""

    document: PlanDocument
    constants: Mapping[str, Decimal] = field(repr=False)
    programs: Mapping[str, feel.Program] = field(repr=False)
    names: Mapping[str, tuple[str, ...]] = field(repr=False)
    # What an expression gave for the same facts. Populations ask the same few questions again and again.
    answers: dict[tuple[str, tuple[Any, ...]], Any] = field(default_factory=dict, repr=False, compare=False)

    def evaluate(self, text: str, facts: Mapping[str, Any], at: datetime) -> Any:
        """The expression's value; remembered unless it asks for the time or looks at something that has parts."""
        seen = tuple(facts.get(name) for name in self.facts_in(text))
        if CLOCK.search(text) or not all(isinstance(value, SIMPLE) for value in seen):
            return self.programs[text].evaluate(facts, now=at)
        key = (text, tuple((type(value), value) for value in seen))
        if key not in self.answers:
            if len(self.answers) >= MAX_ANSWERS:
                self.answers.clear()
            self.answers[key] = self.programs[text].evaluate(facts, now=at)
        return self.answers[key]

    def number(self, text: str, facts: Mapping[str, Any], at: datetime, place: str) -> Decimal:
        """The expression's value; PlanError when it is not a number, for money is never guessed."""
        if text in self.constants:
            return self.constants[text]
        value = self.evaluate(text, facts, at)
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            raise PlanError(
                "not_a_number", place, f"公式“{text}”没有得出数字", f'the formula "{text}" gives no number'
            )
        return Decimal(value)

    def holds(self, text: str | None, facts: Mapping[str, Any], at: datetime) -> bool:
        """Whether a condition holds; one that is not known (null) does not."""
        return text is None or self.evaluate(text, facts, at) is True

    def facts_in(self, text: str | None) -> tuple[str, ...]:
        """Names of the declared facts an expression speaks of, in declared order."""
        return () if text is None else self.names.get(text, ())


def prepare(document: PlanDocument) -> PreparedPlan:
    """Compile a plan; raises PlanError at the first expression that cannot be read."""
    constants: dict[str, Decimal] = {}
    programs: dict[str, feel.Program] = {}
    for place, text in expressions(document):
        if text in constants or text in programs:
            continue
        try:
            constants[text] = parse_amount(text)
            continue
        except MoneyError:
            pass
        try:
            programs[text] = feel.compile(text, document.facts)
        except feel.FeelError as problem:
            raise PlanError(
                "unreadable_expression", place, f"表达式有误:{problem}", str(problem)
            ) from problem
    names = {text: tuple(name for name in document.facts if name in text) for text in programs}
    return PreparedPlan(document, constants, programs, names)


def expression_problems(document: PlanDocument) -> list[Problem]:
    """Every expression that cannot be read, with its place."""
    found = []
    for place, text in expressions(document):
        try:
            parse_amount(text)
        except MoneyError:
            try:
                feel.compile(text, document.facts)
            except feel.FeelError as problem:
                label = Label(zh=f"表达式“{text}”有误:{problem}", en=f'"{text}": {problem}')
                found.append(Problem(place, "unreadable_expression", label))
    return found


def expressions(document: PlanDocument) -> Iterator[tuple[str, str]]:
    """(place, text) of every expression in the document."""
    for component in document.components:
        place = f"components.{component.key}"
        if component.when is not None:
            yield f"{place}.when", component.when
        for table, rows in component.tables():
            for position, row in enumerate(rows):
                for name, text in row:
                    yield f"{place}.{table}.{position}.{name}", text
