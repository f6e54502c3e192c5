"""What others may know of the ledger: accounts, transactions to post, statements, and its refusals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from shuniu.foundation.errors import Conflict, Invalid
from shuniu.foundation.hub.contracts import Ref
from shuniu.foundation.text import Text

CURRENCY = "CNY"
SCALE = 2  # every currency posted here has hundredths as its smallest unit


class AccountKind(StrEnum):
    """A wallet keeps a locked balance that never goes below zero; a platform account keeps none."""

    PLATFORM = "platform"
    WALLET = "wallet"


# The states of money are accounts. Purposes not listed here may be used too and are platform accounts.
PURPOSES: Mapping[str, Text] = {
    "earned": Text(zh="待确认", en="Awaiting confirmation"),
    "confirmed": Text(zh="已确认", en="Confirmed"),
    "withdrawable": Text(zh="可提现", en="Withdrawable"),
    "in_transit": Text(zh="打款中", en="In transit"),
    "paid": Text(zh="已到账", en="Paid"),
    "held": Text(zh="冻结", en="On hold"),
    "owed": Text(zh="待扣回", en="Owed back"),
    "promotion_earned": Text(zh="推广基金待确认", en="Promotion fund awaiting confirmation"),
    "promotion_confirmed": Text(zh="推广基金已确认", en="Promotion fund confirmed"),
    "promotion_fund": Text(zh="推广基金", en="Promotion fund"),
    "promotion_owed": Text(zh="推广基金待扣回", en="Promotion fund owed back"),
    "promotion": Text(zh="推广支出", en="Promotion spending"),
    "expense": Text(zh="平台支出", en="Platform expense"),
    "cash": Text(zh="银行存款", en="Cash at bank"),
}
# What may be taken out must be there.
WALLETS = frozenset({"withdrawable", "held", "promotion_fund"})


def purpose_text(purpose: str) -> Text:
    """The name people read for a purpose."""
    return PURPOSES.get(purpose, Text(zh=purpose, en=purpose))


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account by what it is for; it is opened when first posted to. No owner means the platform's own."""

    owner: Ref | None
    purpose: str
    currency: str = CURRENCY

    @property
    def key(self) -> tuple[str, int, str, str]:
        """The order in which wallets are locked everywhere."""
        kind, id_ = (self.owner.kind, self.owner.id) if self.owner else ("", 0)
        return (kind, id_, self.purpose, self.currency)

    @property
    def kind(self) -> AccountKind:
        return AccountKind.WALLET if self.owner and self.purpose in WALLETS else AccountKind.PLATFORM

    def __str__(self) -> str:
        return ":".join(map(str, self.key))


@dataclass(frozen=True, slots=True)
class Posting:
    """One leg; `amount` > 0 is owed to the owner, < 0 is taken from it."""

    account: AccountRef
    amount: Decimal


@dataclass(frozen=True, slots=True)
class NewTransaction:
    """A transaction to post once under `key`. `at` is when it counts; the record time is the ledger's own."""

    key: str
    postings: tuple[Posting, ...]
    at: datetime
    memo: Text
    source: Ref
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class TransactionRef:
    """A posted transaction; `replayed` when the same wish had been posted before and nothing moved now."""

    id: int
    key: str
    replayed: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as listed. `balance` of a platform account is the sum of its postings."""

    id: int
    owner_kind: str
    owner_id: int
    owner_title: str
    purpose: str
    purpose_text: Text
    currency: str
    kind: AccountKind
    balance: Decimal
    postings: int


@dataclass(frozen=True, slots=True)
class TransactionPosting:
    account_id: int
    owner_kind: str
    owner_id: int
    owner_title: str
    purpose: str
    purpose_text: Text
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TransactionRow:
    """A transaction with its postings."""

    id: int
    key: str
    at: datetime
    recorded_at: datetime
    memo: Text
    source_kind: str
    source_id: int
    source_title: str
    source_link: str
    by: str
    corrects: int | None
    corrected_by: int | None
    postings: tuple[TransactionPosting, ...]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One posting of one owner, newest first, with its transaction."""

    posting_id: int
    transaction_id: int
    at: datetime
    recorded_at: datetime
    memo: Text
    purpose: str
    purpose_text: Text
    currency: str
    amount: Decimal
    source_kind: str
    source_id: int


@dataclass(frozen=True, slots=True)
class HoldRow:
    """Money of a wallet set aside. `ended_at` is None while it stands."""

    id: int
    owner_kind: str
    owner_id: int
    owner_title: str
    amount: Decimal
    currency: str
    reason: str
    placed_at: datetime
    placed_by_name: str
    ended_at: datetime | None
    ended_by_name: str
    ended_reason: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One nightly check and what it found, which should be nothing."""

    id: int
    day: date
    at: datetime
    findings: tuple["Finding", ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the nightly check found wrong: which rule, which row, by how much."""

    rule: str
    row_id: int
    off_by: Decimal


class Unbalanced(Invalid):
    code = "ledger.unbalanced"
    zh = "分录不平：{reason}"
    en = "The postings do not balance: {reason}"


class KeyReused(Conflict):
    code = "ledger.key_reused"
    zh = "记账编号 {key} 已用于其他内容"
    en = "The transaction key {key} was already used for other content."


class InsufficientBalance(Conflict):
    code = "ledger.insufficient_balance"
    zh = "{purpose}余额不足：可用 {available}，需要 {needed}"
    en = "Not enough in {purpose_en}: {available} available, {needed} needed."


class HoldEnded(Conflict):
    code = "ledger.hold_ended"
    zh = "这笔冻结已解除"
    en = "This hold has already ended."


class NotPositive(Invalid):
    code = "ledger.not_positive"
    zh = "金额必须大于零，最多两位小数"
    en = "The amount must be above zero, with at most two decimal places."
