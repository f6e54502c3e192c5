"""Ledger, wallets, payouts, reports: core.bookkeeping and the reports of the engine."""

from __future__ import annotations

from datetime import date
from itertools import repeat
from operator import itemgetter
from typing import Any

from shuniu.core.bookkeeping import (
    Posting,
    Transaction,
    Wallet,
    attempts,
    cut_batches,
    sendable,
    trial_balance,
)
from shuniu.core.bookkeeping.wallet import run_events
from shuniu.core.money import parse_amount
from shuniu.core.settlement.calculate import calculate
from shuniu.core.settlement.door.people import shares_by_input, split_input, split_plan
from shuniu.core.settlement.door.plans import LONG_AGO, Answer, Case, one_input, plan, text
from shuniu.core.settlement.door.work import work_order_component
from shuniu.core.settlement.reports import Post, ranking, rollup

ON_ITS_WAY = "in_transit"


def wallet_balances(wallet: Wallet) -> dict[str, str]:
    return {
        account: text(wallet.balance(account)) for account in ("pending", "available", "in_transit", "paid")
    }


def balance(given_plan: Case, given: Case) -> Answer:
    wallet = Wallet(given_plan.get("hold_days") or 0, given_plan.get("negative") or "allow")
    run_events(wallet, given["events"], given["as_of_day"])
    return {**wallet_balances(wallet), "written_off": text(wallet.written_off)}


def double_entry(given_plan: Case, given: Case) -> Answer:
    transactions = [
        Transaction(
            key=str(number),
            at=LONG_AGO,
            memo="",
            postings=tuple(Posting(leg[0], parse_amount(leg[1]), *leg[2:3]) for leg in legs),
        )
        for number, legs in enumerate(given["transactions"])
    ]
    balances, total = trial_balance(transactions)
    return {
        "balances": {account: text(amount) for (account, _), amount in balances.items()},
        "sum": text(total),
    }


def payout_batch(given_plan: Case, given: Case) -> Answer:
    amounts = repeat(parse_amount(given["amount_each"]), int(given["count"]))
    batches = cut_batches(amounts, given_plan["max_items"])
    return {"batches": [[str(batch.items), text(batch.total)] for batch in batches]}


def payout_filter(given_plan: Case, given: Case) -> Answer:
    items = [(key, parse_amount(amount)) for key, amount in given["items"]]
    send, hold = sendable(items, parse_amount(given_plan["min_amount"]))
    return {"send": send, "hold": hold}


def payout_retry(given_plan: Case, given: Case) -> Answer:
    found = attempts(given["responses"])
    return {"bill_numbers_used": str(found.bill_numbers), "state": found.state}


def rollup_answer(given_plan: Case, given: Case) -> Answer:
    posts = [
        Post(row["id"], row["store"], day(row.get("from")), day(row.get("to")))
        for row in given_plan["employees"]
    ]
    postings = [
        (person, date.fromisoformat(on), parse_amount(amount)) for _, person, on, amount in given["postings"]
    ]
    found = rollup(postings, posts, given_plan["stores"])
    return {
        "region": texts(found.region),
        "store": texts(found.store),
        "employee": texts(found.person),
        "total": text(found.total),
    }


def day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def texts(sums: Any) -> dict[str, str]:
    return {key: text(amount) for key, amount in sums.items()}


def ranking_answer(given_plan: Case, given: Case) -> Answer:
    rows = [(key, parse_amount(amount)) for key, amount in given["rows"]]
    found = ranking(
        rows, order=given_plan.get("order") or "desc", ties=given_plan.get("ties") or "competition"
    )
    return {"ranks": [[key, str(rank), text(amount)] for key, rank, amount in found]}


def work_order_chain(given_plan: Case, given: Case) -> Answer:
    """Fee, then its split, then each share into a wallet; refunds split again what is retained."""
    fee_plan = plan(
        work_order_component(given_plan, given.get("allowances", ()), given.get("deductions", ())),
        rounding=given_plan.get("rounding"),
    )
    distributable = calculate(fee_plan, [one_input()]).total
    weights = given_plan["split"]["weights"]
    refunds = [row for row in given["refunds"] if row[0] <= given["as_of_day"]]
    inputs = [
        split_input(position, amount, weights, is_refund=True)
        for position, (_, amount) in enumerate(refunds, start=1)
    ]
    shares = shares_by_input(
        calculate(split_plan(given_plan["split"]), [split_input(0, distributable, weights), *inputs])
    )
    wallets = {}
    for party, _ in weights:
        wallet = wallets[party] = Wallet(given_plan.get("hold_days") or 0)
        wallet.earn("fee", parse_amount(shares[0][party]), given["completed_day"])
        taken = [
            (row[0], position, "refund", shares[position][party])
            for position, row in enumerate(refunds, start=1)
        ]
        asked = [
            (row[0], position, row[3], row)
            for position, row in enumerate(given["withdrawals"])
            if row[1] == party and row[0] <= given["as_of_day"]
        ]
        for on, position, what, content in sorted([*taken, *asked], key=itemgetter(0)):
            wallet.release(on)
            step(wallet, position, what, content)
        wallet.release(given["as_of_day"])
    return {
        "distributable": text(distributable),
        "accounts": {party: wallet_balances(wallet) for party, wallet in wallets.items()},
    }


def step(wallet: Wallet, position: int, what: str, content: Any) -> None:
    if what == "refund":
        wallet.claw_back(f"refund{position}", parse_amount(content), "fee")
        return
    wallet.withdraw(str(position), parse_amount(content[2]))
    if what != ON_ITS_WAY:
        wallet.settle(str(position), what)
