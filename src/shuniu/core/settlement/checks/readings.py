"""How every threshold of a plan is read: 以上, 以下, 以内, 达到 and 满 include their number; 超过 and 不满 do not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from shuniu.core import feel
from shuniu.core.feel.tree import Compare, Literal, walk
from shuniu.core.settlement.checks.curves import curves_of, number
from shuniu.core.settlement.context import PreparedPlan
from shuniu.core.settlement.plan import Bands, Boundary, Comparison, Graduated, Target, Volume
from shuniu.core.settlement.problems import Problem
from shuniu.core.settlement.telling.nodes import plain
from shuniu.core.settlement.texts import expressions
from shuniu.core.settlement.words import Label

WORDS = {
    ">=": ("{0} 以上（含 {0}）", "{0} or more (including {0})"),
    ">": ("超过 {0}（不含 {0}）", "more than {0} (excluding {0})"),
    "<=": ("{0} 以下（含 {0}）", "{0} or less (including {0})"),
    "<": ("不满 {0}（不含 {0}）", "less than {0} (excluding {0})"),
}
TURNED = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}


def reading(op: str, value: Decimal, what: str = "") -> Label:
    zh, en = (text.format(plain(value)) for text in WORDS[op])
    return Label(zh=f"{what}：{zh}" if what else zh, en=f"{what}: {en}" if what else en)


def note(place: str, label: Label) -> Problem:
    return Problem(place, "threshold", label, severity="note")


def threshold_notes(prepared: PreparedPlan) -> Iterator[Problem]:
    for component in prepared.document.components:
        for place, curve in curves_of(component):
            if isinstance(curve, Graduated | Volume):
                yield from tier_notes(place, curve, prepared)
            if isinstance(curve, Target) and (value := number(curve.threshold, prepared)) is not None:
                op = ">=" if curve.comparison is Comparison.AT_LEAST else ">"
                yield note(f"{place}.threshold", reading(op, value))
    for lookup in prepared.document.lookups:
        if isinstance(lookup, Bands):
            yield from band_notes(lookup, prepared)
    yield from condition_notes(prepared)


def tier_notes(place: str, curve: Graduated | Volume, prepared: PreparedPlan) -> Iterator[Problem]:
    for position, tier in enumerate(curve.tiers):
        bound = None if tier.up_to is None else number(tier.up_to, prepared)
        if bound is None:
            continue
        here, this, next_ = f"{place}.tiers.{position}", position + 1, position + 2
        if isinstance(curve, Graduated):
            label = Label(
                zh=f"恰好 {plain(bound)} 时在第 {this} 档之内，超过 {plain(bound)}（不含）的部分按第 {next_} 档",
                en=f"exactly {plain(bound)} is within tier {this}; what exceeds {plain(bound)} is in tier {next_}",
            )
        elif curve.boundary is Boundary.UPPER_INCLUSIVE:
            label = Label(
                zh=f"{plain(bound)} 以下（含 {plain(bound)}）按第 {this} 档，超过 {plain(bound)} 按第 {next_} 档",
                en=f"{plain(bound)} or less (including {plain(bound)}) is tier {this}, more is tier {next_}",
            )
        else:
            label = Label(
                zh=f"不满 {plain(bound)} 按第 {this} 档，达到 {plain(bound)}（含 {plain(bound)}）按第 {next_} 档",
                en=f"less than {plain(bound)} is tier {this}, {plain(bound)} itself and more is tier {next_}",
            )
        yield note(here, label)


def band_notes(lookup: Bands, prepared: PreparedPlan) -> Iterator[Problem]:
    for position, band in enumerate(lookup.bands):
        place = f"lookups.{lookup.name}.bands.{position}"
        for text, op in (
            (band.low, ">=" if band.low_included else ">"),
            (band.high, "<=" if band.high_included else "<"),
        ):
            if text is not None and (value := number(text, prepared)) is not None:
                yield note(place, reading(op, value, f"{lookup.name} {band.value}"))


def condition_notes(prepared: PreparedPlan) -> Iterator[Problem]:
    """Every comparison with a plain number in the plan's conditions and formulas."""
    for place, text in expressions(prepared.document):
        program = prepared.programs.get(text)
        for node in walk(program.tree) if program is not None else ():
            if not isinstance(node, Compare) or node.op not in WORDS:
                continue
            for side, other, op in (
                (node.right, node.left, node.op),
                (node.left, node.right, TURNED[node.op]),
            ):
                if isinstance(side, Literal) and isinstance(side.value, Decimal):
                    yield note(place, reading(op, side.value, feel.print_tree(other)))
