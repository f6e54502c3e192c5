"""Keys, measures and rounding; what feeds what, and that nothing feeds itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from shuniu.core.settlement.context import AMOUNT, EARNED, QUANTITY, RUNNING, PreparedPlan
from shuniu.core.settlement.plan import AnyComponent, Cumulative, Moment, PlanDocument
from shuniu.core.settlement.problems import Problem
from shuniu.core.settlement.texts import spoken_in
from shuniu.core.settlement.words import Label

OWN = (AMOUNT, QUANTITY, RUNNING)
BY_DIFFERENCE = frozenset({"formula", "per_order", "choice", "draw"})
"""Kinds whose lines are the differences of a rounded bucket, unless the plan rounds every line."""


def structure_problems(plan: PlanDocument) -> Iterator[Problem]:
    for key, count in Counter(component.key for component in plan.components).items():
        if count > 1:
            label = Label(zh=f"组件编号“{key}”重复", en=f'the component key "{key}" is used twice')
            yield Problem(f"components.{key}", "duplicate_component", label)
    keys = {component.key for component in plan.components}
    for component in plan.components:
        place = f"components.{component.key}"
        if not component.measure and component.after is None:
            label = Label(zh="没有说明按什么计量", en="it does not say what it measures")
            yield Problem(f"{place}.measure", "no_measure", label)
        if component.after is not None and component.after not in keys:
            label = Label(zh=f"没有组件“{component.after}”", en=f'there is no component "{component.after}"')
            yield Problem(f"{place}.after", "unknown_component", label)
        if component.after is not None and component.after in keys:
            yield from after_problems(plan, plan.component(component.after), component)
        scale = plan.rounding_of(component).scale
        if (scale is None or scale > 2) and component.pays:
            label = Label(zh="入账金额最多两位小数", en="what is posted has at most two decimal places")
            yield Problem(f"{place}.rounding", "rounding_too_fine", label)
    yield from name_problems(plan)


def after_problems(plan: PlanDocument, before: AnyComponent, after: AnyComponent) -> Iterator[Problem]:
    """What is cut up line by line should be rounded line by line, and not be paid by itself as well."""
    if after.at_close or isinstance(after, Cumulative):
        return
    if before.pays:
        label = Label(
            zh=f"“{before.key}”自己支付，又被“{after.key}”再分配：若只是中间结果，请设为不支付",
            en=f'"{before.key}" pays by itself and feeds "{after.key}": say pays = false if it is only a step on the way',
        )
        yield Problem(f"components.{before.key}.pays", "paid_twice", label, severity="warning")
    rounding = plan.rounding_of(before)
    if before.model in BY_DIFFERENCE and rounding.scale is not None and rounding.moment is not Moment.LINE:
        label = Label(
            zh=f"“{before.key}”按累计舍入，尾差落在哪一笔取决于先后：被“{after.key}”逐笔使用时请改为逐笔舍入",
            en=f'"{before.key}" is rounded by difference, so its cents fall by order of arrival: round it by line '
            f'where "{after.key}" uses its lines',
        )
        yield Problem(f"components.{before.key}.rounding", "lines_depend_on_order", label, severity="warning")


def name_problems(plan: PlanDocument) -> Iterator[Problem]:
    """Every name means one thing."""
    names = [*OWN, *plan.facts, *plan.parameters, *(lookup.name for lookup in plan.lookups)]
    for name, count in Counter(names).items():
        if count > 1:
            label = Label(zh=f"名称“{name}”有两种含义", en=f'the name "{name}" means two things')
            yield Problem("names", "duplicate_name", label)


def cycle_problems(prepared: PreparedPlan) -> Iterator[Problem]:
    """One problem per ring in which the output of one thing feeds another and comes back."""
    feeds = what_feeds_what(prepared)
    done: set[str] = set()
    for start in feeds:
        ring = ring_from(start, feeds, done)
        if ring:
            shown = " → ".join(ring)
            label = Label(zh=f"循环引用：{shown}", en=f"a cycle: {shown}")
            yield Problem(place_of(ring[0]), "cycle", label)


def place_of(name: str) -> str:
    return f"components.{name.removeprefix(EARNED)}" if name.startswith(EARNED) else f"lookups.{name}"


def ring_from(start: str, feeds: Mapping[str, tuple[str, ...]], done: set[str]) -> list[str]:
    """The first ring reached from a name that was not walked before, beginning and ending with the same name."""
    path: list[str] = []

    def walk(name: str) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done or name not in feeds:
            return []
        path.append(name)
        for below in feeds[name]:
            if ring := walk(below):
                return ring
        path.pop()
        done.add(name)
        return []

    ring = walk(start)
    done.update(path)
    return ring


def what_feeds_what(prepared: PreparedPlan) -> dict[str, tuple[str, ...]]:
    """By component (as 收益.<key>), parameter or lookup: the names it uses."""
    document = prepared.document
    found: dict[str, tuple[str, ...]] = {}
    for component in document.components:
        names = names_used(prepared, component)
        after = (f"{EARNED}{component.after}",) if component.after is not None else ()
        found[f"{EARNED}{component.key}"] = (*after, *names)
    for lookup in document.lookups:
        found[lookup.name] = names_used(prepared, lookup)
    for name, parameter in document.parameters.items():
        found[name] = names_used(prepared, parameter)
    return found


def names_used(prepared: PreparedPlan, value: object) -> tuple[str, ...]:
    texts = (text for _, text in spoken_in(value, "", spoken=False))
    return tuple(dict.fromkeys(name for text in texts for name in prepared.names.get(text, ())))


def use_problems(prepared: PreparedPlan) -> Iterator[Problem]:
    """收益.<key> of something that cannot be told from one input, and 累计 where there is no running base."""
    document = prepared.document
    for component in document.components:
        place = f"components.{component.key}"
        names = names_used(prepared, component)
        if RUNNING in names and not isinstance(component, Cumulative):
            label = Label(zh="只有累计类组件知道“累计”", en=f"only a cumulative component knows {RUNNING}")
            yield Problem(place, "no_running_base", label)
        for name in names:
            if name.startswith(EARNED) and is_collective(document, name.removeprefix(EARNED)):
                label = Label(
                    zh=f"“{name}”要看多笔才能得出，请改用“接在某组件之后”",
                    en=f'"{name}" needs several inputs to be known: stand after that component instead',
                )
                yield Problem(place, "not_alone", label)


def is_collective(document: PlanDocument, key: str) -> bool:
    component = document.component(key)
    if component.model in {"milestone", "draw"}:
        return True
    return isinstance(component, Cumulative) and (component.together is not None or bool(component.seasons))
