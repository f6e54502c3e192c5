"""Double entry as values: transactions whose postings sum to zero, their reversal, and their export.

Owns what a correct transaction is. Refuses to know where it is stored and whom the money belongs to.
A positive amount is a credit: what the house owes an account's owner; a negative one is a debit.
"""

from shuniu.core.bookkeeping.beancount import OpenAccount, beancount_account, export_beancount
from shuniu.core.bookkeeping.entries import (
    BookkeepingError,
    Posting,
    Transaction,
    balances_of,
    check_transaction,
    content_hash,
    reversal,
)

__all__ = [
    "BookkeepingError",
    "OpenAccount",
    "Posting",
    "Transaction",
    "balances_of",
    "beancount_account",
    "check_transaction",
    "content_hash",
    "export_beancount",
    "reversal",
]
