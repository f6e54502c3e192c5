"""What the ledger plugs into the hub: its alarm, and its transactions and accounts as things to point at."""

from collections.abc import Mapping, Sequence
from typing import Any

from shuniu.foundation.access import Actor, scope_of
from shuniu.foundation.hub import EventType, Subject, SubjectCard
from shuniu.foundation.text import Text
from shuniu.ledger.contracts import purpose_text
from shuniu.ledger.models import Account, Check, Hold, Transaction
from shuniu.ledger.permissions import READ
from shuniu.ledger.queries import account_set, hold_set, transaction_set
from shuniu.org.contracts import NoticeKind


def transaction_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        one.pk: SubjectCard(
            title=one.memo_zh, subtitle=one.key, link=f"/console/ledger/transactions/{one.pk}"
        )
        for one in Transaction.objects.filter(pk__in=ids)
    }


def account_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        one.pk: SubjectCard(
            title=purpose_text(one.purpose).zh,
            subtitle=f"{one.owner_kind}:{one.owner_id}" if one.owner_kind else "",
            link=f"/console/ledger/accounts/{one.pk}",
        )
        for one in Account.objects.filter(pk__in=ids)
    }


def check_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        one.pk: SubjectCard(title=f"账目核对 {one.day}", link="/console/ledger/checks")
        for one in Check.objects.filter(pk__in=ids)
    }


def hold_cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    return {
        one.pk: SubjectCard(title=f"冻结 {one.amount}", subtitle=one.reason, link="/console/ledger/holds")
        for one in Hold.objects.filter(pk__in=ids)
    }


def visible_transactions(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(transaction_set(actor).filter(pk__in=ids).values_list("pk", flat=True))


def visible_accounts(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(account_set(actor).filter(pk__in=ids).values_list("pk", flat=True))


def visible_holds(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(hold_set(actor).filter(pk__in=ids).values_list("pk", flat=True))


def visible_checks(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(ids) if scope_of(actor, READ).everything else set()


HOLD_DATA: Mapping[str, Any] = {"amount_fen": "number", "staff_ids": "ids"}
EVENTS = (
    EventType(
        "ledger.invariant_broken",
        subject="ledger_check",
        text=Text(zh="账目核对发现问题", en="The ledger check found something wrong"),
        data={"findings": "number"},
    ),
    EventType("ledger.hold_placed", "ledger_hold", Text(zh="资金已冻结", en="Money put on hold"), HOLD_DATA),
    EventType("ledger.hold_released", "ledger_hold", Text(zh="冻结已解除", en="Hold released"), HOLD_DATA),
)
NOTICE_KINDS = (NoticeKind("ledger.invariant_broken", Text(zh="账目核对", en="Ledger check")),)
SUBJECTS = (
    Subject(
        kind="ledger_transaction",
        text=Text(zh="记账", en="Transaction"),
        link="/console/ledger/transactions/{id}",
        cards=transaction_cards,
        visible=visible_transactions,
        read=READ,
    ),
    Subject(
        kind="ledger_account",
        text=Text(zh="账户", en="Account"),
        link="/console/ledger/accounts/{id}",
        cards=account_cards,
        visible=visible_accounts,
        read=READ,
    ),
    Subject(
        kind="ledger_hold",
        text=Text(zh="冻结", en="Hold"),
        link="/console/ledger/holds",
        cards=hold_cards,
        visible=visible_holds,
        read=READ,
    ),
    Subject(
        kind="ledger_check",
        text=Text(zh="账目核对", en="Ledger check"),
        link="/console/ledger/checks",
        cards=check_cards,
        visible=visible_checks,
        read=READ,
    ),
)
