"""Many customers at once."""

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.channels import NOON, WANG, Enterprise
from tests.factories.customers import HOUSE

from shuniu.customers import actions, queries
from shuniu.customers.contracts import Identity, IdentityKind
from shuniu.customers.models import Customer


def rows(enterprise: Enterprise, count: int, *, first: int = 13800000000) -> list[actions.NewCustomer]:
    return [
        actions.NewCustomer(
            name=f"客户{number}",
            unit_id=enterprise.store.pk,
            phone=str(first + number),
            city="武汉",
            created_at=NOON,
            external_userid=WANG if number == 0 else "",
        )
        for number in range(count)
    ]


def test_customers_are_loaded_with_accounts_events_and_search(enterprise: Enterprise) -> None:
    ids = actions.load_many(rows=rows(enterprise, 300), by=HOUSE, now=NOON)

    assert len(ids) == 300 == Customer.objects.count()
    found = queries.find_by_identity(Identity(kind=IdentityKind.WECOM_EXTERNAL_USERID, value=WANG))
    assert found is not None
    assert (found.id, found.phone_masked) == (ids[0], "138****0000")
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from event where name = 'customer.created'")
        assert cursor.fetchone() == (300,)
        cursor.execute("select count(*) from search_doc where subject_kind = 'customer'")
        assert cursor.fetchone() == (300,)


def test_one_phone_in_use_leaves_everything_as_it_was(enterprise: Enterprise) -> None:
    actions.load_many(rows=rows(enterprise, 1), by=HOUSE, now=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.load_many(rows=rows(enterprise, 5), by=HOUSE, now=NOON)
    assert Customer.objects.count() == 1
