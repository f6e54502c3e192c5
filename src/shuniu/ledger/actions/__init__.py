"""Writes of the ledger: post, reverse, hold, load a history. Nothing here changes or removes a row.

The transactions are their own audit trail (who, when, what, corrected by what), so no audit row repeats them.
"""

from shuniu.ledger.actions.check import check_day
from shuniu.ledger.actions.hold import hold, release_hold
from shuniu.ledger.actions.lock import lock_wallets
from shuniu.ledger.actions.post import post, post_many
from shuniu.ledger.actions.reverse import reverse

# A history is posted like anything else: the same checks, the same balances, only more at a time.
load_history = post_many

__all__ = [
    "check_day",
    "hold",
    "load_history",
    "lock_wallets",
    "post",
    "post_many",
    "release_hold",
    "reverse",
]
