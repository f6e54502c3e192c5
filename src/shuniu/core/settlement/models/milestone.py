"""Stage payments: what the accepted stages of a contract are worth together, less what was paid."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from shuniu.core.money import round_money
from shuniu.core.settlement.context import Context
from shuniu.core.settlement.models.model import Model, Share, bucket_text, rounding_of, to_one
from shuniu.core.settlement.plan import ZERO, Milestone
from shuniu.core.settlement.problems import PlanError


def milestone_together(component: Milestone, context: Context) -> str | None:
    if component.together is None:
        return context.one.source or bucket_text(component, context)
    return context.text(component.together)


def milestone_moves(component: Milestone, contexts: Sequence[Context]) -> list[list[Share]]:
    place = f"components.{component.key}"
    accepted: dict[str, Fraction] = {}
    paid = ZERO
    found = []
    for context in contexts:
        stage = context.text(component.stage)
        accepted[stage] = share_of(component, stage, context)
        contract = context.number(component.contract, f"{place}.contract")
        due = round_money(Fraction(contract) * sum(accepted.values()), rounding_of(component, context))
        found.append(to_one(component, context, due - paid))
        paid = due
    return found


def share_of(component: Milestone, key: str, context: Context) -> Fraction:
    for position, stage in enumerate(component.stages):
        if stage.key == key:
            return context.ratio(stage.share, f"components.{component.key}.stages.{position}")
    place = f"components.{component.key}.stage"
    raise PlanError("unknown_stage", place, f"方案里没有阶段“{key}”", f'the plan has no stage "{key}"')


MILESTONE = Model(milestone_moves, milestone_together, exact=True)
