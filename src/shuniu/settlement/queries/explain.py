"""How a figure came to be, regenerated from its input and its typed columns."""

from typing import Any

from shuniu.core.money import format_amount
from shuniu.core.settlement import BucketKey, Label, Line, Node, PreparedPlan
from shuniu.core.settlement import explain as explain_line
from shuniu.core.settlement.explain import MODES
from shuniu.foundation.access import Actor
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger import queries as ledger
from shuniu.ledger.contracts import TransactionRow
from shuniu.settlement.contracts import Explanation, ExplanationFact, ExplanationNode, ExplanationSource
from shuniu.settlement.facts import thaw
from shuniu.settlement.models import Earning, Input, Maturity
from shuniu.settlement.queries.earnings import earning_rows, earning_set
from shuniu.settlement.queries.preview import text_of
from shuniu.settlement.stored import input_of
from shuniu.settlement.versions import prepared_version


def explain(actor: Actor, earning_id: int) -> Explanation:
    """Everything behind one earning; NotFound when it is not there or not the actor's to see."""
    one = earning_set(actor).filter(pk=earning_id).select_related("plan_version__plan").first()
    if one is None:
        raise NotFound()
    row = Input.objects.get(pk=one.input_id, party_id=one.input_party_id)
    old = Input.objects.filter(pk=row.corrects_id).first() if row.corrects_id is not None else None
    prepared = prepared_version(one.plan_version_id)
    root = recalculated(prepared, one)
    if one.cause != "recalculated":
        root = explain_line(prepared, line_of(one), input_of(row, input_of(old) if old else None))
    rule = prepared.document.rounding_of(prepared.document.component(one.component))
    mode = MODES[rule.mode]
    return Explanation(
        earning=earning_rows([one])[0],
        plan_id=one.plan_version.plan_id,
        plan_effective_from=one.plan_version.effective_from,
        plan_published_at=one.plan_version.published_at,
        measure=row.measure,
        input_id=row.pk,
        input_at=row.at,
        input_recorded_at=row.recorded_at,
        inputs=facts_of(thaw(row.facts).items()),
        rounding=Text(
            zh=f"{mode.zh}，保留 {rule.scale} 位小数", en=f"{mode.pick('en')}, {rule.scale} places"
        ),
        root=node_of(root),
        bucket_before=one.earned_before,
        bucket_after=one.earned_after,
        moves=moves_of(one),
    )


def recalculated(prepared: PreparedPlan, one: Earning) -> Node:
    """A line that no input made: all inputs of the bucket, priced by the versions in force then."""
    before, after = format_amount(one.earned_before), format_amount(one.earned_after)
    base = Node(
        "base",
        Label(zh="账期累计", en="Base of the period"),
        Label(zh=f"{format_amount(one.base_before)} → {format_amount(one.base_after)}"),
        one.base_after,
    )
    return Node(
        "recalculated",
        Label(
            zh=f"{prepared.document.component(one.component).name.zh}：按方案重新计算的差额",
            en="Difference of a recalculation",
        ),
        Label(zh=f"{after} − {before} = {format_amount(one.amount)}"),
        one.amount,
        children=(base,),
    )


def line_of(one: Earning) -> Line:
    beneficiary = f"{one.beneficiary_kind}:{one.beneficiary_id}"
    return Line(
        input_id=one.input_id,
        at=one.at,
        bucket=BucketKey(one.component, beneficiary, one.origin_period),
        base_before=one.base_before,
        base_after=one.base_after,
        earned_before=one.earned_before,
        earned_after=one.earned_after,
    )


def node_of(node: Node) -> ExplanationNode:
    return ExplanationNode(
        kind=node.kind,
        text=text_of(node.text),
        formula=text_of(node.formula),
        amount=node.value,
        rule=node.rule,
        facts=facts_of(node.facts),
        rounding=text_of(node.rounding) if node.rounding else None,
        children=tuple(node_of(child) for child in node.children),
    )


def facts_of(facts: Any) -> tuple[ExplanationFact, ...]:
    return tuple(ExplanationFact(name, written(value)) for name, value in facts)


def written(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def moves_of(one: Earning) -> tuple[ExplanationSource, ...]:
    """The transactions that moved this earning's matter for its beneficiary, oldest first."""
    owner = Ref(one.beneficiary_kind, one.beneficiary_id)
    maturity = Maturity.objects.get(pk=one.maturity_id)
    matter = Ref(maturity.matter_kind, maturity.matter_id)
    found = {row.id: row for row in ledger.transactions_of_source(matter, owner)}
    if one.transaction_id is not None and one.transaction_id not in found:
        found |= {row.id: row for row in ledger.transactions_by_id([one.transaction_id])}
    return tuple(move for id_ in sorted(found) for move in moves_in(found[id_], owner))


def moves_in(row: TransactionRow, owner: Ref) -> list[ExplanationSource]:
    giving = [leg for leg in row.postings if leg.amount < 0]
    return [
        ExplanationSource(
            transaction_id=row.id,
            at=row.at,
            memo=row.memo,
            from_text=giving[0].purpose_text,
            to_text=leg.purpose_text,
            amount=leg.amount,
        )
        for leg in row.postings
        if leg.amount > 0 and (leg.owner_kind, leg.owner_id) == (owner.kind, owner.id)
    ]
