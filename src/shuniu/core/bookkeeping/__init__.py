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
    trial_balance,
)
from shuniu.core.bookkeeping.payouts import Attempts, Batch, attempts, cut_batches, sendable
from shuniu.core.bookkeeping.wallet import Wallet

__all__ = [
    "Attempts",
    "Batch",
    "BookkeepingError",
    "OpenAccount",
    "Posting",
    "Transaction",
    "Wallet",
    "attempts",
    "balances_of",
    "beancount_account",
    "check_transaction",
    "content_hash",
    "cut_batches",
    "export_beancount",
    "reversal",
    "sendable",
    "trial_balance",
]
