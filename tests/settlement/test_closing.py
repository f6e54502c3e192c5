"""A period is asked to be closed, approved by somebody else, and never posted into again."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.plans import field_work_document
from tests.factories.settlement import HOUSE, NOON, House, completed, days, house, publish

from shuniu.foundation.hub import Ref
from shuniu.ledger import queries as ledger
from shuniu.ledger.models import Transaction
from shuniu.settlement import actions, queries
from shuniu.settlement.contracts import PeriodDecided, PeriodFourEyes, PeriodRunning
from shuniu.settlement.models import Earning, Maturity, Period, Plan

pytestmark = pytest.mark.django_db
DECEMBER = datetime(2026, 12, 3, tzinfo=UTC)


def balances(staff_id: int) -> dict[str, str]:
    found = ledger.balances(Ref("staff", staff_id))
    return {purpose: str(amount) for purpose, amount in found.items() if amount}


def asked(place: House, *, now: datetime = DECEMBER) -> int:
    plan = Plan.objects.get().pk
    return actions.request_close(plan_id=plan, period="2026-11", by=place.actor("qian"), now=now)


def closed(place: House) -> int:
    period = asked(place)
    actions.approve_close(period_id=period, by=place.actor("admin"), now=DECEMBER)
    return period


def by_period(**changes: Any) -> dict[str, Any]:
    return field_work_document() | {"confirmation": {"by": "period_close"}} | changes


def test_a_period_is_closed_by_two_people_and_its_totals_are_kept() -> None:
    place = house()
    actions.record_inputs(news=[completed(place, n) for n in (1, 2)], by=HOUSE, now=NOON)
    period = asked(place)
    with pytest.raises(PeriodFourEyes):
        actions.approve_close(period_id=period, by=place.actor("qian"), now=DECEMBER)
    actions.approve_close(period_id=period, by=place.actor("admin"), now=DECEMBER)
    with pytest.raises(PeriodDecided):
        actions.approve_close(period_id=period, by=place.actor("admin"), now=DECEMBER)
    row = Period.objects.get()
    assert (row.status, row.earned, row.adjusted) == ("closed", Decimal("760.00"), Decimal("0.00"))


def test_a_period_that_runs_cannot_be_closed() -> None:
    place = house()
    with pytest.raises(PeriodRunning):
        asked(place, now=datetime(2026, 11, 30, 15, 59, tzinfo=UTC))
    asked(place, now=datetime(2026, 11, 30, 16, 0, tzinfo=UTC))


def test_what_is_refused_stays_open_and_may_be_asked_again() -> None:
    place = house()
    period = asked(place)
    actions.reject_close(period_id=period, reason="还差一家店", by=place.actor("admin"), now=DECEMBER)
    assert Period.objects.get().status == "open"
    assert asked(place) == period


def test_a_late_event_is_posted_in_the_open_period_and_says_where_it_belongs() -> None:
    place = house()
    actions.record_inputs(news=[completed(place, 1)], by=HOUSE, now=NOON)
    closed(place)
    actions.record_inputs(news=[completed(place, 2, at=NOON + days(1))], by=HOUSE, now=DECEMBER)
    late = Earning.objects.get(source_id=2)
    assert (late.period, late.origin_period, late.earned_before, late.earned_after) == (
        "2026-12",
        "2026-11",
        380,
        760,
    )
    assert (
        Transaction.objects.filter(key__startswith="settlement:bucket").latest("id").memo_zh
        == "上门服务费 2026-12（属 2026-11）"
    )
    rows = {row.period: row for row in queries.periods(now=DECEMBER)}
    assert (rows["2026-11"].earned, rows["2026-11"].adjusted) == (380, 0)
    assert (rows["2026-12"].earned, rows["2026-12"].adjusted) == (0, 380)


def test_the_first_open_period_takes_it_though_others_closed_between() -> None:
    place = house()
    plan = Plan.objects.get().pk
    for period in ("2026-11", "2026-12"):
        Period.objects.create(plan_id=plan, period=period, status="closed", closed_at=NOON)
    actions.record_inputs(news=[completed(place, 1)], by=HOUSE, now=datetime(2027, 2, 1, tzinfo=UTC))
    assert Earning.objects.get().period == "2027-01"


def test_the_database_refuses_to_post_in_a_closed_period_and_to_change_it() -> None:
    place = house()
    actions.record_inputs(news=[completed(place, 1)], by=HOUSE, now=NOON)
    closed(place)
    for sql in (
        "UPDATE settlement_bucket SET posted = posted + 1",
        "UPDATE settlement_period SET status = 'open', closed_at = NULL",
        "DELETE FROM settlement_period",
    ):
        with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
        assert refused.value.__cause__.diag.constraint_name == "settlement_period_closed"  # type: ignore[union-attr]


def test_closing_confirms_what_the_plan_confirms_by_period_and_only_that() -> None:
    place = house(plan=False)
    publish(by_period(hold_days=0))
    actions.record_inputs(news=[completed(place, 1)], by=HOUSE, now=NOON)
    assert actions.confirm_due(by=HOUSE, now=DECEMBER) == 0
    closed(place)
    assert actions.confirm_due(by=HOUSE, now=DECEMBER) == 1
    assert actions.release_due(by=HOUSE, now=DECEMBER) == 1
    assert balances(place.worker) == {"withdrawable": "380.00"}
    actions.record_inputs(news=[completed(place, 2)], by=HOUSE, now=DECEMBER)
    assert actions.confirm_due(by=HOUSE, now=DECEMBER) == 0
    assert balances(place.worker) == {"withdrawable": "380.00", "earned": "380.00"}
    assert Maturity.objects.count() == 2


def test_closing_over_http_needs_its_rights() -> None:
    place = house()
    actions.record_inputs(news=[completed(place, 1)], by=HOUSE, now=NOON)
    body = {"plan_id": Plan.objects.get().pk, "period": "2026-10"}
    assert place.client("chen").send("POST", "/api/settlement/periods", body).status_code == 403
    finance, admin = place.client("qian"), place.client("admin")
    listed = finance.get("/api/settlement/periods").json()["items"]
    assert [(row["period"], row["earned"], row["status"]) for row in listed] == [
        ("2026-11", "380.00", "open")
    ]
    asked_for = finance.send("POST", "/api/settlement/periods", body).json()
    assert (asked_for["status"], asked_for["requested_by_name"]) == ("closing", "钱会计")
    path = f"/api/settlement/periods/{asked_for['id']}/approve"
    assert finance.send("POST", path).json()["code"] == "settlement.period_four_eyes"
    assert admin.send("POST", path).json()["status"] == "closed"
    assert finance.send("POST", "/api/settlement/periods", body).status_code == 409
