"""Recording what causes money: frozen as it is known now, and settled in the same transaction."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from shuniu.foundation.access import Actor
from shuniu.foundation.database.sets import relation
from shuniu.foundation.hub import Ref
from shuniu.settlement.buckets import settle
from shuniu.settlement.contracts import InputReused, NewInput, Recorded, UnknownParty
from shuniu.settlement.effects import FrozenInput
from shuniu.settlement.measures import MEASURES, PAID, paid_orders, refunded_orders
from shuniu.settlement.models import Input as InputRow
from shuniu.settlement.versions import candidates

INSERT = """
INSERT INTO settlement_input
       (party_id, party_kind, measure, source_kind, source_id, key, content_hash, unit_id, at, recorded_at,
        amount, quantity, level, kind, parties, facts, corrects_id)
SELECT i.party_id, i.party_kind, i.measure, i.source_kind, i.source_id, i.key, i.content_hash, i.unit_id, i.at, %s,
       i.amount, i.quantity, i.level, i.kind, i.parties, i.facts, i.corrects_id
  FROM {wished} ORDER BY i.n
ON CONFLICT (party_id, key) DO NOTHING RETURNING id, party_id, key
"""
COLUMNS = (
    ("party_id", "bigint"), ("party_kind", "text"), ("measure", "text"), ("source_kind", "text"),
    ("source_id", "bigint"), ("key", "text"), ("content_hash", "bytea"), ("unit_id", "bigint"),
    ("at", "timestamptz"), ("amount", "numeric"), ("quantity", "numeric"), ("level", "text"), ("kind", "text"),
    ("parties", "jsonb"), ("facts", "jsonb"), ("corrects_id", "bigint"),
)  # fmt: skip
EARLIER = """
SELECT i.id, i.party_id, i.key, i.content_hash FROM settlement_input i
  JOIN unnest(%s::bigint[], %s::text[]) AS asked (party_id, key) USING (party_id, key)
"""


def record_input(
    *,
    measure: str,
    source: Ref,
    at: datetime,
    unit_id: int,
    parties: Mapping[str, Ref],
    facts: Mapping[str, Any],
    by: Actor,
    now: datetime,
    amount: Decimal = Decimal(0),
    quantity: Decimal = Decimal(1),
    level: str = "",
    kind: str = "",
    key: str = "",
    corrects: int | None = None,
) -> Recorded:
    """Freeze one input and settle its buckets. The same key again moves nothing; with other content, InputReused."""
    new = NewInput(
        measure=measure, source=source, at=at, unit_id=unit_id, parties=parties, facts=facts, amount=amount,
        quantity=quantity, level=level, kind=kind, key=key, corrects=corrects,
    )  # fmt: skip
    return record_inputs(news=[new], by=by, now=now)[0]


def record_inputs(
    *, news: Sequence[NewInput], by: Actor, now: datetime, past: bool = False
) -> list[Recorded]:
    """Freeze and settle a set of inputs in one transaction; answers in the given order. `past` as in `settle`."""
    if any(not new.parties for new in news):
        raise UnknownParty()
    with transaction.atomic():
        ids, fresh = _freeze(news, now)
        frozen = [FrozenInput(ids[_wish(new)], new, now) for new in _unique(news) if _wish(new) in fresh]
        made = settle(frozen, by=by, now=now, past=past)
    answers = []
    for new in news:
        input_id = ids[_wish(new)]
        lines = made.earnings.get(input_id, [])
        total = sum((amount for _, amount in lines), Decimal("0.00"))
        replayed = _wish(new) not in fresh
        answers.append(Recorded(input_id, replayed, tuple(id_ for id_, _ in lines), total))
    return answers


def record_measured(*, measure: str, source: Ref, by: Actor, now: datetime) -> Recorded:
    """Record what a measure finds at its source, once: a source recorded before stays as it was frozen then."""
    with transaction.atomic():
        earlier = (
            InputRow.objects.filter(source_kind=source.kind, source_id=source.id, measure=measure)
            .order_by("id")
            .first()
        )
        if earlier is not None:
            return Recorded(earlier.pk, replayed=True, earning_ids=(), total=Decimal("0.00"))
        return record_inputs(news=[MEASURES[measure](source.id, now)], by=by, now=now)[0]


def record_sales(
    *, order_ids: Iterable[int], refund_ids: Iterable[int], by: Actor, now: datetime
) -> list[Recorded]:
    """Record orders that were paid and refunds, and settle them, each once; nothing where no plan looks at sales."""
    if not candidates(PAID):
        return []
    with transaction.atomic():
        news = [*paid_orders(order_ids, now), *refunded_orders(refund_ids, now)]
        known = known_keys(news)
        return record_inputs(news=[new for new in news if new.wish not in known], by=by, now=now)


def known_keys(news: Sequence[NewInput]) -> set[str]:
    """Keys recorded before: facts may have changed since, and the first reading stands."""
    rows = InputRow.objects.filter(
        party_id__in={new.party.id for new in news}, key__in={new.wish for new in news}
    )
    return set(rows.values_list("key", flat=True))


def freeze_inputs(
    news: Sequence[NewInput], now: datetime
) -> tuple[dict[tuple[int, str], int], dict[int, NewInput]]:
    """Ids of all inputs by (party, key), and those that are new by id. Needs an open transaction."""
    ids, fresh = _freeze(news, now)
    return ids, {ids[_wish(new)]: new for new in _unique(news) if _wish(new) in fresh}


def _wish(new: NewInput) -> tuple[int, str]:
    return new.party.id, new.wish


def _unique(news: Sequence[NewInput]) -> list[NewInput]:
    return list({_wish(new): new for new in news}.values())


def _freeze(
    news: Sequence[NewInput], now: datetime
) -> tuple[dict[tuple[int, str], int], set[tuple[int, str]]]:
    """Ids of all inputs by wish, and which of them are new."""
    rows = _unique(news)
    hashes = {_wish(new): _content_hash(new) for new in rows}
    for new in news:
        if _content_hash(new) != hashes[_wish(new)]:
            raise InputReused(key=new.wish)
    with connection.cursor() as cursor:
        values = [_row_of(new, hashes[_wish(new)]) for new in rows]
        wished, parameters = relation(cursor, "i", COLUMNS, values)
        cursor.execute(INSERT.format(wished=wished), [now, *parameters])
        ids = {(party_id, key): id_ for id_, party_id, key in cursor.fetchall()}
        fresh = set(ids)
        repeated = [each for each in hashes if each not in ids]
        if repeated:
            cursor.execute(EARLIER, [[each[0] for each in repeated], [each[1] for each in repeated]])
            for id_, party_id, key, earlier in cursor.fetchall():
                if bytes(earlier) != hashes[party_id, key]:
                    raise InputReused(key=key)
                ids[party_id, key] = id_
    return ids, fresh


def _row_of(new: NewInput, digest: bytes) -> tuple[Any, ...]:
    parties = {role: str(ref) for role, ref in new.parties.items()}
    return (
        new.party.id, new.party.kind, new.measure, new.source.kind, new.source.id, new.wish, digest, new.unit_id,
        new.at, new.amount, new.quantity, new.level, new.kind, Jsonb(parties), Jsonb(new.frozen_facts),
        new.corrects,
    )  # fmt: skip


def _content_hash(new: NewInput) -> bytes:
    """Digest of what was wished. The moment is left out: a retry a second later is the same wish."""
    content = [
        new.measure, str(new.source), new.unit_id, {role: str(ref) for role, ref in new.parties.items()},
        new.frozen_facts, str(new.amount.normalize()), str(new.quantity.normalize()), new.level, new.kind,
        new.corrects,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).digest()
