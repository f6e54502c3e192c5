"""Passwords: made, judged, and never told from each other by the clock."""

import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from shuniu.foundation.errors import FieldProblem
from shuniu.foundation.identity.contracts import WeakPassword
from shuniu.foundation.identity.models import User
from shuniu.foundation.text import Text

# Without the characters people mistake for each other when they read a password aloud.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 4


def make_one_time() -> str:
    """Sixteen characters in groups of four, some 79 bits."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def require_strong(password: str, user: User, *, field: str) -> None:
    """Judge by the installation's validators; WeakPassword with one problem per rule that is not met."""
    chinese, english = (_problems(password, user, language) for language in ("zh-hans", "en"))
    texts = [Text(zh=zh, en=en) for zh, en in zip(chinese, english, strict=True)]
    if texts:
        raise WeakPassword.many([FieldProblem(field, text, WeakPassword.code) for text in texts])


def matches(password: str, user: User | None) -> bool:
    """Whether the password is this user's. An unknown user costs one hash too."""
    if user is None or not user.has_usable_password():
        make_password(password)
        return False
    return check_password(password, user.password, setter=lambda raw: _rehash(user, raw))


def _rehash(user: User, raw: str) -> None:
    """The hasher's parameters have grown since the password was set."""
    user.set_password(raw)
    user.save(update_fields=["password"])


def _problems(password: str, user: User, language: str) -> list[str]:
    # the validators put their messages into words at once, so the language stands before they are asked
    with translation.override(language):
        try:
            validate_password(password, user)
        except ValidationError as weak:
            return list(weak.messages)
    return []
