"""Customers over HTTP, as the shipped roles may."""

import importlib
from typing import Any

import pytest
from django.db import connection
from tests.factories.channels import NOON, WANG
from tests.factories.customers import HOUSE
from tests.factories.org import House

from shuniu.customers import actions
from shuniu.customers.contracts import CustomerCard, Identity, IdentityKind
from shuniu.customers.models import Customer


@pytest.fixture
def house(db: None) -> Any:
    return importlib.import_module("tests.factories.org").house()


@pytest.fixture
def wang(house: House) -> CustomerCard:
    return actions.create(
        name="王女士",
        unit_id=house.units["WHGG"],
        phone="13907110001",
        city="武汉",
        identities=(Identity(kind=IdentityKind.WECOM_EXTERNAL_USERID, value=WANG),),
        by=HOUSE,
        now=NOON,
    )


def test_the_side_bar_finds_whom_the_chat_is_with(house: House, wang: CustomerCard) -> None:
    query = {"kind": "wecom_external_userid", "value": WANG}
    mine = house.client("xiaoli").get("/api/customers/by-identity", query_params=query)
    sisters = house.client("zhao").get("/api/customers/by-identity", query_params=query)

    assert (mine.status_code, mine.json()["id"], mine.json()["phone_masked"]) == (200, wang.id, "139****0001")
    assert (sisters.status_code, sisters.json()["code"]) == (404, "customer.not_found")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/customers/{id}", None),
        ("PATCH", "/api/customers/{id}", {"name": "别人的客户"}),
        ("POST", "/api/customers/{id}/tags", {"add": ["VIP"]}),
        ("POST", "/api/customers/{id}/phone", None),
        ("POST", "/api/customers/{id}/identities", {"kind": "unionid", "value": "u", "why": "w"}),
        ("GET", "/api/customers/{id}/orders", None),
    ],
)
def test_a_sister_store_sees_and_changes_nothing(
    house: House, wang: CustomerCard, method: str, path: str, body: Any
) -> None:
    client = house.client("zhao")
    address = path.format(id=wang.id)
    answer = client.get(address) if method == "GET" else client.send(method, address, body)  # type: ignore[attr-defined]

    assert (answer.status_code, answer.json()["code"]) == (404, "customer.not_found")
    row = Customer.objects.get(pk=wang.id)
    assert (row.name, row.tags) == ("王女士", [])


def test_a_phone_is_taken_back_to_the_form_when_it_is_anothers(house: House, wang: CustomerCard) -> None:
    body = {"name": "李先生", "unit_id": house.units["WHGG"], "phone": "139 0711 0001"}

    answer = house.client("xiaoli").send("POST", "/api/customers", body)  # type: ignore[attr-defined]

    assert (answer.status_code, answer.json()["code"]) == (409, "customer.identity_taken")
    assert answer.json()["errors"][0]["field"] == "phone"
    assert Customer.objects.count() == 1


def test_nobody_makes_customers_for_another_store(house: House) -> None:
    body = {"name": "李先生", "unit_id": house.units["SHXH"]}

    assert house.client("xiaoli").send("POST", "/api/customers", body).status_code == 403  # type: ignore[attr-defined]
    assert not Customer.objects.exists()


def test_a_number_shown_in_clear_is_remembered_nowhere(house: House, wang: CustomerCard) -> None:
    answer = house.client("xiaoli").send("POST", f"/api/customers/{wang.id}/phone")  # type: ignore[attr-defined]

    assert answer.json() == {"phone": "13907110001"}
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from idempotency_key where answer::text like %s", [f"%{b'139071'.hex()}%"]
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from audit_entry where action = 'customer.phone_unmasked'")
        assert cursor.fetchone() == (1,)


def test_the_list_is_exported_with_masked_numbers(house: House, wang: CustomerCard) -> None:
    answer = house.client("sun").get("/api/customers/export", query_params={"format": "csv"})

    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    [heading, line] = text.strip().splitlines()
    assert heading.startswith("编号,姓名,手机号,城市,门店")
    assert line.split(",")[1:5] == ["王女士", "139****0001", "武汉", "武汉光谷店"]


def test_search_finds_a_customer_for_those_who_may_see_them(house: House, wang: CustomerCard) -> None:
    def found(login: str, text: str) -> list[str]:
        groups = house.client(login).get("/api/search", query_params={"q": text}).json()
        return [
            hit["title"]
            for group in groups["groups"]
            for hit in group["items"]
            if group["kind"] == "customer"
        ]

    assert found("xiaoli", "王女士") == ["王女士"]
    assert found("xiaoli", "0001") == ["王女士"]
    assert found("zhao", "王女士") == []
