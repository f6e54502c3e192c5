"""Who sees what over HTTP, and that lists cost the same for one row as for many."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.settlement import HOUSE, NOON, House, completed, house

from shuniu.settlement import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> House:
    """张师傅 earned twice and his colleague once at 光谷店; 吴师傅 once elsewhere."""
    made = house()
    elsewhere = made.org.units["SHXH"]
    news = [
        completed(made, 1),
        completed(made, 2),
        completed(made, 3, worker=made.other),
        completed(made, 4, worker=made.org.staff["wu"], unit=elsewhere),
    ]
    actions.record_inputs(news=news, by=HOUSE, now=NOON)
    return made


def get(place: House, login: str, path: str, **query: Any) -> Any:
    answer = place.client(login).get(f"/api{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize(
    ("login", "orders"),
    [("zhang", {1, 2}), ("chen", {1, 2, 3}), ("zhao", set()), ("zhou", {1, 2, 3}), ("qian", {1, 2, 3, 4})],
)
def test_everybody_sees_the_earnings_they_look_after(place: House, login: str, orders: set[int]) -> None:
    page = get(place, login, "/settlement/earnings")
    assert {row["source_id"] for row in page["items"]} == orders
    assert page["total"] == len(orders)


def test_an_earning_opens_to_its_explanation_for_those_who_see_it(place: House) -> None:
    (row, _) = get(place, "zhang", "/settlement/earnings")["items"]
    path = f"/settlement/earnings/{row['id']}/explanation"
    told = get(place, "zhang", path)
    assert told["root"]["formula"]["zh"] == "360.00 + 20.00 − 0.00 = 380.00"
    assert [part["amount"] for part in told["root"]["children"]] == ["360.00", "20.00", "0.00"]
    assert told["earning"]["plan_number"] == 1
    assert told["measure"] == "work_order.completed"
    assert [(m["from_text"]["zh"], m["to_text"]["zh"]) for m in told["moves"]] == [("平台支出", "待确认")]
    assert {fact["name"]: fact["value"] for fact in told["inputs"]}["工单.高温"] == "true"
    assert place.client("zhao").get(f"/api{path}").status_code == 404


def test_a_worker_reads_their_own_page(place: House) -> None:
    actions.confirm(source=completed(place, 1).source, by=HOUSE, now=NOON)
    mine = get(place, "zhang", "/settlement/me")
    assert mine["totals"]["earned"] == "380.00"
    assert mine["totals"]["confirmed"] == "380.00"
    lines = get(place, "zhang", "/settlement/me/earnings", state="confirmed")["items"]
    assert [(line["source_id"], line["state_text"]["zh"], line["amount"]) for line in lines] == [
        (1, "已确认", "380.00")
    ]
    assert lines[0]["expected_at"] == "2026-11-21T04:00:00Z"


def test_the_stores_day_counts_its_own_people_only(place: House) -> None:
    day = get(place, "chen", "/settlement/days/2026-11-20")
    assert (day["earned"], day["orders"], day["workers"]) == ("1140.00", 3, 2)
    assert get(place, "zhao", "/settlement/days/2026-11-20")["earned"] == "0.00"


def test_finance_pays_out_over_http(place: House) -> None:
    actions.confirm_many(sources=[completed(place, n).source for n in (1, 2, 3, 4)], by=HOUSE, now=NOON)
    actions.release_due(by=HOUSE, now=NOON)
    qian = place.client("qian")
    batch = qian.send("POST", "/api/settlement/payout-batches", {"note": "十一月第三周"}).json()
    assert (batch["total"], batch["payouts"], batch["status"]) == ("1520.00", 3, "draft")
    path = f"/api/settlement/payout-batches/{batch['id']}"
    assert qian.send("POST", f"{path}/approve").json()["status"] == "approved"
    file = qian.get(f"{path}/bank-file", {"format": "csv"})
    rows = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[1].startswith(f"{batch['no']}-0001,张师傅,武汉光谷店,760.00,CNY")
    assert qian.send("POST", f"{path}/results", {"outcome": "paid"}).json() == {"ended": 3}
    assert get(place, "zhang", "/settlement/me")["totals"]["paid"] == "760.00"
    assert [row["amount"] for row in get(place, "zhang", "/settlement/me/payouts")["items"]] == ["760.00"]


def test_managers_may_not_move_money(place: House) -> None:
    chen = place.client("chen")
    assert chen.send("POST", "/api/settlement/payout-batches", {}).status_code == 403
    assert chen.get("/api/ledger/transactions").status_code == 403


def test_a_plan_is_tried_before_it_is_believed(place: House) -> None:
    (plan,) = get(place, "qian", "/settlement/plans")["items"]
    (version,) = get(place, "qian", f"/settlement/plans/{plan['id']}/versions")
    found = [(problem["code"], problem["severity"]) for problem in version["problems"]]
    assert found == [("gap", "warning"), ("threshold", "note")]
    facts = {"工单.类型": "ac_install", "工单.楼层": "3"}
    path = f"/api/settlement/plan-versions/{version['id']}/example"
    tried = place.client("qian").send("POST", path, {"facts": facts}).json()
    assert [line["formula"]["zh"] for line in tried["lines"]] == [
        "基础费 200.00 × 高空作业系数 1.2 = 240.00",
        "−0.00",
    ]
    assert tried["total"] == "240.00"


@pytest.mark.parametrize(
    "path", ["/settlement/earnings", "/settlement/me/earnings", "/ledger/transactions", "/ledger/accounts"]
)
def test_lists_cost_the_same_for_many_rows_as_for_few(place: House, path: str) -> None:
    login = "zhang" if "/me/" in path else "qian"
    client = place.client(login)

    def queries(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/api{path}", {"limit": limit}).status_code == 200
        return len(captured)

    queries(3)
    few = queries(3)  # rows of every kind there is
    actions.record_inputs(news=[completed(place, n) for n in range(10, 40)], by=HOUSE, now=NOON)
    assert queries(30) == few
