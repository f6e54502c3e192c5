"""Coming in by an account elsewhere."""

from datetime import UTC, datetime

import pytest

from shuniu.foundation.access import system
from shuniu.foundation.identity import actions
from shuniu.foundation.identity.contracts import ExternalLoginTaken, NotLinked, UserCard

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
HOUSE = system("tests")


@pytest.fixture
def user(db: None) -> UserCard:
    made = actions.create_user(username="zhang", by=HOUSE, now=NOON)
    actions.link_external(user_id=made.id, provider="wecom", subject="zhang", by=HOUSE, now=NOON)
    return made


def test_a_one_time_password_binds_only_who_comes_with_it(user: UserCard) -> None:
    given = actions.give_one_time_password(user_id=user.id, by=HOUSE, now=NOON)
    assert not actions.sign_in_external(provider="wecom", subject="zhang", now=NOON).must_change_password
    by_password = actions.sign_in(username="zhang", password=given.password, address="::1", now=NOON)
    assert by_password.must_change_password


def test_an_account_opens_one_login_and_a_login_has_one_account_each(user: UserCard) -> None:
    other = actions.create_user(username="li", by=HOUSE, now=NOON)
    with pytest.raises(ExternalLoginTaken):
        actions.link_external(user_id=other.id, provider="wecom", subject="zhang", by=HOUSE, now=NOON)
    actions.link_external(user_id=user.id, provider="wecom", subject="zhang2", by=HOUSE, now=NOON)
    with pytest.raises(NotLinked):
        actions.sign_in_external(provider="wecom", subject="zhang", now=NOON)
    assert actions.sign_in_external(provider="wecom", subject="zhang2", now=NOON).id == user.id


def test_a_blocked_login_does_not_open_from_outside_either(user: UserCard) -> None:
    actions.set_active(user_id=user.id, active=False, by=HOUSE, now=NOON)
    with pytest.raises(NotLinked):
        actions.sign_in_external(provider="wecom", subject="zhang", now=NOON)
