"""Settlement over HTTP: earnings, plans, runs, periods, payouts."""

from shuniu.settlement.api import earnings, funds, payouts, periods, plans, runs
from shuniu.settlement.api.router import router

__all__ = ["earnings", "funds", "payouts", "periods", "plans", "router", "runs"]
