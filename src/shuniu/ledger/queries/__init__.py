"""Reads of the ledger. Finance sees all of it, everybody else the accounts that are their own."""

from shuniu.ledger.queries.accounts import account, account_rows_all, account_set, accounts_page
from shuniu.ledger.queries.balances import balances, balances_of, wallet_owners
from shuniu.ledger.queries.export import beancount_lines
from shuniu.ledger.queries.holds import checks_page, hold_rows, hold_set, holds_page
from shuniu.ledger.queries.invariants import findings
from shuniu.ledger.queries.transactions import (
    TransactionSet,
    posting_rows_all,
    statement,
    statement_set,
    transaction,
    transaction_set,
    transactions_by_id,
    transactions_of_source,
    transactions_page,
)

__all__ = [
    "TransactionSet",
    "account",
    "account_rows_all",
    "account_set",
    "accounts_page",
    "balances",
    "balances_of",
    "beancount_lines",
    "checks_page",
    "findings",
    "hold_rows",
    "hold_set",
    "holds_page",
    "posting_rows_all",
    "statement",
    "statement_set",
    "transaction",
    "transaction_set",
    "transactions_by_id",
    "transactions_of_source",
    "transactions_page",
    "wallet_owners",
]
