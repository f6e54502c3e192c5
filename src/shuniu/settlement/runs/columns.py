"""The short way for plain columns: the base of a bucket is the sum of one column of its inputs.

Nothing is built for a line but its text: what the database gave is passed through, what the engine says is put
beside it, and COPY takes it back.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from operator import itemgetter
from typing import TypeAlias

from django.db import connection

from shuniu.core.settlement import BucketState, Compiled, compiled, period_key
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger import actions as ledger
from shuniu.ledger.contracts import AccountRef, NewTransaction, Posting
from shuniu.org import queries as org
from shuniu.settlement.buckets import (
    LOCK_BUCKETS,
    MOVE_BUCKETS,
    OPEN_BUCKETS,
    announce_buckets,
    posting_rows,
)
from shuniu.settlement.closing import keep_periods
from shuniu.settlement.cutting import home_role
from shuniu.settlement.effects import BucketRow
from shuniu.settlement.maturities import Earned, MaturityKey, add_earned, mature
from shuniu.settlement.models import RunPart
from shuniu.settlement.periods import bounds, following
from shuniu.settlement.settings import HOLD_DAYS
from shuniu.settlement.versions import Candidate, prepared_version
from shuniu.settlement.ways import WALLET_OF, WAYS

# One text for each part: rows one by one would cost more than what is done with them.
READ = """
SELECT p.id, i.corrections, i.lines
  FROM settlement_run_part p CROSS JOIN LATERAL (
       SELECT bool_or(i.corrects_id IS NOT NULL) AS corrections,
              string_agg(concat_ws(E'\\t', i.{column}, i.at, i.id, i.party_id, i.source_kind, i.source_id, i.unit_id,
                                   i.at), E'\\n' ORDER BY i.at, i.id) AS lines
         FROM settlement_input i WHERE i.id = ANY(p.inputs)) AS i
 WHERE p.id = ANY(%s) AND i.lines IS NOT NULL
"""
WRITE = """
COPY settlement_earning
     (input_id, input_party_id, source_kind, source_id, unit_id, at, base_before, base_after, earned_before,
      earned_after, amount, beneficiary_id, beneficiary_kind, plan_version_id, component, bucket_id, recorded_at,
      period, origin_period, transaction_id, maturity_id)
FROM STDIN
"""


NULL = "\\N"
EMPTY = BucketState()


@dataclass(frozen=True, slots=True)
class Plain:
    """A component that only looks at one column, under the one version in force."""

    version: Candidate
    ready: Compiled

    @property
    def column(self) -> str:
        return self.ready.column or "amount"


@dataclass(slots=True)
class Filling:
    """One bucket on its way: its lines as text, up to where the transaction and the maturity are known."""

    part_id: int
    row: BucketRow
    plain: Plain
    amounts: list[Decimal]
    passed: list[str]
    last_at: str
    bucket_id: int = 0
    period: str = ""
    period_bucket: int = 0
    last_input: int = 0
    before: BucketState = EMPTY
    after: BucketState = EMPTY
    lines: Sequence[str] = ()

    @property
    def earned(self) -> Decimal:
        return self.after.earned - self.before.earned

    @property
    def wallet(self) -> str:
        return WALLET_OF[self.plain.ready.component.account]

    @property
    def owner(self) -> Ref:
        return Ref(self.row[0], self.row[1])

    @property
    def source(self) -> Ref:
        """What the transaction points at: the one source of all lines, or the bucket."""
        kind, id_ = self.passed[0].split("\t", 4)[2:4]
        alike = f"\t{kind}\t{id_}\t"
        if all(alike in text for text in self.passed):
            return Ref(kind, int(id_))
        return Ref("settlement_bucket", self.bucket_id)

    @property
    def maturity_key(self) -> MaturityKey:
        return Ref("settlement_bucket", self.period_bucket), self.owner, self.row[5], self.wallet


@dataclass(frozen=True, slots=True)
class Share:
    """What one part of a run came to."""

    lines: int = 0
    buckets: int = 0
    transactions: int = 0
    amount: Decimal = Decimal(0)

    def plus(self, lines: int, amount: Decimal) -> "Share":
        """With one more bucket."""
        return Share(
            self.lines + lines, self.buckets + 1, self.transactions + bool(amount), self.amount + amount
        )


def plain_components(
    found: Iterable[Candidate], measure: str, role: str, first: datetime, last: datetime
) -> list[Plain] | None:
    """The components for a part, or None when one of them needs more than a column."""
    by_plan: dict[int, list[Candidate]] = {}
    for one in found:
        if one.since <= last and (one.until is None or first < one.until):
            by_plan.setdefault(one.plan_id, []).append(one)
    plain = []
    for few in by_plan.values():
        one = few[0]
        scoped = one.path or one.level or one.kind
        if len(few) > 1 or scoped or first < one.since or (one.until is not None and one.until <= last):
            return None
        prepared = prepared_version(one.id)
        document = prepared.document
        for component in document.components:
            if home_role(document, component) != role or (
                component.measure != measure and not component.after
            ):
                continue
            ready = compiled(prepared, component.key)
            if ready.column is None or component.after or component.at_close or not component.pays:
                return None
            if document.confirmation.by != "period_close":
                return None
            plain.append(Plain(one, ready))
    return plain if len({one.column for one in plain}) <= 1 else None


def settle_columns(
    parts: Sequence[RunPart], plain: Sequence[Plain], *, by: Actor, now: datetime
) -> dict[int, Share] | None:
    """Settle these parts; None when one of their inputs is a correction, which needs more than its column."""
    if not plain:
        return {one.pk: Share() for one in parts}
    rows = read(parts, plain[0].column)
    if rows is None:
        return None
    fillings = [one for each in plain for one in cut_by_period(parts, rows, each)]
    keep_periods({one.version.plan_id for one in plain})
    advance(fillings, now)
    write(fillings, by=by, now=now)
    return {part.pk: share_of([one for one in fillings if one.part_id == part.pk]) for part in parts}


def share_of(few: Sequence[Filling]) -> Share:
    return Share(
        lines=sum(len(one.lines) for one in few),
        buckets=len(few),
        transactions=sum(1 for one in few if one.earned),
        amount=sum((one.earned for one in few), Decimal(0)),
    )


Row: TypeAlias = list[str]
"""amount, at, and the line as it goes back."""


def read(parts: Sequence[RunPart], column: str) -> dict[int, list[Row]] | None:
    """The inputs of each part in (event time, id) order."""
    with connection.cursor() as cursor:
        cursor.execute(READ.format(column=column), [[one.pk for one in parts]])
        found = cursor.fetchall()
    if any(corrections for _, corrections, _ in found):
        return None
    return {part_id: [line.split("\t", 2) for line in text.split("\n")] for part_id, _, text in found}


def cut_by_period(parts: Sequence[RunPart], rows: Mapping[int, list[Row]], plain: Plain) -> Iterator[Filling]:
    """One filling for each bucket. Times compare as text: they are written alike, in UTC."""
    document = plain.ready.plan.document
    unit = document.period_of(plain.ready.component)
    for part in parts:
        few = rows.get(part.pk, [])
        period, start = period_key(part.first_at, unit, document.timezone), 0
        while start < len(few):
            span = bounds(period, document.timezone)
            end = (
                len(few) if span is None else bisect_left(few, written(span[1]), lo=start, key=itemgetter(1))
            )
            if end > start:
                row = (
                    part.party_kind, part.party_id, plain.version.plan_id, plain.ready.component.key, period,
                    document.currency,
                )  # fmt: skip
                taken = few[start:end]
                amounts = [Decimal(each[0]) for each in taken]
                yield Filling(part.pk, row, plain, amounts, [each[2] for each in taken], taken[-1][1])
            start, period = end, following(period)


def written(moment: datetime) -> str:
    """A moment as the database writes it, without its zone."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def advance(fillings: Sequence[Filling], now: datetime) -> None:
    """Lock the buckets in key order and take each from where it stands to where its amounts put it."""
    rows = {one.row for one in fillings}
    if not rows:
        return
    posted_in = posting_rows(rows)
    columns = [list(column) for column in zip(*sorted({*rows, *posted_in.values()}), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(OPEN_BUCKETS, [now, *columns])
        cursor.execute(LOCK_BUCKETS, columns)
        locked = {tuple(key): (id_, BucketState(base, earned)) for id_, base, earned, *key in cursor}
        for one in fillings:
            there = posted_in.get(one.row, one.row)
            one.bucket_id, one.before = locked[one.row]
            one.period, one.period_bucket = there[4], locked[there][0]
            fill(one)
        columns = [
            [one.bucket_id for one in fillings],
            [one.after.base for one in fillings],
            [one.after.earned for one in fillings],
            [one.period for one in fillings],
            [one.last_input for one in fillings],
        ]
        cursor.execute(MOVE_BUCKETS, [now, *columns])


def fill(one: Filling) -> None:
    """The lines of a bucket, each with where it found the base and the earnings and where it left them."""
    base, earned = one.before.base, one.before.earned
    base_text, earned_text = str(base), str(earned)
    lines = []
    for passed, (base, after) in zip(one.passed, one.plain.ready.walk(one.before, one.amounts), strict=True):
        base_after, earned_after = str(base), str(after)
        lines.append(f"{passed}\t{base_text}\t{base_after}\t{earned_text}\t{earned_after}\t{after - earned}")
        base_text, earned_text, earned = base_after, earned_after, after
    one.lines, one.after = lines, BucketState(base, earned)
    one.last_input = max(int(passed[: passed.index("\t")]) for passed in one.passed)


def write(fillings: Sequence[Filling], *, by: Actor, now: datetime) -> None:
    """One ledger transaction for each bucket that moved, its maturity, and its lines by COPY."""
    moved = [one for one in fillings if one.earned]
    refs = ledger.post_many(transactions=[transaction_of(one) for one in moved], by=by, now=now)
    transactions = {one.bucket_id: ref.id for one, ref in zip(moved, refs, strict=True)}
    maturities = add_earned(earned_of(fillings))
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(WRITE) as copy:
        for one in fillings:
            kind, owner_id, _, component, origin, _ = one.row
            tail = (
                f"\t{owner_id}\t{kind}\t{one.plain.version.id}\t{component}\t{one.bucket_id}\t{now.isoformat()}"
                f"\t{one.period}\t{origin}\t{transactions.get(one.bucket_id, NULL)}\t{maturities[one.maturity_key]}\n"
            )
            copy.write(tail.join(one.lines) + tail)
    announce_buckets([(one.bucket_id, one.row, one.earned) for one in moved], by=by, now=now)
    mature(sorted(set(maturities.values())), by=by, now=now)


def transaction_of(one: Filling) -> NewTransaction:
    component, currency = one.plain.ready.component, one.row[5]
    name, period, origin = component.name, one.period, one.row[4]
    memo = Text(zh=f"{name.zh} {period}", en=f"{name.pick('en')} {period}")
    if period != origin:
        memo = Text(zh=f"{memo.zh}（属 {origin}）", en=f"{memo.en} (of {origin})")
    return NewTransaction(
        key=f"settlement:bucket:{one.bucket_id}:{one.last_input}",
        postings=(
            Posting(AccountRef(None, "expense", currency), -one.earned),
            Posting(AccountRef(one.owner, WAYS[one.wallet]["earned"], currency), one.earned),
        ),
        at=moment_of(one.last_at),
        memo=memo,
        source=one.source,
    )


def moment_of(text: str) -> datetime:
    """A moment the database wrote, read back."""
    return datetime.fromisoformat(text).astimezone(UTC)


def earned_of(fillings: Sequence[Filling]) -> list[Earned]:
    units = {one.bucket_id: int(one.passed[-1].split("\t")[4]) for one in fillings}
    defaults = org.settings_for([HOLD_DAYS.key], set(units.values()))
    found: dict[MaturityKey, Earned] = {}
    for one in fillings:
        hold, unit_id = one.plain.ready.plan.document.hold_days, units[one.bucket_id]
        matter, owner, currency, wallet = one.maturity_key
        known = found.get(one.maturity_key)
        found[one.maturity_key] = Earned(
            matter=matter,
            beneficiary=owner,
            currency=currency,
            account=wallet,
            unit_id=unit_id,
            amount=one.earned + (known.amount if known else 0),
            hold_days=defaults[unit_id][HOLD_DAYS.key] if hold is None else hold,
            confirm_due_at=None,
        )
    return list(found.values())
