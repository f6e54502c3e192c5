"""Trying passwords is limited per name and per address, for every web process together."""

from datetime import UTC, datetime, timedelta

import pytest

from shuniu.foundation.access import system
from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.identity import actions, attempts, passwords
from shuniu.foundation.identity.contracts import TooManyLogins, UserCard, WrongPassword
from shuniu.foundation.identity.models import LoginAttempt, User

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PASSWORD = "a password of the tests"


@pytest.fixture
def user(db: None) -> UserCard:
    return actions.create_user(username="chen", password=PASSWORD, by=system("tests"), now=NOON)


def fail(username: str = "chen", address: str = "10.0.0.1", *, at: datetime = NOON) -> None:
    with pytest.raises(WrongPassword):
        actions.sign_in(username=username, password="wrong", address=address, now=at)


def sign_in(address: str = "10.0.0.1", *, at: datetime = NOON) -> UserCard:
    return actions.sign_in(username="Chen", password=PASSWORD, address=address, now=at)


def test_after_five_failures_a_name_waits_and_is_told_how_long(user: UserCard) -> None:
    for minute in range(5):
        fail(at=NOON + timedelta(minutes=minute), address=f"10.0.0.{minute}")
    with pytest.raises(TooManyLogins) as refused:
        sign_in(at=NOON + timedelta(minutes=5))
    # the first of the five leaves the window of fifteen minutes
    assert refused.value.data == {"seconds": 600}
    assert sign_in(at=NOON + timedelta(minutes=15, seconds=1)).id == user.id


def test_a_refused_attempt_does_not_prolong_the_wait(user: UserCard) -> None:
    for _ in range(5):
        fail()
    for minute in range(1, 15):
        with pytest.raises(TooManyLogins):
            sign_in(at=NOON + timedelta(minutes=minute))
    assert sign_in(at=NOON + timedelta(minutes=15, seconds=1)).id == user.id


def test_a_success_forgives_the_failures_before_it(user: UserCard) -> None:
    for second in range(4):
        fail(at=NOON + timedelta(seconds=second))
    sign_in(at=NOON + timedelta(seconds=10))
    for second in range(4):
        fail(at=NOON + timedelta(seconds=20 + second))
    assert sign_in(at=NOON + timedelta(seconds=30)).id == user.id


def test_an_address_that_tries_many_names_waits_too(user: UserCard) -> None:
    LoginAttempt.objects.bulk_create(
        LoginAttempt(at=NOON, username=f"name{number}", address="10.9.9.9") for number in range(50)
    )
    with pytest.raises(TooManyLogins):
        sign_in("10.9.9.9", at=NOON + timedelta(minutes=1))
    assert sign_in("10.0.0.1", at=NOON + timedelta(minutes=1)).id == user.id


def test_an_unknown_name_is_hashed_and_limited_like_a_known_one(
    user: UserCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(passwords, "make_password", hashed.append)
    for _ in range(5):
        fail("nobody")
    assert hashed == ["wrong"] * 5
    with pytest.raises(TooManyLogins):
        actions.sign_in(username="nobody", password="wrong", address="10.0.0.1", now=NOON)


def test_a_blocked_login_fails_like_a_wrong_password(user: UserCard) -> None:
    actions.set_active(user_id=user.id, active=False, by=system("tests"), now=NOON)
    with pytest.raises(WrongPassword):
        sign_in()


def test_logins_and_failures_are_on_record(user: UserCard) -> None:
    fail()
    sign_in()
    entries = AuditEntry.objects.filter(action__startswith="identity.sign_in").order_by("id")
    assert [(entry.action, entry.subject_id) for entry in entries] == [
        ("identity.sign_in_failed", user.id),
        ("identity.sign_in", user.id),
    ]
    assert User.objects.get(pk=user.id).last_login == NOON


def test_passwords_are_kept_as_argon2(user: UserCard) -> None:
    assert User.objects.get(pk=user.id).password.startswith("argon2$argon2id$")


def test_attempts_are_forgotten_after_a_day(user: UserCard) -> None:
    fail()
    assert attempts.forget_old(now=NOON + timedelta(hours=23)) == 0
    assert attempts.forget_old(now=NOON + timedelta(hours=25)) == 1
