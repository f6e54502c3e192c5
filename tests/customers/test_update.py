"""Profiles change; what changed is on record without its content."""

import pytest
from django.db import connection
from tests.factories.channels import NOON, Enterprise
from tests.factories.customers import HOUSE, customer

from shuniu.customers import actions, queries
from shuniu.customers.contracts import Identity, IdentityKind, IdentityTaken, NameMissing, Stage, UnitUnknown


def phone(number: str) -> Identity:
    return Identity(kind=IdentityKind.PHONE, value=number)


def update(customer_id: int, **changes: object) -> None:
    actions.update(customer_id=customer_id, changes=actions.Changes(**changes), by=HOUSE, now=NOON)  # type: ignore[arg-type]


def test_a_new_phone_frees_the_old_one(enterprise: Enterprise) -> None:
    card = customer(enterprise.store, phone="13907110001")

    update(card.id, phone="13907110002", name="王太太", stage=Stage.ACTIVE)

    assert queries.find_by_identity(phone("13907110001")) is None
    found = queries.find_by_identity(phone("13907110002"))
    assert found is not None
    assert (found.id, found.name, found.stage, found.phone_masked) == (
        card.id,
        "王太太",
        "active",
        "139****0002",
    )
    customer(enterprise.store, "李先生", phone="13907110001")


def test_a_phone_of_somebody_else_changes_nothing(enterprise: Enterprise) -> None:
    card = customer(enterprise.store, phone="13907110001")
    customer(enterprise.store, "李先生", phone="13907110002")

    with pytest.raises(IdentityTaken):
        update(card.id, name="王太太", phone="13907110002")
    assert queries.card(card.id) == card


def test_an_empty_phone_removes_the_number(enterprise: Enterprise) -> None:
    card = customer(enterprise.store, phone="13907110001")

    update(card.id, phone="")

    detail = queries.detail(actor=HOUSE, customer_id=card.id)
    assert (detail.has_phone, detail.identities) == (False, ())


def test_the_audit_log_names_the_fields_and_not_their_content(enterprise: Enterprise) -> None:
    card = customer(enterprise.store)

    update(card.id, phone="13907110001", address="珞喻路 1 号", note="怕吵")

    with connection.cursor() as cursor:
        cursor.execute("select after::text from audit_entry where action = 'customer.update'")
        [(after,)] = cursor.fetchall()
    assert all(field in after for field in ("phone", "address", "note"))
    assert not any(content in after for content in ("13907110001", "珞喻路", "怕吵"))


def test_nothing_changed_is_nothing_told(enterprise: Enterprise) -> None:
    card = customer(enterprise.store, phone="13907110001", tags=("VIP",))

    update(card.id, name="王女士", phone="139-0711-0001", tags=("VIP", " VIP "))

    with connection.cursor() as cursor:
        cursor.execute("select count(*) from event where name = 'customer.updated'")
        assert cursor.fetchone() == (0,)


def test_a_customer_needs_a_name_and_a_unit(enterprise: Enterprise) -> None:
    with pytest.raises(NameMissing):
        customer(enterprise.store, "  ")
    card = customer(enterprise.store)
    with pytest.raises(UnitUnknown):
        update(card.id, unit_id=999_999)


def test_tags_are_put_on_and_taken_off(enterprise: Enterprise) -> None:
    card = customer(enterprise.store, tags=("老客户",))

    after = actions.tag(customer_id=card.id, add=["VIP", "VIP "], remove=["老客户"], by=HOUSE, now=NOON)

    assert after.tags == ("VIP",)
