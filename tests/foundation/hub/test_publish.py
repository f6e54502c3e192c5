from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.hub import NOON, changed, only_registered

from shuniu.foundation.access import system
from shuniu.foundation.hub import NewEvent, Ref, publish, publish_many
from shuniu.foundation.hub.errors import NotPublishable
from shuniu.foundation.hub.models import EventRow, PendingRow


@pytest.fixture(autouse=True)
def _things() -> object:
    with only_registered():
        yield


def new(number: int, *, name: str = "thing.changed") -> NewEvent:
    return NewEvent(
        name=name,
        subject=Ref("thing", number),
        unit_id=3,
        by=system("test"),
        now=NOON,
        data={"number": number},
    )


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(NotPublishable):
        publish(name="thing.changed", subject=Ref("thing", 1), unit_id=None, by=system("test"), now=NOON)
    assert PendingRow.objects.count() == 0


@pytest.mark.django_db
def test_an_event_nobody_declared_is_refused() -> None:
    with pytest.raises(NotPublishable, match=r"thing\.vanished"):
        publish(name="thing.vanished", subject=Ref("thing", 1), unit_id=None, by=system("test"), now=NOON)
    with pytest.raises(NotPublishable, match=r"thing\.vanished"):
        publish_many([new(1), new(2, name="thing.vanished")])


@pytest.mark.django_db
def test_one_event_is_one_round_trip(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        event_id = publish(
            name="thing.changed",
            subject=Ref("thing", 7),
            unit_id=3,
            customer_id=9,
            by=system("test"),
            now=NOON,
            data={"amount": Decimal("380.00"), "staff_ids": [1, 2]},
        )
    row = EventRow.objects.get(id=event_id)
    assert (row.at, row.name, row.subject_kind, row.subject_id) == (NOON, "thing.changed", "thing", 7)
    assert (row.unit_id, row.customer_id, row.by) == (3, 9, "system:test")
    assert row.data == {"amount": "380.00", "staff_ids": [1, 2]}
    assert PendingRow.objects.get().event_id == event_id


@pytest.mark.django_db
def test_a_set_of_events_is_one_round_trip_in_order(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        publish_many([new(number) for number in range(500)])
    rows = EventRow.objects.filter(id__in=PendingRow.objects.values("event_id")).order_by("id")
    assert [row.data["number"] for row in rows] == list(range(500))


@pytest.mark.django_db
def test_personal_objects_do_not_fit_into_an_event() -> None:
    with pytest.raises(NotPublishable):
        publish(
            name="thing.changed",
            subject=Ref("thing", 1),
            unit_id=None,
            by=system("test"),
            now=NOON,
            data={"who": object()},
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "update event set data = '{}'",
        "delete from event",
        "truncate event",
        "delete from event_2026_06",
        "truncate event_default",
    ],
)
def test_what_happened_cannot_be_changed(statement: str) -> None:
    changed()
    with connection.cursor() as cursor:
        cursor.execute("select event_make_partition('2026-06-01')")
    with (
        pytest.raises(IntegrityError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
def test_months_have_partitions_and_the_rest_a_default() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select event_make_partition('2031-01-01'), event_make_partition('2031-01-15')")
        assert cursor.fetchone() == (True, False)
    publish(
        name="thing.changed",
        subject=Ref("thing", 1),
        unit_id=None,
        by=system("test"),
        now=NOON.replace(year=2031, month=2),
    )
    with connection.cursor() as cursor:
        cursor.execute("select event_make_partition('2031-02-01')")
        assert cursor.fetchone() == (False,), "the default partition holds that month already"
