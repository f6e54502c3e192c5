from datetime import timedelta

import pytest
from tests.factories.plans import HIGH_RISE
from tests.factories.settlement import HOUSE, NOON, days, house

from shuniu.foundation.hub import Ref
from shuniu.foundation.hub.models import EventRow
from shuniu.ledger import queries as ledger
from shuniu.ledger.models import Transaction
from shuniu.settlement import actions, queries
from shuniu.settlement.contracts import PastWork, State
from shuniu.settlement.models import PayoutBatch

pytestmark = pytest.mark.django_db


def test_a_history_is_settled_released_and_paid_as_it_would_have_been() -> None:
    place = house()
    works = [
        PastWork(
            source=Ref("work_order", n),
            at=NOON - days(60 - n),
            unit_id=place.store,
            parties={"worker": Ref("staff", place.worker if n % 2 else place.other)},
            facts=HIGH_RISE,
            confirmed_at=NOON - days(60 - n) + timedelta(hours=5),
        )
        for n in range(50)
    ]
    events = EventRow.objects.count()
    fridays = [NOON - days(42), NOON - days(35), NOON - days(28)]
    actions.load_history(works=works, payout_days=fridays, by=HOUSE, now=NOON)
    assert EventRow.objects.count() == events
    assert ledger.findings() == []
    totals = [queries.state_totals(Ref("staff", id_)) for id_ in (place.worker, place.other)]
    assert sum(total.paid + total.withdrawable for total in totals) == 50 * 380
    assert sum(total.paid for total in totals) == 32 * 380
    states = {state: queries.earning_set(HOUSE, state=state).count() for state in State}
    assert (states[State.PAID], states[State.WITHDRAWABLE]) == (32, 18)
    assert [batch.finished_at for batch in PayoutBatch.objects.order_by("id")] == [
        friday + timedelta(hours=20) for friday in fridays
    ]
    count = Transaction.objects.count()
    actions.load_history(works=works, payout_days=fridays, by=HOUSE, now=NOON)
    assert Transaction.objects.count() == count
