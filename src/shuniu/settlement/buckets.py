"""Settling by difference: new inputs → their buckets → one ledger transaction for each bucket.

Locks are taken in the order of the house: buckets by key, then maturities, then wallets (in the ledger).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection

from shuniu.core.settlement import (
    AnyComponent,
    BucketEarning,
    BucketState,
    Line,
    PlanDocument,
    layers,
    settle_bucket,
)
from shuniu.foundation.access import Actor
from shuniu.foundation.database.sets import relation
from shuniu.foundation.hub import NewEvent, Ref, publish_many
from shuniu.foundation.text import Text
from shuniu.ledger import actions as ledger
from shuniu.ledger.contracts import AccountRef, NewTransaction, Posting
from shuniu.org import queries as org
from shuniu.settlement.closing import closed_periods, first_open, keep_periods
from shuniu.settlement.effects import BucketRow, Cut, FrozenInput, Moves, VersionWork, layer_moves, work_of
from shuniu.settlement.groups import join_groups
from shuniu.settlement.maturities import Earned, MaturityKey, add_earned, mature
from shuniu.settlement.settings import CONFIRM_AFTER_HOURS, HOLD_DAYS
from shuniu.settlement.versions import Candidate, prepared_version
from shuniu.settlement.ways import WALLET_OF, WAYS

OPEN_BUCKETS = """
INSERT INTO settlement_bucket
       (beneficiary_kind, beneficiary_id, plan_id, component, period, currency, base, earned, posted, posted_in,
        changed_at)
SELECT k.*, 0, 0, 0, '', %s FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[]) AS k
ON CONFLICT DO NOTHING
"""
LOCK_BUCKETS = """
SELECT b.id, b.base, b.earned, b.beneficiary_kind, b.beneficiary_id, b.plan_id, b.component, b.period, b.currency
  FROM settlement_bucket b
  JOIN unnest(%s::text[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[])
       AS k (beneficiary_kind, beneficiary_id, plan_id, component, period, currency)
 USING (beneficiary_kind, beneficiary_id, plan_id, component, period, currency)
 ORDER BY beneficiary_kind, beneficiary_id, plan_id, component, period, currency
   FOR NO KEY UPDATE OF b
"""
MOVE_BUCKETS = """
UPDATE settlement_bucket b SET base = m.base, earned = m.earned, posted = m.earned, posted_in = m.period,
       last_input = m.last_input, changed_at = %s
  FROM unnest(%s::bigint[], %s::numeric[], %s::numeric[], %s::text[], %s::bigint[])
       AS m (id, base, earned, period, last_input)
 WHERE b.id = m.id
"""
EARNING_COLUMNS = (
    ("beneficiary_id", "bigint"), ("beneficiary_kind", "text"), ("plan_version_id", "bigint"), ("component", "text"),
    ("bucket_id", "bigint"), ("input_id", "bigint"), ("input_party_id", "bigint"), ("source_kind", "text"),
    ("source_id", "bigint"), ("unit_id", "bigint"), ("at", "timestamptz"), ("recorded_at", "timestamptz"),
    ("period", "text"), ("origin_period", "text"), ("base_before", "numeric"), ("base_after", "numeric"),
    ("earned_before", "numeric"), ("earned_after", "numeric"), ("amount", "numeric"), ("transaction_id", "bigint"),
    ("maturity_id", "bigint"), ("cause", "text"),
)  # fmt: skip
INSERT_EARNINGS = """
INSERT INTO settlement_earning ({names}) SELECT {names} FROM {lines} ORDER BY l.n RETURNING id, input_id, amount
"""


@dataclass(frozen=True, slots=True)
class Done:
    """What was settled: (earning id, amount) by input id, and what it moved in which bucket."""

    earnings: Mapping[int, list[tuple[int, Decimal]]] = field(default_factory=dict)
    settled: Sequence["Settled"] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What one run moved in one bucket under one version.

    `period` is the one it is posted in, another than the bucket's own where that is closed; `period_bucket` is the
    bucket of that period, which its close confirms.
    """

    bucket_id: int
    row: BucketRow
    version: Candidate
    earning: BucketEarning
    period: str
    period_bucket: int

    @property
    def origin(self) -> str:
        return self.row[4]

    @property
    def wallet(self) -> str:
        return WALLET_OF[self.component.account]

    @property
    def component(self) -> AnyComponent:
        return self.document.component(self.row[3])

    @property
    def document(self) -> PlanDocument:
        return prepared_version(self.version.id).document

    def matter(self, source: Ref) -> Ref:
        """What is confirmed when this is: the source, or the period's bucket where the plan confirms by period."""
        if self.document.confirmation.by == "period_close":
            return Ref("settlement_bucket", self.period_bucket)
        return source

    def maturity_key(self, source: Ref) -> MaturityKey:
        return self.matter(source), Ref(self.row[0], self.row[1]), self.row[5], self.wallet


def settle(
    frozen: Sequence[FrozenInput], *, by: Actor, now: datetime, past: bool = False, cut: Cut | None = None
) -> Done:
    """Settle inputs that were never settled before. Needs an open transaction.

    With `past` the inputs are a history being loaded: nobody is told, and its loader moves the money on. With `cut`
    only the effects it lets through are settled; the others belong to other pieces of the same work.
    """
    if not frozen:
        return Done()
    by_id = {one.id: one for one in frozen}
    advanced = advance_all(work_of(frozen), now, cut)
    settled = [one for one in advanced if one.earning.lines and one.earning.pays]
    transactions = post(settled, by_id, by, now)
    maturities = add_earned(earned_by_matter(settled, by_id))
    made = insert_earnings(settled, by_id, transactions, maturities, now)
    if not past:
        if cut is None:
            announce(settled, by_id, by, now)
        else:
            announce_buckets(
                [(one.bucket_id, one.row, one.earning.amount) for one in settled], by=by, now=now
            )
        mature(sorted(set(maturities.values())), by=by, now=now)
    return Done(made, settled)


def advance_all(work: Sequence[VersionWork], now: datetime, cut: Cut | None) -> list[Settled]:
    """Take every bucket the inputs touch to where they put it, components in the order they feed each other."""
    plans = {each.version.plan_id for each in work}
    keep_periods(plans)
    closed = closed_periods(plans)
    standing = join_groups((each.version.plan_id, each.prepared, each.inputs) for each in work)
    settled: list[Settled] = []

    def lines(version: Candidate, component: str) -> list[Line]:
        found = [
            line
            for one in settled
            if one.version == version and one.row[3] == component
            for line in one.earning.lines
        ]
        return sorted(found, key=lambda line: (line.at, line.input_id))

    for depth in range(max((len(layers(each.prepared.document)) for each in work), default=0)):
        settled += advance(layer_moves(work, depth, lines, standing, closed, cut), now)
    return settled


def advance(moved: Moves, now: datetime) -> list[Settled]:
    """Lock the buckets in key order, take each from where it stands to where its inputs put it, and store that."""
    if not moved:
        return []
    posted_in = posting_rows(moved)
    columns = [list(column) for column in zip(*sorted({*moved, *posted_in.values()}), strict=True)]
    settled: list[Settled] = []
    with connection.cursor() as cursor:
        cursor.execute(OPEN_BUCKETS, [now, *columns])
        cursor.execute(LOCK_BUCKETS, columns)
        locked: dict[BucketRow, tuple[int, BucketState]] = {
            tuple(key): (bucket_id, BucketState(base, earned)) for bucket_id, base, earned, *key in cursor
        }
        closing = []
        for row, (bucket_id, opening) in locked.items():
            if row not in moved:
                continue
            there, state, last_input = posted_in.get(row, row), opening, 0
            for version, key, moves in moved[row]:
                earning = settle_bucket(prepared_version(version.id), key, state, moves)
                settled.append(Settled(bucket_id, row, version, earning, there[4], locked[there][0]))
                state = earning.closing
                last_input = max(last_input, *(one.id for one, _ in moves))
            closing.append((bucket_id, state.base, state.earned, there[4], last_input))
        cursor.execute(MOVE_BUCKETS, [now, *(list(column) for column in zip(*closing, strict=True))])
    return settled


def posting_rows(rows: Iterable[BucketRow]) -> dict[BucketRow, BucketRow]:
    """For buckets whose period is closed: the bucket of the first open period after it."""
    closed = closed_periods({row[2] for row in rows})
    return {
        row: (*row[:4], first_open(closed, row[2], row[4]), row[5])
        for row in rows
        if (row[2], row[4]) in closed
    }


def post(
    settled: Sequence[Settled], by_id: Mapping[int, FrozenInput], by: Actor, now: datetime
) -> dict[int, int]:
    """One ledger transaction for each bucket that moved; transaction id by bucket id."""
    by_bucket: dict[int, list[Settled]] = defaultdict(list)
    for one in settled:
        by_bucket[one.bucket_id].append(one)
    wishes: dict[int, NewTransaction] = {}
    for bucket_id, runs in by_bucket.items():
        amount = sum((run.earning.amount for run in runs), Decimal(0))
        if amount == 0:
            continue
        lines = [line for run in runs for line in run.earning.lines]
        kind, owner_id, _, _, _, currency = runs[0].row
        last = runs[-1]
        purpose = WAYS[last.wallet]["earned"]
        sources = {by_id[line.input_id].new.source for line in lines}
        wishes[bucket_id] = NewTransaction(
            key=f"settlement:bucket:{bucket_id}:{max(line.input_id for line in lines)}",
            postings=(
                Posting(AccountRef(None, "expense", currency), -amount),
                Posting(AccountRef(Ref(kind, owner_id), purpose, currency), amount),
            ),
            at=max(line.at for line in lines),
            memo=memo_of(last),
            source=sources.pop() if len(sources) == 1 else Ref("settlement_bucket", bucket_id),
        )
    refs = ledger.post_many(transactions=list(wishes.values()), by=by, now=now)
    return {bucket_id: ref.id for bucket_id, ref in zip(wishes, refs, strict=True)}


def memo_of(one: Settled) -> Text:
    """What was earned and for which period; a late one says both its own and the one it is posted in."""
    name, period, origin = one.component.name, one.period, one.origin
    if period == origin:
        return Text(zh=f"{name.zh} {period}", en=f"{name.pick('en')} {period}")
    return Text(zh=f"{name.zh} {period}（属 {origin}）", en=f"{name.pick('en')} {period} (of {origin})")


def earned_by_matter(settled: Sequence[Settled], by_id: Mapping[int, FrozenInput]) -> list[Earned]:
    """What each matter earned for each beneficiary in this run, with its way to the money."""
    units = {one.new.unit_id for one in by_id.values()}
    defaults = org.settings_for([HOLD_DAYS.key, CONFIRM_AFTER_HOURS.key], units)
    found: dict[MaturityKey, Earned] = {}
    for one in settled:
        document = one.document
        by_period = document.confirmation.by == "period_close"
        for line in one.earning.lines:
            new = by_id[line.input_id].new
            setting = defaults[new.unit_id]
            hours, hold = document.confirmation.after_hours, document.hold_days
            hours = setting[CONFIRM_AFTER_HOURS.key] if hours is None else hours
            key = one.maturity_key(new.source)
            matter, beneficiary, currency, wallet = key
            found[key] = Earned(
                matter=matter,
                beneficiary=beneficiary,
                currency=currency,
                account=wallet,
                unit_id=new.unit_id,
                amount=line.amount + (found[key].amount if key in found else 0),
                hold_days=setting[HOLD_DAYS.key] if hold is None else hold,
                confirm_due_at=None if by_period else new.at + timedelta(hours=hours),
            )
    return list(found.values())


def insert_earnings(
    settled: Sequence[Settled],
    by_id: Mapping[int, FrozenInput],
    transactions: Mapping[int, int],
    maturities: Mapping[MaturityKey, int],
    now: datetime,
) -> dict[int, list[tuple[int, Decimal]]]:
    """The typed lines; (earning id, amount) by input id."""
    rows = [
        earning_row(one, line, by_id[line.input_id], transactions, maturities, now)
        for one in settled
        for line in one.earning.lines
    ]
    made: dict[int, list[tuple[int, Decimal]]] = defaultdict(list)
    if rows:
        with connection.cursor() as cursor:
            lines, parameters = relation(cursor, "l", EARNING_COLUMNS, rows)
            names = ", ".join(name for name, _ in EARNING_COLUMNS)
            cursor.execute(INSERT_EARNINGS.format(names=names, lines=lines), parameters)
            for id_, input_id, amount in cursor.fetchall():
                made[input_id].append((id_, amount))
    return made


def earning_row(
    one: Settled,
    line: Line,
    frozen: FrozenInput,
    transactions: Mapping[int, int],
    maturities: Mapping[MaturityKey, int],
    now: datetime,
) -> tuple[object, ...]:
    kind, owner_id, _, component, origin, _ = one.row
    is_party = Ref(kind, owner_id) in frozen.new.parties.values()
    return (
        owner_id, kind, one.version.id, component, one.bucket_id, line.input_id, frozen.new.party.id,
        frozen.new.source.kind, frozen.new.source.id, frozen.new.unit_id, line.at, now, one.period, origin,
        line.base_before, line.base_after, line.earned_before, line.earned_after, line.amount,
        transactions.get(one.bucket_id), maturities[one.maturity_key(frozen.new.source)],
        None if is_party else "shared",
    )  # fmt: skip


def announce(settled: Sequence[Settled], by_id: Mapping[int, FrozenInput], by: Actor, now: datetime) -> None:
    """One event a line, on its source, so that the pages of the order and of the worker move."""
    events = []
    for one in settled:
        for line in one.earning.lines:
            new = by_id[line.input_id].new
            staff = [one.row[1]] if one.row[0] == "staff" else []
            data = {"amount_fen": int(line.amount * 100), "staff_ids": staff, "input_id": line.input_id}
            events.append(
                NewEvent(
                    name="earning.posted", subject=new.source, unit_id=new.unit_id, by=by, now=now, data=data
                )
            )
    publish_many(events)


def announce_buckets(moved: Iterable[tuple[int, BucketRow, Decimal]], *, by: Actor, now: datetime) -> None:
    """One event a bucket: a run moves too many lines to tell each."""
    publish_many(
        [
            NewEvent(
                name="settlement.bucket_moved",
                subject=Ref("settlement_bucket", bucket_id),
                unit_id=None,
                by=by,
                now=now,
                data={"amount_fen": int(amount * 100), "staff_ids": [row[1]] if row[0] == "staff" else []},
            )
            for bucket_id, row, amount in moved
        ]
    )
