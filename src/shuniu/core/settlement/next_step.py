"""Where a bucket stands: how far the next tier is, and what reaching it is worth (“再卖 12,300.00 元进入 8 % 档”)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shuniu.core.settlement.buckets import ANY_INPUT
from shuniu.core.settlement.context import AMOUNT, QUANTITY, Context, PreparedPlan
from shuniu.core.settlement.curves.at_input import curve_at
from shuniu.core.settlement.curves.pieces import Piece, Pieces
from shuniu.core.settlement.inputs import Input
from shuniu.core.settlement.models.cumulative import active_curve
from shuniu.core.settlement.plan import ZERO, Cumulative
from shuniu.core.settlement.telling.nodes import percent, plain
from shuniu.core.settlement.words import Label


@dataclass(frozen=True, slots=True)
class NextStep:
    """`missing` of the base leads to `bound`; with `included` reaching it is enough, else it must be exceeded.

    `rate` is what a unit of the base earns from there on, `gain` what reaching it pays at once.
    """

    missing: Decimal
    bound: Decimal
    included: bool
    rate: Decimal
    gain: Decimal
    text: Label


def next_step(prepared: PreparedPlan, key: str, base: Decimal, one: Input | None = None) -> NextStep | None:
    """The next tier of a cumulative component from a base; None on the last one, or where there are no tiers.

    `one` stands for the input whose facts, season and quota count; without it the plan's fixed numbers do.
    """
    component = prepared.document.component(key)
    if not isinstance(component, Cumulative):
        return None
    context = Context(prepared, one or ANY_INPUT)
    worth = curve_at(active_curve(component, context)[1], context)
    if not isinstance(worth, Pieces):
        return None
    here = worth.place(base)
    now = worth.pieces[here]
    for piece in worth.pieces[here + 1 :]:
        if piece.start > 0 and is_better(now, piece):
            return step_to(component, base, now, piece)
    return None


def is_better(now: Piece, later: Piece) -> bool:
    return later.slope > now.slope or later.at(later.start) > now.at(later.start)


def step_to(component: Cumulative, base: Decimal, now: Piece, piece: Piece) -> NextStep:
    missing = piece.start - base
    gain = max(piece.at(piece.start) - now.at(piece.start), ZERO)
    return NextStep(
        missing, piece.start, piece.included, piece.slope, gain, told(component, missing, piece, gain)
    )


def told(component: Cumulative, missing: Decimal, piece: Piece, gain: Decimal) -> Label:
    unit_zh, unit_en, verb_zh = "", "", "再增加"
    if component.base == AMOUNT:
        unit_zh, unit_en, verb_zh = " 元", " yuan", "再卖"
    elif component.base == QUANTITY:
        unit_zh, unit_en, verb_zh = " 件", " units", "再做"
    amount = f"{missing:,.2f}" if component.base == AMOUNT else plain(missing)
    over_zh, over_en = ("", "") if piece.included else ("以上（不含）", "over ")
    if piece.slope:
        where_zh, where_en = f"进入 {rate_text(piece.slope)} 档", f"reach the {rate_text(piece.slope)} tier"
    else:
        where_zh, where_en = f"得 {gain:,.2f} 元", f"earn {gain:,.2f} yuan"
    return Label(
        zh=f"{verb_zh} {amount}{unit_zh}{over_zh}{where_zh}",
        en=f"{over_en}{amount}{unit_en} more to {where_en}",
    )


def rate_text(rate: Decimal) -> str:
    return percent(rate).replace("%", " %") if abs(rate) < 1 else f"{plain(rate)} 元"
