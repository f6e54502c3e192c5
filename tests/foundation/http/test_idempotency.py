from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.http.idempotency import KEPT_FOR, forget_old
from shuniu.foundation.http.models import IdempotencyKey

BODY = {"name": "小李", "amount": "12.50"}


def post(client: Client, body: object, key: str | None) -> object:
    headers = {"Idempotency-Key": key} if key is not None else {}
    return client.post("/api/things", body, content_type="application/json", headers=headers)


@pytest.mark.django_db
def test_a_repeat_gets_the_same_answer_and_nothing_is_done_twice(client: Client) -> None:
    first = post(client, BODY, "form-opened-1")
    second = post(client, BODY, "form-opened-1")

    assert first.status_code == second.status_code == 200
    assert first.json() == second.json() == {"id": first.json()["id"], "name": "小李", "amount": "12.50"}
    assert second.headers["Idempotency-Replayed"] == "true"
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_other_content_is_a_conflict(client: Client) -> None:
    post(client, BODY, "form-opened-1")

    answer = post(client, {**BODY, "amount": "99"}, "form-opened-1")

    assert answer.status_code == 409
    assert answer.json()["code"] == "http.idempotency_key_reused"
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "", "short", "x" * 129, "has space in it"])
def test_a_write_without_a_usable_key_is_refused(client: Client, key: str | None) -> None:
    answer = post(client, BODY, key)

    assert answer.status_code == 400
    assert answer.json()["code"] == "http.idempotency_key_missing"


@pytest.mark.django_db
def test_a_refused_write_leaves_nothing_and_may_be_mended_under_the_same_key(client: Client) -> None:
    assert post(client, {**BODY, "name": "late"}, "form-opened-1").status_code == 422
    assert (AuditEntry.objects.count(), IdempotencyKey.objects.count()) == (0, 0)

    assert post(client, BODY, "form-opened-1").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_double_click_from_two_threads_is_one_deed(client: Client) -> None:
    start, answers = Barrier(2), []

    def click() -> None:
        start.wait(timeout=10)
        answers.append(post(Client(), BODY, "double-click"))
        connection.close()

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert IdempotencyKey.objects.count() == 1


@pytest.mark.django_db
def test_keys_are_forgotten_after_thirty_days(client: Client) -> None:
    post(client, BODY, "form-opened-1")
    now = datetime.now(UTC)

    assert forget_old(now=now) == 0
    assert forget_old(now=now + KEPT_FOR + timedelta(seconds=1)) == 1
