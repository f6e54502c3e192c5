"""What the triggers promise, asked again from the rows: a restored backup or a disabled trigger would show here."""

from django.db import connection

from shuniu.ledger.contracts import Finding

RULES = {
    "transaction_sums_to_zero": """
        SELECT transaction_id, sum(amount) FROM ledger_posting
         GROUP BY transaction_id, currency HAVING sum(amount) <> 0""",
    "wallet_is_sum_of_its_postings": """
        SELECT a.id, a.balance - coalesce(p.total, 0) FROM ledger_account a
          LEFT JOIN (SELECT account_id, sum(amount) AS total FROM ledger_posting GROUP BY account_id) p
            ON p.account_id = a.id
         WHERE a.kind = 'wallet' AND a.balance <> coalesce(p.total, 0)""",
    "wallet_is_not_negative": """
        SELECT id, balance FROM ledger_account WHERE kind = 'wallet' AND balance < 0""",
    "transaction_has_postings": """
        SELECT t.id, 0::numeric FROM ledger_transaction t
         WHERE NOT EXISTS (SELECT FROM ledger_posting p WHERE p.transaction_id = t.id)""",
    "posting_has_its_accounts_currency": """
        SELECT p.id, p.amount FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
         WHERE a.currency <> p.currency""",
}


def findings(limit: int = 100) -> list[Finding]:
    """Everything that breaks a rule, at most `limit` rows a rule; empty when all is well."""
    found = []
    with connection.cursor() as cursor:
        for rule, sql in RULES.items():
            cursor.execute(f"{sql} LIMIT {int(limit)}")
            found += [Finding(rule, row_id, off_by) for row_id, off_by in cursor]
    return found
