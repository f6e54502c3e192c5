"""Functions that rise in steps: packages and blocks. Whole numbers of them are counted, never divided out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from shuniu.core.settlement.plan import ONE, ZERO


def started(quantity: Decimal, size: Decimal) -> Decimal:
    """How many units of `size` are begun by `quantity` ≥ 0."""
    whole, rest = divmod(quantity, size)
    return whole + ONE if rest else whole


def packages(quantity: Decimal, size: Decimal, free: Decimal, partial: str) -> Decimal:
    """Packages beyond the free units, not below 0; a begun one counts with `ceil`."""
    beyond = max(quantity - free, ZERO)
    return started(beyond, size) if partial == "ceil" else beyond // size


def block_price(quantity: Decimal, tiers: Sequence[tuple[Decimal, Decimal, Decimal]], policy: str) -> Decimal:
    """Price of a quantity in (max blocks, block size, price) tiers; the last tier's price goes on without end."""
    quantity = max(quantity, ZERO)
    last = len(tiers) - 1
    total, left = ZERO, quantity
    for position, (max_blocks, size, price) in enumerate(tiers):
        capacity = max_blocks * size
        is_here = left <= capacity or position == last
        if policy == "top_tier" and is_here:
            return started(quantity, size) * price
        if policy == "all_tiers":
            total += started(left if is_here else capacity, size) * price
        if is_here:
            break
        left -= capacity
    return total
