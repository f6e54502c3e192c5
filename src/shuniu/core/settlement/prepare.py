"""From a plan document to a plan that is ready to run, or to the list of what in it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from shuniu.core import feel
from shuniu.core.feel.tree import Name, Origin, walk
from shuniu.core.feel.types import Declared
from shuniu.core.money import MoneyError, parse_amount
from shuniu.core.settlement.context import AMOUNT, EARNED, QUANTITY, RUNNING, Context, PreparedPlan, Resolver
from shuniu.core.settlement.lookups import lookup_resolver, parameter_resolver
from shuniu.core.settlement.models import registry
from shuniu.core.settlement.plan import AnyComponent, Let, PlanDocument
from shuniu.core.settlement.problems import PlanError, Problem
from shuniu.core.settlement.texts import expressions
from shuniu.core.settlement.words import Label


def prepare(document: PlanDocument) -> PreparedPlan:
    """Compile a plan; raises PlanError at the first expression that cannot be read."""
    names = declared_names(document)
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
            programs[text] = feel.compile(text, names)
        except feel.FeelError as problem:
            raise PlanError(
                "unreadable_expression", place, f"表达式有误：{problem}", str(problem)
            ) from problem
    used = {text: names_in(program) for text, program in programs.items()}
    return PreparedPlan(
        document,
        constants,
        programs,
        used,
        dict(resolvers(document, names)),
        fixed_names(document, used),
    )


def declared_names(document: PlanDocument) -> dict[str, Declared]:
    """Everything an expression of the plan may speak of, with its type."""
    names: dict[str, Declared] = dict(document.facts)
    names |= {AMOUNT: "number", QUANTITY: "number", RUNNING: "number"}
    names |= dict.fromkeys(document.parameters, "number")
    names |= {lookup.name: lookup.type for lookup in document.lookups}
    names |= {f"{EARNED}{component.key}": "number" for component in document.components}
    return names


def names_in(program: feel.Program) -> tuple[str, ...]:
    found = (
        node.name for node in walk(program.tree) if isinstance(node, Name) and node.origin is Origin.INPUT
    )
    return tuple(dict.fromkeys(found))


def resolvers(document: PlanDocument, names: Mapping[str, Declared]) -> Iterator[tuple[str, Resolver]]:
    for name, parameter in document.parameters.items():
        yield name, parameter_resolver(name, parameter)
    for lookup in document.lookups:
        try:
            yield lookup.name, lookup_resolver(lookup, names)
        except feel.FeelError as problem:
            raise PlanError(
                "unreadable_table", f"lookups.{lookup.name}", f"决策表有误：{problem.zh}", problem.en
            ) from problem
    for component in document.components:
        yield f"{EARNED}{component.key}", earning_resolver(component)


def earning_resolver(component: AnyComponent) -> Resolver:
    def resolve(context: Context) -> object:
        return registry.worth_alone(component, context)

    return resolve


def fixed_names(document: PlanDocument, used: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Names that mean the same for every input; what is made of such names only is such a name too."""
    texts = {
        name: parameter.value
        for name, parameter in document.parameters.items()
        if not parameter.seasons and parameter.value is not None
    }
    texts |= {lookup.name: lookup.value for lookup in document.lookups if isinstance(lookup, Let)}
    fixed: set[str] = set()
    while True:
        more = {
            name
            for name, text in texts.items()
            if name not in fixed and all(n in fixed for n in used.get(text, ()))
        }
        if not more:
            return frozenset(fixed)
        fixed |= more


def expression_problems(document: PlanDocument) -> list[Problem]:
    """Every expression that cannot be read, with its place."""
    names = declared_names(document)
    found = []
    for place, text in expressions(document):
        try:
            parse_amount(text)
        except MoneyError:
            try:
                feel.compile(text, names)
            except feel.FeelError as problem:
                label = Label(zh=f"表达式“{text}”有误：{problem}", en=f'"{text}": {problem}')
                found.append(Problem(place, "unreadable_expression", label))
    return found
