"""Posting what a recalculation found: one line and one transaction for each bucket that stands elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from shuniu.core.settlement import AnyComponent, BucketState
from shuniu.foundation.access import Actor
from shuniu.foundation.database.sets import relation
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger import actions as ledger
from shuniu.ledger.contracts import AccountRef, NewTransaction, Posting
from shuniu.org import queries as org
from shuniu.settlement.buckets import EARNING_COLUMNS, MOVE_BUCKETS, announce_buckets
from shuniu.settlement.effects import BucketRow
from shuniu.settlement.maturities import Earned, MaturityKey, add_earned, mature
from shuniu.settlement.models import Input as InputRow
from shuniu.settlement.settings import CONFIRM_AFTER_HOURS, HOLD_DAYS
from shuniu.settlement.versions import Candidate
from shuniu.settlement.ways import WALLET_OF, WAYS

INSERT = "INSERT INTO settlement_earning ({names}) SELECT {names} FROM {lines} ORDER BY l.n"
LAST_INPUTS = """
SELECT b.id, i.id, i.at, i.unit_id, i.party_id FROM settlement_bucket b JOIN settlement_input i ON i.id = b.last_input
 WHERE b.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A bucket, where it stands, and where all its inputs put it."""

    part_id: int
    row: BucketRow
    bucket_id: int
    version: Candidate
    before: BucketState
    after: BucketState
    period: str
    period_bucket: int
    last: InputRow | None

    @property
    def amount(self) -> Decimal:
        return self.after.earned - self.before.earned

    @property
    def component(self) -> AnyComponent:
        return self.version.document.component(self.row[3])

    @property
    def wallet(self) -> str:
        return WALLET_OF[self.component.account]

    @property
    def owner(self) -> Ref:
        return Ref(self.row[0], self.row[1])

    @property
    def maturity_key(self) -> MaturityKey:
        return Ref("settlement_bucket", self.period_bucket), self.owner, self.row[5], self.wallet


def post_differences(found: Sequence[Difference], *, run_id: int, by: Actor, now: datetime) -> dict[int, int]:
    """Post them all; transaction id by bucket id, where money moved."""
    if not found:
        return {}
    lasts = last_inputs(found)
    moved = [one for one in found if one.amount]
    news = [transaction_of(one, run_id, now) for one in moved]
    refs = ledger.post_many(transactions=news, by=by, now=now)
    transactions = {one.bucket_id: ref.id for one, ref in zip(moved, refs, strict=True)}
    maturities = add_earned(earned_of(found, lasts, now))
    rows = [line_of(one, lasts[one.bucket_id], transactions, maturities, now) for one in found]
    with connection.cursor() as cursor:
        lines, parameters = relation(cursor, "l", EARNING_COLUMNS, rows)
        names = ", ".join(name for name, _ in EARNING_COLUMNS)
        cursor.execute(INSERT.format(names=names, lines=lines), parameters)
        columns: list[Any] = [
            [one.bucket_id for one in found],
            [one.after.base for one in found],
            [one.after.earned for one in found],
            [one.period for one in found],
            [lasts[one.bucket_id].id for one in found],
        ]
        cursor.execute(MOVE_BUCKETS, [now, *columns])
    announce_buckets([(one.bucket_id, one.row, one.amount) for one in moved], by=by, now=now)
    mature(sorted(set(maturities.values())), by=by, now=now)
    return transactions


def last_inputs(found: Sequence[Difference]) -> dict[int, InputRow]:
    """The latest input each bucket looked at, for what a line says of its unit and time."""
    lasts = {one.bucket_id: one.last for one in found if one.last is not None}
    missing = [one.bucket_id for one in found if one.bucket_id not in lasts]
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(LAST_INPUTS, [missing])
            for bucket_id, id_, at, unit_id, party_id in cursor:
                lasts[bucket_id] = InputRow(id=id_, at=at, unit_id=unit_id, party_id=party_id)
    return lasts


def transaction_of(one: Difference, run_id: int, now: datetime) -> NewTransaction:
    name, origin, currency = one.component.name, one.row[4], one.row[5]
    period = one.period if one.period == origin else f"{one.period}（属 {origin}）"
    return NewTransaction(
        key=f"settlement:bucket:{one.bucket_id}:recalculated:{run_id}",
        postings=(
            Posting(AccountRef(None, "expense", currency), -one.amount),
            Posting(AccountRef(one.owner, WAYS[one.wallet]["earned"], currency), one.amount),
        ),
        at=now,
        memo=Text(
            zh=f"{name.zh} {period} 重算差额",
            en=f"{name.pick('en')} {one.period} (of {origin}), recalculated",
        ),
        source=Ref("settlement_bucket", one.bucket_id),
    )


def earned_of(found: Sequence[Difference], lasts: Mapping[int, InputRow], now: datetime) -> list[Earned]:
    units = {lasts[one.bucket_id].unit_id for one in found}
    defaults = org.settings_for([HOLD_DAYS.key, CONFIRM_AFTER_HOURS.key], units)
    earned: dict[MaturityKey, Earned] = {}
    for one in found:
        unit_id, document = lasts[one.bucket_id].unit_id, one.version.document
        hours, hold = document.confirmation.after_hours, document.hold_days
        hours = defaults[unit_id][CONFIRM_AFTER_HOURS.key] if hours is None else hours
        matter, owner, currency, wallet = one.maturity_key
        known = earned.get(one.maturity_key)
        earned[one.maturity_key] = Earned(
            matter=matter,
            beneficiary=owner,
            currency=currency,
            account=wallet,
            unit_id=unit_id,
            amount=one.amount + (known.amount if known else 0),
            hold_days=defaults[unit_id][HOLD_DAYS.key] if hold is None else hold,
            confirm_due_at=None
            if document.confirmation.by == "period_close"
            else now + timedelta(hours=hours),
        )
    return list(earned.values())


def line_of(
    one: Difference,
    last: InputRow,
    transactions: Mapping[int, int],
    maturities: Mapping[MaturityKey, int],
    now: datetime,
) -> tuple[object, ...]:
    return (
        one.row[1], one.row[0], one.version.id, one.row[3], one.bucket_id, last.id, last.party_id,
        "settlement_bucket", one.bucket_id, last.unit_id, last.at, now, one.period, one.row[4],
        one.before.base, one.after.base, one.before.earned, one.after.earned, one.amount,
        transactions.get(one.bucket_id), maturities[one.maturity_key], "recalculated",
    )  # fmt: skip
