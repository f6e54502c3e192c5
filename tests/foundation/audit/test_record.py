from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from shuniu.foundation.access import system
from shuniu.foundation.audit import actions
from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.hub import Ref

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_deed_is_recorded_with_before_and_after() -> None:
    actions.record(
        by=system("tests"),
        now=NOW,
        action="org.unit_changed",
        subject=Ref("probe", 7),
        before={"price": Decimal("1.50")},
        after={"price": Decimal("2.00"), "at": NOW},
    )

    entry = AuditEntry.objects.get()
    assert (entry.by, entry.action, entry.subject_kind, entry.subject_id) == (
        "system:tests",
        "org.unit_changed",
        "probe",
        7,
    )
    assert (entry.before, entry.after) == ({"price": "1.50"}, {"price": "2.00", "at": "2026-11-20T12:00:00Z"})


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET by = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_the_database_refuses_to_change_the_log(change: str) -> None:
    actions.record(by=system("tests"), now=NOW, action="org.unit_created", subject=Ref("probe", 7))

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert AuditEntry.objects.count() == 1
