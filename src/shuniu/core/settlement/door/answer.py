"""One request in, one answer out: which translation serves which model, and how a refusal is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from shuniu.core.bookkeeping import BookkeepingError
from shuniu.core.feel import FeelError
from shuniu.core.money import MoneyError
from shuniu.core.settlement.door import books, people, rates, refunds, tiers, work
from shuniu.core.settlement.door.plans import Answer, Case
from shuniu.core.settlement.problems import PlanError

TRANSLATIONS: Mapping[str, Callable[[Case, Case], Answer]] = {
    "percent": rates.percent,
    "per_order": rates.per_order,
    "graduated_units": tiers.graduated_units,
    "graduated_rate": tiers.graduated_rate,
    "volume_units": tiers.volume_units,
    "volume_rate": tiers.volume_rate,
    "section_per_line": rates.section_per_line,
    "package": tiers.package,
    "tiered_blocks": tiers.tiered_blocks,
    "commitment": tiers.commitment,
    "milestone": work.milestone,
    "consumption": work.consumption,
    "band_lookup": work.band_lookup,
    "first_order_target": tiers.first_order_target,
    "base_plus_excess": tiers.base_plus_excess,
    "draw": work.draw,
    "rate_matrix": rates.rate_matrix,
    "hierarchy": people.hierarchy,
    "split": people.split,
    "split_refund": people.split_refund,
    "work_order": work.work_order,
    "effective_rate": rates.effective_rate,
    "period_bucket": work.period_bucket,
    "price_tiers": work.price_tiers,
    "quote_match": work.quote_match,
    "spif": tiers.spif,
    "clawback": refunds.clawback,
    "clawback_vesting": refunds.clawback_vesting,
    "clawback_section": refunds.clawback_section,
    "clawback_sequence": refunds.clawback_sequence,
    "later_refund": refunds.later_refund,
    "credit_split": people.credit_split,
    "recalc": refunds.recalc,
    "versioned_graduated": tiers.versioned_graduated,
    "attainment": tiers.attainment,
    "tax": rates.tax,
    "fx": rates.fx,
    "balance": books.balance,
    "double_entry": books.double_entry,
    "payout_batch": books.payout_batch,
    "share_limit": rates.share_limit,
    "payout_filter": books.payout_filter,
    "payout_retry": books.payout_retry,
    "paid_basis": rates.paid_basis,
    "margin_base": rates.margin_base,
    "withdraw_fee": rates.withdraw_fee,
    "rollup": books.rollup_answer,
    "ranking": books.ranking_answer,
    "statements": refunds.statement_answers,
    "work_order_chain": books.work_order_chain,
}


def answer(request: Mapping[str, Any]) -> Answer:
    """The answer to {"model", "plan", "input"}; {"error": code} when the call is refused as a whole."""
    translate = TRANSLATIONS.get(str(request.get("model")))
    if translate is None:
        return {"error": "unknown_model"}
    try:
        return translate(request["plan"], request["input"])
    except (PlanError, BookkeepingError) as refused:
        return {"error": refused.code}
    except FeelError as refused:
        return {"error": refused.code}
    except MoneyError:
        return {"error": "not_an_amount"}
    except (ValidationError, KeyError, TypeError, ValueError):
        return {"error": "unreadable_request"}
