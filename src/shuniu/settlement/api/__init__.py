"""Settlement over HTTP: earnings, plans, payouts."""

from shuniu.settlement.api import earnings, payouts, plans
from shuniu.settlement.api.router import router

__all__ = ["earnings", "payouts", "plans", "router"]
