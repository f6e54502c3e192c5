"""Tables of logins. Private to identity."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from shuniu.foundation.identity.contracts import LOCALES


class UserManager(BaseUserManager["User"]):
    """Django's look-up by name; names are stored in lower case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """A login. People are staff, in org; a user says only how somebody signs in."""

    username = models.CharField(max_length=60, unique=True)
    is_active = models.BooleanField(default=True)
    locale = models.CharField(max_length=10, default="zh-CN")
    must_change_password = models.BooleanField(default=False)
    password_expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "identity_user"
        constraints = [
            models.CheckConstraint(condition=Q(username=Lower("username")), name="identity_user_lower_case"),
            models.CheckConstraint(condition=Q(locale__in=LOCALES), name="identity_user_locale_known"),
        ]


class ExternalLogin(models.Model):
    """An account elsewhere that opens a session here."""

    provider = models.CharField(max_length=20)
    subject = models.CharField(max_length=128)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "identity_external_login"
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="identity_external_login_once"),
            models.UniqueConstraint(fields=["provider", "user"], name="identity_external_login_one_each"),
        ]


class LoginAttempt(models.Model):
    """One try to sign in; kept a day, for the limits."""

    at = models.DateTimeField()
    username = models.CharField(max_length=60)
    address = models.CharField(max_length=45)
    succeeded = models.BooleanField(default=False)

    class Meta:
        db_table = "identity_login_attempt"
        indexes = [
            models.Index(fields=["username", "-at"], name="login_attempt_by_name"),
            models.Index(fields=["address", "-at"], name="login_attempt_by_address"),
            models.Index(fields=["at"], name="login_attempt_age"),
        ]


class Session(AbstractBaseSession):
    """A browser's session; knows its user, so that all sessions of one person can be ended."""

    user_id = models.BigIntegerField(null=True, db_index=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        db_table = "identity_session"
