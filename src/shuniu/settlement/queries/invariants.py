"""What settlement promises, asked again from the rows: lines, buckets, matters and the ledger say the same."""

from django.db import connection

from shuniu.ledger import queries as ledger
from shuniu.ledger.contracts import CURRENCY, Finding
from shuniu.settlement.ways import WAYS

RULES = {
    "bucket_is_posted_as_earned": """
        SELECT id, earned - posted FROM settlement_bucket WHERE earned <> posted""",
    "bucket_is_sum_of_its_lines": """
        SELECT b.id, b.posted - coalesce(e.total, 0) FROM settlement_bucket b
          LEFT JOIN (SELECT bucket_id, sum(amount) AS total FROM settlement_earning GROUP BY 1) e ON e.bucket_id = b.id
         WHERE b.posted <> coalesce(e.total, 0)""",
    "matter_is_sum_of_its_lines": """
        SELECT m.id, m.earned - coalesce(e.total, 0) FROM settlement_maturity m
          LEFT JOIN (SELECT maturity_id, sum(amount) AS total FROM settlement_earning GROUP BY 1) e
            ON e.maturity_id = m.id
         WHERE m.earned <> coalesce(e.total, 0)""",
    "nothing_is_posted_in_a_closed_period": """
        SELECT e.id, e.amount FROM settlement_earning e JOIN settlement_bucket b ON b.id = e.bucket_id
          JOIN settlement_period p ON p.plan_id = b.plan_id AND p.period = e.period AND p.status = 'closed'
         WHERE e.recorded_at > p.closed_at""",
}
STAGES = """
SELECT beneficiary_kind, beneficiary_id, account, sum(earned - confirmed), sum(confirmed - released)
  FROM settlement_maturity WHERE currency = %s GROUP BY 1, 2, 3
"""


def findings(limit: int = 100) -> list[Finding]:
    """Everything that breaks a rule, at most `limit` rows a rule; empty when all is well."""
    found = []
    with connection.cursor() as cursor:
        for rule, sql in RULES.items():
            cursor.execute(f"{sql} LIMIT {int(limit)}")
            found += [Finding(rule, row_id, off_by) for row_id, off_by in cursor]
        cursor.execute(STAGES, [CURRENCY])
        stages = cursor.fetchall()
    return found + accounts_that_disagree(stages)[:limit]


def accounts_that_disagree(stages: list[tuple]) -> list[Finding]:  # type: ignore[type-arg]
    """待确认 and 已确认 of every beneficiary: what the matters say against what stands in the accounts."""
    owners: dict[str, set[int]] = {}
    for kind, id_, *_ in stages:
        owners.setdefault(kind, set()).add(id_)
    names = {way[stage] for way in WAYS.values() for stage in ("earned", "confirmed")}
    balances = {kind: ledger.balances_of(kind, ids, purposes=names) for kind, ids in owners.items()}
    found = []
    for kind, id_, account, *amounts in stages:
        for stage, amount in zip(("earned", "confirmed"), amounts, strict=True):
            off = balances[kind][id_].get(WAYS[account][stage], 0) - amount
            if off:
                found.append(Finding(f"{stage}_account_is_sum_of_matters:{kind}", id_, off))
    return found
