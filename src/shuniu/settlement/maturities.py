"""Moving earned money on: 待确认 → 已确认 → 可提现, each stage by difference, so that repeating moves nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from django.db import connection

from shuniu.foundation.access import Actor
from shuniu.foundation.database.sets import relation
from shuniu.foundation.hub import NewEvent, Ref, publish_many
from shuniu.foundation.text import Text
from shuniu.ledger import actions as ledger
from shuniu.ledger import queries as ledger_queries
from shuniu.ledger.contracts import AccountRef, NewTransaction, Posting
from shuniu.settlement.queries.states import paid_totals
from shuniu.settlement.ways import CASH, WAYS

NOTHING_SENT = (Decimal("0.00"), Decimal("0.00"))

ADD_EARNED = """
INSERT INTO settlement_maturity
       (matter_kind, matter_id, beneficiary_kind, beneficiary_id, currency, account, unit_id, earned, confirmed,
        released, released_upto, hold_days, confirm_due_at, moves)
SELECT e.matter_kind, e.matter_id, e.beneficiary_kind, e.beneficiary_id, e.currency, e.account, e.unit_id, e.amount,
       0, 0, 0, e.hold_days, e.confirm_due_at, 0
  FROM {earned} ORDER BY 1, 2, 3, 4, 5, 6
ON CONFLICT (matter_kind, matter_id, beneficiary_kind, beneficiary_id, currency, account)
DO UPDATE SET earned = settlement_maturity.earned + excluded.earned
RETURNING id, matter_kind, matter_id, beneficiary_kind, beneficiary_id, currency, account
"""
EARNED_COLUMNS = (
    ("matter_kind", "text"), ("matter_id", "bigint"), ("beneficiary_kind", "text"), ("beneficiary_id", "bigint"),
    ("currency", "text"), ("account", "text"), ("unit_id", "bigint"), ("amount", "numeric"), ("hold_days", "int"),
    ("confirm_due_at", "timestamptz"),
)  # fmt: skip
LOCK = """
SELECT m.id, m.matter_kind, m.matter_id, m.beneficiary_kind, m.beneficiary_id, m.currency, m.account, m.unit_id,
       m.earned, m.confirmed, m.released, m.released_upto, m.hold_days,
       coalesce(m.confirmed_at, c.at, CASE WHEN m.confirm_due_at <= %(now)s THEN %(now)s END),
       m.released_at, m.moves
  FROM settlement_maturity m
  LEFT JOIN settlement_confirmation c ON c.source_kind = m.matter_kind AND c.source_id = m.matter_id
 WHERE m.id = ANY(%(ids)s) ORDER BY m.id FOR NO KEY UPDATE OF m
"""
STORE = """
UPDATE settlement_maturity m
   SET confirmed = s.confirmed, released = s.released, released_upto = s.released_upto,
       confirmed_at = s.confirmed_at, release_due_at = s.confirmed_at + make_interval(days => m.hold_days),
       released_at = s.released_at, moves = s.moves
  FROM {moved} WHERE m.id = s.id
"""
STORE_COLUMNS = (
    ("id", "bigint"), ("confirmed", "numeric"), ("released", "numeric"), ("released_upto", "numeric"),
    ("confirmed_at", "timestamptz"), ("released_at", "timestamptz"), ("moves", "int"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Earned:
    """What a matter earned for a beneficiary in one run; `account` is the wallet it will end in."""

    matter: Ref
    beneficiary: Ref
    currency: str
    account: str
    unit_id: int
    amount: Decimal
    hold_days: int
    confirm_due_at: datetime | None


@dataclass(slots=True)
class Row:
    """A locked maturity; changed here and stored at once."""

    id: int
    matter: Ref
    beneficiary: Ref
    currency: str
    wallet: str
    unit_id: int
    earned: Decimal
    confirmed: Decimal
    released: Decimal
    released_upto: Decimal
    hold_days: int
    confirmed_at: datetime | None
    released_at: datetime | None
    moves: int

    @property
    def release_due_at(self) -> datetime | None:
        return self.confirmed_at and self.confirmed_at + timedelta(days=self.hold_days)

    def account(self, stage: str) -> AccountRef:
        """The account of a stage (earned, confirmed, withdrawable, owed) on this money's way."""
        return AccountRef(self.beneficiary, WAYS[self.wallet][stage], self.currency)


MaturityKey: TypeAlias = tuple[Ref, Ref, str, str]
"""matter, beneficiary, currency, wallet."""


def add_earned(earned: Sequence[Earned]) -> dict[MaturityKey, int]:
    """Add to what matters have earned; maturity id by its key."""
    if not earned:
        return {}
    rows = [
        (
            one.matter.kind, one.matter.id, one.beneficiary.kind, one.beneficiary.id, one.currency, one.account,
            one.unit_id, one.amount, one.hold_days, one.confirm_due_at,
        )
        for one in earned
    ]  # fmt: skip
    with connection.cursor() as cursor:
        source, parameters = relation(cursor, "e", EARNED_COLUMNS, rows)
        cursor.execute(ADD_EARNED.format(earned=source), parameters)
        return {
            (Ref(row[1], row[2]), Ref(row[3], row[4]), row[5], row[6]): row[0] for row in cursor.fetchall()
        }


def mature(ids: Sequence[int], *, by: Actor, now: datetime, release: bool = False, past: bool = False) -> int:
    """Bring these maturities to where they belong at `now`; the number that moved. Needs an open transaction.

    A first release happens only where `release` is said (the loop over due holds); what was released before is
    followed by its corrections at once. With `past` every move counts at the moment it was due, and nobody is told.
    """
    rows = locked(ids, now)
    confirmed = [row for row in rows if row.confirmed_at and row.earned != row.confirmed]
    confirmations = [confirm_row(row, (row.confirmed_at or now) if past else now) for row in confirmed]
    due = [row for row in rows if row.released_at or (release and (row.release_due_at or now) <= now)]
    due = [
        row for row in due if row.confirmed_at and (row.released_at is None or row.confirmed != row.released)
    ]
    releases = release_rows(due, None if past else now, now)
    ledger.post_many(transactions=[*confirmations, *releases], by=by, now=now)
    store(rows)
    moved = {row.id for row in (*due, *confirmed)}
    if not past:
        announce([row for row in rows if row.id in moved], {row.id for row in due}, by, now)
    return len(moved)


def locked(ids: Sequence[int], now: datetime) -> list[Row]:
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(LOCK, {"ids": list(ids), "now": now})
        return [Row(row[0], Ref(row[1], row[2]), Ref(row[3], row[4]), *row[5:]) for row in cursor.fetchall()]


def confirm_row(row: Row, at: datetime) -> NewTransaction:
    amount = row.earned - row.confirmed
    row.confirmed = row.earned
    return transaction_of(row, "confirm", "earned", [("confirmed", amount)], at)


def release_rows(due: Sequence[Row], at: datetime | None, now: datetime) -> list[NewTransaction]:
    """Release as they fell due, counting at `at` or else when each was due.

    What was paid out too much before (待扣回) is taken first; what a wallet cannot give back becomes 待扣回.
    """
    if not due:
        return []
    due = sorted(due, key=lambda row: (row.release_due_at or now, row.id))
    wallets = ledger.lock_wallets(wallets={row.account("withdrawable") for row in due}, now=now)
    owed = owed_balances(due)
    upto = released_upto(due, wallets)
    news = []
    for row in due:
        amount = row.confirmed - row.released
        wallet, debt = row.account("withdrawable"), row.account("owed")
        to_debt = split_off(amount, wallets[wallet], owed[debt])
        wallets[wallet] += amount - to_debt
        owed[debt] += to_debt
        upto[wallet] += amount - to_debt
        moment = at or row.release_due_at or now
        row.released, row.released_upto = row.confirmed, upto[wallet]
        row.released_at = row.released_at or moment
        if amount:
            legs = [("withdrawable", amount - to_debt), ("owed", to_debt)]
            news.append(transaction_of(row, "release", "confirmed", legs, moment))
    return news


def split_off(amount: Decimal, wallet: Decimal, owed: Decimal) -> Decimal:
    """The part of a release that goes to 待扣回: pays it down when positive, adds to it when negative."""
    if amount >= 0:
        return min(amount, -owed)
    return min(amount + wallet, Decimal("0.00"))


def owed_balances(due: Sequence[Row]) -> dict[AccountRef, Decimal]:
    return balances_of({row.account("owed") for row in due})


def balances_of(accounts: Iterable[AccountRef]) -> dict[AccountRef, Decimal]:
    """Balances of owners' accounts, one query for each kind of owner and currency."""
    asked: dict[tuple[str, str], set[AccountRef]] = defaultdict(set)
    for one in accounts:
        if one.owner is not None:
            asked[one.owner.kind, one.currency].add(one)
    found: dict[AccountRef, Decimal] = {}
    for (kind, currency), refs in asked.items():
        ids = {one.owner.id for one in refs if one.owner is not None}
        balances = ledger_queries.balances_of(kind, ids, currency, purposes={one.purpose for one in refs})
        for one in refs:
            if one.owner is not None:
                found[one] = balances[one.owner.id].get(one.purpose, Decimal("0.00"))
    return found


def released_upto(due: Sequence[Row], wallets: Mapping[AccountRef, Decimal]) -> dict[AccountRef, Decimal]:
    """Where each wallet's releases have come to: what was ever released is in it, on hold, or has left it."""
    sent = paid_totals((row.beneficiary.kind, row.beneficiary.id) for row in due)
    held = balances_of(AccountRef(ref.owner, "held", ref.currency) for ref in wallets if ref.purpose == CASH)
    found = dict(wallets)
    for ref in wallets:
        if ref.purpose == CASH and ref.owner is not None:
            found[ref] += sent.get((ref.owner.kind, ref.owner.id), NOTHING_SENT)[1]
            found[ref] += held[AccountRef(ref.owner, "held", ref.currency)]
    return found


MEMOS = {
    "confirm": Text(zh="收益已确认", en="Earning confirmed"),
    "release": Text(zh="收益可提现", en="Earning withdrawable"),
}


def transaction_of(
    row: Row, verb: str, source: str, legs: Iterable[tuple[str, Decimal]], at: datetime
) -> NewTransaction:
    """Money leaves `source` for the legs. The count of moves in the key makes every move a wish of its own."""
    row.moves += 1
    into = [Posting(row.account(purpose), amount) for purpose, amount in legs if amount]
    out = Posting(row.account(source), -sum((leg.amount for leg in into), Decimal(0)))
    return NewTransaction(
        key=f"settlement:{verb}:{row.id}:{row.moves}",
        postings=(out, *into),
        at=at,
        memo=MEMOS[verb],
        source=row.matter,
    )


def store(rows: Sequence[Row]) -> None:
    if not rows:
        return
    values = [
        (row.id, row.confirmed, row.released, row.released_upto, row.confirmed_at, row.released_at, row.moves)
        for row in rows
    ]
    with connection.cursor() as cursor:
        moved, parameters = relation(cursor, "s", STORE_COLUMNS, values)
        cursor.execute(STORE.format(moved=moved), parameters)


def announce(rows: Sequence[Row], released: set[int], by: Actor, now: datetime) -> None:
    events = []
    for row in rows:
        staff = [row.beneficiary.id] if row.beneficiary.kind == "staff" else []
        amount = row.released if row.id in released else row.confirmed
        events.append(
            NewEvent(
                name="earning.withdrawable" if row.id in released else "earning.confirmed",
                subject=row.matter,
                unit_id=row.unit_id,
                by=by,
                now=now,
                data={"amount_fen": int(amount * 100), "staff_ids": staff},
            )
        )
    publish_many(events)
