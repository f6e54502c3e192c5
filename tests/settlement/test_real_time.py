"""Each event moves the earnings at once: an order paid, a refund, a correction, an accepted milestone."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.factories import sales
from tests.factories.sales import HOUSE, NOON, sale, tiered
from tests.factories.settlement import House, house, publish
from tests.settlement.test_story import hear

from shuniu.commerce import actions as commerce
from shuniu.commerce.contracts import NotRefundable, ShopOrderStatus
from shuniu.customers.contracts import Stage
from shuniu.customers.models import Customer
from shuniu.foundation.hub import Ref
from shuniu.ledger import queries as ledger
from shuniu.ledger.contracts import InsufficientBalance
from shuniu.settlement import actions, queries
from shuniu.settlement.contracts import State
from shuniu.settlement.models import Earning, Input

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> House:
    return house(plan=False)


def commission(**changes: Any) -> dict[str, Any]:
    """分销返佣: 10 % of what is paid, to the store, at once."""
    component = {
        "model": "formula", "key": "commission", "name": {"zh": "分销返佣", "en": "Commission"},
        "measure": "shop_order.paid", "beneficiary": "unit", "amount": "金额 * 0.1",
    }  # fmt: skip
    return {
        "key": "distribution", "name": {"zh": "分销方案", "en": "Distribution"}, "hold_days": 0,
        "confirmation": {"by": "customer", "after_hours": 0}, "components": [component | changes],
    }  # fmt: skip


def paid_order(place: House, no: str, amount: str) -> int:
    customer = Customer.objects.first() or Customer.objects.create(
        name="王女士",
        name_sort="wangnvshi",
        unit_id=place.store,
        stage=Stage.ACTIVE.value,
        created_at=NOON,
        updated_at=NOON,
    )
    order = commerce.NewOrder(
        no=no, customer_id=customer.pk, unit_id=place.store, placed_at=NOON, paid_at=NOON,
        status=ShopOrderStatus.PAID,
        lines=(commerce.NewLine(name="空调", quantity=Decimal(2), price=Decimal(1), amount=Decimal(amount)),),
    )  # fmt: skip
    return commerce.load_orders(rows=[order], by=HOUSE, now=NOON)[0]


def balances(owner: Ref) -> dict[str, str]:
    return {purpose: str(amount) for purpose, amount in ledger.balances(owner).items() if amount}


def test_a_commission_lands_when_the_order_is_paid_and_goes_back_with_the_refund(place: House) -> None:
    publish(commission())
    store = Ref("unit", place.store)
    order = paid_order(place, "SO1", "1000.00")
    for _ in range(2):
        hear("settlement.sales")
    assert balances(store) == {"confirmed": "100.00"}
    actions.release_due(by=HOUSE, now=NOON)
    assert balances(store) == {"withdrawable": "100.00"}
    commerce.refund_order(order_id=order, amount=Decimal("400.00"), key="R1", by=HOUSE, now=NOON)
    for _ in range(2):
        hear("settlement.sales")
    assert balances(store) == {"withdrawable": "60.00"}
    assert [str(one.amount) for one in Earning.objects.order_by("id")] == ["100.00", "-40.00"]
    sold = Input.objects.order_by("id")[0]
    assert (sold.quantity, sold.facts["订单.退款"]) == (2, False)


def test_more_than_was_paid_cannot_be_refunded(place: House) -> None:
    order = paid_order(place, "SO1", "1000.00")
    first = commerce.refund_order(order_id=order, amount=Decimal("600.00"), key="R1", by=HOUSE, now=NOON)
    again = commerce.refund_order(order_id=order, amount=Decimal("600.00"), key="R1", by=HOUSE, now=NOON)
    assert first == again
    with pytest.raises(NotRefundable):
        commerce.refund_order(order_id=order, amount=Decimal("400.01"), key="R2", by=HOUSE, now=NOON)


def test_without_a_plan_that_looks_at_sales_nothing_is_recorded(place: House) -> None:
    paid_order(place, "SO1", "1000.00")
    hear("settlement.sales")
    assert not Input.objects.exists()


def test_the_next_tier_is_told_to_the_cent(place: House) -> None:
    sales.publish_rebate(tiered(beneficiary="seller"))
    worker = place.worker
    sold = sale(place, 1, "700.00", parties={"seller": Ref("staff", worker)})
    actions.record_inputs(news=[sold], by=HOUSE, now=NOON)
    (tier,) = queries.own_tiers(place.actor("zhang"), NOON)
    assert (tier.base, tier.missing, tier.current_rate, tier.rate) == (
        700,
        300,
        Decimal("0.03"),
        Decimal("0.05"),
    )
    told = place.client("zhang").get("/api/settlement/me/tiers").json()
    assert told == [] or told[0]["missing"] == "300.000000000000"
    assert queries.own_tiers(place.actor("zhang"), datetime(2026, 12, 1, tzinfo=UTC)) == []


def test_in_the_last_tier_there_is_nothing_left_to_reach(place: House) -> None:
    sales.publish_rebate()
    actions.record_inputs(news=[sale(place, 1, "9000.00")], by=HOUSE, now=NOON)
    (tier,) = queries.tier_distances([Ref("unit", 1)], NOON)
    assert (tier.missing, tier.rate, tier.current_rate) == (None, None, Decimal("0.08"))


def challenge() -> dict[str, Any]:
    """闯关: more than 500 at first pays 8 % cash; 2,000 in the quarter adds 5 % promotion fund."""
    cash = tiered(
        key="cash", name={"zh": "首单奖金"}, curve={"kind": "target", "threshold": "500", "comparison": ">",
        "rate": "0.08", "of": "whole"}, period="quarter",
    )  # fmt: skip
    fund = tiered(
        key="fund", name={"zh": "推广基金"}, account="promotion_fund", period="quarter",
        curve={"kind": "target", "threshold": "2000", "comparison": ">=", "rate": "0.05", "of": "whole"},
    )  # fmt: skip
    return sales.rebate(cash, fund, confirmation={"by": "customer", "after_hours": 0})


def test_a_challenge_pays_cash_and_fund_into_accounts_of_their_own(place: House) -> None:
    publish(challenge())
    partner = Ref("unit", 1)
    actions.record_inputs(news=[sale(place, 1, "600")], by=HOUSE, now=NOON)
    actions.release_due(by=HOUSE, now=NOON)
    assert balances(partner) == {"withdrawable": "48.00"}
    actions.record_inputs(news=[sale(place, 2, "1400")], by=HOUSE, now=NOON)
    actions.release_due(by=HOUSE, now=NOON)
    assert balances(partner) == {"withdrawable": "160.00", "promotion_fund": "100.00"}
    fund = Earning.objects.filter(component="fund").latest("id")
    assert queries.earning_set(HOUSE, state=State.SPENDABLE).filter(pk=fund.pk).exists()
    actions.spend_fund(owner=partner, amount=Decimal("30.00"), what="门店海报", by=HOUSE, now=NOON)
    with pytest.raises(InsufficientBalance):
        actions.spend_fund(owner=partner, amount=Decimal("70.01"), what="门店海报", by=HOUSE, now=NOON)
    (row,) = queries.funds()
    assert (row.balance, row.spent) == (70, 30)
    actions.record_inputs(news=[sale(place, 3, "-1900")], by=HOUSE, now=NOON)
    actions.release_due(by=HOUSE, now=NOON)
    assert balances(partner) == {"promotion_owed": "-30.00"}
    assert ledger.findings() == []
