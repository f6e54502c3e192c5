"""Waits 等待: a time, a moment, an event. The first that comes closes the step by its key."""

from collections.abc import Mapping
from typing import Any

from shuniu.core.flow.document import ForDate, ForEvent, ForTime, WaitNode
from shuniu.core.flow.effects import MomentArmed, TimerArmed, WaitClosed, WaitOpened
from shuniu.core.flow.kinds import limits
from shuniu.core.flow.state import Kept, OpenStep, OpenWait
from shuniu.core.flow.walk import Arrival, Walk

PREFIX = "wait_"


def wait(walk: Walk, here: OpenStep, node: WaitNode, _: Arrival) -> None:
    limits.arm(walk, here.visit, node.deadline)
    for number, one in enumerate(node.until, start=1):
        rung = f"{PREFIX}{one.key}"
        if isinstance(one, ForTime):
            walk.effects.append(TimerArmed(here.visit, rung, one.amount, one.unit, one.clock, one.setting))
        elif isinstance(one, ForDate):
            at = walk.value(one.date)
            if not isinstance(at, str):
                walk.stop(
                    here, "date_unknown", "等待的日期算不出来", "The date to wait for cannot be computed."
                )
                return
            walk.effects.append(MomentArmed(here.visit, rung, at))
        else:
            here = _listen(walk, here, number, one)
    _remembered(walk, here)


def meet(walk: Walk, here: OpenStep, event: str, correlation: str | None, data: Mapping[str, Any]) -> bool:
    """Close a step whose wait an event meets; whether it did."""
    node = walk.node(here)
    for open_wait in here.waits:
        if open_wait.event != event or open_wait.correlation != correlation or not isinstance(node, WaitNode):
            continue
        one = node.until[open_wait.number - 1]
        if not isinstance(one, ForEvent) or (
            one.where and walk.value(one.where, event=dict(data)) is not True
        ):
            continue
        walk.facts.update({fact: data.get(key) for fact, key in one.facts.items()})
        walk.effects.append(WaitClosed(here.visit, open_wait.number, met=True))
        here = walk.put(here.but(waits=tuple(w for w in here.waits if w is not open_wait)))
        walk.close(here, outcome=one.key)
        return True
    return False


def _listen(walk: Walk, here: OpenStep, number: int, one: ForEvent) -> OpenStep:
    found = None if one.correlation is None else walk.value(one.correlation)
    correlation = None if one.correlation is None else str(found)
    walk.effects.append(WaitOpened(here.visit, number, one.event, correlation))
    return walk.put(here.but(waits=(*here.waits, OpenWait(number, one.key, one.event, correlation))))


def _remembered(walk: Walk, here: OpenStep) -> None:
    """An event that came before anybody waited is taken now, once."""
    node = walk.node(here)
    if not isinstance(node, WaitNode):
        return
    wanted = {one.event for one in node.until if isinstance(one, ForEvent) and one.keep}
    for kept in walk.kept:
        if kept.event in wanted and meet(walk, here, kept.event, kept.correlation, kept.data):
            walk.kept.remove(kept)
            return


def keep(walk: Walk, kept: Kept) -> None:
    """Keep an event that a node of this flow may still want; the oldest beyond a hundred are forgotten."""
    if any(
        isinstance(one, ForEvent) and one.keep and one.event == kept.event
        for node in walk.document.nodes
        if isinstance(node, WaitNode)
        for one in node.until
    ):
        walk.kept.append(kept)
        del walk.kept[:-KEPT_MAX]


KEPT_MAX = 100
