"""Partners that sell: a plan of graduated tiers and order lines to settle."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.factories.settlement import HOUSE, NOON, House, publish

from shuniu.foundation.hub import Ref
from shuniu.settlement.contracts import NewInput

TIERS = (("1000", "0.03"), ("5000", "0.05"), (None, "0.08"))


def rebate(*components: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """阶梯返利 by the month for partners, confirmed by the close of the period."""
    return {
        "key": "partner_rebate",
        "name": {"zh": "阶梯返利", "en": "Tiered rebate"},
        "confirmation": {"by": "period_close"},
        "hold_days": 0,
        "components": list(components) or [tiered()],
    } | changes


def tiered(tiers: tuple[tuple[str | None, str], ...] = TIERS, **changes: Any) -> dict[str, Any]:
    return {
        "model": "cumulative",
        "key": "rebate",
        "name": {"zh": "返利", "en": "Rebate"},
        "measure": "sale",
        "beneficiary": "partner",
        "curve": {
            "kind": "graduated",
            "tiers": [{"up_to": up_to, "rate": rate} for up_to, rate in tiers],
            "floor_zero": True,
        },
    } | changes


def sale(
    place: House,
    order: int,
    amount: str | Decimal,
    *,
    partner: int = 1,
    at: datetime = NOON,
    parties: dict[str, Ref] | None = None,
    **more: Any,
) -> NewInput:
    return NewInput(
        measure="sale",
        source=Ref("shop_order", order),
        at=at,
        unit_id=place.store,
        parties=parties or {"partner": Ref("unit", partner)},
        amount=Decimal(amount),
        **more,
    )


def many_sales(place: House, count: int, partners: int = 7, seed: int = 1) -> list[NewInput]:
    """Random sales and a few returns over three months, many at the same moment."""
    random = Random(seed)
    return [
        sale(
            place,
            n,
            Decimal(random.randint(-2000, 90_000)).scaleb(-2),
            partner=random.randint(1, partners),
            at=NOON - timedelta(hours=random.randint(0, 60 * 24)),
        )
        for n in range(1, count + 1)
    ]


def publish_rebate(*components: dict[str, Any], **changes: Any) -> int:
    scope = {name: changes.pop(name) for name in ("effective_from", "effective_to") if name in changes}
    return publish(rebate(*components, **changes), **scope)


__all__ = ["HOUSE", "NOON", "many_sales", "publish_rebate", "rebate", "sale", "tiered"]
