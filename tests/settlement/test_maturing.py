from datetime import timedelta

import pytest
from tests.factories.settlement import HOUSE, NOON, completed, days, house

from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.hub import Ref
from shuniu.ledger import queries as ledger
from shuniu.org import actions as org
from shuniu.settlement import actions
from shuniu.settlement.models import Confirmation, Maturity

pytestmark = pytest.mark.django_db
ORDER = Ref("work_order", 12)


def balances(staff_id: int) -> dict[str, str]:
    found = ledger.balances(Ref("staff", staff_id))
    return {purpose: str(amount) for purpose, amount in found.items() if amount}


def cool(place: object, input_id: int, amount_step: int = 1) -> object:
    facts = {"工单.类型": "ac_high_install", "工单.楼层": 6, "工单.高温": False}
    return completed(place, 12, facts=facts, corrects=input_id, key=f"correction:{amount_step}")  # type: ignore[arg-type]


def test_the_customers_yes_confirms_and_the_loop_makes_it_withdrawable() -> None:
    place = house()
    actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)
    assert actions.confirm(source=ORDER, by=HOUSE, now=NOON) == 1
    assert balances(place.worker) == {"confirmed": "380.00"}
    assert actions.release_due(by=HOUSE, now=NOON) == 1
    assert balances(place.worker) == {"withdrawable": "380.00"}
    assert AuditEntry.objects.filter(action="settlement.confirm").count() == 1


def test_confirming_and_releasing_twice_moves_nothing() -> None:
    place = house()
    actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)
    for _ in range(2):
        actions.confirm(source=ORDER, by=HOUSE, now=NOON)
        actions.release_due(by=HOUSE, now=NOON)
    assert balances(place.worker) == {"withdrawable": "380.00"}
    assert AuditEntry.objects.filter(action="settlement.confirm").count() == 1


def test_a_yes_that_comes_before_the_record_is_not_lost() -> None:
    place = house()
    actions.confirm(source=ORDER, by=HOUSE, now=NOON)
    actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON + timedelta(seconds=1))
    assert balances(place.worker) == {"confirmed": "380.00"}


def test_silence_for_72_hours_is_a_yes() -> None:
    place = house()
    actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)
    assert actions.confirm_due(by=HOUSE, now=NOON + timedelta(hours=71, minutes=59)) == 0
    assert actions.confirm_due(by=HOUSE, now=NOON + timedelta(hours=72)) == 1
    assert balances(place.worker) == {"confirmed": "380.00"}


def test_hold_days_of_the_unit_pass_before_money_is_withdrawable() -> None:
    place = house()
    org.set_setting(key="settlement.hold_days", unit_id=place.store, value=7, by=HOUSE, now=NOON)
    actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)
    actions.confirm(source=ORDER, by=HOUSE, now=NOON)
    assert actions.release_due(by=HOUSE, now=NOON + days(7) - timedelta(seconds=1)) == 0
    assert actions.release_due(by=HOUSE, now=NOON + days(7)) == 1


def test_a_correction_follows_its_order_to_where_the_money_is() -> None:
    place = house()
    first = actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)[0]
    actions.confirm(source=ORDER, by=HOUSE, now=NOON)
    actions.release_due(by=HOUSE, now=NOON)
    actions.record_inputs(news=[cool(place, first.input_id)], by=HOUSE, now=NOON + days(1))  # type: ignore[list-item]
    assert balances(place.worker) == {"withdrawable": "360.00"}
    row = Maturity.objects.get()
    assert (row.earned, row.confirmed, row.released) == (360, 360, 360)


def test_what_has_been_paid_out_is_owed_back_and_taken_from_the_next_earning() -> None:
    place = house()
    first = actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)[0]
    actions.confirm(source=ORDER, by=HOUSE, now=NOON)
    actions.release_due(by=HOUSE, now=NOON)
    batch = actions.create_batch(beneficiary_ids=None, by=HOUSE, now=NOON)
    actions.approve_batch(batch_id=batch, by=HOUSE, now=NOON)
    actions.record_inputs(news=[cool(place, first.input_id)], by=HOUSE, now=NOON + days(1))  # type: ignore[list-item]
    assert balances(place.worker) == {"in_transit": "380.00", "owed": "-20.00"}
    actions.record_inputs(news=[completed(place, 13)], by=HOUSE, now=NOON + days(1))
    actions.confirm(source=Ref("work_order", 13), by=HOUSE, now=NOON + days(1))
    actions.release_due(by=HOUSE, now=NOON + days(1))
    assert balances(place.worker) == {"in_transit": "380.00", "withdrawable": "360.00"}
    assert ledger.findings() == []


def test_a_yes_written_beside_the_record_is_found_by_the_loop() -> None:
    place = house()
    actions.record_inputs(news=[completed(place, 12)], by=HOUSE, now=NOON)
    Confirmation.objects.create(source_kind="work_order", source_id=12, at=NOON, by="customer:1")
    assert actions.confirm_due(by=HOUSE, now=NOON) == 1
    assert balances(place.worker) == {"confirmed": "380.00"}


def test_places_in_the_line_of_payouts_stay_right_after_a_correction() -> None:
    place = house()
    first = actions.record_inputs(news=[completed(place, n) for n in (12, 13)], by=HOUSE, now=NOON)[0]
    for n in (12, 13):
        actions.confirm(source=Ref("work_order", n), by=HOUSE, now=NOON + days(n - 12))
        actions.release_due(by=HOUSE, now=NOON + days(n - 12))
    actions.record_inputs(news=[cool(place, first.input_id)], by=HOUSE, now=NOON + days(2))  # type: ignore[list-item]
    actions.record_inputs(news=[completed(place, 14)], by=HOUSE, now=NOON + days(2))
    actions.confirm(source=Ref("work_order", 14), by=HOUSE, now=NOON + days(2))
    actions.release_due(by=HOUSE, now=NOON + days(2))
    assert Maturity.objects.get(matter_id=14).released_upto == 360 + 380 + 380
