"""The results of a setting's variants stand side by side, and every number opens what is behind it (H2)."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from tests.factories import work_orders as make
from tests.factories.hub import hear
from tests.factories.org import client_of

from shuniu.org import actions as org
from shuniu.settlement import actions as settlement
from shuniu.work_orders import actions
from shuniu.work_orders.settings import OFFER_ANSWER_MINUTES

pytestmark = pytest.mark.django_db

KEY = OFFER_ANSWER_MINUTES.key
DAYS = "first=2026-11-20&last=2026-11-20"


@pytest.fixture
def place():
    """武汉 answers offers in 30 minutes: two orders completed, one of them accepted late; 成都 has 45: one is open."""
    place = make.shop()
    settlement.publish_shipped(effective_from=make.EARLY, by=make.HOUSE, now=make.EARLY)
    org.set_setting(key=KEY, unit_id=place.sister, value=45, by=place.actor("sun"), now=make.EARLY)
    make.completed(place)
    late = make.offered(place)
    done = make.MORNING + timedelta(minutes=31)
    worker = make.worker_of(place, late.id)
    actions.accept(order_id=late.id, by=worker, now=done, key="late")
    actions.complete_visit(
        order_id=late.id, answers=make.visit_answers(worker, done), by=worker, now=done, key="late-done"
    )
    make.settle(done)
    make.order(place, by="sun", unit_id=place.sister)
    hear("insights.daily")
    return place


def compare(client, under, **rest):
    query = {"key": KEY, "under": under, "first": "2026-11-20", "last": "2026-11-20", **rest}
    return client.get("/api/insights/variants", query)


def figures(row):
    return {one["key"]: (one["value"], one["behind"]) for one in row["results"]}


def test_units_are_gathered_by_value_with_the_results_of_each(place):
    answer = compare(client_of(place.staff["sun"]), place.hq).json()
    assert [column["key"] for column in answer["columns"]] == [
        "opened", "completed", "closed", "on_time", "rating", "earned",
    ]  # fmt: skip
    thirty, longer = answer["variants"]
    assert (thirty["value"], thirty["is_base"], thirty["unit_count"], thirty["set_by"]) == (30, True, 4, [])
    assert (longer["value"], longer["is_base"], longer["set_by"]) == (45, False, ["成都春熙店"])
    assert [unit["unit_name"] for unit in thirty["units"]] == ["武汉光谷店"]
    told = figures(thirty)
    assert told == figures(thirty["units"][0])
    assert (told["opened"], told["completed"], told["closed"]) == (("2", 2), ("2", 2), ("0", 0))
    assert told["on_time"] == ("0.5000", 1)
    assert told["rating"] == (None, 0)
    assert told["earned"] == ("720.00", 0)
    assert figures(longer)["opened"] == ("1", 1)
    assert figures(longer)["on_time"] == (None, 0)
    assert figures(longer)["earned"] == ("0", 0)


def test_every_number_opens_what_is_behind_it(place):
    client = client_of(place.staff["sun"])
    for variant in compare(client, place.hq).json()["variants"]:
        for unit in variant["units"]:
            for one in unit["results"]:
                parts = urlsplit(one["link"])
                if one["key"] == "earned":
                    assert parts.path == "/console/settlement/earnings"
                    assert f"unit_id={unit['unit_id']}&since=2026-11-20&until=2026-11-20" in parts.query
                    continue
                assert parts.path == "/console/work-orders"
                assert client.get(f"/api/work-orders?{parts.query}").json()["total"] == one["behind"], one


def test_a_region_compares_its_own_units_only(place):
    client = client_of(place.staff["zhou"])
    (only,) = compare(client, place.region).json()["variants"]
    assert (only["value"], only["unit_count"]) == (30, 2)
    assert compare(client, place.hq).status_code == 404
    assert compare(client, place.sister).status_code == 404


def test_who_may_not_see_settings_or_boards_compares_nothing(place):
    assert compare(client_of(place.staff["xiaoli"]), place.store).status_code == 403
    assert compare(client_of(place.staff["zhang"]), place.store).status_code == 403


def test_wrong_questions_are_answered_clearly(place):
    client = client_of(place.staff["sun"])
    assert compare(client, place.hq, key="nothing").json()["code"] == "org.setting_unknown"
    assert compare(client, 999_999).status_code == 404
    assert compare(client, place.hq, first="2026-11-21").json()["code"] == "insights.span_too_long"


def test_the_comparison_costs_the_same_for_any_number_of_units(place, django_assert_max_num_queries):
    client = client_of(place.staff["sun"])
    compare(client, place.hq)
    with django_assert_max_num_queries(14):
        compare(client, place.hq)


def test_the_comparison_leaves_as_a_file(place):
    answer = client_of(place.staff["sun"]).get(
        f"/api/insights/variants/export?key={KEY}&under={place.hq}&{DAYS}&format=csv"
    )
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert lines[0] == "取值,单元,新建工单,已完工,已关闭,准时率,满意度,收益"
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["30", "武汉光谷店", "2", "2", "0"][:4],
        ["45", "成都春熙店", "1", "0", "0"][:4],
    ]
