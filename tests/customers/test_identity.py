"""One account belongs to one customer."""

import threading

import pytest
from django.db import connection, transaction
from tests.factories.channels import NOON, WANG, Enterprise
from tests.factories.customers import HOUSE, agent, customer

from shuniu.customers import actions, queries
from shuniu.customers.contracts import (
    CustomerNotFound,
    Identity,
    IdentityKind,
    IdentityTaken,
    PhoneInvalid,
    Source,
)
from shuniu.customers.models import Customer, CustomerIdentity, CustomerIdentityChange

EXTERNAL = Identity(kind=IdentityKind.WECOM_EXTERNAL_USERID, value=WANG)
UNION = Identity(kind=IdentityKind.UNIONID, value="un1")


def meet(enterprise: Enterprise, *identities: Identity) -> int:
    return actions.meet(
        identities=identities,
        name="王女士",
        unit_id=enterprise.store.pk,
        source=Source.WECOM,
        by=HOUSE,
        now=NOON,
    ).id


def test_a_phone_finds_its_customer_however_it_is_typed(enterprise: Enterprise) -> None:
    card = customer(enterprise.store, phone="139 0711 0001")

    assert card.phone_masked == "139****0001"
    found = queries.find_by_identity(Identity(kind=IdentityKind.PHONE, value="+86-139-0711-0001"))
    assert found == card


def test_a_phone_in_use_is_a_conflict_that_names_its_owner(enterprise: Enterprise) -> None:
    first = customer(enterprise.store, phone="13907110001")

    with pytest.raises(IdentityTaken) as refused:
        customer(enterprise.store, "李先生", phone="13907110001")
    assert (refused.value.field, refused.value.data["customer_id"]) == ("phone", first.id)


@pytest.mark.parametrize("phone", ["1390711", "23907110001", "139071100012", "abc"])
def test_what_is_no_mobile_number_is_refused(enterprise: Enterprise, phone: str) -> None:
    with pytest.raises(PhoneInvalid):
        customer(enterprise.store, phone=phone)


def test_linking_again_changes_nothing_and_linking_anothers_is_refused(enterprise: Enterprise) -> None:
    first, second = customer(enterprise.store), customer(enterprise.store, "李先生")
    for _ in range(2):
        actions.link_identity(customer_id=first.id, identity=EXTERNAL, why="见面确认", by=HOUSE, now=NOON)
    with pytest.raises(IdentityTaken):
        actions.link_identity(customer_id=second.id, identity=EXTERNAL, why="误操作", by=HOUSE, now=NOON)

    assert [(row.change, row.why) for row in CustomerIdentityChange.objects.all()] == [("linked", "见面确认")]
    actions.unlink_identity(customer_id=first.id, identity=EXTERNAL, why="认错人", by=HOUSE, now=NOON)
    actions.link_identity(customer_id=second.id, identity=EXTERNAL, why="更正", by=HOUSE, now=NOON)
    found = queries.find_by_identity(EXTERNAL)
    assert found is not None
    assert found.id == second.id


def test_who_turns_up_is_recognised_or_becomes_a_lead(enterprise: Enterprise) -> None:
    lead = meet(enterprise, EXTERNAL)
    assert queries.card(lead).stage == "lead"
    assert meet(enterprise, EXTERNAL) == lead

    assert meet(enterprise, EXTERNAL, UNION) == lead
    assert meet(enterprise, UNION) == lead
    assert Customer.objects.count() == 1


def test_two_known_people_are_not_joined_by_a_machine(enterprise: Enterprise) -> None:
    first = customer(enterprise.store, identities=(EXTERNAL,))
    second = customer(enterprise.store, "李先生", identities=(UNION,))

    for _ in range(2):
        assert meet(enterprise, EXTERNAL, UNION) == first.id

    refusals = CustomerIdentityChange.objects.filter(change="refused")
    assert [(row.customer_id, row.kind) for row in refusals] == [(first.id, "unionid")]
    assert CustomerIdentity.objects.get(kind="unionid").customer_id == second.id


@pytest.mark.django_db(transaction=True)
def test_two_who_race_for_one_account_meet_in_its_row(transactional_db: None, enterprise: Enterprise) -> None:
    first, second = customer(enterprise.store), customer(enterprise.store, "李先生")
    outcomes: list[str] = []
    linked = threading.Event()

    def other() -> None:
        linked.wait(10)
        try:
            actions.link_identity(customer_id=second.id, identity=EXTERNAL, why="b", by=HOUSE, now=NOON)
            outcomes.append("linked")
        except IdentityTaken:
            outcomes.append("taken")
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    with transaction.atomic():
        actions.link_identity(customer_id=first.id, identity=EXTERNAL, why="a", by=HOUSE, now=NOON)
        linked.set()
        thread.join(0.3)
        assert outcomes == []
    thread.join(10)

    assert outcomes == ["taken"]


def test_a_stranger_to_the_store_changes_nothing(enterprise: Enterprise) -> None:
    card = customer(enterprise.store)
    outsider = agent(enterprise.xiaoli, enterprise.hq, permissions=("customer.read", "customer.update"))

    with pytest.raises(CustomerNotFound):
        actions.link_identity(customer_id=card.id, identity=EXTERNAL, why="x", by=outsider, now=NOON)
