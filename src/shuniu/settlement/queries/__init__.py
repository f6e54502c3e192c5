"""Reads of settlement."""

from shuniu.settlement.queries.by_unit import earned_by_unit
from shuniu.settlement.queries.closes import period_row, periods
from shuniu.settlement.queries.earnings import (
    EarningSet,
    earning_rows_all,
    earning_set,
    earnings_page,
    own_earning_set,
)
from shuniu.settlement.queries.explain import explain
from shuniu.settlement.queries.figures import day_figures, state_totals, worker_earnings
from shuniu.settlement.queries.funds import funds, spendings_page
from shuniu.settlement.queries.payouts import (
    PayoutSet,
    batch,
    batch_set,
    batches_page,
    payout_rows_all,
    payout_set,
    payouts_of_staff,
    payouts_page,
    require_all,
)
from shuniu.settlement.queries.plans import (
    example,
    plan,
    plan_problems,
    plan_set,
    plan_version,
    plan_versions,
    plans_page,
)
from shuniu.settlement.queries.preview import preview, preview_orders
from shuniu.settlement.queries.runs import (
    part_rows_all,
    part_set,
    parts_page,
    run,
    run_set,
    runs_page,
    waiting_sum,
)
from shuniu.settlement.queries.tiers import own_tiers, tier_distances
from shuniu.settlement.queries.withdrawable import withdrawables

__all__ = [
    "EarningSet",
    "PayoutSet",
    "batch",
    "batch_set",
    "batches_page",
    "day_figures",
    "earned_by_unit",
    "earning_rows_all",
    "earning_set",
    "earnings_page",
    "example",
    "explain",
    "funds",
    "own_earning_set",
    "own_tiers",
    "part_rows_all",
    "part_set",
    "parts_page",
    "payout_rows_all",
    "payout_set",
    "payouts_of_staff",
    "payouts_page",
    "period_row",
    "periods",
    "plan",
    "plan_problems",
    "plan_set",
    "plan_version",
    "plan_versions",
    "plans_page",
    "preview",
    "preview_orders",
    "require_all",
    "run",
    "run_set",
    "runs_page",
    "spendings_page",
    "state_totals",
    "tier_distances",
    "waiting_sum",
    "withdrawables",
    "worker_earnings",
]
