"""Exact amounts: parsing, rounding and fair allocation, in one place and in decimals only.

Owns how an amount is rounded and how one amount is cut into parts that sum to it.
Refuses binary floats, and knows neither currencies' markets nor who is paid.
"""

from shuniu.core.money.allocation import Method, Share, allocate, allocate_with_remainder
from shuniu.core.money.amounts import MoneyError, format_amount, parse_amount, parse_ratio
from shuniu.core.money.rounding import EXACT, FEN, Rounding, RoundingMode, round_money, rounder

__all__ = [
    "EXACT",
    "FEN",
    "Method",
    "MoneyError",
    "Rounding",
    "RoundingMode",
    "Share",
    "allocate",
    "allocate_with_remainder",
    "format_amount",
    "parse_amount",
    "parse_ratio",
    "round_money",
    "rounder",
]
