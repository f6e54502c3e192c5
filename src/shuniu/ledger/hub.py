"""What the ledger plugs into the hub: its alarm, and its transactions and accounts as things to point at."""

from collections.abc import Sequence

from shuniu.foundation.access import Actor
from shuniu.foundation.hub import EventType, Subject, SubjectCard
from shuniu.foundation.text import Text
from shuniu.ledger.contracts import purpose_text
from shuniu.ledger.models import Account, Check, Transaction
from shuniu.ledger.permissions import READ
from shuniu.ledger.queries import account_set, transaction_set
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


def visible_transactions(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(transaction_set(actor).filter(pk__in=ids).values_list("pk", flat=True))


def visible_accounts(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(account_set(actor).filter(pk__in=ids).values_list("pk", flat=True))


def nobody(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(ids) if actor.is_system else set()


EVENTS = (
    EventType(
        "ledger.invariant_broken",
        subject="ledger_check",
        text=Text(zh="账目核对发现问题", en="The ledger check found something wrong"),
        data={"findings": "number"},
    ),
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
        kind="ledger_check",
        text=Text(zh="账目核对", en="Ledger check"),
        link="/console/ledger/checks",
        cards=check_cards,
        visible=nobody,
        read=READ,
    ),
)
