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
    "held_is_sum_of_standing_holds": """
        SELECT a.id, a.balance - coalesce(h.total, 0) FROM ledger_account a
          LEFT JOIN (SELECT owner_kind, owner_id, currency, sum(amount) AS total FROM ledger_hold
                      WHERE ended_at IS NULL GROUP BY 1, 2, 3) h USING (owner_kind, owner_id, currency)
         WHERE a.purpose = 'held' AND a.balance <> coalesce(h.total, 0)""",
    "hold_has_its_account": """
        SELECT h.id, h.amount FROM ledger_hold h
         WHERE NOT EXISTS (SELECT FROM ledger_account a WHERE a.purpose = 'held' AND a.currency = h.currency
                              AND a.owner_kind = h.owner_kind AND a.owner_id = h.owner_id)""",
    "fund_is_spent_on_promotion_only": """
        SELECT p.transaction_id, p.amount FROM ledger_posting p
          JOIN ledger_account a ON a.id = p.account_id AND a.purpose = 'promotion_fund'
         WHERE p.amount < 0 AND EXISTS (
               SELECT FROM ledger_posting o JOIN ledger_account c ON c.id = o.account_id
                WHERE o.transaction_id = p.transaction_id AND o.amount > 0
                  AND c.purpose NOT IN ('promotion', 'promotion_fund', 'promotion_earned', 'promotion_confirmed',
                                        'promotion_owed', 'expense'))""",
    "reversal_is_the_opposite_of_what_it_names": """
        SELECT min(r.id), sum(p.amount) FROM ledger_transaction r
          JOIN ledger_posting p ON p.transaction_id IN (r.id, r.corrects_id)
         WHERE r.corrects_id IS NOT NULL AND r.key = 'reverse:' || r.corrects_id
         GROUP BY r.id, p.account_id HAVING sum(p.amount) <> 0""",
}


def findings(limit: int = 100) -> list[Finding]:
    """Everything that breaks a rule, at most `limit` rows a rule; empty when all is well."""
    found = []
    with connection.cursor() as cursor:
        for rule, sql in RULES.items():
            cursor.execute(f"{sql} LIMIT {int(limit)}")
            found += [Finding(rule, row_id, off_by) for row_id, off_by in cursor]
    return found
