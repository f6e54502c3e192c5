"""Settlement over HTTP: earnings, plans, periods, payouts."""

from shuniu.settlement.api import earnings, payouts, periods, plans
from shuniu.settlement.api.router import router

__all__ = ["earnings", "payouts", "periods", "plans", "router"]
