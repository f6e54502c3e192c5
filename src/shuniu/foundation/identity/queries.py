"""Reads of logins."""

from collections.abc import Iterable

from shuniu.foundation.errors import NotFound
from shuniu.foundation.identity.contracts import UserCard
from shuniu.foundation.identity.models import ExternalLogin, User


def card_of(user: User) -> UserCard:
    """The row as others may know it."""
    return UserCard(
        id=user.pk,
        username=user.username,
        locale=user.locale,
        is_active=user.is_active,
        must_change_password=user.must_change_password,
        last_login=user.last_login,
    )


def user(user_id: int) -> UserCard:
    """One login; NotFound."""
    found = User.objects.filter(pk=user_id).first()
    if found is None:
        raise NotFound()
    return card_of(found)


def users(ids: Iterable[int]) -> dict[int, UserCard]:
    """Logins by id; unknown ids are missing."""
    return {found.pk: card_of(found) for found in User.objects.filter(pk__in=list(ids))}


def find_username(username: str) -> UserCard | None:
    """The login with that name."""
    found = User.objects.filter(username=username.strip().lower()).first()
    return None if found is None else card_of(found)


def linked_user(provider: str, subject: str) -> int | None:
    """The user an outside account opens."""
    return (
        ExternalLogin.objects.filter(provider=provider, subject=subject)
        .values_list("user_id", flat=True)
        .first()
    )
