"""Balances in few queries: a wallet's stands in its row, any other account's is the sum of its postings."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db import connection

from shuniu.foundation.hub import Ref
from shuniu.ledger.contracts import CURRENCY

OF_OWNERS = """
SELECT a.owner_id, a.purpose,
       CASE a.kind WHEN 'wallet' THEN a.balance
            ELSE (SELECT coalesce(sum(p.amount), 0) FROM ledger_posting p WHERE p.account_id = a.id) END
  FROM ledger_account a
 WHERE a.owner_kind = %s AND a.owner_id = ANY(%s) AND a.currency = %s AND (%s::text[] IS NULL OR a.purpose = ANY(%s))
"""
WALLETS = """
SELECT owner_kind, owner_id, balance FROM ledger_account
 WHERE purpose = %s AND currency = %s AND kind = 'wallet' AND balance >= %s
 ORDER BY owner_kind, owner_id
"""


def balances(owner: Ref, currency: str = CURRENCY) -> dict[str, Decimal]:
    """Balance by purpose of one owner; purposes never posted to are missing."""
    return balances_of(owner.kind, [owner.id], currency)[owner.id]


def balances_of(
    owner_kind: str,
    owner_ids: Iterable[int],
    currency: str = CURRENCY,
    purposes: Iterable[str] | None = None,
) -> dict[int, dict[str, Decimal]]:
    """Balance by purpose (all, or those asked for) for each of the owners, in one query."""
    ids = list(owner_ids)
    asked = None if purposes is None else list(purposes)
    found: dict[int, dict[str, Decimal]] = {id_: {} for id_ in ids}
    with connection.cursor() as cursor:
        cursor.execute(OF_OWNERS, [owner_kind, ids, currency, asked, asked])
        for owner_id, purpose, amount in cursor:
            found[owner_id][purpose] = amount
    return found


def wallet_owners(
    purpose: str, *, at_least: Decimal, currency: str = CURRENCY
) -> dict[str, list[tuple[int, Decimal]]]:
    """Owners by kind, with the balance of that wallet, where it holds at least so much."""
    found: dict[str, list[tuple[int, Decimal]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(WALLETS, [purpose, currency, at_least])
        for kind, id_, balance in cursor:
            found[kind].append((id_, balance))
    return dict(found)
