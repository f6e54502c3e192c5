"""Holding wallets still while a caller decides how to post against them."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import connection

from shuniu.ledger.contracts import AccountRef
from shuniu.ledger.opening import account_ids

LOCK_WALLETS = """
SELECT id, balance FROM ledger_account WHERE id = ANY(%s) AND kind = 'wallet'
 ORDER BY owner_kind, owner_id, purpose, currency FOR NO KEY UPDATE
"""


def lock_wallets(*, wallets: Iterable[AccountRef], now: datetime) -> dict[AccountRef, Decimal]:
    """Balances of the wallets, locked in key order until the transaction ends; missing ones are opened at zero."""
    ids = account_ids(wallets, now)
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LOCK_WALLETS, [list(ids.values())])
        balances: dict[int, Decimal] = dict(cursor.fetchall())
    return {ref: balances[id_] for ref, id_ in ids.items()}
