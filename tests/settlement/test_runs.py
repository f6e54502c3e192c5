"""Runs: what waits is settled in parts, the same however it is cut, interrupted and repeated."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from tests.factories import sales
from tests.factories.sales import HOUSE, NOON, sale, tiered
from tests.factories.settlement import House, house

from shuniu.foundation.hub import Ref
from shuniu.ledger import queries as ledger
from shuniu.ledger.models import Transaction
from shuniu.org.models import Notice
from shuniu.settlement import actions
from shuniu.settlement.models import Bucket, Earning, Plan, Run, RunPart, Waiting
from shuniu.settlement.runs import working

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> House:
    return house(plan=False)


def work_off(run_id: int | None = None) -> int:
    total = 0
    while handled := actions.work_run(run_id=run_id, by=HOUSE, now=NOON):
        total += handled
    return total


def settled() -> int:
    run_id = actions.start_run(by=HOUSE, now=NOON)
    work_off(run_id)
    return run_id


def buckets() -> dict[tuple[Any, ...], tuple[Decimal, Decimal]]:
    return {
        (row.beneficiary_id, row.component, row.period): (row.base, row.posted)
        for row in Bucket.objects.all()
    }


def lines() -> list[tuple[Any, ...]]:
    fields = (
        "beneficiary_id",
        "component",
        "period",
        "input_id",
        "base_before",
        "base_after",
        "earned_after",
    )
    return sorted(Earning.objects.values_list(*fields, "amount"))


def postings() -> list[tuple[Any, ...]]:
    """What was posted, by what it was for: ids of rows aside."""
    bucket = {row.pk: (row.beneficiary_id, row.component, row.period) for row in Bucket.objects.all()}
    found = []
    for row in Transaction.objects.filter(
        source_kind="settlement_bucket", key__startswith="settlement:bucket"
    ):
        legs = row.postings.values_list("account__owner_id", "account__purpose", "amount").order_by("amount")
        last_input = row.key.rpartition(":")[2]
        found.append((bucket[row.source_id], last_input, row.at, row.memo_zh, tuple(legs)))
    return sorted(found)


def test_what_is_collected_waits_and_a_run_settles_it_with_one_transaction_a_bucket(place: House) -> None:
    sales.publish_rebate()
    news = [sale(place, 1, "800"), sale(place, 2, "700"), sale(place, 3, "100", partner=2)]
    actions.collect_inputs(news=news, now=NOON)
    assert (Waiting.objects.count(), Earning.objects.count()) == (2, 0)
    run = Run.objects.get(pk=settled())
    assert (run.status, run.parts, run.inputs) == ("done", 2, 3)
    # 1,000 at 3 % and 500 at 5 %
    assert buckets() == {
        (1, "rebate", "2026-11"): (Decimal(1500), Decimal("55.00")),
        (2, "rebate", "2026-11"): (Decimal(100), Decimal("3.00")),
    }
    assert [(line[3:7]) for line in lines()][:2] == [
        (news_id(1), Decimal(0), Decimal(800), Decimal("24.00")),
        (news_id(2), Decimal(800), Decimal(1500), Decimal("55.00")),
    ]
    assert Transaction.objects.count() == 2
    assert ledger.balances(Ref("unit", 1)) == {"earned": Decimal("55.00")}


def news_id(order: int) -> int:
    return Earning.objects.get(source_id=order).input_id


def test_a_second_run_posts_nothing(place: House) -> None:
    sales.publish_rebate()
    news = sales.many_sales(place, 60)
    actions.collect_inputs(news=news, now=NOON)
    settled()
    before = (lines(), Transaction.objects.count())
    actions.collect_inputs(news=news, now=NOON)
    again = Run.objects.get(pk=settled())
    assert (again.parts, again.status) == (0, "done")
    assert (lines(), Transaction.objects.count()) == before


def test_one_by_one_at_once_and_in_a_run_come_to_the_same_buckets(place: House) -> None:
    sales.publish_rebate()
    news = sales.many_sales(place, 80)
    with rolled_back():
        for new in news:
            actions.record_inputs(news=[new], by=HOUSE, now=NOON)
        one_by_one = buckets()
    with rolled_back():
        actions.record_inputs(news=news, by=HOUSE, now=NOON)
        at_once = buckets()
    actions.collect_inputs(news=news, now=NOON)
    settled()
    assert buckets() == one_by_one == at_once
    assert len(one_by_one) > 10


def test_the_short_way_and_the_long_way_write_the_same_lines(
    place: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sales.publish_rebate()
    actions.collect_inputs(news=sales.many_sales(place, 80), now=NOON)
    with rolled_back():
        settled()
        short = lines(), postings()
    monkeypatch.setattr(working, "plain_components", lambda *_: None)
    settled()
    assert lines() == short[0]
    assert postings() == short[1]


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_part_that_cannot_be_settled_fails_alone_and_is_tried_again(place: House) -> None:
    sales.publish_rebate(tiered(base="金额 * 折扣"), facts={"折扣": "number"})
    news = [
        sale(place, 1, "100", facts={"折扣": Decimal(1)}),
        sale(place, 2, "100", partner=2),
        sale(place, 3, "100", partner=3, facts={"折扣": Decimal(2)}),
    ]
    actions.collect_inputs(news=news, now=NOON)
    run_id = settled()
    failed = RunPart.objects.get(status="failed")
    assert (failed.party_id, failed.error_zh) == (2, "公式“金额 * 折扣”没有得出数字")
    assert {key[0] for key in buckets()} == {1, 3}
    assert Run.objects.get().status == "done"
    assert actions.retry_failed(run_id=run_id, by=HOUSE, now=NOON) == 1
    assert work_off(run_id) == 1
    assert RunPart.objects.get(status="failed").party_id == 2


def test_a_cancelled_run_gives_back_what_it_did_not_settle(
    place: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sales.publish_rebate()
    monkeypatch.setattr(working, "LINES", 10)
    news = sales.many_sales(place, 70)
    actions.collect_inputs(news=news, now=NOON)
    run_id = actions.start_run(by=HOUSE, now=NOON)
    actions.work_run(run_id=run_id, by=HOUSE, now=NOON)
    actions.cancel_run(run_id=run_id, by=HOUSE, now=NOON)
    assert 0 < Earning.objects.count() < 70
    settled()
    assert Earning.objects.count() == 70


def test_a_changed_plan_moves_the_difference_and_writes_no_line_anew(place: House) -> None:
    sales.publish_rebate()
    actions.collect_inputs(news=[sale(place, 1, "800"), sale(place, 2, "700")], now=NOON)
    settled()
    sales.publish_rebate(tiered((("1000", "0.04"), (None, "0.06"))))
    # publishing a version that reaches back computes the open periods again
    assert work_off(Run.objects.get(kind="recalculate").pk) == 1
    line = Earning.objects.get(cause="recalculated")
    assert (line.earned_before, line.earned_after, line.amount) == (55, 70, 15)
    assert Earning.objects.count() == 3
    assert ledger.balances(Ref("unit", 1)) == {"earned": Decimal("70.00")}
    actions.collect_inputs(news=[sale(place, 3, "100")], now=NOON)
    settled()
    assert buckets() == {(1, "rebate", "2026-11"): (Decimal(1600), Decimal("76.00"))}


@pytest.mark.parametrize("short", [True, False])
def test_recalculating_what_stands_right_moves_nothing(
    place: House, monkeypatch: pytest.MonkeyPatch, *, short: bool
) -> None:
    sales.publish_rebate()
    news = sales.many_sales(place, 60)
    actions.collect_inputs(news=news, now=NOON)
    settled()
    first = Earning.objects.order_by("input_id")[0]
    fixed = sale(
        place, first.source_id, "12.34", partner=first.beneficiary_id, at=first.at,
        corrects=first.input_id, key="fix",
    )  # fmt: skip
    actions.record_inputs(news=[fixed], by=HOUSE, now=NOON)
    before = Earning.objects.count()
    if not short:
        monkeypatch.setattr("shuniu.settlement.runs.recalculating.plain_components", lambda *_: None)
    for period in ("2026-11", "2026-10", "2026-09"):
        run_id = actions.start_recalculation(plan_id=Plan.objects.get().pk, period=period, by=HOUSE, now=NOON)
        assert work_off(run_id) == Run.objects.get(pk=run_id).parts
    assert Earning.objects.count() == before


def test_a_correction_in_a_run_moves_the_old_partner_and_the_new_one(place: House) -> None:
    sales.publish_rebate()
    actions.collect_inputs(news=[sale(place, 1, "500"), sale(place, 2, "300")], now=NOON)
    settled()
    moved = sale(place, 1, "500", partner=2, corrects=news_id(1), key="moved")
    actions.collect_inputs(news=[moved], now=NOON)
    settled()
    assert buckets() == {
        (1, "rebate", "2026-11"): (Decimal(300), Decimal("9.00")),
        (2, "rebate", "2026-11"): (Decimal(500), Decimal("15.00")),
    }


def test_the_nightly_check_finds_what_does_not_agree(place: House) -> None:
    sales.publish_rebate()
    actions.record_inputs(news=sales.many_sales(place, 20), by=HOUSE, now=NOON)
    assert actions.check_day(day=NOON.date(), by=HOUSE, now=NOON) == []
    assert actions.check_day(day=NOON.date(), by=HOUSE, now=NOON) is None
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE settlement_bucket SET earned = earned + 1 WHERE id = (SELECT min(id) FROM settlement_bucket)"
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    found = actions.check_day(day=NOON.date() + timedelta(days=1), by=HOUSE, now=NOON)
    assert [one.rule for one in found or ()] == ["bucket_is_posted_as_earned"]
    assert Notice.objects.filter(kind="settlement.check_failed", staff_id=place.org.staff["qian"]).exists()


def test_runs_over_http_show_progress_and_exceptions(place: House) -> None:
    sales.publish_rebate(tiered(base="金额 * 折扣"), facts={"折扣": "number"})
    finance = place.client("qian")
    body = {
        "later": True,
        "inputs": [
            {
                "measure": "sale", "key": f"k{n}", "source_kind": "shop_order", "source_id": n, "at": NOON.isoformat(),
                "unit_id": place.store, "parties": {"partner": f"unit:{n}"}, "amount": "100.00",
                "facts": {"折扣": "1"} if n == 1 else {},
            }
            for n in (1, 2)
        ],
    }  # fmt: skip
    assert place.client("chen").send("POST", "/api/settlement/inputs", body).status_code == 403
    body["inputs"][0]["facts"] = {"折扣": 1}  # type: ignore[index]
    assert finance.send("POST", "/api/settlement/inputs", body).status_code == 200
    assert finance.get("/api/settlement/runs/waiting").json()["inputs"] == 2
    run = finance.send("POST", "/api/settlement/runs").json()
    assert (run["status"], run["parts"]) == ("running", 2)
    work_off(run["id"])
    shown = finance.get(f"/api/settlement/runs/{run['id']}").json()
    assert (shown["status"], shown["parts_done"], shown["parts_failed"]) == ("done", 1, 1)
    failed = finance.get(f"/api/settlement/runs/{run['id']}/parts?status=failed").json()["items"]
    assert failed[0]["error"]["zh"] == "公式“金额 * 折扣”没有得出数字"
    assert finance.send("POST", f"/api/settlement/runs/{run['id']}/retry").json() == {"parts": 1}
    assert finance.send("POST", f"/api/settlement/runs/{run['id']}/cancel").json()["status"] == "cancelled"
    assert place.client("chen").get("/api/settlement/runs").status_code == 403
