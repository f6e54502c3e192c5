"""Many customers at once: from a file, or a demo company."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from shuniu.customers.contracts import IdentityKind, NameMissing, Source, Stage
from shuniu.customers.phones import KeptPhone, keep_phone
from shuniu.customers.tags import clean_tags
from shuniu.foundation.access import Actor
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.hub import NewEvent, Ref, publish_many
from shuniu.foundation.names import sort_key
from shuniu.foundation.search import SearchDoc, load

_COLUMNS = (
    "id, name, name_sort, phone_cipher, phone_hash, phone_last4, unit_id, owner_id, city, district, address, "
    "stage, source, tags, note, created_at, updated_at"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCustomer:
    """One customer to load. `created_at` may lie in the past."""

    name: str
    unit_id: int
    created_at: datetime
    phone: str = ""
    owner_id: int | None = None
    city: str = ""
    district: str = ""
    address: str = ""
    stage: Stage = Stage.NEW
    source: Source = Source.FILE
    tags: tuple[str, ...] = ()
    note: str = ""
    external_userid: str = ""
    unionid: str = ""


@transaction.atomic
def load_many(*, rows: Sequence[NewCustomer], by: Actor, now: datetime) -> list[int]:
    """Insert `rows` by COPY and return their ids in the same order, all or nothing.

    The caller has checked units, owners and that the phones are free; a phone or account in use raises the
    database's IntegrityError. Each customer gets its event at the time it was created.
    """
    if not rows:
        return []
    ids = _take_ids(len(rows))
    kept = [keep_phone(row.phone) for row in rows]
    # psycopg's errors of COPY come as Django's, like all others
    with connection.wrap_database_errors, connection.cursor() as cursor:
        with cursor.copy(f"copy customer ({_COLUMNS}) from stdin") as copy:
            for customer_id, row, phone in zip(ids, rows, kept, strict=True):
                copy.write_row(_customer(customer_id, row, phone))
        with cursor.copy("copy customer_identity (customer_id, kind, value, linked_at) from stdin") as copy:
            for line in _identities(ids, rows, kept):
                copy.write_row(line)
    load(_documents(ids, rows))
    publish_many(
        [
            NewEvent(
                name="customer.created",
                subject=Ref("customer", customer_id),
                unit_id=row.unit_id,
                customer_id=customer_id,
                by=by,
                now=row.created_at,
            )
            for customer_id, row in zip(ids, rows, strict=True)
        ]
    )
    audit.record_many(
        [
            audit.Entry(
                "customer.create", Ref("customer", customer_id), row.unit_id, after={"source": row.source}
            )
            for customer_id, row in zip(ids, rows, strict=True)
        ],
        by=by,
        now=now,
    )
    return ids


def _documents(ids: Sequence[int], rows: Sequence[NewCustomer]) -> Iterator[SearchDoc]:
    for customer_id, row in zip(ids, rows, strict=True):
        yield SearchDoc(
            subject=Ref("customer", customer_id),
            title=row.name.strip(),
            at=row.created_at,
            unit_id=row.unit_id,
            owner_id=row.owner_id,
            words=(row.city, row.address),
            phones=(row.phone,) if row.phone else (),
        )


def _take_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('customer', 'id')) from generate_series(1, %s)", [count]
        )
        return [customer_id for (customer_id,) in cursor.fetchall()]


def _customer(customer_id: int, row: NewCustomer, phone: KeptPhone) -> tuple[Any, ...]:
    name = row.name.strip()
    if not name:
        raise NameMissing(field="name")
    return (
        customer_id,
        name,
        sort_key(name),
        phone.cipher,
        phone.hash,
        phone.last4,
        row.unit_id,
        row.owner_id,
        row.city,
        row.district,
        row.address,
        row.stage.value,
        row.source.value,
        clean_tags(row.tags),
        row.note,
        row.created_at,
        row.created_at,
    )


def _identities(
    ids: Sequence[int], rows: Sequence[NewCustomer], kept: Sequence[KeptPhone]
) -> Iterator[tuple[int, str, str, datetime]]:
    for customer_id, row, phone in zip(ids, rows, kept, strict=True):
        if phone.hash is not None:
            yield customer_id, IdentityKind.PHONE, phone.hash.hex(), row.created_at
        if row.external_userid:
            yield customer_id, IdentityKind.WECOM_EXTERNAL_USERID, row.external_userid, row.created_at
        if row.unionid:
            yield customer_id, IdentityKind.UNIONID, row.unionid, row.created_at
