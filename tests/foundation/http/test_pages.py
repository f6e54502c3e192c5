from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from shuniu.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def entries() -> list[int]:
    """Nine rows in threes of one moment; every third has no unit."""
    rows = [
        AuditEntry(
            at=NOON + timedelta(minutes=n // 3),
            by="probe",
            by_name="",
            action="a",
            subject_kind="probe",
            subject_id=n,
            unit_id=None if n % 3 == 0 else n % 4,
        )
        for n in range(9)
    ]
    return [row.pk for row in AuditEntry.objects.bulk_create(rows)]


def walk(client: Client, sort: str, limit: int = 2) -> list[int]:
    seen: list[int] = []
    cursor = ""
    while True:
        page = client.get(
            "/api/entries", {"sort": sort, "limit": limit, **({"cursor": cursor} if cursor else {})}
        )
        assert page.status_code == 200, page.content
        seen += page.json()["items"]
        cursor = page.json()["next"]
        if not cursor:
            return seen


@pytest.mark.parametrize("sort", ["at", "-at", "unit", "-unit"])
def test_walking_the_pages_shows_every_row_once_in_order(
    client: Client, entries: list[int], sort: str
) -> None:
    seen = walk(client, sort)

    assert sorted(seen) == entries
    units = dict(AuditEntry.objects.values_list("pk", "unit_id"))
    moments = dict(AuditEntry.objects.values_list("pk", "at"))
    if "unit" in sort:
        known = [units[pk] for pk in seen if units[pk] is not None]
        assert known == sorted(known, reverse=sort.startswith("-"))
        assert [units[pk] for pk in seen[-3:]] == [None, None, None]
    else:
        assert [moments[pk] for pk in seen] == sorted(moments.values(), reverse=sort.startswith("-"))


def test_a_row_added_meanwhile_does_not_shift_the_next_page(client: Client, entries: list[int]) -> None:
    first = client.get("/api/entries", {"limit": 4}).json()
    AuditEntry.objects.create(
        at=NOON + timedelta(hours=1), by="probe", by_name="", action="a", subject_kind="probe", subject_id=99
    )

    second = client.get("/api/entries", {"limit": 4, "cursor": first["next"]}).json()

    assert first["items"] + second["items"] == sorted(entries, reverse=True)[:8]


def test_a_cursor_of_another_sort_or_made_up_is_refused(client: Client, entries: list[int]) -> None:
    cursor = client.get("/api/entries", {"limit": 2, "sort": "at"}).json()["next"]

    for query in ({"cursor": cursor, "sort": "-at"}, {"cursor": "bm9uc2Vuc2U"}, {"cursor": "%%%"}):
        answer = client.get("/api/entries", query)
        assert (answer.status_code, answer.json()["code"]) == (422, "http.bad_cursor")


def test_an_unknown_sort_is_refused_by_name(client: Client) -> None:
    answer = client.get("/api/entries", {"sort": "colour"})

    assert answer.json()["code"] == "http.bad_sort"
    assert "colour" in answer.json()["title"]


def test_the_limit_is_bounded(client: Client) -> None:
    assert client.get("/api/entries", {"limit": 201}).status_code == 422
    assert client.get("/api/entries", {"limit": 0}).status_code == 422
