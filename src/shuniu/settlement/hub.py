"""What settlement plugs into the hub: its events, the facts it knows, what flows may ask of it, what it hears."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q
from pydantic import BaseModel

from shuniu.foundation.access import Actor, may, system
from shuniu.foundation.hub import (
    Effect,
    Event,
    EventType,
    Fact,
    FactRelation,
    Ref,
    Subject,
    SubjectCard,
    Subscriber,
)
from shuniu.foundation.text import Text
from shuniu.settlement import actions, queries
from shuniu.settlement.measures import EXPECTED_INCOME, WORK_ORDER
from shuniu.settlement.models import Bucket, Check, Payout, PayoutBatch, Period, Plan, Run
from shuniu.settlement.permissions import PAYOUT_READ, PERIOD_READ, PLAN_READ, READ, RUN_READ
from shuniu.settlement.settings import NOTICE_KINDS, SETTINGS

__all__ = ["EFFECTS", "EVENTS", "FACTS", "NOTICE_KINDS", "SETTINGS", "SUBJECTS", "SUBSCRIBERS"]

HOUSE = system("settlement")
MONEY: Mapping[str, Any] = {"amount_fen": "number", "staff_ids": "ids"}
RUN_DATA: Mapping[str, Any] = {"parts": "number", "failed": "number", "staff_ids": "ids"}
BATCH: Mapping[str, Any] = {"payouts": "number", "staff_ids": "ids"}


def event(name: str, subject: str, zh: str, en: str, data: Mapping[str, Any]) -> EventType:
    return EventType(name, subject, Text(zh=zh, en=en), data)


EVENTS = (
    event("earning.posted", WORK_ORDER, "收益入账", "Earning posted", {**MONEY, "input_id": "id"}),
    event("earning.confirmed", WORK_ORDER, "收益已确认", "Earning confirmed", MONEY),
    event("earning.withdrawable", WORK_ORDER, "收益可提现", "Earning withdrawable", MONEY),
    event("settlement.bucket_moved", "settlement_bucket", "账期收益变动", "Period earnings moved", MONEY),
    event("settlement.run_finished", "settlement_run", "结算运行完成", "Settlement run finished", RUN_DATA),
    event(
        "settlement.plan_published",
        "settlement_plan",
        "结算方案已发布",
        "Settlement plan published",
        {"version_id": "id", "number": "number"},
    ),
    *(
        event(f"settlement.period_{what}", "settlement_period", zh, en, {"plan_id": "id", "staff_ids": "ids"})
        for what, zh, en in (
            ("close_requested", "申请关账", "Close asked for"),
            ("close_rejected", "关账已驳回", "Close refused"),
            ("closed", "账期已关账", "Period closed"),
        )
    ),
    event(
        "payout.batch_created",
        "payout_batch",
        "打款批次已创建",
        "Payout batch created",
        {"payouts": "number", "total_fen": "number"},
    ),
    event("payout.batch_approved", "payout_batch", "打款批次已审批", "Payout batch approved", BATCH),
    event("payout.batch_rejected", "payout_batch", "打款批次已驳回", "Payout batch rejected", BATCH),
    event("payout.paid", "payout", "打款已到账", "Payout paid", {**MONEY, "batch_id": "id"}),
    event("payout.failed", "payout", "打款失败", "Payout failed", {**MONEY, "batch_id": "id"}),
    event("payout.unknown", "payout", "打款结果未知", "Payout outcome unknown", {**MONEY, "batch_id": "id"}),
    event("payout.asked", "payout", "已向银行查询", "Bank asked again", {**MONEY, "batch_id": "id"}),
)


def fresh(events: Sequence[Event]) -> list[Event]:
    """Events that happen now; a history being loaded settles by itself."""
    return [one for one in events if not one.data.get("history")]


def on_order(events: Sequence[Event]) -> None:
    """An order was made or offered: remember what it will pay."""
    found = fresh(events)
    if found:
        actions.expect(order_ids=[one.subject.id for one in found], now=max(one.at for one in found))


def on_confirmed(events: Sequence[Event]) -> None:
    """The customer (or silence) confirmed the work: so is what it earned."""
    for one in fresh(events):
        actions.confirm(source=one.subject, by=HOUSE, now=one.at)


def on_shop_order(events: Sequence[Event]) -> None:
    """Orders were paid or given back: what they move is settled at once, once each."""
    now = max(one.at for one in events)
    paid = [one.subject.id for one in events if one.name == "shop_order.paid"]
    refunds = [int(one.data["refund_id"]) for one in events if one.name == "shop_order.refunded"]
    actions.record_sales(order_ids=paid, refund_ids=refunds, by=HOUSE, now=now)


SUBSCRIBERS = (
    Subscriber("settlement.sales", ("shop_order.paid", "shop_order.refunded"), on_shop_order),
    Subscriber("settlement.expectations", ("work_order.created", "work_order.offered"), on_order),
    Subscriber("settlement.confirmations", ("work_order.confirmed",), on_confirmed),
)


class RecordParams(BaseModel):
    """Which measure reads what the subject is worth."""

    measure: Literal["work_order.completed"] = "work_order.completed"


class ConfirmParams(BaseModel):
    """Nothing to set: the subject's earnings are confirmed."""


def record(*, params: RecordParams, subject: Ref, by: Actor, now: datetime, key: str) -> dict[str, Any]:
    del key  # a source is recorded once whoever asks
    done = actions.record_measured(measure=params.measure, source=subject, by=by, now=now)
    return {"input_id": done.input_id, "amount_fen": int(done.total * 100)}


def confirm(*, params: ConfirmParams, subject: Ref, by: Actor, now: datetime, key: str) -> None:
    del params, key
    actions.confirm(source=subject, by=by, now=now)


EFFECTS = (
    Effect("settlement.record", Text(zh="结算", en="Settle"), RecordParams, record),
    Effect("settlement.confirm", Text(zh="确认收益", en="Confirm earnings"), ConfirmParams, confirm),
)

# What has been posted is known for certain; before that, what was last computed.
INCOME = FactRelation(
    name="settlement.income",
    subject=WORK_ORDER,
    sql="""
        SELECT w.id, coalesce(
                 (SELECT sum(found.amount) FROM (
                    SELECT DISTINCT e.id, e.amount
                      FROM settlement_input i CROSS JOIN LATERAL jsonb_each_text(i.parties) AS p (role, party)
                      JOIN settlement_input j ON j.source_kind = i.source_kind AND j.source_id = i.source_id
                      JOIN settlement_earning e ON e.beneficiary_id = split_part(p.party, ':', 2)::bigint
                       AND e.at = j.at AND e.source_kind = i.source_kind AND e.source_id = i.source_id
                     WHERE i.source_kind = 'work_order' AND i.source_id = w.id) AS found),
                 (SELECT x.amount FROM settlement_expectation x
                   WHERE x.source_kind = 'work_order' AND x.source_id = w.id)) AS income
          FROM unnest(%(ids)s::bigint[]) AS w (id)
    """,
)
WALLET = FactRelation(
    name="settlement.wallet",
    subject="staff",
    sql="""
        SELECT owner_id AS id, balance AS withdrawable FROM ledger_account
         WHERE owner_kind = 'staff' AND owner_id = ANY(%(ids)s) AND purpose = 'withdrawable' AND currency = 'CNY'
    """,
)
FACTS = (
    Fact(EXPECTED_INCOME, WORK_ORDER, "number", INCOME, "income", Text(zh="预计收入", en="Expected income")),
    Fact("师傅.可提现", "staff", "number", WALLET, "withdrawable", Text(zh="可提现", en="Withdrawable")),
)


def holders(
    permission: Any, found: Callable[[Sequence[int]], Sequence[int]]
) -> Callable[[Actor, Sequence[int]], set[int]]:
    """Visible to whoever holds the permission, as far as the ids exist."""
    return lambda actor, ids: set(found(ids)) if may(actor, permission) else set()


def plan_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        one.pk: SubjectCard(one.name_zh, one.key, f"/console/settlement/plans/{one.pk}")
        for one in Plan.objects.filter(pk__in=ids)
    }


def batch_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        one.pk: SubjectCard(f"打款批次 {one.no}", one.note, f"/console/settlement/payouts/{one.pk}")
        for one in PayoutBatch.objects.filter(pk__in=ids)
    }


def payout_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        one.pk: SubjectCard(
            f"打款 {one.bill_no}", one.beneficiary_name, f"/console/settlement/payouts/{one.batch_id}"
        )
        for one in Payout.objects.filter(pk__in=ids)
    }


def bucket_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        one.pk: SubjectCard(f"{one.plan.name_zh} {one.period}", one.component, "/console/settlement/earnings")
        for one in Bucket.objects.filter(pk__in=ids).select_related("plan")
    }


def period_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        one.pk: SubjectCard(f"{one.plan.name_zh} {one.period}", link="/console/settlement/periods")
        for one in Period.objects.filter(pk__in=ids).select_related("plan")
    }


def run_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        one.pk: SubjectCard(f"结算运行 #{one.pk}", one.period, f"/console/settlement/runs/{one.pk}")
        for one in Run.objects.filter(pk__in=ids)
    }


def check_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        one.pk: SubjectCard(f"收益核对 {one.day}", link="/console/settlement/runs")
        for one in Check.objects.filter(pk__in=ids)
    }


def existing_checks(ids: Sequence[int]) -> list[int]:
    return list(Check.objects.filter(pk__in=ids).values_list("pk", flat=True))


def existing_runs(ids: Sequence[int]) -> list[int]:
    return list(Run.objects.filter(pk__in=ids).values_list("pk", flat=True))


def existing_periods(ids: Sequence[int]) -> list[int]:
    return list(Period.objects.filter(pk__in=ids).values_list("pk", flat=True))


def visible_batches(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(queries.batch_set(actor).filter(pk__in=ids).values_list("pk", flat=True))


def visible_payouts(actor: Actor, ids: Sequence[int]) -> set[int]:
    """One's own payouts too: a notice points at them."""
    own = Q(beneficiary_kind="staff", beneficiary_id=actor.staff_id or 0)
    seen = Payout.objects.filter(pk__in=queries.payout_set(actor).filter(pk__in=ids).values("pk"))
    return set((seen | Payout.objects.filter(own, pk__in=ids)).values_list("pk", flat=True))


def existing_plans(ids: Sequence[int]) -> list[int]:
    return list(Plan.objects.filter(pk__in=ids).values_list("pk", flat=True))


def existing_buckets(ids: Sequence[int]) -> list[int]:
    return list(Bucket.objects.filter(pk__in=ids).values_list("pk", flat=True))


SUBJECTS = (
    Subject(
        kind="settlement_plan",
        text=Text(zh="结算方案", en="Settlement plan"),
        link="/console/settlement/plans/{id}",
        cards=plan_cards,
        visible=holders(PLAN_READ, existing_plans),
        read=PLAN_READ,
    ),
    Subject(
        kind="settlement_bucket",
        text=Text(zh="账期收益", en="Period earnings"),
        link="/console/settlement/earnings",
        cards=bucket_cards,
        visible=holders(READ, existing_buckets),
        read=READ,
    ),
    Subject(
        kind="settlement_run",
        text=Text(zh="结算运行", en="Settlement run"),
        link="/console/settlement/runs/{id}",
        cards=run_cards,
        visible=holders(RUN_READ, existing_runs),
        units=lambda actor: None if may(actor, RUN_READ) else frozenset(),
        read=RUN_READ,
    ),
    Subject(
        kind="settlement_check",
        text=Text(zh="收益核对", en="Check of earnings"),
        link="/console/settlement/runs",
        cards=check_cards,
        visible=holders(RUN_READ, existing_checks),
        read=RUN_READ,
    ),
    Subject(
        kind="settlement_period",
        text=Text(zh="账期", en="Settlement period"),
        link="/console/settlement/periods",
        cards=period_cards,
        visible=holders(PERIOD_READ, existing_periods),
        units=lambda actor: None if may(actor, PERIOD_READ) else frozenset(),
        read=PERIOD_READ,
    ),
    Subject(
        kind="payout_batch",
        text=Text(zh="打款批次", en="Payout batch"),
        link="/console/settlement/payouts/{id}",
        cards=batch_cards,
        visible=visible_batches,
        units=lambda actor: None if visible_all(actor) else frozenset(),
        read=PAYOUT_READ,
    ),
    Subject(
        kind="payout",
        text=Text(zh="打款", en="Payout"),
        link="/console/settlement/payouts",
        cards=payout_cards,
        visible=visible_payouts,
        read=PAYOUT_READ,
    ),
)


def visible_all(actor: Actor) -> bool:
    return may(actor, PAYOUT_READ)
