"""Accounts are opened by being posted to."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from shuniu.ledger.contracts import AccountRef

KNOWN_ACCOUNTS = """
SELECT a.id, a.owner_kind, a.owner_id, a.purpose, a.currency FROM ledger_account a
  JOIN unnest(%s::text[], %s::bigint[], %s::text[], %s::text[]) AS wanted (owner_kind, owner_id, purpose, currency)
 USING (owner_kind, owner_id, purpose, currency)
"""
OPEN_ACCOUNTS = """
INSERT INTO ledger_account (owner_kind, owner_id, purpose, currency, kind, balance, opened_at)
SELECT owner_kind, owner_id, purpose, currency, kind, CASE kind WHEN 'wallet' THEN 0 END, %s
  FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[])
       AS wanted (owner_kind, owner_id, purpose, currency, kind)
 ORDER BY owner_kind, owner_id, purpose, currency
ON CONFLICT DO NOTHING
"""


def account_ids(accounts: Iterable[AccountRef], now: datetime) -> dict[AccountRef, int]:
    """Ids of all accounts named, the missing ones opened in key order so that two openers never wait in a circle."""
    refs = sorted(set(accounts), key=lambda ref: ref.key)
    if not refs:
        return {}
    by_key = {ref.key: ref for ref in refs}
    with connection.cursor() as cursor:
        found: dict[AccountRef, int] = {}
        for _ in range(2):
            missing = [ref for ref in refs if ref not in found]
            columns = [list(column) for column in zip(*(ref.key for ref in missing), strict=True)]
            cursor.execute(KNOWN_ACCOUNTS, columns)
            found.update({by_key[(row[1], row[2], row[3], row[4])]: row[0] for row in cursor})
            missing = [ref for ref in refs if ref not in found]
            if not missing:
                break
            columns = [list(column) for column in zip(*(ref.key for ref in missing), strict=True)]
            cursor.execute(OPEN_ACCOUNTS, [now, *columns, [ref.kind.value for ref in missing]])
    return found
