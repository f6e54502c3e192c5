"""Through HTTP: who sees what, lists, the phone, the customer's link."""

import pytest
from django.test import Client
from tests.factories import work_orders as make
from tests.factories.org import client_of

from shuniu.work_orders.links import token_of
from shuniu.work_orders.models import WorkOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make.shop()


def client(place, who):
    return client_of(place.staff[who])


def body(place, **rest):
    return {
        "kind_key": "ac_high_install",
        "title": "装空调",
        "unit_id": place.store,
        "customer_id": place.customer,
        **rest,
    }


def test_an_order_made_from_the_side_bar_takes_the_customers_contact_and_the_chat(place):
    messages = [
        {"at": "2026-11-20T02:00:00Z", "sender": "customer", "sender_name": "王女士", "text": "6 楼要装空调"}
    ]
    made = client(place, "xiaoli").send(
        "POST", "/api/work-orders", body(place, source="sidebar", floor=6, messages=messages)
    )
    assert made.status_code == 200
    seen = client(place, "xiaoli").get(f"/api/work-orders/{made.json()['id']}").json()
    assert (seen["contact_name"], seen["phone_masked"], seen["city"]) == ("王女士", "139****0001", "武汉")
    assert [message["text"] for message in seen["messages"]] == ["6 楼要装空调"]
    assert seen["no"].startswith("WO20")


def test_wrong_input_is_pointed_at(place):
    xiaoli = client(place, "xiaoli")
    cases = [
        (body(place, kind_key="nothing"), "kind_key"),
        (body(place, title="  "), "title"),
        (body(place, phone="123"), "phone"),
        (body(place, customer_id=999_999), "customer_id"),
        (body(place, customer_id=None, city="", address="x"), "city"),
    ]
    for given, field in cases:
        answer = xiaoli.send("POST", "/api/work-orders", given)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert xiaoli.send("POST", "/api/work-orders", body(place, unit_id=place.sister)).status_code == 403


def test_a_sister_store_sees_and_changes_nothing(place):
    made = make.offered(place)
    he = client(place, "he")
    assert he.get("/api/work-orders").json()["items"] == []
    assert he.get(f"/api/work-orders/{made.id}").status_code == 404
    for path, given in (
        ("dispatch", {"staff_id": place.staff["liu"]}),
        ("urge", {}),
        ("cancel", {"reason": "x"}),
        ("phone", {}),
    ):
        assert he.send("POST", f"/api/work-orders/{made.id}/{path}", given).status_code == 404


def test_who_is_asked_sees_exactly_that_order(place):
    mine, other = make.offered(place), make.offered(place)
    zhang = client(place, "zhang")
    assert [row["id"] for row in zhang.get("/api/work-orders").json()["items"]] == [mine.id]
    assert zhang.get(f"/api/work-orders/{mine.id}").status_code == 200
    assert zhang.get(f"/api/work-orders/{other.id}").status_code == 404


def test_who_declined_does_not_see_the_order_any_more(place):
    made = make.offered(place)
    zhang = client(place, "zhang")
    assert zhang.send("POST", f"/api/work-orders/{made.id}/decline", {"reason": "太远"}).status_code == 204
    assert zhang.get(f"/api/work-orders/{made.id}").status_code == 404


def test_a_list_costs_the_same_for_two_orders_and_for_ten(place, django_assert_max_num_queries):
    for _ in range(10):
        make.offered(place)
    chen = client(place, "chen")
    chen.get("/api/work-orders")
    with django_assert_max_num_queries(16):
        rows = chen.get("/api/work-orders?view=open&limit=10").json()["items"]
    assert len(rows) == 10
    assert {row["step"]["zh"] for row in rows} == {"接单"}
    assert rows[0]["waiting_for"] in (["张师傅"], ["王师傅"])


def test_views_and_filters(place):
    made = make.offered(place)
    chen, zhang = client(place, "chen"), client(place, "zhang")

    def ids(asking, query):
        return [row["id"] for row in asking.get(f"/api/work-orders?{query}").json()["items"]]

    assert ids(zhang, "view=mine") == [made.id]
    assert ids(chen, "view=mine") == []
    assert ids(chen, f"view=overdue&unit_id={place.region}") == [made.id]
    assert ids(chen, "view=closed") == []
    assert ids(chen, "text=139 0711 0001".replace(" ", "")) == [made.id]
    assert ids(chen, "text=0001") == [made.id]
    assert ids(chen, f"text={made.no[:12]}") == [made.id]
    assert ids(chen, "text=6 楼") == [made.id]
    assert ids(chen, "priority=urgent") == []
    assert chen.get("/api/work-orders?sort=nothing").status_code == 422
    assert chen.get("/api/work-orders/export?format=csv").status_code == 200
    assert client(place, "xiaoli").get("/api/work-orders/export").status_code == 403


def test_a_field_worker_works_through_the_tabs_of_the_phone(place):
    made = make.offered(place)
    zhang = client(place, "zhang")
    assert [row["id"] for row in zhang.get("/api/my/work-orders?tab=offers").json()["items"]] == [made.id]
    assert zhang.get("/api/my/work-orders/counts").json() == {"offers": 1, "doing": 0}
    assert zhang.send("POST", f"/api/work-orders/{made.id}/accept").status_code == 204
    assert [row["id"] for row in zhang.get("/api/my/work-orders?tab=doing").json()["items"]] == [made.id]
    answers = make.visit_answers(place.actor("zhang"))
    assert zhang.send("POST", f"/api/work-orders/{made.id}/complete", {"answers": answers}).status_code == 204
    assert [row["id"] for row in zhang.get("/api/my/work-orders?tab=done").json()["items"]] == [made.id]
    code = zhang.get(f"/api/work-orders/{made.id}/customer-code").json()
    assert code["svg"].startswith("<svg")
    assert code["path"] == f"/c/{token_of(made.id, 1)}"


def test_the_same_key_accepts_once_and_a_late_one_is_told_so(place):
    made = make.offered(place)
    zhang, wang = client(place, "zhang"), client(place, "wang")
    assert zhang.send("POST", f"/api/work-orders/{made.id}/accept").status_code == 204
    late = zhang.send("POST", f"/api/work-orders/{made.id}/accept")
    assert (late.status_code, late.json()["code"], late.json()["title"]) == (
        409,
        "flow.work_taken",
        late.json()["title"],
    )
    assert wang.send("POST", f"/api/work-orders/{made.id}/accept").status_code == 403


def customer_send(token, path, given, key):
    return Client().post(
        f"/api/c/{token}/{path}", given, content_type="application/json", headers={"Idempotency-Key": key}
    )


def test_the_customer_follows_confirms_and_rates_without_a_login(place):
    made = make.completed(place)
    token = token_of(made.id, 1)
    seen = Client().get(f"/api/c/{token}").json()
    assert (seen["asks"], seen["worker_name"], seen["worker_phone"]) == ("confirm", "张师傅", "139****0011")
    assert [(s["node"], s["state"]) for s in seen["stages"]] == [
        ("dispatch", "done"),
        ("visit", "done"),
        ("confirm", "now"),
        ("survey", "ahead"),
        ("close", "ahead"),
    ]
    seen = customer_send(token, "confirm", {}, "customer-1").json()
    assert seen["asks"] == "rate"
    assert [field["key"] for field in seen["form"]["fields"]] == ["rating", "solved", "comment"]
    wrong = customer_send(token, "rate", {"answers": {"rating": 9}}, "customer-2")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "answers.rating")
    seen = customer_send(token, "rate", {"answers": {"rating": 5}}, "customer-3").json()
    assert (seen["asks"], seen["rating"]) == ("", 5)
    assert Client().post(f"/api/c/{token}/live").status_code == 200


def test_forged_renewed_and_expired_links_are_told_apart(place):
    made = make.completed(place)
    token = token_of(made.id, 1)
    for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), token_of(made.id + 1, 1), "x", "1-1.x"):
        answer = Client().get(f"/api/c/{forged}")
        assert (answer.status_code, answer.json()["code"]) == (404, "work_order.link_invalid")
    WorkOrder.objects.filter(pk=made.id).update(status="closed", closed_at="2026-01-01T00:00:00Z")
    answer = Client().get(f"/api/c/{token}")
    assert (answer.status_code, answer.json()["code"]) == (410, "work_order.link_expired")
    WorkOrder.objects.filter(pk=made.id).update(link_version=2)
    assert Client().get(f"/api/c/{token}").status_code == 404


def test_trying_links_is_slowed_down(place):
    tries = [Client().get("/api/c/1-1.guess").status_code for _ in range(31)]
    assert set(tries[:30]) == {404}
    assert tries[30] == 429


def test_the_link_shows_nothing_of_the_house(place):
    made = make.completed(place)
    text = Client().get(f"/api/c/{token_of(made.id, 1)}").content.decode()
    for secret in ("13907110001", "陈店长", "小李", "staff_id", "facts", "空闲率"):
        assert secret not in text
