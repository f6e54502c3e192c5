"""The ways of earned money through the ledger's accounts, by the wallet each ends in.

A component names where it pays: "earned" is the way of cash to 可提现, "promotion_fund" that of 推广基金.
"""

from collections.abc import Mapping

CASH = "withdrawable"
FUND = "promotion_fund"

WAYS: Mapping[str, Mapping[str, str]] = {
    CASH: {"earned": "earned", "confirmed": "confirmed", "withdrawable": CASH, "owed": "owed"},
    FUND: {
        "earned": "promotion_earned",
        "confirmed": "promotion_confirmed",
        "withdrawable": FUND,
        "owed": "promotion_owed",
    },
}
WALLET_OF: Mapping[str, str] = {"earned": CASH, FUND: FUND}
