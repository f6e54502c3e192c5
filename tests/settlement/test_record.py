from decimal import Decimal

import pytest
from tests.factories.plans import field_work_document
from tests.factories.settlement import HOUSE, NOON, completed, days, house, publish

from shuniu.foundation.hub import Ref
from shuniu.ledger import queries as ledger
from shuniu.ledger.models import Transaction
from shuniu.settlement import actions
from shuniu.settlement.contracts import InputReused
from shuniu.settlement.models import Bucket, Earning, Input

pytestmark = pytest.mark.django_db


def balances(staff_id: int) -> dict[str, str]:
    return {purpose: str(amount) for purpose, amount in ledger.balances(Ref("staff", staff_id)).items()}


def test_a_completed_order_earns_its_fee() -> None:
    place = house()
    (done,) = actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)
    assert (done.replayed, done.total) == (False, Decimal("380.00"))
    assert balances(place.worker) == {"earned": "380.00"}
    earning = Earning.objects.get()
    assert (earning.id, earning.period, earning.origin_period) == (done.earning_ids[0], "2026-11", "2026-11")
    assert Transaction.objects.get().pk == earning.transaction_id


def test_recording_twice_posts_nothing() -> None:
    place = house()
    first = actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)[0]
    again = actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON + days(1))[0]
    assert (again.replayed, again.input_id, again.earning_ids) == (True, first.input_id, ())
    assert (Earning.objects.count(), Transaction.objects.count()) == (1, 1)


def test_other_content_under_the_same_key_is_an_error() -> None:
    place = house()
    actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)
    with pytest.raises(InputReused):
        actions.record_inputs(
            news=[completed(place, 12, facts={"工单.类型": "ac_install"})], by=HOUSE, now=NOON
        )


def test_facts_are_frozen_with_their_types() -> None:
    place = house()
    facts = {"工单.类型": "x", "工单.评分": Decimal("4.50"), "工单.完成": NOON, "工单.高温": None}
    actions.record_inputs(news=[completed(place, 12, facts=facts)], by=HOUSE, now=NOON)
    assert Input.objects.get().facts == {
        "工单.类型": "x",
        "工单.评分": {"number": "4.50"},
        "工单.完成": {"datetime": "2026-11-20T04:00:00+00:00"},
        "工单.高温": None,
    }


def test_a_month_of_orders_is_one_transaction_for_each_worker() -> None:
    place = house()
    many = [completed(place, n, worker=place.worker if n % 2 else place.other) for n in range(1, 41)]
    actions.record_inputs(news=many, by=HOUSE, now=NOON)
    assert (Earning.objects.count(), Transaction.objects.count(), Bucket.objects.count()) == (40, 2, 2)
    assert balances(place.worker) == {"earned": "7600.00"}
    bucket = Bucket.objects.get(beneficiary_id=place.worker)
    assert (bucket.base, bucket.earned, bucket.posted) == (Decimal(7600),) * 3


def test_a_correction_moves_the_difference_and_never_the_old_line() -> None:
    place = house()
    first = actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)[0]
    cool = {"工单.类型": "ac_high_install", "工单.楼层": 6, "工单.高温": False}
    right = completed(
        place, 12, facts=cool, corrects=first.input_id, key="work_order.completed:work_order:12:2"
    )
    second = actions.record_inputs(news=[right], by=HOUSE, now=NOON + days(1))[0]
    assert second.total == Decimal("-20.00")
    assert [str(line.amount) for line in Earning.objects.order_by("id")] == ["380.00", "-20.00"]
    assert balances(place.worker) == {"earned": "360.00"}


def test_without_a_plan_in_force_the_input_stays_and_nothing_is_earned() -> None:
    place = house(plan=False)
    publish(effective_from=NOON + days(1))
    (done,) = actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)
    assert (done.total, Input.objects.count(), Earning.objects.count()) == (Decimal("0.00"), 1, 0)


def test_the_version_of_the_nearest_unit_decides_and_a_season_ends_by_itself() -> None:
    place = house()
    dear, season = ({**_flat(amount)} for amount in ("500.00", "700.00"))
    publish(dear, unit_id=place.store)
    publish(season, unit_id=place.store, effective_from=NOON, effective_to=NOON + days(2))
    news = [completed(place, n, at=NOON + days(n)) for n in (-1, 0, 1, 2)]
    done = actions.record_inputs(news=news, by=HOUSE, now=NOON + days(3))
    assert [str(one.total) for one in done] == ["500.00", "700.00", "700.00", "500.00"]


def test_recording_a_set_takes_the_same_statements_as_recording_one(
    django_assert_max_num_queries: object,
) -> None:
    place = house()
    actions.record_inputs(news=[completed(place, 1)], by=HOUSE, now=NOON)
    with django_assert_max_num_queries(50):  # type: ignore[operator]
        actions.record_inputs(news=[completed(place, n) for n in range(2, 202)], by=HOUSE, now=NOON)


def _flat(amount: str) -> dict[str, object]:
    document = field_work_document()
    document["components"][0] |= {
        "base": [{"text": {"zh": "一口价"}, "amount": amount}], "coefficients": [], "allowances": [], "deductions": [],
    }  # fmt: skip
    return document
